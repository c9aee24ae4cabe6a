/** What the page inside the deal card asks, and what it is told. Sums are roubles. */
import { z } from 'zod';
import { guidSchema } from '../exchange/reference';

const catalog = z.enum(['counterparties', 'products']);
const ref = guidSchema;
const optionalRef = guidSchema.nullable();

const basketLine = z.object({
	ref,
	quantity: z.number().positive().max(1e9),
	price: z.number().nonnegative().max(1e12),
	row: z.number().int().positive().nullable(),
	from: z.number().nonnegative().max(1e9),
});

export const askSchema = z.discriminatedUnion('ask', [
	z.object({ ask: z.literal('deal') }).strict(),
	z.object({ ask: z.literal('documents') }).strict(),
	z.object({ ask: z.literal('choices') }).strict(),
	z.object({ ask: z.literal('near') }).strict(),
	z.object({ ask: z.literal('folders'), catalog }).strict(),
	z
		.object({
			ask: z.literal('list'),
			catalog,
			folder: optionalRef,
			skip: z.number().int().nonnegative().max(1_000_000),
		})
		.strict(),
	z
		.object({
			ask: z.literal('find'),
			catalog,
			text: z.string().trim().min(2).max(80),
			/** Null is everywhere. */
			folder: optionalRef,
		})
		.strict(),
	z.object({ ask: z.literal('counterparty'), ref }).strict(),
	z
		.object({ ask: z.literal('twins'), inns: z.array(z.string().regex(/^\d{10,12}$/)).max(100) })
		.strict(),
	z
		.object({
			ask: z.literal('offers'),
			refs: z.array(ref).max(60),
			priceType: optionalRef,
			warehouse: optionalRef,
			/** Prices in another one are not shown, they would be mistaken for it. */
			currency: z.string().regex(/^[A-Z]{3}$/),
		})
		.strict(),
	z
		.object({
			ask: z.literal('choose'),
			counterparty: optionalRef.optional(),
			contract: optionalRef.optional(),
			organization: optionalRef.optional(),
			warehouse: optionalRef.optional(),
		})
		.strict(),
	z
		.object({
			ask: z.literal('transfer'),
			priceType: optionalRef,
			lines: z.array(basketLine).min(1).max(200),
		})
		.strict(),
]);

export type Ask = z.output<typeof askSchema>;
export type AskOf<Kind extends Ask['ask']> = Extract<Ask, { ask: Kind }>;
export type CatalogName = z.output<typeof catalog>;

export interface Named {
	ref: string;
	name: string;
}

export interface FolderJson extends Named {
	parent: string | null;
}

export interface CounterpartyJson extends Named {
	code: string;
	inn: string;
	kpp: string;
	folder: string | null;
	deletionMark: boolean;
	isBuyer: boolean;
}

export interface ProductJson extends Named {
	code: string;
	article: string;
	folder: string | null;
	isService: boolean;
	vatRate: number | null;
}

export interface OfferJson {
	ref: string;
	unit: string;
	price: number | null;
	free: number | null;
}

export interface ContractJson extends Named {
	code: string;
	organization: string | null;
	priceType: string | null;
	isMain: boolean;
}

export interface DealLine {
	row: number;
	/** The 1C product; null for a row that did not come from 1C. */
	product: string | null;
	name: string;
	quantity: number;
	price: number;
}

export interface DealJson {
	id: number;
	title: string;
	currency: string;
	/** The buyer as the CRM knows it. */
	buyer: { name: string; inn: string };
	counterparty: CounterpartyJson | null;
	/** Names of the folders the counterparty stands in, from the top. */
	path: string[];
	/** Whether somebody chose the counterparty in this deal, or it follows from the company. */
	isChosen: boolean;
	contract: ContractJson | null;
	organization: Named | null;
	warehouse: Named | null;
	priceType: Named | null;
	lines: DealLine[];
}

export interface DocumentJson {
	kind: 'invoice' | 'order';
	number: string;
	/** ISO 8601. */
	date: string;
	amount: number;
	states: string[];
	tone: 'good' | 'plain' | 'bad';
}

export interface DocumentsJson {
	documents: DocumentJson[];
	summary: string;
}

export interface ChoicesJson {
	organizations: Named[];
	warehouses: Named[];
	priceTypes: Named[];
}

export interface NearJson {
	/** Counterparties of the deal's own company. */
	linked: CounterpartyJson[];
	/** Those chosen in deals lately. */
	recent: CounterpartyJson[];
}

export interface CounterpartyDetails {
	counterparty: CounterpartyJson;
	contracts: ContractJson[];
	/** Other counterparties with the same ИНН. */
	twins: CounterpartyJson[];
}

/** One page of a folder; `more` says that another one follows. */
export interface PageJson<Row> {
	rows: Row[];
	more: boolean;
}

export interface Answers {
	deal: DealJson;
	documents: DocumentsJson;
	choices: ChoicesJson;
	near: NearJson;
	folders: FolderJson[];
	list: PageJson<CounterpartyJson | ProductJson>;
	find: PageJson<CounterpartyJson | ProductJson>;
	counterparty: CounterpartyDetails;
	twins: Record<string, number>;
	offers: OfferJson[];
	choose: { changed: boolean };
	transfer: { changed: boolean };
}

/** Why nothing was told: the code is for the page, the text for the person. */
export interface DenialJson {
	code: 'expired' | 'denied' | 'wrong' | 'gone' | 'changed' | 'failed';
	text: string;
	/** The words of the system that refused. */
	details?: string;
}

/** What the page is given along with itself. */
export interface VisitJson {
	pass: string;
	deal: number;
	/** How it was opened: in a frame of the portal or by a link. */
	by: 'frame' | 'link';
	/** For asking the portal to fit the frame, where it listens. */
	frame: { origin: string; sid: string } | null;
}
