/** Ways out of the refusals of Bitrix24, by their codes, and by their words where the code says nothing. */

const APPLICATION_ONLY =
	'Only an application may do this, an inbound webhook may not: choose a Bitrix24 OAuth2 API credential in the node.';

const RIGHTS =
	'The owner of the webhook, or whoever connected the application, lacks the right for this in the portal.';

const VALUE =
	'Check the value: IDs are numbers, flags Y or N, dates 2026-11-24, values of lists their IDs.';

export const REMEDIES: Record<string, string> = {
	NO_AUTH_FOUND:
		'Check the credential: the inbound webhook may have been deleted or its code changed; an application has to be connected again.',
	EXPIRED_TOKEN: 'Open the credential and connect it again.',
	INVALID_TOKEN: 'Open the credential and connect it again.',
	INSUFFICIENT_SCOPE:
		'Give the webhook or the application the missing scope (crm, catalog, user_brief, userfieldconfig, documentgenerator, sale, placement); connect an application again afterwards.',
	ACCESS_DENIED:
		'The owner of the webhook, or whoever connected the application, needs the right for this (for placements and the event queue: administrator); the portal plan must allow REST.',
	INVALID_CREDENTIALS: RIGHTS,
	USER_ACCESS_ERROR: RIGHTS,
	ALLOWED_ONLY_INTRANET_USER: 'The webhook must be an employee’s, not an extranet user’s.',
	ERROR_METHOD_NOT_FOUND: 'Check the method name and the scopes of the webhook or application.',
	WRONG_AUTH_TYPE: APPLICATION_ONLY,
	WRONG_LICENSE: 'The plan of the portal does not include this.',
	PAYMENT_REQUIRED: 'The plan of the portal, or its trial of Marketplace, has ended.',
	NOT_FOUND:
		'Check the ID: the element may have been deleted, or whoever connected n8n may not see it.',
	OWNER_NOT_FOUND:
		'Check the kind and the ID of the card: it may have been deleted, or whoever connected n8n may not see it.',
	ENTITY_TYPE_NOT_SUPPORTED:
		'Cards of this kind cannot do this; check the kind. Invoices of the old kind are not supported, smart invoices are.',
	CRM_FIELD_ERROR_VALUE_NOT_VALID: VALUE,
	CRM_FIELD_ERROR_REQUIRED:
		'Give the field a value: the portal demands it, perhaps only from this stage on.',
	CREATE_DYNAMIC_ITEM_RESTRICTED:
		'The plan of the portal, or the settings of the smart process, do not allow new items.',
	UPDATE_DYNAMIC_ITEM_RESTRICTED:
		'The plan of the portal, or the settings of the smart process, do not allow changes.',
	INVALID_ARG_VALUE:
		'Check the names and values of the filter and the sorting: user fields begin with UF_CRM_, flags of user fields are 1 or 0.',
	'100': 'A parameter is missing, or has one value where a list is expected.',
	ERROR_CORE: 'The portal refuses the settings themselves; its words say why.',
	ERROR_BATCH_LENGTH_EXCEEDED: 'A batch holds fifty commands; let the node make the batches.',
	ERROR_BATCH_METHOD_NOT_ALLOWED: 'This method cannot go in a batch: call it with Method → Call.',
	ERROR_EVENT_NOT_FOUND: 'The portal has no such event; choose one from the list.',
	ERROR_ARGUMENT: 'Check the parameters of the method.',
	MAX_IMPORT_BATCH_SIZE_EXCEEDED: 'An import takes twenty items at a time.',
	DOCGEN_ACCESS_ERROR: RIGHTS,
	DOCGEN_LIMIT_ERROR: 'The plan of the portal allows no more documents.',
	OVERLOAD_LIMIT: 'The portal is blocked for overload; Bitrix24 support lifts the block.',
	OPERATION_TIME_LIMIT:
		'The method used up its time on the portal for ten minutes; the exchange will try again.',
	QUERY_LIMIT_EXCEEDED:
		'Too many requests reach the portal from this address; the exchange will try again.',
	INVALID_REQUEST: 'Use the https:// address of the portal.',
	INTERNAL_SERVER_ERROR:
		'The portal failed by itself. Try again; if it stays so, check the values, then ask Bitrix24 support.',
	ERROR_UNEXPECTED_ANSWER:
		'The portal failed by itself. Try again; if it stays so, ask Bitrix24 support.',
	ERROR_MANIFEST_IS_NOT_AVAILABLE: 'The application is not installed on the portal.',
	PORTAL_DELETED: 'The portal no longer exists; put the address of another into the credential.',
	'200040300010': RIGHTS,
	'200040300020': RIGHTS,
	'200040300030': RIGHTS,
	'200040300040': RIGHTS,
	'200040300050': RIGHTS,
	'200040300000': 'Choose the catalogue from the list: products and variations have one each.',
	'200700300000': 'Check the ID of the section it should lie in.',
	'200700300030': 'Check the ID of the section.',
	'200700300040': 'Another section has this symbolic code; leave it empty or choose another.',
	'200700300050': 'Choose the catalogue from the list.',
};

/** Most old methods leave the code blank, or write prose or zero into it. */
export const BY_WORDS: Array<[words: RegExp, remedy: string]> = [
	[/application context required/i, APPLICATION_ONLY],
	[/insufficient permissions to change the stage/i, 'The role may not move cards to this stage.'],
	[/access denied|insufficient permissions|cannot create user fields/i, RIGHTS],
	[/PRESET_ID/, 'Choose the preset under Fields: presets differ from portal to portal.'],
	[/TypeAddress exists/i, 'The requisite has an address of this type already: update that one.'],
	[/not assigned to/i, 'Choose a requisite of the company or contact of this very card.'],
	[/single price/i, 'The product has a price of this type already: update that one.'],
	[/already exists/i, 'Choose another name, or use what exists.'],
	[/not (found|exists?)|does not exist|is not exists/i, REMEDIES.NOT_FOUND],
	[/^required |is required|required fields/i, 'Give the fields named here a value.'],
];

const SOON = 'Обмен попробует снова сам.';

/** The few that people at work with the card can do something about; the rest is for the integrator. */
const IN_RUSSIAN: Record<string, string> = {
	CRM_FIELD_ERROR_REQUIRED: 'Заполните это поле: портал требует его на этой стадии.',
	CRM_FIELD_ERROR_VALUE_NOT_VALID: 'Исправьте значение этого поля.',
	NOT_FOUND: 'Карточку могли удалить, или обмену ее не видно.',
	OPERATION_TIME_LIMIT: SOON,
	QUERY_LIMIT_EXCEEDED: SOON,
};

export const russianRemedyFor = (code: string): string =>
	IN_RUSSIAN[code.toUpperCase()] ?? 'Передайте это интегратору.';

export const remedyFor = (code: string, description: string): string | undefined => {
	const byWords = BY_WORDS.find(([words]) => words.test(description))?.[1];
	return byWords === APPLICATION_ONLY ? byWords : (REMEDIES[code.toUpperCase()] ?? byWords);
};
