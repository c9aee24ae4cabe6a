/**
 * The CRM types a portal is opened with; smart processes join them in the store.
 * Imitates: the table of `crm/data-types.md#object_type` (reference §2.1).
 * Does not imitate: orders and the old invoices (5).
 */
import { Refusal } from './refusal';
import type { Store } from './store';
import { asWhole } from './values';

export interface EntityType {
	id: number;
	name: string;
	/** The short code product rows use as `ownerType`. */
	abbreviation: string;
	userFieldEntity: string;
	/** What a card is called before somebody names it. */
	caption: string;
	hasRows: boolean;
	hasStages: boolean;
	/** Only of types people defined themselves. */
	smartProcess?: SmartProcess;
}

export interface SmartProcess {
	/** Of the type, not to be mixed up with its entityTypeId. */
	id: number;
	flags: Record<string, 'Y' | 'N'>;
	createdBy: number;
	createdTime: string;
}

export const LEAD = 1;
export const DEAL = 2;
export const CONTACT = 3;
export const COMPANY = 4;
export const QUOTE = 7;
export const REQUISITE = 8;
export const SMART_INVOICE = 31;
export const FIRST_SMART_PROCESS = 128;

export const STANDARD_TYPES: EntityType[] = [
	{
		id: LEAD,
		name: 'LEAD',
		abbreviation: 'L',
		userFieldEntity: 'CRM_LEAD',
		caption: 'Лид',
		hasRows: true,
		hasStages: true,
	},
	{
		id: DEAL,
		name: 'DEAL',
		abbreviation: 'D',
		userFieldEntity: 'CRM_DEAL',
		caption: 'Сделка',
		hasRows: true,
		hasStages: true,
	},
	{
		id: CONTACT,
		name: 'CONTACT',
		abbreviation: 'C',
		userFieldEntity: 'CRM_CONTACT',
		caption: 'Контакт',
		hasRows: false,
		hasStages: false,
	},
	{
		id: COMPANY,
		name: 'COMPANY',
		abbreviation: 'CO',
		userFieldEntity: 'CRM_COMPANY',
		caption: 'Компания',
		hasRows: false,
		hasStages: false,
	},
	{
		id: QUOTE,
		name: 'QUOTE',
		abbreviation: 'Q',
		userFieldEntity: 'CRM_QUOTE',
		caption: 'Предложение',
		hasRows: true,
		hasStages: true,
	},
	{
		id: SMART_INVOICE,
		name: 'SMART_INVOICE',
		abbreviation: 'SI',
		userFieldEntity: 'CRM_SMART_INVOICE',
		caption: 'Счет',
		hasRows: true,
		hasStages: true,
	},
];

/** Smart invoices and smart processes share one family of events, fields and stage names. */
export function isDynamic(entityTypeId: number): boolean {
	return entityTypeId === SMART_INVOICE || entityTypeId >= FIRST_SMART_PROCESS;
}

/** The types with several pipelines, and with a default one of a real id where they are dynamic. */
export function hasFunnels(entityTypeId: number): boolean {
	return entityTypeId === DEAL || isDynamic(entityTypeId);
}

/** Types that exist on a portal but are out of reach of crm.item.* (0 and the old invoice). */
const UNSUPPORTED = [0, 5];

export function entityType(store: Store, raw: unknown): EntityType {
	const id = asWhole(raw);
	const found = store.types.find((type) => type.id === id);
	if (found) return found;
	if (id !== undefined && UNSUPPORTED.includes(id)) {
		throw new Refusal(400, 'ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${id} is not supported`);
	}
	throw new Refusal(400, 'NOT_FOUND', 'Smart process not found');
}

export function typeOfId(store: Store, id: number): EntityType {
	const found = store.types.find((type) => type.id === id);
	if (!found) throw new Error(`The stand-in has no CRM type ${id}`);
	return found;
}

export function typeByAbbreviation(store: Store, abbreviation: string): EntityType | undefined {
	return store.types.find((type) => type.abbreviation === abbreviation);
}
