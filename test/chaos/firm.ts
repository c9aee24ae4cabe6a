/** The two systems of a firm, its goods and its buyers: whatever n8n runs between them. */
import type { Portal } from '../standins/bitrix24/portal';
import type { Base } from '../standins/onec/base';

export type Chain = 'prepaid' | 'postpaid';

export interface Firm {
	portal: Portal;
	base: Base;
	/** Full stage IDs of the chain's own pipeline. */
	stages: Record<Chain, { fresh: string; invoice: string; order: string; won: string }>;
	/** Bitrix24 pipeline of a chain. */
	pipelines: Record<Chain, number>;
	goods: Array<{ product: number; ref: string; price: number }>;
	/** A product of the portal that 1C has never heard of: a deal with it cannot go through. */
	strange: number;
	/** Bitrix24 companies that 1C knows too. */
	companies: number[];
}

export type Document = Record<string, unknown>;

export type DocumentKind = 'СчетНаОплатуПокупателю' | 'ЗаказПокупателя';

const KINDS: DocumentKind[] = ['СчетНаОплатуПокупателю', 'ЗаказПокупателя'];

export const refOf = (document: Document): string => String(document.Ref_Key);

const dealOf = (document: Document): string | undefined =>
	/^B24-(\d+)$/.exec(String(document.НомерВходящегоДокументаЭлектронногоОбмена ?? ''))?.[1] ??
	/\[B24-(\d+)\]/.exec(String(document.Комментарий))?.[1];

interface Shelf {
	requests: number;
	documents: Map<string, Document[]>;
}

/** People write no invoices and orders here, so what has been sorted stays right until the next request comes. */
const shelves = new WeakMap<Base, Shelf>();

const sorted = (base: Base): Shelf['documents'] => {
	const known = shelves.get(base);
	if (known?.requests === base.requests.length) return known.documents;
	const documents = new Map<string, Document[]>();
	for (const kind of KINDS) {
		for (const document of base.sees.documents(kind)) {
			const place = `${kind} ${dealOf(document)}`;
			documents.set(place, [...(documents.get(place) ?? []), document]);
		}
	}
	shelves.set(base, { requests: base.requests.length, documents });
	return documents;
};

/** All documents of a deal, those marked for deletion among them. */
export const everMadeFor = ({ base }: Firm, kind: DocumentKind, deal: number): Document[] =>
	sorted(base).get(`${kind} ${deal}`) ?? [];

/** Documents of a deal that are not marked for deletion. */
export const documentsOf = (firm: Firm, kind: DocumentKind, deal: number): Document[] =>
	everMadeFor(firm, kind, deal).filter(({ DeletionMark }) => DeletionMark === false);
