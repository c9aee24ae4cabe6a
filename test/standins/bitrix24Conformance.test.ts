/**
 * Holds the answers of the stand-in to the shapes (keys and JSON types, never the texts) of the samples on forty
 * pages of `bitrix24/b24restdocs` @ 5988ed130d13, the list of reference §8.
 */
import axios from 'axios';
import { ADMINISTRATOR_USER } from './bitrix24/portal';
import type { RegisteredApplication } from './bitrix24/portal';
import { PortalUnderTest } from './portalUnderTest';

const S = 'string';
const N = 'number';
const B = 'boolean';
/** The sample shows null, so the key must be there and its type is not known. */
const O = 'null';
type Shape = string | Shape[] | { [key: string]: Shape };

const all = (type: string, names: string): { [key: string]: Shape } =>
	Object.fromEntries(names.split(' ').map((name) => [name, type]));
const strings = (names: string) => all(S, names);
const numbers = (names: string) => all(N, names);
const booleans = (names: string) => all(B, names);
const empty = (names: string) => all(O, names);

const TIME = { ...numbers('start finish duration processing'), date_start: S, date_finish: S };
const FIELD = {
	...strings('type title upperName'),
	...booleans('isRequired isReadOnly isImmutable isMultiple isDynamic'),
};

/** Fields whose values are from a book, which the page names. */
const BOOKED = ['stageId', 'previousStageId', 'sourceId'];

interface Page {
	page: string;
	ask: () => Promise<unknown>;
	shape: Shape;
	/** Documented keys that the stand-in does not have. */
	lacks?: string;
	/** Keys that are null here and have a value in the sample. */
	unfilled?: string;
	/** Keys whose type differs, each for a reason README.md names. */
	otherwise?: string;
	/** Keys the page does not show; every portal has some, depending on its settings. */
	more?: string;
}

interface Difference {
	lacks: string[];
	unfilled: string[];
	otherwise: string[];
	more: string[];
}

/** Fields every portal names in its own way; the shapes leave them out. */
const OWN = /^(uf[A-Z]|UF_|parentId|PARENT_ID_|property\d)/;

const typeOf = (value: unknown): string => (value === null ? O : typeof value);
const isMap = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths are written without array indices: every element is held to the same shape. */
function compare(actual: unknown, shape: Shape, path: string, found: Difference): void {
	if (Array.isArray(shape)) {
		if (!Array.isArray(actual)) found.otherwise.push(path);
		else if (shape.length > 0 && actual.length === 0) found.unfilled.push(path);
		else for (const element of actual) if (shape[0]) compare(element, shape[0], path, found);
		return;
	}
	if (typeof shape === 'string') {
		if (typeOf(actual) === shape || shape === O) return;
		(actual === null ? found.unfilled : found.otherwise).push(path);
		return;
	}
	if (actual === null) found.unfilled.push(path);
	else if (!isMap(actual)) found.otherwise.push(path);
	else {
		const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
		for (const [name, inner] of Object.entries(shape)) {
			if (Object.hasOwn(actual, name)) compare(actual[name], inner, at(name), found);
			else found.lacks.push(at(name));
		}
		const unknown = Object.keys(actual).filter(
			(name) => !Object.hasOwn(shape, name) && !OWN.test(name),
		);
		found.more.push(...unknown.map(at));
	}
}

const sorted = (paths: string[]): string => [...new Set(paths)].sort().join(' ');

const test = new PortalUnderTest({
	webhookScopes: ['crm', 'catalog', 'sale', 'user', 'userfieldconfig'],
});
let application: RegisteredApplication;

beforeEach(() => {
	application = test.portal.admin.registersApplication({
		scopes: ['crm'],
		handler: 'https://exchange.example.test/',
		onlyApi: true,
	});
});

const TEXTS = {
	sourceId: 'WEB',
	sourceDescription: 'a',
	comments: 'a',
	utmSource: 'a',
	utmMedium: 'a',
};
const FULL_DEAL = {
	...TEXTS,
	title: 'A',
	leadId: 1,
	quoteId: 1,
	companyId: 1,
	contactIds: [1],
	observers: [7],
	typeId: 'SALE',
	probability: 50,
	additionalInfo: 'a',
};
const FULL_LEAD = {
	...TEXTS,
	title: 'A',
	name: 'a',
	lastName: 'a',
	secondName: 'a',
	post: 'a',
	honorific: 'HNR_RU_1',
	companyTitle: 'a',
	birthdate: '2001-01-01',
	fm: [{ typeId: 'PHONE', valueType: 'WORK', value: '1' }],
};
const ROW = {
	productId: 0,
	productName: 'A',
	price: 120,
	quantity: 2,
	taxRate: 20,
	taxIncluded: 'Y',
};
const LIST_FIELD = {
	entityId: 'CRM_DEAL',
	fieldName: 'UF_CRM_DEAL_LIST',
	userTypeId: 'enumeration',
	editFormLabel: { ru: 'Список', en: 'List' },
	settings: { DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
	enum: [{ value: 'A' }, { value: 'B', def: 'Y' }],
};

/** The whole body but `time`, which has a test of its own. */
const body = (data: object): unknown =>
	Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'time'));
const ask = async (method: string, params: object): Promise<unknown> =>
	body((await test.call(method, params)).data);
const made = async (method: string, params: object): Promise<number> =>
	Number(await test.result(method, params));

const grant = () => application.tokensOf(ADMINISTRATOR_USER);
const asApplication = async (method: string, params: object = {}): Promise<unknown> =>
	body((await test.as(grant().accessToken).call(method, params)).data);
const token = async (params: Record<string, string>): Promise<unknown> => {
	const { clientId: client_id, clientSecret: client_secret } = application;
	const url = `${test.portal.oauthOrigin}/oauth/token/`;
	return (await axios.get(url, { params: { client_id, client_secret, ...params } })).data;
};
const code = async (): Promise<string> => {
	const url = `${test.portal.origin}/oauth/authorize/?client_id=${application.clientId}`;
	const options = { maxRedirects: 0, validateStatus: () => true };
	const { headers } = await axios.get(url, options);
	return new URL(String(headers.location)).searchParams.get('code') ?? '';
};

const item = async (entityTypeId: number, fields: object): Promise<number> =>
	Number((await test.result('crm.item.add', { entityTypeId, fields })).item.id);
const deal = () => item(2, FULL_DEAL);
const lead = () => item(1, FULL_LEAD);
const company = () =>
	item(4, {
		title: 'A',
		typeId: 'CUSTOMER',
		bankingDetails: 'a',
		industry: 'IT',
		revenue: 1,
		employees: 'EMPLOYEES_1',
		comments: 'a',
	});
const payment = (entityId: number) => made('crm.item.payment.add', { entityTypeId: 2, entityId });
const paidPayments = async (method: string): Promise<unknown> => {
	const entityId = await deal();
	await test.result('crm.item.payment.pay', { id: await payment(entityId) });
	return await ask(method, { entityTypeId: 2, entityId });
};
const productRows = async (): Promise<unknown> => {
	const id = await deal();
	const rows = { ownerType: 'D', ownerId: id, productRows: [ROW] };
	await test.result('crm.item.productrow.set', rows);
	return await ask('crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': id } });
};
const requisiteFields = async (): Promise<object> => ({
	ENTITY_TYPE_ID: 4,
	ENTITY_ID: await company(),
	PRESET_ID: 1,
	NAME: 'A',
	XML_ID: 'a',
	RQ_COMPANY_NAME: 'a',
	RQ_COMPANY_FULL_NAME: 'a',
	RQ_COMPANY_REG_DATE: '06.04.2007',
	RQ_DIRECTOR: 'a',
	RQ_INN: '7707083893',
	RQ_KPP: '773601001',
	RQ_OGRN: '1',
	RQ_VAT_PAYER: 'N',
});
const requisite = async (): Promise<number> =>
	await made('crm.requisite.add', { fields: await requisiteFields() });
const bankDetail = (ENTITY_ID: number) =>
	made('crm.requisite.bankdetail.add', { fields: { ENTITY_ID, NAME: 'A' } });
const requisiteLink = async (): Promise<unknown> => {
	const ENTITY_ID = await item(2, { title: 'A' });
	const link = { ENTITY_TYPE_ID: 2, ENTITY_ID, REQUISITE_ID: 0, BANK_DETAIL_ID: 0 };
	const fields = { ...link, MC_REQUISITE_ID: 0, MC_BANK_DETAIL_ID: 0 };
	await test.result('crm.requisite.link.register', { fields });
	return await ask('crm.requisite.link.get', { entityTypeId: 2, entityId: ENTITY_ID });
};
const addresses = async (): Promise<unknown> => {
	const owner = { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: await requisite() };
	const street = { ADDRESS_1: 'a', ADDRESS_2: 'a', CITY: 'a', POSTAL_CODE: '1', REGION: 'a' };
	const fields = { ...owner, ...street, PROVINCE: 'a', COUNTRY: 'a', LOC_ADDR_ID: '1' };
	await test.result('crm.address.add', { fields });
	return await ask('crm.address.list', {});
};
const products = async (): Promise<unknown> => {
	const section = test.portal.admin.addsSection({ name: 'A' });
	const fields = { iblockId: 23, name: 'A', code: 'a', iblockSectionId: section, vatId: 1 };
	const purchase = { purchasingPrice: 1, purchasingCurrency: 'RUB' };
	await test.result('catalog.product.add', { fields: { ...fields, ...purchase } });
	return await ask('catalog.product.list', { select: ['*'], filter: { iblockId: 23 } });
};
const offlineEvent = async (): Promise<void> => {
	await asApplication('event.bind', { event: 'ONCRMDEALADD', event_type: 'offline' });
	await deal();
};
/** A form has no types, so brackets become maps and every value is text. */
const event = async (name: string): Promise<unknown> => {
	const listener = await test.listener();
	await asApplication('event.bind', { event: name, handler: listener.url });
	const entityTypeId = name === 'ONCRMDEALUPDATE' ? 2 : 31;
	const id = await item(entityTypeId, { title: 'A' });
	await test.result('crm.item.update', { entityTypeId, id, fields: { title: 'B' } });
	const [heard] = await listener.hears(1);
	const { parse } = await import('qs');
	return parse(new URLSearchParams(heard).toString());
};
const document = async (): Promise<unknown> => {
	const file = ['a.docx', Buffer.from('a').toString('base64')];
	const fields = { name: 'A', file, numeratorId: 2, region: 'ru', entityTypeId: ['2'] };
	const { template } = await test.result('crm.documentgenerator.template.add', { fields });
	const card = { entityTypeId: 2, entityId: await deal() };
	return await ask('crm.documentgenerator.document.add', { templateId: template.id, ...card });
};

/** Rows of these lists differ from each other, so they are told apart by name. */
const entityTypes = async (): Promise<unknown> => {
	test.portal.admin.addsPipeline('Опт');
	const rows = [...(await test.result('crm.status.entity.types'))];
	const named = ['STATUS', 'SOURCE', 'SMART_INVOICE_STAGE_13', 'DEAL_STAGE_1', 'DEAL_STAGE'];
	const shown = rows.filter((row) => named.includes(String(row.ID)));
	return Object.fromEntries(shown.map((row) => [String(row.ID), row]));
};
const imported = async (): Promise<unknown> => {
	const data = [{ title: 'A' }, { title: 'B', currencyId: 'XXX' }];
	const { items } = await test.result('crm.item.batchImport', { entityTypeId: 1, data });
	return { taken: items[0], refused: items[1] };
};

const PAGES: Page[] = [
	{
		page: 'settings/how-to-call-rest-api/batch.md',
		ask: async () => ask('batch', { cmd: { user: 'user.current' } }),
		shape: {
			result: {
				result: {
					user: {
						...strings(
							'ID NAME LAST_NAME EMAIL LAST_LOGIN DATE_REGISTER IS_ONLINE LAST_ACTIVITY_DATE PERSONAL_GENDER PERSONAL_BIRTHDAY',
						),
						ACTIVE: B,
					},
				},
				result_error: [],
				result_total: [],
				result_next: [],
				result_time: { user: TIME },
			},
		},
		more: 'result.result.user.PERSONAL_CITY result.result.user.PERSONAL_MOBILE result.result.user.PERSONAL_PHOTO result.result.user.PERSONAL_WWW result.result.user.SECOND_NAME result.result.user.TIME_ZONE result.result.user.WORK_PHONE result.result.user.WORK_POSITION result.result_time.user.operating result.result_time.user.operating_reset_at',
	},
	{
		page: 'settings/oauth/index.md',
		ask: async () => token({ grant_type: 'authorization_code', code: await code() }),
		shape: {
			...strings(
				'access_token client_endpoint domain member_id refresh_token scope server_endpoint status',
			),
			expires_in: N,
		},
	},
	{
		page: 'settings/oauth/auto-renewal.md',
		ask: async () => token({ grant_type: 'refresh_token', refresh_token: grant().refreshToken }),
		shape: {
			...strings(
				'access_token client_endpoint domain member_id refresh_token scope server_endpoint status',
			),
			...numbers('expires expires_in user_id'),
		},
	},
	{
		page: 'api-reference/crm/universal/crm-item-add.md',
		ask: async () => ask('crm.item.add', { entityTypeId: 2, fields: FULL_DEAL }),
		shape: {
			result: {
				item: {
					...numbers(
						'id createdBy updatedBy assignedById leadId companyId contactId quoteId categoryId opportunity taxValue probability movedBy lastActivityBy entityTypeId',
					),
					...strings(
						'createdTime updatedTime opened title stageId stageSemanticId isNew isRecurring isReturnCustomer isRepeatedApproach closed typeId isManualOpportunity currencyId comments begindate closedate sourceId sourceDescription additionalInfo movedTime lastActivityTime utmSource utmMedium',
					),
					...empty(
						'dateCreateShort dateModifyShort productId begindateShort closedateShort eventDate eventDateShort eventId eventDescription locationId webformId originatorId originId searchContent orderStage isWork isWon isLose receivedAmount lostAmount hasProducts utmCampaign utmContent utmTerm',
					),
					observers: [N],
					contactIds: [N],
				},
			},
		},
	},
	{
		page: 'api-reference/crm/universal/crm-item-get.md',
		ask: async () => ask('crm.item.get', { entityTypeId: 1, id: await lead() }),
		shape: {
			result: {
				item: {
					...numbers(
						'id createdBy updatedBy assignedById companyId contactId opportunity webformId movedBy lastActivityBy entityTypeId',
					),
					...strings(
						'createdTime updatedTime opened stageId stageSemanticId currencyId sourceId sourceDescription title name lastName secondName companyTitle post comments birthdate honorific hasPhone hasEmail hasImol isReturnCustomer searchContent isManualOpportunity movedTime lastActivityTime phoneMobile phoneWork phoneMailing emailHome emailWork emailMailing imol email phone',
					),
					...empty(
						'dateCreateShort dateModifyShort isConvert statusDescription productId shortName address originatorId originId dateClosed login skype icq utmSource utmMedium utmCampaign utmContent utmTerm',
					),
					fm: [{ id: N, ...strings('valueType value typeId') }],
					observers: [],
					contactIds: [],
				},
			},
		},
		unfilled: 'result.item.imol result.item.searchContent',
	},
	{
		page: 'api-reference/crm/universal/crm-item-list.md',
		ask: async () => (
			await lead(),
			ask('crm.item.list', {
				entityTypeId: 1,
				select:
					'id title lastName name stageId sourceId assignedById opportunity isManualOpportunity'.split(
						' ',
					),
			})
		),
		shape: {
			total: N,
			result: {
				items: [
					{
						...numbers('id assignedById opportunity'),
						...strings('stageId sourceId title name lastName isManualOpportunity'),
					},
				],
			},
		},
	},
	{
		page: 'api-reference/crm/universal/crm-item-update.md',
		ask: async () =>
			ask('crm.item.update', { entityTypeId: 2, id: await deal(), fields: { title: 'B' } }),
		shape: {
			result: {
				item: {
					...numbers(
						'id createdBy updatedBy assignedById companyId contactId categoryId opportunity taxValue webformId movedBy lastActivityBy entityTypeId',
					),
					...strings(
						'createdTime updatedTime opened title stageId stageSemanticId isNew isRecurring isReturnCustomer isRepeatedApproach closed typeId isManualOpportunity currencyId comments begindate closedate sourceId sourceDescription additionalInfo searchContent movedTime lastActivityTime utmSource',
					),
					...empty(
						'dateCreateShort dateModifyShort leadId quoteId productId probability begindateShort closedateShort eventDate eventDateShort eventId eventDescription locationId originatorId originId orderStage isWork isWon isLose receivedAmount lostAmount hasProducts utmMedium utmCampaign utmContent utmTerm',
					),
					observers: [N],
					contactIds: [],
				},
			},
		},
		unfilled: 'result.item.searchContent',
	},
	{
		page: 'api-reference/crm/universal/crm-item-delete.md',
		ask: async () => ask('crm.item.delete', { entityTypeId: 2, id: await deal() }),
		shape: { result: [] },
	},
	{
		page: 'api-reference/crm/universal/crm-item-fields.md',
		ask: async () => ask('crm.item.fields', { entityTypeId: 31 }),
		shape: {
			result: {
				fields: Object.fromEntries(
					'id title xmlId createdTime updatedTime createdBy updatedBy assignedById opened webformId begindate closedate companyId contactId contactIds contacts observers categoryId movedTime movedBy stageId previousStageId sourceId sourceDescription currencyId isManualOpportunity opportunity taxValue mycompanyId lastActivityBy lastActivityTime'
						.split(' ')
						.map((name) => [
							name,
							BOOKED.includes(name) ? { ...FIELD, ...strings('statusType') } : FIELD,
						]),
				),
			},
		},
		lacks: 'result.fields.contacts',
		more: 'result.fields.accountNumber result.fields.comments result.fields.locationId result.fields.utmCampaign result.fields.utmContent result.fields.utmMedium result.fields.utmSource result.fields.utmTerm',
	},
	{
		page: 'api-reference/crm/universal/import/crm-item-batch-import.md',
		ask: async () => imported(),
		shape: { taken: { item: { id: N } }, refused: { error: S, error_description: S } },
	},
	{
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-set.md',
		ask: async () =>
			ask('crm.item.productrow.set', { ownerType: 'D', ownerId: await deal(), productRows: [ROW] }),
		shape: {
			result: {
				productRows: [
					{
						...numbers(
							'id ownerId productId price priceAccount priceExclusive priceNetto priceBrutto quantity discountTypeId discountRate discountSum measureCode sort type',
						),
						...strings('ownerType productName taxIncluded customized measureName xmlId'),
						taxRate: O,
					},
				],
			},
		},
	},
	{
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-list.md',
		ask: async () => productRows(),
		shape: {
			total: N,
			result: {
				productRows: [
					{
						...numbers(
							'id ownerId productId price priceAccount priceExclusive priceNetto priceBrutto quantity discountTypeId discountRate discountSum taxRate measureCode sort type storeId',
						),
						...strings('ownerType productName taxIncluded customized measureName xmlId'),
					},
				],
			},
		},
		unfilled: 'result.productRows.storeId',
		more: 'result.productRows.taxName',
	},
	{
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-add.md',
		ask: async () =>
			ask('crm.item.productrow.add', { fields: { ...ROW, ownerType: 'D', ownerId: await deal() } }),
		shape: {
			result: {
				productRow: {
					...numbers(
						'id ownerId productId price quantity discountTypeId discountRate taxRate measureCode sort type priceAccount priceExclusive priceNetto priceBrutto discountSum',
					),
					...strings('ownerType taxIncluded productName customized measureName xmlId'),
				},
			},
		},
	},
	{
		page: 'api-reference/crm/universal/payment/crm-item-payment-add.md',
		ask: async () => ask('crm.item.payment.add', { entityTypeId: 2, entityId: await deal() }),
		shape: { result: N },
	},
	{
		page: 'api-reference/crm/universal/payment/crm-item-payment-list.md',
		ask: async () => paidPayments('crm.item.payment.list'),
		shape: {
			result: [
				{
					...numbers('id empPaidId paySystemId sum'),
					...strings('accountNumber paid datePaid currency paySystemName'),
				},
			],
		},
	},
	{
		page: 'api-reference/crm/universal/payment/crm-item-payment-pay.md',
		ask: async () => ask('crm.item.payment.pay', { id: await payment(await deal()) }),
		shape: { result: B },
	},
	{
		page: 'api-reference/sale/payment/sale-payment-list.md',
		ask: async () => paidPayments('sale.payment.list'),
		shape: {
			total: N,
			result: {
				payments: [
					{
						...strings(
							'accountNumber comments currency dateBill dateResponsibleId externalPayment id1c isReturn marked paid payReturnComment payReturnNum paySystemIsCash paySystemName paySystemXmlId payVoucherNum priceCod psCurrency psStatus psStatusCode psStatusDescription psStatusMessage reasonMarked updated1c version1c xmlId',
						),
						...empty(
							'companyId dateMarked datePaid datePayBefore empMarkedId empPaidId empReturnId payReturnDate payVoucherDate psInvoiceId psResponseDate psSum',
						),
						...numbers('empResponsibleId id orderId paySystemId responsibleId sum'),
					},
				],
			},
		},
	},
	{
		page: 'api-reference/crm/universal/category/crm-category-list.md',
		ask: async () => (
			test.portal.admin.addsPipeline('Опт'),
			ask('crm.category.list', { entityTypeId: 2 })
		),
		shape: {
			total: N,
			result: {
				categories: [
					{
						...numbers('id sort entityTypeId'),
						...strings('name isDefault originId originatorId'),
					},
				],
			},
		},
		lacks: 'result.categories.originId result.categories.originatorId',
	},
	{
		page: 'api-reference/crm/status/crm-status-list.md',
		ask: async () => ask('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE' } }),
		shape: {
			total: N,
			result: [
				{
					...strings('ID ENTITY_ID STATUS_ID NAME NAME_INIT SORT SYSTEM COLOR SEMANTICS'),
					CATEGORY_ID: O,
					EXTRA: { SEMANTICS: S, COLOR: S },
				},
			],
		},
		unfilled: 'result.SEMANTICS',
	},
	{
		page: 'api-reference/crm/status/crm-status-add.md',
		ask: async () =>
			ask('crm.status.add', { fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'X', NAME: 'X' } }),
		shape: { result: N },
	},
	{
		page: 'api-reference/crm/status/crm-status-entity-types.md',
		ask: async () => entityTypes(),
		shape: {
			STATUS: {
				ID: S,
				NAME: S,
				ENTITY_TYPE_ID: N,
				SEMANTIC_INFO: {
					...strings('START_FIELD FINAL_SUCCESS_FIELD FINAL_UNSUCCESS_FIELD'),
					FINAL_SORT: N,
				},
			},
			SOURCE: { ID: S, NAME: S },
			SMART_INVOICE_STAGE_13: {
				...strings('ID NAME PREFIX FIELD_ATTRIBUTE_SCOPE'),
				SEMANTIC_INFO: [],
				ENTITY_TYPE_ID: N,
				IS_ENABLED: B,
				CATEGORY_ID: N,
			},
			DEAL_STAGE_1: {
				...strings('ID NAME PARENT_ID PREFIX FIELD_ATTRIBUTE_SCOPE CATEGORY_ID'),
				ENTITY_TYPE_ID: N,
				SEMANTIC_INFO: {
					...strings('START_FIELD FINAL_SUCCESS_FIELD FINAL_UNSUCCESS_FIELD'),
					FINAL_SORT: N,
				},
			},
			DEAL_STAGE: {
				...strings('ID NAME FIELD_ATTRIBUTE_SCOPE'),
				ENTITY_TYPE_ID: N,
				CATEGORY_ID: N,
				SEMANTIC_INFO: {
					...strings('START_FIELD FINAL_SUCCESS_FIELD FINAL_UNSUCCESS_FIELD'),
					FINAL_SORT: N,
				},
			},
		},
	},
	{
		page: 'api-reference/crm/requisites/universal/crm-requisite-add.md',
		ask: async () => ask('crm.requisite.add', { fields: await requisiteFields() }),
		shape: { result: N },
	},
	{
		page: 'api-reference/crm/requisites/universal/crm-requisite-list.md',
		ask: async () => (
			await requisite(),
			ask('crm.requisite.list', { select: ['ENTITY_TYPE_ID', 'ENTITY_ID', 'ID', 'NAME'] })
		),
		shape: { total: N, result: [{ ...strings('ENTITY_TYPE_ID ENTITY_ID ID NAME') }] },
	},
	{
		page: 'api-reference/crm/requisites/universal/crm-requisite-get.md',
		ask: async () => ask('crm.requisite.get', { id: await requisite() }),
		shape: {
			result: {
				...strings(
					'ID ENTITY_TYPE_ID ENTITY_ID PRESET_ID DATE_CREATE DATE_MODIFY CREATED_BY_ID NAME XML_ID ACTIVE ADDRESS_ONLY SORT RQ_COMPANY_NAME RQ_COMPANY_FULL_NAME RQ_COMPANY_REG_DATE RQ_DIRECTOR RQ_INN RQ_KPP RQ_OGRN RQ_VAT_PAYER',
				),
				...empty(
					'MODIFY_BY_ID CODE ORIGINATOR_ID RQ_NAME RQ_FIRST_NAME RQ_LAST_NAME RQ_SECOND_NAME RQ_COMPANY_ID RQ_ACCOUNTANT RQ_CEO_NAME RQ_CEO_WORK_POS RQ_CONTACT RQ_EMAIL RQ_PHONE RQ_FAX RQ_IDENT_TYPE RQ_IDENT_DOC RQ_IDENT_DOC_SER RQ_IDENT_DOC_NUM RQ_IDENT_DOC_PERS_NUM RQ_IDENT_DOC_DATE RQ_IDENT_DOC_ISSUED_BY RQ_IDENT_DOC_DEP_CODE RQ_USRLE RQ_IFNS RQ_OGRNIP RQ_OKPO RQ_OKTMO RQ_OKVED RQ_EDRPOU RQ_DRFO RQ_KBE RQ_IIN RQ_BIN RQ_ST_CERT_SER RQ_ST_CERT_NUM RQ_ST_CERT_DATE RQ_VAT_ID RQ_VAT_CERT_SER RQ_VAT_CERT_NUM RQ_VAT_CERT_DATE RQ_RESIDENCE_COUNTRY RQ_BASE_DOC RQ_REGON RQ_KRS RQ_PESEL RQ_LEGAL_FORM RQ_SIRET RQ_SIREN RQ_CAPITAL RQ_RCS RQ_CNPJ RQ_STATE_REG RQ_MNPL_REG RQ_CPF',
				),
			},
		},
	},
	{
		page: 'api-reference/crm/requisites/presets/crm-requisite-preset-list.md',
		ask: async () => ask('crm.requisite.preset.list', { select: ['ID', 'NAME'] }),
		shape: { total: N, result: [{ ID: S, NAME: S }] },
	},
	{
		page: 'api-reference/crm/requisites/bank-detail/crm-requisite-bank-detail-list.md',
		ask: async () => (
			await bankDetail(await requisite()),
			ask('crm.requisite.bankdetail.list', { select: ['ENTITY_ID', 'ID', 'NAME'] })
		),
		shape: { total: N, result: [{ ...strings('ENTITY_ID ID NAME') }] },
	},
	{
		page: 'api-reference/crm/requisites/links/crm-requisite-link-get.md',
		ask: async () => requisiteLink(),
		shape: {
			result: {
				ENTITY_TYPE_ID: N,
				ENTITY_ID: N,
				...strings('REQUISITE_ID BANK_DETAIL_ID MC_REQUISITE_ID MC_BANK_DETAIL_ID'),
			},
		},
	},
	{
		page: 'api-reference/crm/requisites/addresses/crm-address-list.md',
		ask: async () => addresses(),
		shape: {
			total: N,
			result: [
				{
					...strings(
						'TYPE_ID ENTITY_TYPE_ID ENTITY_ID ADDRESS_1 ADDRESS_2 CITY POSTAL_CODE REGION PROVINCE COUNTRY LOC_ADDR_ID ANCHOR_TYPE_ID ANCHOR_ID',
					),
					COUNTRY_CODE: O,
				},
			],
		},
	},
	{
		page: 'api-reference/crm/duplicates/crm-duplicate-find-by-comm.md',
		ask: async () => (
			test.portal.admin.addsContact({ name: 'Иван', phone: '1' }),
			ask('crm.duplicate.findbycomm', { type: 'PHONE', values: ['1'] })
		),
		shape: { result: { CONTACT: [N] } },
	},
	{
		page: 'api-reference/crm/timeline/comments/crm-timeline-comment-add.md',
		ask: async () =>
			ask('crm.timeline.comment.add', {
				fields: { ENTITY_TYPE: 'deal', ENTITY_ID: await deal(), COMMENT: 'A' },
			}),
		shape: { result: N },
	},
	{
		page: 'api-reference/crm/universal/userfieldconfig/userfieldconfig-add.md',
		ask: async () => ask('userfieldconfig.add', { moduleId: 'crm', field: LIST_FIELD }),
		shape: {
			result: {
				field: {
					...strings(
						'id entityId fieldName userTypeId sort multiple mandatory showFilter showInList editInList isSearchable',
					),
					xmlId: O,
					settings: { ...strings('DISPLAY CAPTION_NO_VALUE SHOW_NO_VALUE'), LIST_HEIGHT: N },
					languageId: { en: S, ru: S },
					editFormLabel: { en: S },
					listColumnLabel: { en: O, ru: O },
					listFilterLabel: { en: O, ru: O },
					errorMessage: { en: O, ru: O },
					helpMessage: { en: O, ru: O },
					enum: [{ ...strings('id userFieldId value def sort xmlId') }],
				},
			},
		},
		more: 'result.field.editFormLabel.ru',
	},
	{
		page: 'api-reference/crm/deals/crm-deal-get.md',
		ask: async () => ask('crm.deal.get', { id: await deal() }),
		shape: {
			result: {
				...strings(
					'ID TITLE TYPE_ID STAGE_ID PROBABILITY CURRENCY_ID OPPORTUNITY IS_MANUAL_OPPORTUNITY TAX_VALUE COMPANY_ID CONTACT_ID BEGINDATE CLOSEDATE ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY OPENED CLOSED COMMENTS ADDITIONAL_INFO CATEGORY_ID STAGE_SEMANTIC_ID IS_NEW IS_RECURRING IS_RETURN_CUSTOMER IS_REPEATED_APPROACH SOURCE_ID SOURCE_DESCRIPTION MOVED_BY_ID MOVED_TIME LAST_ACTIVITY_TIME UTM_SOURCE UTM_MEDIUM LAST_ACTIVITY_BY',
				),
				...empty(
					'LEAD_ID QUOTE_ID LOCATION_ID ORIGINATOR_ID ORIGIN_ID UTM_CAMPAIGN UTM_CONTENT UTM_TERM',
				),
			},
		},
	},
	{
		page: 'api-reference/crm/companies/crm-company-get.md',
		ask: async () => ask('crm.company.get', { id: await company() }),
		shape: {
			result: {
				...strings(
					'ID COMPANY_TYPE TITLE HAS_PHONE HAS_EMAIL HAS_IMOL ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID BANKING_DETAILS INDUSTRY REVENUE CURRENCY_ID EMPLOYEES COMMENTS DATE_CREATE DATE_MODIFY OPENED IS_MY_COMPANY LAST_ACTIVITY_BY LAST_ACTIVITY_TIME',
				),
				...empty(
					'LOGO LEAD_ID ORIGINATOR_ID ORIGIN_ID ORIGIN_VERSION ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID ADDRESS_LEGAL REG_ADDRESS REG_ADDRESS_2 REG_ADDRESS_CITY REG_ADDRESS_POSTAL_CODE REG_ADDRESS_REGION REG_ADDRESS_PROVINCE REG_ADDRESS_COUNTRY REG_ADDRESS_COUNTRY_CODE REG_ADDRESS_LOC_ADDR_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_COMMUNICATION_TIME',
				),
			},
		},
	},
	{
		page: 'api-reference/catalog/product/catalog-product-list.md',
		ask: async () => products(),
		shape: {
			total: N,
			result: {
				products: [
					{
						...strings(
							'active available barcodeMulti bundle canBuyZero code dateActiveFrom dateActiveTo dateCreate detailTextType name previewTextType purchasingCurrency quantityTrace recurSchemeType subscribe timestampX vatIncluded withoutOrder xmlId',
						),
						...numbers(
							'createdBy height iblockId iblockSectionId id length measure modifiedBy purchasingPrice quantity quantityReserved recurSchemeLength sort trialPriceId type vatId weight width',
						),
						detailText: O,
						previewText: O,
						detailPicture: { ...strings('id url urlMachine') },
						previewPicture: { ...strings('id url urlMachine') },
					},
				],
			},
		},
		unfilled:
			'result.products.dateActiveFrom result.products.dateActiveTo result.products.detailPicture result.products.height result.products.length result.products.previewPicture result.products.quantityReserved result.products.recurSchemeLength result.products.recurSchemeType result.products.trialPriceId result.products.weight result.products.width result.products.withoutOrder',
		otherwise: 'result.products.purchasingPrice',
	},
	{
		page: 'api-reference/catalog/price/catalog-price-list.md',
		ask: async () => (
			test.portal.admin.addsProduct({ name: 'A', price: 5 }),
			ask('catalog.price.list', {
				select: ['catalogGroupId', 'currency', 'id', 'price', 'productId'],
			})
		),
		shape: {
			total: N,
			result: { prices: [{ ...numbers('catalogGroupId id price productId'), currency: S }] },
		},
	},
	{
		page: 'api-reference/events/event-offline-get.md',
		ask: async () => (await offlineEvent(), asApplication('event.offline.get')),
		shape: {
			result: {
				process_id: O,
				events: [
					{
						...strings('ID TIMESTAMP_X EVENT_NAME MESSAGE_ID'),
						EVENT_DATA: B,
						EVENT_ADDITIONAL: B,
					},
				],
			},
		},
		otherwise: 'result.events.EVENT_DATA',
	},
	{
		page: 'api-reference/events/event-offline-list.md',
		ask: async () => (await offlineEvent(), asApplication('event.offline.list')),
		shape: {
			total: N,
			result: [
				{
					...strings('ID TIMESTAMP_X EVENT_NAME MESSAGE_ID PROCESS_ID ERROR'),
					EVENT_DATA: B,
					EVENT_ADDITIONAL: B,
				},
			],
		},
		otherwise: 'result.EVENT_DATA',
	},
	{
		page: 'api-reference/crm/deals/events/on-crm-deal-update.md',
		ask: async () => event('ONCRMDEALUPDATE'),
		shape: {
			...strings('event event_handler_id ts'),
			data: { FIELDS: { ID: S } },
			auth: {
				...strings(
					'access_token expires_in scope domain server_endpoint status client_endpoint member_id refresh_token application_token',
				),
			},
		},
		lacks: 'auth.refresh_token',
	},
	{
		page: 'api-reference/crm/universal/events/on-crm-dynamic-item-update.md',
		ask: async () => event('ONCRMDYNAMICITEMUPDATE'),
		shape: {
			...strings('event event_handler_id ts'),
			data: { FIELDS: { ID: S, ENTITY_TYPE_ID: S } },
			auth: {
				...strings(
					'access_token expires_in scope domain server_endpoint status client_endpoint member_id refresh_token application_token',
				),
			},
		},
		lacks: 'auth.refresh_token',
	},
	{
		page: 'api-reference/crm/document-generator/documents/crm-document-generator-document-add.md',
		ask: async () => document(),
		shape: {
			result: {
				document: {
					...booleans(
						'changeStampsEnabled changeQrCodeEnabled qrCodeEnabled stampsEnabled isTransformationError',
					),
					...strings(
						'changeStampsDisabledReason changeQrCodeDisabledReason downloadUrl downloadUrlMachine title number createTime updateTime templateId pullTag imageUrl pdfUrl entityId entityTypeId',
					),
					publicUrl: O,
					updatedBy: O,
					...numbers('id createdBy emailDiskFile'),
					products: { currencyId: S, totalSum: S, totalRows: N },
					values: {
						...strings('productsTableVariant _creationMethod DocumentNumber'),
						stampsEnabled: B,
					},
				},
			},
		},
	},
];

it('forty pages are held to', () => {
	expect(new Set(PAGES.map(({ page }) => page)).size).toBe(40);
});

it.each(PAGES)(
	'$page',
	async ({ ask: asks, shape, lacks = '', unfilled = '', otherwise = '', more = '' }) => {
		const found: Difference = { lacks: [], unfilled: [], otherwise: [], more: [] };
		compare(await asks(), shape, '', found);
		expect({
			lacks: sorted(found.lacks),
			unfilled: sorted(found.unfilled),
			otherwise: sorted(found.otherwise),
			more: sorted(found.more),
		}).toEqual({ lacks, unfilled, otherwise, more });
	},
);

it('an event brings all its page shows where the portal is switched to refresh tokens', async () => {
	test.portal.switches.refreshTokenInEvents = true;
	const page = PAGES.find(({ page: path }) => path.endsWith('on-crm-deal-update.md'));
	const found: Difference = { lacks: [], unfilled: [], otherwise: [], more: [] };
	compare(await page?.ask(), page?.shape ?? O, '', found);
	expect(found).toEqual({ lacks: [], unfilled: [], otherwise: [], more: [] });
});

it('every answer brings its time', async () => {
	const found: Difference = { lacks: [], unfilled: [], otherwise: [], more: [] };
	compare((await test.call('server.time')).data.time, TIME, '', found);
	expect(found).toEqual({
		lacks: [],
		unfilled: [],
		otherwise: [],
		more: ['operating_reset_at', 'operating'],
	});
});
