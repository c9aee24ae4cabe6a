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

/** Of companies and contacts: the counterparties of 1C that are the same buyer, besides the one it was loaded from. */
export const COUNTERPARTIES = 'UF_CRM_1C_COUNTERPARTIES';
export const CODE = 'UF_CRM_1C_CODE';
export const FOLDER = 'UF_CRM_1C_FOLDER';
export const MAIN_CONTRACT = 'UF_CRM_1C_MAIN_CONTRACT';
export const STATE = 'UF_CRM_1C_STATE';

export interface CardField {
	name: string;
	type: 'string' | 'double' | 'url';
	/** What managers see in the card. */
	title: string;
	multiple?: boolean;
}

export const DEAL_FIELDS: CardField[] = [
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

export const BUYER_FIELDS: CardField[] = [
	{ name: COUNTERPARTIES, type: 'string', title: '1С: контрагенты (ссылки)', multiple: true },
	{ name: CODE, type: 'string', title: '1С: код' },
	{ name: FOLDER, type: 'string', title: '1С: папка' },
	{ name: MAIN_CONTRACT, type: 'string', title: '1С: основной договор' },
	{ name: STATE, type: 'string', title: '1С: состояние' },
];

/** What a company, contact or deal that came from 1C has in `originatorId`; `originId` is then the GUID of 1C. */
export const ORIGINATOR = '1C';

/** `originatorId` of a card whose counterparty is no longer in 1C: the link is cut but can be mended. */
export const ORIGINATOR_GONE = '1C-GONE';
