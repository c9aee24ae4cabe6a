/**
 * The user fields through which a deal knows its 1C side. The portal setup creates them; names are sent as they
 * are (`useOriginalUfNames`), because their camelCase form cannot be turned back [Bitrix24 docs, crm.item].
 */
export const COUNTERPARTY = 'UF_CRM_1C_COUNTERPARTY';
export const CONTRACT = 'UF_CRM_1C_CONTRACT';
export const ORGANIZATION = 'UF_CRM_1C_ORGANIZATION';
export const WAREHOUSE = 'UF_CRM_1C_WAREHOUSE';
export const INVOICE = 'UF_CRM_1C_INVOICE';
export const INVOICE_NUMBER = 'UF_CRM_1C_INVOICE_NUMBER';
export const ORDER = 'UF_CRM_1C_ORDER';
export const ORDER_NUMBER = 'UF_CRM_1C_ORDER_NUMBER';
export const PAID = 'UF_CRM_1C_PAID';
export const SHIPPED = 'UF_CRM_1C_SHIPPED';

/** A link to the page that chooses counterparty and goods, where no application can put it into the card. */
export const PICKER = 'UF_CRM_1C_PICKER';

export interface DealField {
	name: string;
	type: 'string' | 'double' | 'url';
	/** What managers see in the deal card. */
	title: string;
}

export const DEAL_FIELDS: DealField[] = [
	{ name: COUNTERPARTY, type: 'string', title: '1С: контрагент (ссылка)' },
	{ name: CONTRACT, type: 'string', title: '1С: договор (ссылка)' },
	{ name: ORGANIZATION, type: 'string', title: '1С: организация (ссылка)' },
	{ name: WAREHOUSE, type: 'string', title: '1С: склад (ссылка)' },
	{ name: INVOICE, type: 'string', title: '1С: счет (ссылка)' },
	{ name: INVOICE_NUMBER, type: 'string', title: '1С: номер счета' },
	{ name: ORDER, type: 'string', title: '1С: заказ (ссылка)' },
	{ name: ORDER_NUMBER, type: 'string', title: '1С: номер заказа' },
	{ name: PAID, type: 'double', title: '1С: оплачено' },
	{ name: SHIPPED, type: 'double', title: '1С: отгружено' },
	{ name: PICKER, type: 'url', title: '1С: подбор' },
];

/** What a company, contact or deal that came from 1C has in `originatorId`; `originId` is then the GUID of 1C. */
export const ORIGINATOR = '1C';
