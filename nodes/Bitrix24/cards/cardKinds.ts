/** The kinds of cards the CRM has. Resources, pick-lists and links to cards are all made of these rows. */
import { CONTACT, COMPANY, DEAL, LEAD, QUOTE, SMART_INVOICE } from '../rest/entityTypes';

export interface CardKind {
	/** Value of the resource; stored in workflows. */
	resource: string;
	/** 0 where the parameter «Smart Process» says which it is. */
	entityTypeId: number;
	/** As the editor calls the resource. */
	name: string;
	singular: string;
	plural: string;
	/** Under which name the number of the card goes from node to node. */
	idName: string;
	/** How addresses of the portal call the kind; those without a word of their own go by their number. */
	path?: string;
	/** The fields a person knows a card by. */
	titles: string[];
}

export const LEAD_CARD: CardKind = {
	resource: 'lead',
	entityTypeId: LEAD,
	name: 'Lead (Лид)',
	singular: 'lead',
	plural: 'leads',
	idName: 'leadId',
	path: 'lead',
	titles: ['title'],
};

export const DEAL_CARD: CardKind = {
	resource: 'deal',
	entityTypeId: DEAL,
	name: 'Deal (Сделка)',
	singular: 'deal',
	plural: 'deals',
	idName: 'dealId',
	path: 'deal',
	titles: ['title'],
};

export const CONTACT_CARD: CardKind = {
	resource: 'contact',
	entityTypeId: CONTACT,
	name: 'Contact (Контакт)',
	singular: 'contact',
	plural: 'contacts',
	idName: 'contactId',
	path: 'contact',
	titles: ['lastName', 'name', 'secondName'],
};

export const COMPANY_CARD: CardKind = {
	resource: 'company',
	entityTypeId: COMPANY,
	name: 'Company (Компания)',
	singular: 'company',
	plural: 'companies',
	idName: 'companyId',
	path: 'company',
	titles: ['title'],
};

export const QUOTE_CARD: CardKind = {
	resource: 'quote',
	entityTypeId: QUOTE,
	name: 'Quote (Предложение)',
	singular: 'quote',
	plural: 'quotes',
	idName: 'quoteId',
	titles: ['title'],
};

export const INVOICE_CARD: CardKind = {
	resource: 'invoice',
	entityTypeId: SMART_INVOICE,
	name: 'Invoice (Счет)',
	singular: 'invoice',
	plural: 'invoices',
	idName: 'invoiceId',
	titles: ['title'],
};

export const PROCESS_CARD: CardKind = {
	resource: 'smartProcess',
	entityTypeId: 0,
	name: 'Smart Process (Смарт-Процесс)',
	singular: 'smart process item',
	plural: 'smart process items',
	idName: 'itemId',
	titles: ['title'],
};

export const CARD_KINDS = [
	LEAD_CARD,
	DEAL_CARD,
	CONTACT_CARD,
	COMPANY_CARD,
	QUOTE_CARD,
	INVOICE_CARD,
	PROCESS_CARD,
];

/** Of a card's link, what stands before its number, as a pattern. */
export const addressOf = ({ path, entityTypeId }: CardKind): string => {
	const byNumber = `type/${entityTypeId === 0 ? '\\d+' : entityTypeId}`;
	return path ? `(?:${path}|${byNumber})` : byNumber;
};

export const linkTo = (
	portal: string,
	{ path }: CardKind,
	entityTypeId: number,
	id: unknown,
): string => `https://${portal}/crm/${path ?? `type/${entityTypeId}`}/details/${String(id)}/`;

export const titleOf = ({ titles }: CardKind, card: Record<string, unknown>): string =>
	titles
		.map((name) => String(card[name] ?? '').trim())
		.filter(Boolean)
		.join(' ') || `#${String(card.id)}`;
