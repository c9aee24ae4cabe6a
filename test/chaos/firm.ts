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
	/** Bitrix24 companies that 1C knows too. */
	companies: number[];
}

export type Document = Record<string, unknown>;

export const refOf = (document: Document): string => String(document.Ref_Key);

/** Documents of a deal that are not marked for deletion. */
export const documentsOf = (
	{ base }: Firm,
	kind: 'СчетНаОплатуПокупателю' | 'ЗаказПокупателя',
	deal: number,
): Document[] =>
	base.sees
		.documents(kind)
		.filter(({ DeletionMark }) => DeletionMark === false)
		.filter(
			(document) =>
				document.НомерВходящегоДокументаЭлектронногоОбмена === `B24-${deal}` ||
				String(document.Комментарий).includes(`[B24-${deal}]`),
		);
