/**
 * The user fields through which a deal knows its 1C side. The portal setup creates them; names are sent as they
 * are (`useOriginalUfNames`), because their camelCase form cannot be turned back [Bitrix24 docs, crm.item].
 */
import { link, number, text, texts, type CardField } from './cardField';

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

export const DEAL_FIELDS: CardField[] = [
	text(COUNTERPARTY, '1С: контрагент (ссылка)'),
	text(CONTRACT, '1С: договор (ссылка)'),
	text(ORGANIZATION, '1С: организация (ссылка)'),
	text(WAREHOUSE, '1С: склад (ссылка)'),
	text(INVOICE, '1С: счет (ссылка)'),
	text(INVOICE_NUMBER, '1С: номер счета'),
	text(ORDER, '1С: заказ (ссылка)'),
	text(ORDER_NUMBER, '1С: номер заказа'),
	number(PAID, '1С: оплачено'),
	number(SHIPPED, '1С: отгружено'),
	link(PICKER, '1С: подбор'),
];

export const BUYER_FIELDS: CardField[] = [
	texts(COUNTERPARTIES, '1С: контрагенты (ссылки)'),
	text(CODE, '1С: код'),
	text(FOLDER, '1С: папка'),
	text(MAIN_CONTRACT, '1С: основной договор'),
	text(STATE, '1С: состояние'),
];

/** What a company, contact or deal that came from 1C has in `originatorId`; `originId` is then the GUID of 1C. */
export const ORIGINATOR = '1C';

/** `originatorId` of a card whose counterparty is no longer in 1C: the link is cut but can be mended. */
export const ORIGINATOR_GONE = '1C-GONE';
