/** Samples of documentation pages of `bitrix24/b24restdocs` @ 5988ed130d13, held against the answers of the methods. */
import { B, booleans, empty, isMap, N, numbers, O, S, strings } from '../shape';
import { pageCase, type PageCase } from './pageCase';
import { card, COMPANY, CONTACT, DEAL, LEAD, listOf, MARK, SMART_INVOICE } from './portalCase';

const TIME = {
	...numbers('start finish duration processing'),
	date_start: S,
	date_finish: S,
};
const FIELD = {
	...strings('type title upperName'),
	...booleans('isRequired isReadOnly isImmutable isMultiple isDynamic'),
};

/** Fields whose values are from a book, which the page names. */
const BOOKED = ['stageId', 'previousStageId', 'sourceId'];

const TEXTS = {
	sourceId: 'WEB',
	sourceDescription: 'a',
	comments: 'a',
	utmSource: 'a',
	utmMedium: 'a',
};
const FULL_DEAL = {
	...TEXTS,
	title: MARK,
	leadId: 1,
	quoteId: 1,
	companyId: 1,
	contactIds: [1],
	observers: [1],
	typeId: 'SALE',
	probability: 50,
	additionalInfo: 'a',
};
const PHONE = { typeId: 'PHONE', valueType: 'WORK', value: '+74950000001' };
const FULL_LEAD = {
	...TEXTS,
	title: MARK,
	name: 'a',
	lastName: 'a',
	secondName: 'a',
	post: 'a',
	honorific: 'HNR_RU_1',
	companyTitle: 'a',
	birthdate: '2001-01-01',
	fm: [PHONE],
};
const FULL_COMPANY = {
	title: MARK,
	typeId: 'CUSTOMER',
	bankingDetails: 'a',
	industry: 'IT',
	revenue: 1,
	employees: 'EMPLOYEES_1',
	comments: 'a',
};
const ROW = {
	productId: 0,
	productName: MARK,
	price: 120,
	quantity: 2,
	taxRate: 20,
	taxIncluded: 'Y',
};
const REQUISITE_TYPE = 8;
const REQUISITE = {
	ENTITY_TYPE_ID: COMPANY,
	ENTITY_ID: '{0.result.item.id}',
	PRESET_ID: 1,
	NAME: MARK,
	XML_ID: 'conformance',
	RQ_COMPANY_NAME: 'a',
	RQ_COMPANY_FULL_NAME: 'a',
	RQ_COMPANY_REG_DATE: '06.04.2007',
	RQ_DIRECTOR: 'a',
	RQ_INN: '7707083893',
	RQ_KPP: '773601001',
	RQ_OGRN: '1',
	RQ_VAT_PAYER: 'N',
};
const ADDRESS = {
	TYPE_ID: 6,
	ENTITY_TYPE_ID: REQUISITE_TYPE,
	ENTITY_ID: '{1.result}',
	ADDRESS_1: 'a',
	ADDRESS_2: 'a',
	CITY: 'a',
	POSTAL_CODE: '1',
	REGION: 'a',
	PROVINCE: 'a',
	COUNTRY: 'a',
	LOC_ADDR_ID: '1',
};
const PRODUCT = {
	iblockId: '{0.result.catalogs.0.iblockId}',
	name: MARK,
	code: 'conformance',
	purchasingPrice: 1,
	purchasingCurrency: 'RUB',
};
const LIST_FIELD = {
	entityId: 'CRM_DEAL',
	fieldName: 'UF_CRM_DEAL_CONFORMANCE',
	userTypeId: 'enumeration',
	editFormLabel: { ru: MARK, en: MARK },
	settings: { DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
	enum: [{ value: 'A' }, { value: 'B', def: 'Y' }],
};
const TEMPLATE = {
	name: MARK,
	file: ['a.docx', Buffer.from('a').toString('base64')],
	numeratorId: 2,
	region: 'ru',
	entityTypeId: ['2'],
};

const resultIn = (body: unknown): unknown => (isMap(body) ? body.result : undefined);

/** Rows of this list differ from each other, so they are told apart by name. */
const rowsByName = (body: unknown): unknown => {
	const named = ['STATUS', 'SOURCE', 'DEAL_STAGE'];
	const rows = resultIn(body);
	const shown = (Array.isArray(rows) ? rows.filter(isMap) : []).filter(
		({ ID }) =>
			named.includes(String(ID)) || /^(SMART_INVOICE_STAGE|DEAL_STAGE)_\d+$/.test(String(ID)),
	);
	return Object.fromEntries(
		shown.map((row) => [
			String(row.ID).replace(/^(SMART_INVOICE_STAGE|DEAL_STAGE_)_?\d+$/, '$1'),
			row,
		]),
	);
};
const takenAndRefused = (body: unknown): unknown => {
	const result = resultIn(body);
	const items = isMap(result) && Array.isArray(result.items) ? result.items : [];
	return { taken: items[0], refused: items[1] };
};

export const PAGE_CASES: PageCase[] = [
	pageCase({
		page: 'settings/how-to-call-rest-api/batch',
		questions: [{ method: 'batch', params: { cmd: { user: 'user.current' } } }],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/crm-item-add',
		writes: true,
		questions: [card('add', { entityTypeId: DEAL, fields: FULL_DEAL })],
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/crm-item-get',
		writes: true,
		questions: [
			card('add', { entityTypeId: LEAD, fields: FULL_LEAD }),
			card('get', { entityTypeId: LEAD, id: '{0.result.item.id}' }),
		],
		undo: [card('delete', { entityTypeId: LEAD, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/crm-item-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: LEAD, fields: FULL_LEAD }),
			listOf(LEAD, {
				select:
					'id title lastName name stageId sourceId assignedById opportunity isManualOpportunity'.split(
						' ',
					),
				filter: { '@id': ['{0.result.item.id}'] },
			}),
		],
		undo: [card('delete', { entityTypeId: LEAD, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/crm-item-update',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			card('update', {
				entityTypeId: DEAL,
				id: '{0.result.item.id}',
				fields: { title: `${MARK} 2` },
			}),
		],
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/crm-item-delete',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		shape: { result: [] },
	}),
	pageCase({
		page: 'api-reference/crm/universal/crm-item-fields',
		questions: [{ method: 'crm.item.fields', params: { entityTypeId: SMART_INVOICE } }],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/import/crm-item-batch-import',
		writes: true,
		questions: [
			{
				method: 'crm.item.batchImport',
				params: { entityTypeId: LEAD, data: [{ title: MARK }, { title: MARK, currencyId: 'XXX' }] },
			},
		],
		undo: [card('delete', { entityTypeId: LEAD, id: '{0.result.items.0.item.id}' })],
		part: takenAndRefused,
		shape: { taken: { item: { id: N } }, refused: { error: S, error_description: S } },
	}),
	pageCase({
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-set',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.productrow.set',
				params: { ownerType: 'D', ownerId: '{0.result.item.id}', productRows: [ROW] },
			},
		],
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.productrow.set',
				params: { ownerType: 'D', ownerId: '{0.result.item.id}', productRows: [ROW] },
			},
			{
				method: 'crm.item.productrow.list',
				params: { filter: { '=ownerType': 'D', '=ownerId': '{0.result.item.id}' } },
			},
		],
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
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
		more: 'result.productRows.taxName',
		unfilled: 'result.productRows.storeId',
	}),
	pageCase({
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-add',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.productrow.add',
				params: { fields: { ...ROW, ownerType: 'D', ownerId: '{0.result.item.id}' } },
			},
		],
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/payment/crm-item-payment-add',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.payment.add',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
		],
		undo: [
			{ method: 'crm.item.payment.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		shape: { result: N },
	}),
	pageCase({
		page: 'api-reference/crm/universal/payment/crm-item-payment-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.payment.add',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
			{ method: 'crm.item.payment.pay', params: { id: '{1.result}' } },
			{
				method: 'crm.item.payment.list',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
		],
		undo: [
			{ method: 'crm.item.payment.unpay', params: { id: '{1.result}' } },
			{ method: 'crm.item.payment.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		shape: {
			result: [
				{
					...numbers('id empPaidId paySystemId sum'),
					...strings('accountNumber paid datePaid currency paySystemName'),
				},
			],
		},
	}),
	pageCase({
		page: 'api-reference/crm/universal/payment/crm-item-payment-pay',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.payment.add',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
			{ method: 'crm.item.payment.pay', params: { id: '{1.result}' } },
		],
		undo: [
			{ method: 'crm.item.payment.unpay', params: { id: '{1.result}' } },
			{ method: 'crm.item.payment.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		shape: { result: B },
	}),
	pageCase({
		page: 'api-reference/sale/payment/sale-payment-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.item.payment.add',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
			{ method: 'sale.payment.list', params: { filter: { id: '{1.result}' } } },
		],
		undo: [
			{ method: 'crm.item.payment.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
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
	}),
	pageCase({
		page: 'api-reference/crm/universal/category/crm-category-list',
		questions: [{ method: 'crm.category.list', params: { entityTypeId: DEAL } }],
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
	}),
	pageCase({
		page: 'api-reference/crm/status/crm-status-list',
		questions: [{ method: 'crm.status.list', params: { filter: { ENTITY_ID: 'DEAL_STAGE' } } }],
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
	}),
	pageCase({
		page: 'api-reference/crm/status/crm-status-add',
		writes: true,
		questions: [
			{
				method: 'crm.status.add',
				params: {
					fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'CONFORMANCE', NAME: MARK, SORT: 9000 },
				},
			},
		],
		undo: [{ method: 'crm.status.delete', params: { id: '{0.result}', params: { FORCED: 'Y' } } }],
		shape: { result: N },
	}),
	pageCase({
		page: 'api-reference/crm/status/crm-status-entity-types',
		/** Only a portal with a further pipeline has all kinds of rows. */
		questions: [
			{ method: 'crm.category.list', params: { entityTypeId: DEAL } },
			{
				method: 'crm.status.list',
				params: { filter: { ENTITY_ID: 'DEAL_STAGE_{0.result.categories.1.id}' } },
			},
			{ method: 'crm.status.entity.types' },
		],
		part: rowsByName,
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
			SMART_INVOICE_STAGE: {
				...strings('ID NAME PREFIX FIELD_ATTRIBUTE_SCOPE'),
				SEMANTIC_INFO: [],
				ENTITY_TYPE_ID: N,
				IS_ENABLED: B,
				CATEGORY_ID: N,
			},
			DEAL_STAGE_: {
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
	}),
	pageCase({
		page: 'api-reference/crm/requisites/universal/crm-requisite-add',
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: FULL_COMPANY }),
			{ method: 'crm.requisite.add', params: { fields: REQUISITE } },
		],
		undo: [
			{ method: 'crm.requisite.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: COMPANY, id: '{0.result.item.id}' }),
		],
		shape: { result: N },
	}),
	pageCase({
		page: 'api-reference/crm/requisites/universal/crm-requisite-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: FULL_COMPANY }),
			{ method: 'crm.requisite.add', params: { fields: REQUISITE } },
			{
				method: 'crm.requisite.list',
				params: {
					filter: { ID: '{1.result}' },
					select: ['ENTITY_TYPE_ID', 'ENTITY_ID', 'ID', 'NAME'],
				},
			},
		],
		undo: [
			{ method: 'crm.requisite.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: COMPANY, id: '{0.result.item.id}' }),
		],
		shape: { total: N, result: [{ ...strings('ENTITY_TYPE_ID ENTITY_ID ID NAME') }] },
	}),
	pageCase({
		page: 'api-reference/crm/requisites/universal/crm-requisite-get',
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: FULL_COMPANY }),
			{ method: 'crm.requisite.add', params: { fields: REQUISITE } },
			{ method: 'crm.requisite.get', params: { id: '{1.result}' } },
		],
		undo: [
			{ method: 'crm.requisite.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: COMPANY, id: '{0.result.item.id}' }),
		],
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
	}),
	pageCase({
		page: 'api-reference/crm/requisites/presets/crm-requisite-preset-list',
		questions: [{ method: 'crm.requisite.preset.list', params: { select: ['ID', 'NAME'] } }],
		shape: { total: N, result: [{ ID: S, NAME: S }] },
	}),
	pageCase({
		page: 'api-reference/crm/requisites/bank-detail/crm-requisite-bank-detail-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: FULL_COMPANY }),
			{ method: 'crm.requisite.add', params: { fields: REQUISITE } },
			{
				method: 'crm.requisite.bankdetail.add',
				params: { fields: { ENTITY_ID: '{1.result}', NAME: MARK } },
			},
			{
				method: 'crm.requisite.bankdetail.list',
				params: { filter: { ID: '{2.result}' }, select: ['ENTITY_ID', 'ID', 'NAME'] },
			},
		],
		undo: [
			{ method: 'crm.requisite.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: COMPANY, id: '{0.result.item.id}' }),
		],
		shape: { total: N, result: [{ ...strings('ENTITY_ID ID NAME') }] },
	}),
	pageCase({
		page: 'api-reference/crm/requisites/links/crm-requisite-link-get',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.requisite.link.register',
				params: {
					fields: {
						ENTITY_TYPE_ID: DEAL,
						ENTITY_ID: '{0.result.item.id}',
						REQUISITE_ID: 0,
						BANK_DETAIL_ID: 0,
						MC_REQUISITE_ID: 0,
						MC_BANK_DETAIL_ID: 0,
					},
				},
			},
			{
				method: 'crm.requisite.link.get',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
		],
		undo: [
			{
				method: 'crm.requisite.link.unregister',
				params: { entityTypeId: DEAL, entityId: '{0.result.item.id}' },
			},
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		shape: {
			result: {
				ENTITY_TYPE_ID: N,
				ENTITY_ID: N,
				...strings('REQUISITE_ID BANK_DETAIL_ID MC_REQUISITE_ID MC_BANK_DETAIL_ID'),
			},
		},
	}),
	pageCase({
		page: 'api-reference/crm/requisites/addresses/crm-address-list',
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: FULL_COMPANY }),
			{ method: 'crm.requisite.add', params: { fields: REQUISITE } },
			{ method: 'crm.address.add', params: { fields: ADDRESS } },
			{
				method: 'crm.address.list',
				params: { filter: { ENTITY_TYPE_ID: REQUISITE_TYPE, ENTITY_ID: '{1.result}' } },
			},
		],
		undo: [
			{ method: 'crm.requisite.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: COMPANY, id: '{0.result.item.id}' }),
		],
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
	}),
	pageCase({
		page: 'api-reference/crm/duplicates/crm-duplicate-find-by-comm',
		writes: true,
		questions: [
			card('add', { entityTypeId: CONTACT, fields: { name: MARK, fm: [PHONE] } }),
			{ method: 'crm.duplicate.findbycomm', params: { type: 'PHONE', values: [PHONE.value] } },
		],
		undo: [card('delete', { entityTypeId: CONTACT, id: '{0.result.item.id}' })],
		shape: { result: { CONTACT: [N] } },
	}),
	pageCase({
		page: 'api-reference/crm/timeline/comments/crm-timeline-comment-add',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{
				method: 'crm.timeline.comment.add',
				params: { fields: { ENTITY_TYPE: 'deal', ENTITY_ID: '{0.result.item.id}', COMMENT: MARK } },
			},
		],
		undo: [
			{ method: 'crm.timeline.comment.delete', params: { id: '{1.result}' } },
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		shape: { result: N },
	}),
	pageCase({
		page: 'api-reference/crm/universal/userfieldconfig/userfieldconfig-add',
		writes: true,
		questions: [{ method: 'userfieldconfig.add', params: { moduleId: 'crm', field: LIST_FIELD } }],
		undo: [
			{ method: 'userfieldconfig.delete', params: { moduleId: 'crm', id: '{0.result.field.id}' } },
		],
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
	}),
	pageCase({
		page: 'api-reference/crm/deals/crm-deal-get',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{ method: 'crm.deal.get', params: { id: '{0.result.item.id}' } },
		],
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/crm/companies/crm-company-get',
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: FULL_COMPANY }),
			{ method: 'crm.company.get', params: { id: '{0.result.item.id}' } },
		],
		undo: [card('delete', { entityTypeId: COMPANY, id: '{0.result.item.id}' })],
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
	}),
	pageCase({
		page: 'api-reference/catalog/product/catalog-product-list',
		writes: true,
		questions: [
			{ method: 'catalog.catalog.list' },
			{ method: 'catalog.product.add', params: { fields: PRODUCT } },
			{
				method: 'catalog.product.list',
				params: {
					select: ['*'],
					filter: { iblockId: '{0.result.catalogs.0.iblockId}', id: '{1.result.element.id}' },
				},
			},
		],
		undo: [{ method: 'catalog.product.delete', params: { id: '{1.result.element.id}' } }],
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
		otherwise: 'result.products.purchasingPrice',
		unfilled:
			'result.products.dateActiveFrom result.products.dateActiveTo result.products.detailPicture result.products.height result.products.iblockSectionId result.products.length result.products.previewPicture result.products.quantityReserved result.products.recurSchemeLength result.products.recurSchemeType result.products.trialPriceId result.products.vatId result.products.weight result.products.width result.products.withoutOrder',
	}),
	pageCase({
		page: 'api-reference/catalog/price/catalog-price-list',
		writes: true,
		questions: [
			{ method: 'catalog.catalog.list' },
			{ method: 'catalog.product.add', params: { fields: PRODUCT } },
			{ method: 'catalog.priceType.list' },
			{
				method: 'catalog.price.add',
				params: {
					fields: {
						productId: '{1.result.element.id}',
						catalogGroupId: '{2.result.priceTypes.0.id}',
						price: 5,
						currency: 'RUB',
					},
				},
			},
			{
				method: 'catalog.price.list',
				params: {
					select: ['catalogGroupId', 'currency', 'id', 'price', 'productId'],
					filter: { productId: '{1.result.element.id}' },
				},
			},
		],
		undo: [{ method: 'catalog.product.delete', params: { id: '{1.result.element.id}' } }],
		shape: {
			total: N,
			result: { prices: [{ ...numbers('catalogGroupId id price productId'), currency: S }] },
		},
	}),
	pageCase({
		page: 'api-reference/events/event-offline-get',
		writes: true,
		through: 'application',
		questions: [
			{ method: 'event.bind', params: { event: 'ONCRMDEALADD', event_type: 'offline' } },
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{ method: 'event.offline.get' },
		],
		undo: [
			card('delete', { entityTypeId: DEAL, id: '{1.result.item.id}' }),
			{ method: 'event.unbind', params: { event: 'ONCRMDEALADD', event_type: 'offline' } },
		],
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
	}),
	pageCase({
		page: 'api-reference/events/event-offline-list',
		writes: true,
		through: 'application',
		questions: [
			{ method: 'event.bind', params: { event: 'ONCRMDEALADD', event_type: 'offline' } },
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{ method: 'event.offline.list' },
		],
		undo: [
			card('delete', { entityTypeId: DEAL, id: '{1.result.item.id}' }),
			{ method: 'event.unbind', params: { event: 'ONCRMDEALADD', event_type: 'offline' } },
		],
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
	}),
	pageCase({
		page: 'api-reference/crm/document-generator/documents/crm-document-generator-document-add',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: FULL_DEAL }),
			{ method: 'crm.documentgenerator.template.add', params: { fields: TEMPLATE } },
			{
				method: 'crm.documentgenerator.document.add',
				params: {
					templateId: '{1.result.template.id}',
					entityTypeId: DEAL,
					entityId: '{0.result.item.id}',
				},
			},
		],
		undo: [
			{ method: 'crm.documentgenerator.document.delete', params: { id: '{2.result.document.id}' } },
			{ method: 'crm.documentgenerator.template.delete', params: { id: '{1.result.template.id}' } },
			card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
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
	}),
];
