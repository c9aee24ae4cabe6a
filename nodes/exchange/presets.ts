/** The two chains as tables. Postpaid differs from prepaid only in having no invoice. */
import type { StageRow } from './stageMap';
import { ANY_STAGE } from './stageMap';
import { COMMENT, SUCCESS, type StatusRow } from './statusMap';

/**
 * Stage codes that the portal setup gives to the two stages the chains need («Счет в 1С» and «В работе»).
 * The CRM puts the pipeline's prefix before them.
 */
export const INVOICE_STAGE_CODE = 'INVOICE_1C';
export const ORDER_STAGE_CODE = 'ORDER_1C';

export const CHAINS = ['prepaid', 'postpaid'] as const;
export type Chain = (typeof CHAINS)[number];

/** `withPrefix` turns a stage code into a stage ID of the table's pipeline. */
export const stageRows = (chain: Chain, withPrefix: (code: string) => string): StageRow[] => [
	...(chain === 'prepaid'
		? [{ stage: withPrefix(INVOICE_STAGE_CODE), document: 'invoice' as const }]
		: []),
	{ stage: withPrefix(ORDER_STAGE_CODE), document: 'order' },
	{ stage: ANY_STAGE, document: 'nothing' },
];

export const invoiceRows = (chain: Chain): StatusRow[] =>
	chain === 'prepaid'
		? [{ paid: 'full', shipped: 'any', closed: 'any', stage: SUCCESS, back: false }]
		: [];

/**
 * A deal is won only when 1C has finally closed its order: by shipments for the whole amount, or by
 * «Закрытие заказов покупателей» after a part was shipped. An order closed with nothing shipped is a lost
 * or a moved sale, and only a person can tell which.
 */
export const dealRows = (): StatusRow[] => [
	{ paid: 'any', shipped: 'some', closed: 'closed', stage: SUCCESS, back: false },
	{ paid: 'any', shipped: 'none', closed: 'closed', stage: COMMENT, back: false },
];
