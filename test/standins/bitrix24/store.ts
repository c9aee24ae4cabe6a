/**
 * Everything the portal remembers.
 * Imitates: nothing by itself; the rules live with the items, the rows and the methods.
 * Does not imitate: permissions, several users' views, deleted items kept in the recycle bin.
 */
import type { GeneratedDocument, Numerator, Template } from './documents';
import type { Requirement } from './requirements';
import type { EntityType } from './entityTypes';
import { Files } from './files';
import type { FieldType } from './itemFields';
import { Shelf } from './shelf';
import type { Site } from './site';
import type { PortalSwitches } from './switches';
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
	/** The label by language, where somebody gave it so. */
	labels: Record<string, unknown> | null;
	settings: Record<string, unknown>;
	/** Of an enumeration. */
	values: EnumValue[];
}

export interface EnumValue {
	id: number;
	value: string;
	def: 'Y' | 'N';
	sort: number;
	xmlId: string;
}

export interface Comment {
	id: number;
	entityTypeId: number;
	entityId: number;
	text: string;
	created: string;
	authorId: number;
	/** Ids of attached files. */
	files: number[];
}

export interface Product {
	id: number;
	iblockId: number;
	type: number;
	name: string;
	xmlId: string;
	code: string | null;
	active: 'Y' | 'N';
	measure: number;
	vatId: number | null;
	vatIncluded: 'Y' | 'N';
	iblockSectionId: number | null;
	/** The product an offer belongs to. */
	parentId: number | null;
	purchasingPrice: number | null;
	purchasingCurrency: string | null;
	detailText: string | null;
	previewText: string | null;
	sort: number;
	quantity: number;
	/** Ids of files. */
	detailPicture: number | null;
	previewPicture: number | null;
	/** property{N} as the answers show it. */
	properties: Record<string, unknown>;
	timestampX: string;
	dateCreate: string;
}

export interface Section {
	id: number;
	name: string;
	xmlId: string;
	code: string | null;
	iblockSectionId: number | null;
	sort: number;
	active: 'Y' | 'N';
	description: string;
	descriptionType: 'text' | 'html';
}

export interface ProductProperty {
	id: number;
	iblockId: number;
	name: string;
	code: string | null;
	propertyType: string;
	multiple: 'Y' | 'N';
	xmlId: string | null;
	timestampX: string;
}

export interface PaidGoods {
	id: number;
	rowId: number;
	quantity: number;
}

export interface Payment {
	id: number;
	entityTypeId: number;
	entityId: number;
	orderId: number;
	accountNumber: string;
	paid: 'Y' | 'N';
	datePaid: string | null;
	empPaidId: number | null;
	paySystemId: number;
	sum: number;
	currency: string;
	dateBill: string;
	responsibleId: number;
	/** Product rows of the card it is for, or parts of them. */
	goods: PaidGoods[];
	/** What only sale.payment.update writes. */
	more: Record<string, unknown>;
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
/** Offers (variations) live in an information block of their own. */
export const OFFERS_IBLOCK_ID = 24;

export class Store {
	/** Grows by the smart processes people define. */
	readonly types: EntityType[] = [];
	/** Simple CRM has no leads. */
	isSimple = false;
	private readonly items = new Map<number, Shelf<Item>>();
	readonly users: User[] = [];
	readonly files = new Files();
	readonly rows = new Shelf<ProductRow>({
		idOf: (row) => row.id,
		idName: 'id',
		books: { owner: (row) => [ownerKey(row.ownerType, row.ownerId)] },
	});
	readonly categories: Category[] = [];
	statuses: Status[] = [];
	stageHistory: StageHistoryEntry[] = [];
	userFields: UserField[] = [];
	requirements: Requirement[] = [];
	comments: Comment[] = [];
	readonly products = new Shelf<Product>({
		idOf: (product) => product.id,
		idName: 'id',
		books: { xmlId: (product) => [product.xmlId] },
	});
	prices: Price[] = [];
	readonly priceTypes: Array<Record<string, unknown>> = [];
	sections: Section[] = [];
	readonly productProperties: ProductProperty[] = [];
	payments: Payment[] = [];
	documents: GeneratedDocument[] = [];
	readonly templates: Template[] = [];
	readonly numerators: Numerator[] = [];
	readonly vats: Vat[] = [];
	readonly measures: Measure[] = [];
	readonly presets: ClassicRow[] = [];
	readonly requisites = new Shelf<ClassicRow>({
		...CLASSIC,
		books: {
			ENTITY_ID: (row) => [row.ENTITY_ID],
			RQ_INN: (row) => [row.RQ_INN],
			XML_ID: (row) => [row.XML_ID],
		},
	});
	readonly bankDetails = new Shelf<ClassicRow>({
		...CLASSIC,
		books: { ENTITY_ID: (row) => [row.ENTITY_ID], XML_ID: (row) => [row.XML_ID] },
	});
	/** A requisite has one address of a type. */
	readonly addresses = new Shelf<ClassicRow>({
		idOf: addressId,
		idName: 'id',
		books: { ENTITY_ID: (row) => [row.ENTITY_ID] },
	});
	requisiteLinks: ClassicRow[] = [];
	/** With inventory accounting on, the quantity of a product follows the documents of stores (catalog-product-update.md). */
	takesQuantity = true;
	readonly counters = new Map<string, number>();

	constructor(readonly site: Site) {}

	/** Numbers every kind of thing apart, from a start that looks like a portal in use. */
	nextId(kind: string, start = 1): number {
		const id = (this.counters.get(kind) ?? start - 1) + 1;
		this.counters.set(kind, id);
		return id;
	}

	addType(type: EntityType): void {
		this.types.push(type);
		this.items.set(
			type.id,
			new Shelf<Item>({ idOf: (item) => item.id, idName: 'id', books: ITEM_BOOKS }),
		);
	}

	table(entityTypeId: number): Shelf<Item> {
		const table = this.items.get(entityTypeId);
		if (!table) throw new Error(`The stand-in has no CRM type ${entityTypeId}`);
		return table;
	}

	item(entityTypeId: number, id: number): Item | undefined {
		return this.items.get(entityTypeId)?.get(id);
	}

	rowsOf(ownerType: string, ownerId: number): ProductRow[] {
		return this.rows
			.under('owner', ownerKey(ownerType, ownerId))
			.sort((a, b) => a.sort - b.sort || a.id - b.id);
	}
}

const CLASSIC = { idOf: (row: ClassicRow) => Number(row.ID), idName: 'ID' };

/** What integrations look cards up by. */
const ITEM_BOOKS: Record<string, (item: Item) => unknown[]> = {
	xmlId: (item) => [item.xmlId],
	originId: (item) => [item.originId],
	companyId: (item) => [item.companyId],
	parentId2: (item) => [item.parentId2],
	communication: (item) =>
		((item.fm ?? []) as MultiField[]).flatMap(({ typeId, value }) => [
			communicationKey(typeId, value, 'as written'),
			communicationKey(typeId, value, 'by digits'),
		]),
};

/** Two digits are enough for the types of addresses. */
export function addressId({ ENTITY_ID, TYPE_ID }: ClassicRow): number {
	return Number(ENTITY_ID) * 100 + Number(TYPE_ID);
}

function ownerKey(ownerType: string, ownerId: number): string {
	return `${ownerType} ${ownerId}`;
}

/**
 * What a phone or an e-mail is found by: e-mails ignore case, phones their extension (crm-duplicate-find-by-comm.md;
 * issue 72 of bitrix-tools/b24-rest-docs tells so of `#404812`; that words such as «доб.» begin an extension too is a
 * guess). Whether phones are the same however they are written is a switch.
 */
export function communicationKey(
	typeId: string,
	value: string,
	phoneSearch: PortalSwitches['phoneSearch'],
): string {
	const text = value.trim().toLowerCase();
	if (typeId !== 'PHONE') return `${typeId} ${text}`;
	const number = text.replace(/[\s,]*(?:[#;*,]|доб|вн|ext)[\s\S]*$/i, '');
	if (phoneSearch === 'as written') return `${typeId} as written ${number}`;
	const digits = number.replace(/\D/g, '');
	const international = digits.length === 11 && digits.startsWith('8');
	return `${typeId} ${international ? `7${digits.slice(1)}` : digits}`;
}
