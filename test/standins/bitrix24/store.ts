/**
 * Everything the portal remembers.
 * Imitates: nothing by itself; the rules live with the items, the rows and the methods.
 * Does not imitate: permissions, several users' views, deleted items kept in the recycle bin.
 */
import { ENTITY_TYPES } from './entityTypes';
import { Files } from './files';
import type { FieldType } from './itemFields';
import type { User } from './users';

/** An item under its camelCase names; user fields under their original UF_ names. */
export interface Item {
	id: number;
	[field: string]: unknown;
}

export interface MultiField {
	id: number;
	typeId: string;
	valueType: string;
	value: string;
}

export interface ProductRow {
	id: number;
	ownerId: number;
	ownerType: string;
	productId: number;
	productName: string;
	price: number;
	priceAccount: number;
	priceExclusive: number;
	priceNetto: number;
	priceBrutto: number;
	quantity: number;
	discountTypeId: number;
	discountRate: number;
	discountSum: number;
	taxRate: number | null;
	taxIncluded: 'Y' | 'N';
	customized: 'Y' | 'N';
	measureCode: number;
	measureName: string;
	sort: number;
	xmlId: string;
	type: number;
}

export interface Category {
	id: number;
	name: string;
	sort: number;
	entityTypeId: number;
	isDefault: 'Y' | 'N';
}

export type Semantics = 'S' | 'F' | null;

export interface Status {
	id: number;
	entityId: string;
	statusId: string;
	name: string;
	sort: number;
	system: boolean;
	semantics: Semantics;
	color: string;
	categoryId: number | null;
}

export interface StageHistoryEntry {
	id: number;
	typeId: number;
	entityTypeId: number;
	ownerId: number;
	createdTime: string;
	categoryId: number;
	semantic: string;
	stageId: string;
}

export interface UserField {
	id: number;
	entityId: string;
	fieldName: string;
	userTypeId: string;
	type: FieldType;
	xmlId: string | null;
	multiple: 'Y' | 'N';
	mandatory: 'Y' | 'N';
	label: string | null;
}

export interface Comment {
	id: number;
	entityTypeId: number;
	entityId: number;
	text: string;
	created: string;
	authorId: number;
}

export interface Product {
	id: number;
	name: string;
	xmlId: string;
	code: string | null;
	active: 'Y' | 'N';
	measure: number;
	vatId: number | null;
	vatIncluded: 'Y' | 'N';
	iblockSectionId: number | null;
	timestampX: string;
	dateCreate: string;
}

export interface Price {
	id: number;
	productId: number;
	catalogGroupId: number;
	price: number;
	currency: string;
	timestampX: string;
}

export interface Vat {
	id: number;
	name: string;
	/** null is «Без НДС», which is not the rate 0. */
	rate: number | null;
	sort: number;
}

export interface Measure {
	id: number;
	code: number;
	measureTitle: string;
	symbol: string;
	isDefault: 'Y' | 'N';
}

/** A row of the classic tables (requisites, addresses, links): strings under upper-case names. */
export interface ClassicRow {
	[column: string]: string | null;
}

export const IBLOCK_ID = 23;

export class Store {
	readonly items = new Map<number, Map<number, Item>>(
		ENTITY_TYPES.map((type) => [type.id, new Map<number, Item>()]),
	);
	readonly users: User[] = [];
	readonly files = new Files();
	rows: ProductRow[] = [];
	readonly categories: Category[] = [];
	readonly statuses: Status[] = [];
	stageHistory: StageHistoryEntry[] = [];
	readonly userFields: UserField[] = [];
	readonly comments: Comment[] = [];
	readonly products: Product[] = [];
	readonly prices: Price[] = [];
	readonly vats: Vat[] = [];
	readonly measures: Measure[] = [];
	readonly presets: ClassicRow[] = [];
	readonly requisites: ClassicRow[] = [];
	readonly bankDetails: ClassicRow[] = [];
	readonly addresses: ClassicRow[] = [];
	readonly requisiteLinks: ClassicRow[] = [];
	private readonly counters = new Map<string, number>();

	/** Numbers every kind of thing apart, from a start that looks like a portal in use. */
	nextId(kind: string, start = 1): number {
		const id = (this.counters.get(kind) ?? start - 1) + 1;
		this.counters.set(kind, id);
		return id;
	}

	table(entityTypeId: number): Map<number, Item> {
		const table = this.items.get(entityTypeId);
		if (!table) throw new Error(`The stand-in has no CRM type ${entityTypeId}`);
		return table;
	}

	item(entityTypeId: number, id: number): Item | undefined {
		return this.items.get(entityTypeId)?.get(id);
	}

	rowsOf(ownerType: string, ownerId: number): ProductRow[] {
		return this.rows
			.filter((row) => row.ownerType === ownerType && row.ownerId === ownerId)
			.sort((a, b) => a.sort - b.sort || a.id - b.id);
	}
}
