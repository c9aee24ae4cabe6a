/**
 * Ways out of the refusals of Bitrix24, by their codes, and by the refused method where there is no code. The words are
 * in the language of the portal, so they are shown and never compared.
 */

const APPLICATION_ONLY =
	'Only an application may do this, an inbound webhook may not: choose a Bitrix24 OAuth2 API credential in the node.';

const RIGHTS =
	'The owner of the webhook, or whoever connected the application, lacks the right for this in the portal.';

const VALUE =
	'Check the value: IDs are numbers, flags Y or N, dates 2026-11-24, values of lists their IDs.';

export const REMEDIES: Record<string, string> = {
	NO_AUTH_FOUND:
		'Check the credential: the inbound webhook may have been deleted or its code changed; an application has to be connected again.',
	AUTHORIZATION_ERROR:
		'The authorization server of Bitrix24 fails, so the portal cannot confirm the token; nothing has to be connected again. The exchange will try again.',
	EXPIRED_TOKEN: 'Open the credential and connect it again.',
	INVALID_TOKEN: 'Open the credential and connect it again.',
	INSUFFICIENT_SCOPE:
		'Give the webhook or the application the missing scope (crm, catalog, user_brief, userfieldconfig, documentgenerator, sale, placement); connect an application again afterwards.',
	ACCESS_DENIED:
		'The owner of the webhook, or whoever connected the application, needs the right for this (for placements and the event queue: administrator); some methods are for applications only; the portal plan must allow REST.',
	ACCESSEXCEPTION:
		'Only an administrator of the portal may do this, and only through an application: choose a Bitrix24 OAuth2 API credential in the node.',
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
		'Fill the field in the card, or give it a value in the node: the portal demands it, perhaps only from this stage on. A card the exchange makes by itself needs a default value of the field, or the field must not be required.',
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

const NAMES =
	'The owner of the webhook, or whoever connected the application, needs the right to change the settings of the CRM; the name has to be free and to begin as the portal demands.';

/** Where the code is blank or zero: what the refusals of a method have in common, by a part of its name. */
export const BY_METHOD: Array<[part: string, remedy: string]> = [
	['crm.item.update', 'The role may not move cards to this stage.'],
	[
		'crm.address.',
		'Check the owner and the type of the address: an owner has one address of each type, update the one there is.',
	],
	['crm.requisite.link.', 'Choose a requisite of the company or contact of this very card.'],
	[
		'crm.requisite.bankdetail.',
		'Check the ID of the requisite or of the bank detail; a bank detail needs a name.',
	],
	[
		'crm.requisite.',
		'Check the ID, the owner and the name. Choose the preset under Fields: presets differ from portal to portal.',
	],
	[
		'catalog.price.',
		'Check the ID of the product and the type of the price: a product has one price of each type, update the one there is.',
	],
	['catalog.', 'Check the IDs, and that every field the catalogue demands has a value.'],
	['crm.status.', NAMES],
	['.userfield.', NAMES],
	['userfieldconfig.', NAMES],
];

/** Fits everything that may be behind a refusal without a code. */
export const WITHOUT_CODE =
	'The portal gives no code, its words alone say what it is. Check the ID: the element may have been deleted. Give every field that is demanded a value. Choose the preset of a requisite under Fields. Or the owner of the webhook, or whoever connected the application, lacks the right for this in the portal.';

const remedyWithoutCode = (method: string): string => {
	const name = method.toLowerCase();
	return BY_METHOD.find(([part]) => name.includes(part))?.[1] ?? WITHOUT_CODE;
};

/** Codes that say nothing [Bitrix24 docs, pages of the old methods, of the catalogue and of documents]. */
const hasNoCode = (code: string): boolean => code === '' || code === '0';

export const remedyFor = (code: string, method: string): string | undefined =>
	hasNoCode(code) ? remedyWithoutCode(method) : REMEDIES[code.toUpperCase()];

const SOON = 'Обмен попробует снова сам.';

const REQUIRED = 'CRM_FIELD_ERROR_REQUIRED';

const ADDING = /\.(add|import|batchimport)$/i;

/** The few that people at work with the card can do something about; the rest is for the integrator. */
const IN_RUSSIAN: Record<string, string> = {
	[REQUIRED]: `Заполните это поле в карточке: портал требует его, возможно, только с этой стадии. ${SOON}`,
	CRM_FIELD_ERROR_VALUE_NOT_VALID: 'Исправьте значение этого поля.',
	NOT_FOUND: 'Карточку могли удалить, или обмену ее не видно.',
	AUTHORIZATION_ERROR: `Сервер авторизации Битрикс24 не отвечает. ${SOON}`,
	OPERATION_TIME_LIMIT: SOON,
	QUERY_LIMIT_EXCEEDED: SOON,
};

/** Nobody can fill a field in a card that is not there yet. */
const REQUIRED_IN_NEW =
	'Эту карточку создает обмен, и поле в ней заполнить некому. Интегратору: передайте значение поля в узле, задайте полю значение по умолчанию или снимите с него обязательность в настройках карточки, и обмен создаст ее сам.';

export const russianRemedyFor = (code: string, method: string): string =>
	code.toUpperCase() === REQUIRED && ADDING.test(method)
		? REQUIRED_IN_NEW
		: (IN_RUSSIAN[code.toUpperCase()] ?? 'Передайте это интегратору.');
