/** What kind of value a field of a card holds: by its name where it means the same on every portal, else as the portal says. */
import type { SingleType, ValueType } from '../../exchange/equality';
import { BUYER_FIELDS, DEAL_FIELDS } from '../setup/fields';
import { LEAD_FIELDS } from '../setup/leadFields';
import type { CardFields } from './cardFields';

/** The type of a field, by its name as it is sent. */
export type TypeOf = (name: string) => ValueType;

const named = (type: ValueType, names: string): Array<[string, ValueType]> =>
	names.split(' ').map((name) => [name, type]);

/** Standard fields of all kinds of cards [Bitrix24 docs, fields of crm.item]. */
const STANDARD = new Map<string, ValueType>([
	...named('sum', 'opportunity revenue taxValue'),
	...named('number', 'id probability'),
	...named('flag', 'opened isManualOpportunity isMyCompany isRecurring export'),
	...named('date', 'begindate closedate birthdate'),
	...named('code', 'stageId currencyId sourceId typeId honorific industry employees'),
	...named(
		'reference',
		'assignedById companyId contactId mycompanyId leadId quoteId dealId categoryId webformId',
	),
	...named({ listOf: 'reference' }, 'contactIds companyIds observers'),
]);

const OWN_TYPES = { string: 'text', url: 'text', double: 'number' } as const;

/** The fields that the setup of the exchange makes. */
const OWN = new Map<string, ValueType>(
	[...DEAL_FIELDS, ...BUYER_FIELDS, ...LEAD_FIELDS].map(({ name, type, multiple }) => [
		name,
		multiple ? { listOf: OWN_TYPES[type] } : OWN_TYPES[type],
	]),
);

const knownType = (name: string): ValueType | undefined =>
	STANDARD.get(name) ?? OWN.get(name) ?? (/^parentId\d+$/.test(name) ? 'reference' : undefined);

/** Whether only the portal can say what such a field holds: a user field that somebody has made there. */
export const isForeign = (name: string): boolean =>
	knownType(name) === undefined && /^uf_?crm/i.test(name);

/** Without the portal's word: a field nobody knows holds text, so that no two values of it are taken for one. */
export const usualType: TypeOf = (name) => knownType(name) ?? 'text';

const PORTAL_TYPES: Record<string, SingleType> = {
	integer: 'number',
	double: 'number',
	money: 'money',
	boolean: 'flag',
	date: 'date',
	datetime: 'moment',
	enumeration: 'reference',
	user: 'reference',
	employee: 'reference',
	iblock_element: 'reference',
	iblock_section: 'reference',
	hlblock: 'reference',
	crm: 'code',
	crm_status: 'code',
	crm_currency: 'code',
	crm_category: 'reference',
	crm_company: 'reference',
	crm_contact: 'reference',
	crm_deal: 'reference',
	crm_entity: 'reference',
	crm_lead: 'reference',
	crm_quote: 'reference',
};

/** As crm.item.fields of this portal describes them. */
export const typesIn =
	(fields: CardFields): TypeOf =>
	(name) => {
		const field = fields.get(name);
		const known = knownType(name);
		if (known !== undefined || field === undefined) return known ?? 'text';
		const type = PORTAL_TYPES[field.type] ?? 'text';
		return field.isMultiple ? { listOf: type } : type;
	};
