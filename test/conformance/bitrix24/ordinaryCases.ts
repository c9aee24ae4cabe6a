/** What the exchange asks of a portal day by day: each method with the parameters that the nodes give it. */
import type { Answer, PortalQuestion } from '../contract';
import { isMap } from '../shape';
import {
	asks,
	card,
	COMPANY,
	DEAL,
	docsIssue,
	inBatch,
	isRefused,
	itemOf,
	itemsOf,
	listOf,
	MARK,
	ORIGINAL,
	page,
	refusalOr,
	refuses,
	resultOf,
	valueAt,
	type PortalCase,
} from './portalCase';

type Map = Record<string, unknown>;

interface Ordinary extends Pick<PortalCase, 'writes' | 'through' | 'questions' | 'undo'> {
	fact: string;
	/** Page of the documentation. */
	page: string;
	/** Whether the answers are what the page says; every answer has been a success. */
	fits(answers: Answer[]): boolean;
}

const ordinary = ({ page: path, fits, ...rest }: Ordinary): PortalCase => {
	const last = rest.questions[rest.questions.length - 1];
	return {
		...rest,
		source: [page(path)],
		observe: (answers) => {
			const refused = answers.find(isRefused);
			if (refused) return refusalOr(refused, '');
			return fits(answers) ? 'as documented' : 'something else';
		},
		expected: 'as documented',
		reversed: refuses(last.method, 'REVERSED', asks(last)),
	};
};

const rowsOf = (answer: Answer, name?: string): Map[] => {
	const rows = name === undefined ? resultOf(answer) : valueAt(answer, 'result', name);
	return Array.isArray(rows) ? rows.filter(isMap) : [];
};
const q = (method: string, params?: Map): PortalQuestion => ({
	method,
	...(params === undefined ? {} : { params }),
});

const id = '{0.result.item.id}';
const NEW_DEAL = card('add', { entityTypeId: DEAL, fields: { title: MARK }, ...ORIGINAL });
const DEAL_REMOVED = card('delete', { entityTypeId: DEAL, id });
const NEW_COMPANY = card('add', { entityTypeId: COMPANY, fields: { title: MARK }, ...ORIGINAL });
const PRESETS = q('crm.requisite.preset.list', {
	select: ['ID', 'COUNTRY_ID', 'XML_ID'],
	order: { ID: 'ASC' },
	start: 0,
});
const NEW_REQUISITE = q('crm.requisite.add', {
	fields: {
		ENTITY_TYPE_ID: COMPANY,
		ENTITY_ID: id,
		PRESET_ID: '{1.result.0.ID}',
		NAME: MARK,
		RQ_INN: '7707083893',
	},
});
const BUYER_REMOVED = [
	q('crm.requisite.delete', { id: '{2.result}' }),
	card('delete', { entityTypeId: COMPANY, id }),
];
const REQUISITE_TYPE = 8;

const userFields = (owner: 'deal' | 'company' | 'contact' | 'lead'): PortalCase =>
	ordinary({
		fact: `A field made with crm.${owner}.userfield.add stands in the list of fields`,
		page: 'api-reference/crm/deals/user-defined-fields/crm-deal-userfield-add',
		writes: true,
		questions: [
			q(`crm.${owner}.userfield.add`, {
				fields: {
					FIELD_NAME: 'CONFORMANCE_TEXT',
					USER_TYPE_ID: 'string',
					XML_ID: 'CONFORMANCE_TEXT',
					LABEL: MARK,
					EDIT_FORM_LABEL: { ru: MARK, en: MARK },
				},
			}),
			q(`crm.${owner}.userfield.list`, { order: { ID: 'ASC' }, start: 0 }),
		],
		undo: [q(`crm.${owner}.userfield.delete`, { id: '{0.result}' })],
		fits: ([, list]) =>
			rowsOf(list).some(({ FIELD_NAME }) => FIELD_NAME === 'UF_CRM_CONFORMANCE_TEXT'),
	});

const IBLOCK = '{0.result.catalogs.0.iblockId}';
const PRODUCT = '{1.result.element.id}';
const CATALOGS = q('catalog.catalog.list', { start: 0 });
const NEW_PRODUCT = q('catalog.product.add', {
	fields: { iblockId: IBLOCK, name: MARK, xmlId: 'conformance' },
});
const PRODUCT_REMOVED = q('catalog.product.delete', { id: PRODUCT });
const PRODUCT_COLUMNS = ['id', 'iblockId', 'name', 'xmlId'];

const CATALOG_CASES: PortalCase[] = [
	ordinary({
		fact: 'A product is found by its external code and changed by its number',
		page: 'api-reference/catalog/product/catalog-product-list',
		writes: true,
		questions: [
			CATALOGS,
			NEW_PRODUCT,
			q('catalog.product.update', { id: PRODUCT, fields: { name: `${MARK} 2` } }),
			q('catalog.product.get', { id: PRODUCT }),
			q('catalog.product.list', {
				select: PRODUCT_COLUMNS,
				filter: { iblockId: IBLOCK, xmlId: ['conformance', 'no such code'] },
				order: { id: 'ASC' },
				start: -1,
			}),
		],
		undo: [PRODUCT_REMOVED],
		fits: ([, , , , list]) =>
			rowsOf(list, 'products').length > 0 &&
			rowsOf(list, 'products').every(
				({ xmlId, name }) => xmlId === 'conformance' && name === `${MARK} 2`,
			),
	}),
	ordinary({
		fact: 'Products are listed page by page with the columns that are selected',
		page: 'api-reference/catalog/product/catalog-product-list',
		questions: [
			CATALOGS,
			q('catalog.product.list', {
				select: PRODUCT_COLUMNS,
				filter: { iblockId: IBLOCK },
				order: { id: 'ASC' },
				start: 0,
			}),
			q('catalog.product.list', {
				select: PRODUCT_COLUMNS,
				filter: { iblockId: IBLOCK },
				order: { id: 'ASC' },
				start: 50,
			}),
		],
		fits: ([, list, further]) =>
			typeof valueAt(list, 'total') === 'number' &&
			Array.isArray(valueAt(further, 'result', 'products')),
	}),
	ordinary({
		fact: 'A batch may list the products of the catalogue that it reads first',
		page: 'settings/how-to-call-rest-api/batch',
		questions: [
			inBatch(
				'catalog.catalog.list',
				'catalog.product.list?select[0]=id&select[1]=iblockId&filter[iblockId]=$result[c0][catalogs][0][iblockId]&filter[id][0]=1',
			),
		],
		fits: ([answer]) => isMap(valueAt(answer, 'result', 'result', 'c1')),
	}),
	ordinary({
		fact: 'A price is made of a type, listed by its product and changed by its number',
		page: 'api-reference/catalog/price/catalog-price-update',
		writes: true,
		questions: [
			CATALOGS,
			NEW_PRODUCT,
			q('catalog.priceType.list', { start: 0 }),
			q('catalog.price.add', {
				fields: {
					productId: PRODUCT,
					catalogGroupId: '{2.result.priceTypes.0.id}',
					price: 5,
					currency: 'RUB',
				},
			}),
			q('catalog.price.update', {
				id: '{3.result.price.id}',
				fields: { price: 0.12345678, currency: 'RUB' },
			}),
			q('catalog.price.get', { id: '{3.result.price.id}' }),
			q('catalog.price.list', {
				filter: { productId: [PRODUCT], catalogGroupId: '{2.result.priceTypes.0.id}' },
				order: { id: 'ASC' },
				start: -1,
			}),
		],
		undo: [PRODUCT_REMOVED],
		fits: (answers) => rowsOf(answers[6], 'prices').length === 1,
	}),
	ordinary({
		fact: 'Sections are listed with everything they hold',
		page: 'api-reference/catalog/section/catalog-section-list',
		questions: [
			CATALOGS,
			q('catalog.section.list', {
				select: ['*'],
				filter: { iblockId: IBLOCK },
				order: { id: 'ASC' },
			}),
		],
		fits: ([, list]) => Array.isArray(valueAt(list, 'result', 'sections')),
	}),
	ordinary({
		fact: 'Prices are listed page by page',
		page: 'api-reference/catalog/price/catalog-price-list',
		questions: [q('catalog.price.list', { order: { id: 'ASC' }, start: 0 })],
		fits: ([list]) => Array.isArray(valueAt(list, 'result', 'prices')),
	}),
	ordinary({
		fact: 'A section is listed in its catalogue',
		page: 'api-reference/catalog/section/catalog-section-list',
		writes: true,
		questions: [
			CATALOGS,
			q('catalog.section.add', { fields: { iblockId: IBLOCK, name: MARK, xmlId: 'conformance' } }),
			q('catalog.section.update', {
				id: '{1.result.section.id}',
				fields: { iblockId: IBLOCK, name: `${MARK} 2` },
			}),
			q('catalog.section.get', { id: '{1.result.section.id}' }),
			q('catalog.section.list', {
				select: ['id', 'iblockId', 'name', 'xmlId'],
				filter: { iblockId: IBLOCK },
				order: { id: 'ASC' },
				start: 0,
			}),
		],
		undo: [q('catalog.section.delete', { id: '{1.result.section.id}' })],
		fits: (answers) =>
			rowsOf(answers[4], 'sections').some(
				({ xmlId, name }) => xmlId === 'conformance' && name === `${MARK} 2`,
			),
	}),
	...[
		['catalog.measure.list', 'measures', 'measure/catalog-measure-list'],
		['catalog.vat.list', 'vats', 'vat/catalog-vat-list'],
	].map(([method, name, path]) =>
		ordinary({
			fact: `${method} takes a start`,
			page: `api-reference/catalog/${path}`,
			questions: [q(method, { start: 0 })],
			fits: ([list]) => rowsOf(list, name).length > 0,
		}),
	),
	ordinary({
		fact: 'A property of products is made in its catalogue',
		page: 'api-reference/catalog/product-property/catalog-product-property-add',
		writes: true,
		questions: [
			CATALOGS,
			q('catalog.productProperty.add', {
				fields: { iblockId: IBLOCK, name: MARK, code: 'CONFORMANCE', propertyType: 'S' },
			}),
		],
		undo: [q('catalog.productProperty.delete', { id: '{1.result.productProperty.id}' })],
		fits: ([, made]) => typeof valueAt(made, 'result', 'productProperty', 'id') === 'number',
	}),
	ordinary({
		fact: 'Properties of products are listed by their catalogue',
		page: 'api-reference/catalog/product-property/catalog-product-property-list',
		questions: [
			CATALOGS,
			q('catalog.productProperty.list', { filter: { iblockId: IBLOCK }, start: 0 }),
		],
		fits: ([, list]) => Array.isArray(valueAt(list, 'result', 'productProperties')),
	}),
];

const BUYER_PARTS: PortalCase[] = [
	ordinary({
		fact: 'A requisite is changed by its number and listed with everything it holds',
		page: 'api-reference/crm/requisites/universal/crm-requisite-update',
		writes: true,
		questions: [
			NEW_COMPANY,
			PRESETS,
			NEW_REQUISITE,
			q('crm.requisite.update', { id: '{2.result}', fields: { RQ_KPP: '773601001' } }),
			q('crm.requisite.list', { filter: { ENTITY_TYPE_ID: COMPANY, ENTITY_ID: id } }),
			q('crm.requisite.list', {
				filter: { ENTITY_TYPE_ID: COMPANY, ENTITY_ID: id },
				select: ['*', 'UF_*'],
			}),
		],
		undo: BUYER_REMOVED,
		fits: (answers) => rowsOf(answers[5]).some(({ RQ_KPP }) => RQ_KPP === '773601001'),
	}),
	ordinary({
		fact: 'Requisites and accounts tell their columns, presets everything they hold',
		page: 'api-reference/crm/requisites/universal/crm-requisite-fields',
		questions: [
			q('crm.requisite.fields'),
			q('crm.requisite.bankdetail.fields'),
			q('crm.requisite.preset.list', { order: { ID: 'ASC' } }),
		],
		fits: ([columns, accounts]) =>
			isMap(valueAt(columns, 'result', 'RQ_INN')) &&
			isMap(valueAt(accounts, 'result', 'RQ_ACC_NUM')),
	}),
	ordinary({
		fact: 'A preset tells its fields',
		page: 'api-reference/crm/requisites/presets/fields/crm-requisite-preset-field-list',
		questions: [
			PRESETS,
			q('crm.requisite.preset.field.list', { preset: { ID: '{0.result.0.ID}' } }),
		],
		fits: ([, list]) => rowsOf(list).every(({ FIELD_NAME }) => typeof FIELD_NAME === 'string'),
	}),
	ordinary({
		fact: 'An account is changed by its number, and gone when it is removed',
		page: 'api-reference/crm/requisites/bank-detail/crm-requisite-bank-detail-update',
		writes: true,
		questions: [
			NEW_COMPANY,
			PRESETS,
			NEW_REQUISITE,
			q('crm.requisite.bankdetail.add', {
				fields: { ENTITY_ID: '{2.result}', NAME: MARK, RQ_ACC_NUM: '40702810000000000001' },
			}),
			q('crm.requisite.bankdetail.update', {
				id: '{3.result}',
				fields: { RQ_ACC_NUM: '40702810000000000002' },
			}),
			q('crm.requisite.bankdetail.list', {
				filter: { ENTITY_ID: '{2.result}' },
				order: { ID: 'ASC' },
			}),
			q('crm.requisite.bankdetail.delete', { id: '{3.result}' }),
			q('crm.requisite.bankdetail.list', {
				filter: { ENTITY_ID: '{2.result}' },
				select: ['*', 'UF_*'],
			}),
		],
		undo: BUYER_REMOVED,
		fits: (answers) =>
			rowsOf(answers[5]).some(({ RQ_ACC_NUM }) => RQ_ACC_NUM === '40702810000000000002') &&
			rowsOf(answers[7]).length === 0,
	}),
	ordinary({
		fact: 'An address is changed and removed by its owner and type',
		page: 'api-reference/crm/requisites/addresses/crm-address-update',
		writes: true,
		questions: [
			NEW_COMPANY,
			PRESETS,
			NEW_REQUISITE,
			q('crm.address.add', {
				fields: {
					TYPE_ID: 6,
					ENTITY_TYPE_ID: REQUISITE_TYPE,
					ENTITY_ID: '{2.result}',
					ADDRESS_1: 'a',
				},
			}),
			q('crm.address.update', {
				fields: {
					TYPE_ID: 6,
					ENTITY_TYPE_ID: REQUISITE_TYPE,
					ENTITY_ID: '{2.result}',
					ADDRESS_1: 'b',
				},
			}),
			q('crm.address.list', {
				filter: { ENTITY_TYPE_ID: REQUISITE_TYPE, ENTITY_ID: '{2.result}' },
				select: ['*', 'UF_*'],
			}),
			q('crm.address.delete', {
				fields: { TYPE_ID: 6, ENTITY_TYPE_ID: REQUISITE_TYPE, ENTITY_ID: '{2.result}' },
			}),
		],
		undo: BUYER_REMOVED,
		fits: (answers) => rowsOf(answers[5]).some(({ ADDRESS_1 }) => ADDRESS_1 === 'b'),
	}),
	ordinary({
		fact: 'A batch may list the requisites of the company that it reads first',
		page: 'settings/how-to-call-rest-api/batch',
		questions: [
			inBatch(
				'crm.item.list?entityTypeId=4&select[0]=id&order[id]=ASC',
				'crm.requisite.list?select[0]=ID&filter[ENTITY_TYPE_ID]=4&filter[ENTITY_ID]=$result[c0][items][0][id]',
			),
		],
		fits: ([answer]) => Array.isArray(valueAt(answer, 'result', 'result', 'c1')),
	}),
];

const DEAL_ROWS = { '=ownerType': 'D', '=ownerId': id };
const SET_ROWS = q('crm.item.productrow.set', {
	ownerType: 'D',
	ownerId: id,
	productRows: [{ productName: MARK, price: 10, quantity: 2 }],
});

const DEAL_PARTS: PortalCase[] = [
	ordinary({
		fact: 'Rows are listed page by page, changed and removed by their numbers',
		page: 'api-reference/crm/universal/product-rows/crm-item-productrow-update',
		writes: true,
		questions: [
			NEW_DEAL,
			SET_ROWS,
			q('crm.item.productrow.update', { id: '{1.result.productRows.0.id}', fields: { price: 20 } }),
			q('crm.item.productrow.list', { filter: DEAL_ROWS, order: { id: 'ASC' }, start: 0 }),
			q('crm.item.productrow.list', { filter: DEAL_ROWS, order: { id: 'ASC' }, start: 50 }),
			q('crm.item.productrow.delete', { id: '{1.result.productRows.0.id}' }),
		],
		undo: [DEAL_REMOVED],
		fits: (answers) =>
			rowsOf(answers[3], 'productRows')[0]?.price === 20 &&
			rowsOf(answers[4], 'productRows').length === 0,
	}),
	ordinary({
		fact: 'Goods go into a payment, which is then worth them',
		page: 'api-reference/crm/universal/payment/products-in-payment/crm-item-payment-product-add',
		writes: true,
		questions: [
			NEW_DEAL,
			SET_ROWS,
			q('crm.item.payment.add', { entityTypeId: DEAL, entityId: id }),
			q('crm.item.productrow.getAvailableForPayment', { ownerType: 'D', ownerId: id }),
			q('crm.item.payment.product.add', {
				paymentId: '{2.result}',
				rowId: '{1.result.productRows.0.id}',
				quantity: 2,
			}),
			q('crm.item.payment.get', { id: '{2.result}' }),
			q('crm.item.payment.pay', { id: '{2.result}' }),
			q('crm.item.payment.unpay', { id: '{2.result}' }),
		],
		undo: [q('crm.item.payment.delete', { id: '{2.result}' }), DEAL_REMOVED],
		fits: (answers) => valueAt(answers[5], 'result', 'sum') === 20,
	}),
	ordinary({
		fact: 'Comments are listed page by page, changed and removed by their numbers',
		page: 'api-reference/crm/timeline/comments/crm-timeline-comment-update',
		writes: true,
		questions: [
			NEW_DEAL,
			q('crm.timeline.comment.add', {
				fields: { ENTITY_TYPE: 'deal', ENTITY_ID: id, COMMENT: MARK },
			}),
			q('crm.timeline.comment.update', { id: '{1.result}', fields: { COMMENT: `${MARK} 2` } }),
			q('crm.timeline.comment.list', {
				filter: { ENTITY_TYPE: 'deal', ENTITY_ID: id },
				order: { ID: 'DESC' },
				start: 0,
			}),
			q('crm.timeline.comment.list', {
				filter: { ENTITY_TYPE: 'deal', ENTITY_ID: id },
				order: { ID: 'DESC' },
				start: 50,
			}),
		],
		undo: [q('crm.timeline.comment.delete', { id: '{1.result}' }), DEAL_REMOVED],
		fits: (answers) =>
			rowsOf(answers[3]).some(({ COMMENT }) => String(COMMENT).includes(`${MARK} 2`)) &&
			rowsOf(answers[4]).length === 0,
	}),
	ordinary({
		fact: 'Documents of a card are listed by it',
		page: 'api-reference/crm/document-generator/documents/crm-document-generator-document-list',
		questions: [
			listOf(DEAL, { select: ['id'] }),
			q('crm.documentgenerator.document.list', {
				filter: { entityTypeId: DEAL, entityId: '{0.result.items.0.id}' },
				order: { id: 'DESC' },
				start: 0,
			}),
		],
		fits: ([, list]) => Array.isArray(valueAt(list, 'result', 'documents')),
	}),
	ordinary({
		fact: 'A document with a PDF of its own stands in the list of its card until it is removed',
		page: 'api-reference/crm/document-generator/documents/crm-document-generator-document-upload',
		writes: true,
		questions: [
			NEW_DEAL,
			q('crm.documentgenerator.document.upload', {
				fields: {
					entityTypeId: DEAL,
					entityId: id,
					region: 'ru',
					title: MARK,
					number: '1',
					fileContent: Buffer.from('a').toString('base64'),
					pdfContent: Buffer.from('%PDF-1.4').toString('base64'),
				},
			}),
			q('crm.documentgenerator.document.list', {
				filter: { entityTypeId: DEAL, entityId: id },
				order: { id: 'DESC' },
				select: ['id', 'title', 'number'],
			}),
		],
		undo: [
			q('crm.documentgenerator.document.delete', { id: '{1.result.document.id}' }),
			DEAL_REMOVED,
		],
		fits: ([, , list]) => rowsOf(list, 'documents').some(({ title }) => title === MARK),
	}),
	ordinary({
		fact: 'Templates are a map by their numbers, numerators a list',
		page: 'api-reference/crm/document-generator/templates/crm-document-generator-template-list',
		writes: true,
		questions: [
			q('crm.documentgenerator.template.list', {
				filter: { name: MARK },
				order: { id: 'DESC' },
				start: 0,
			}),
			q('crm.documentgenerator.template.list', { filter: { name: MARK }, order: { id: 'DESC' } }),
			q('crm.documentgenerator.numerator.add', { fields: { name: MARK, template: '{NUMBER}' } }),
			q('crm.documentgenerator.numerator.list'),
		],
		undo: [q('crm.documentgenerator.numerator.delete', { id: '{2.result.numerator.id}' })],
		fits: ([, , , list]) => rowsOf(list, 'numerators').some(({ name }) => name === MARK),
	}),
	ordinary({
		fact: 'An empty list empties a field of several values',
		page: 'api-reference/crm/universal/crm-item-update',
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK, observers: [1] }, ...ORIGINAL }),
			card('update', { entityTypeId: DEAL, id, fields: { observers: [] }, ...ORIGINAL }),
		],
		undo: [DEAL_REMOVED],
		fits: ([, answer]) => JSON.stringify(itemOf(answer).observers) === '[]',
	}),
];

const FIELD = 'UF_CRM_DEAL_CONFORMANCE_KEY';
/** The same name where names are not original [https://github.com/bitrix-tools/b24-rest-docs/issues/158]. */
const CAMEL = 'ufCrm_DEAL_CONFORMANCE_KEY';
const KEY = 'проверка-1';
const NEW_FIELD = q('userfieldconfig.add', {
	moduleId: 'crm',
	field: { entityId: 'CRM_DEAL', fieldName: FIELD, userTypeId: 'string' },
});
const MARKED_DEAL = card('add', {
	entityTypeId: DEAL,
	fields: { title: MARK, [FIELD]: KEY },
	...ORIGINAL,
});
const WHOLE = { select: ['*', 'UF_*'], order: { id: 'ASC' }, ...ORIGINAL };

/** What a condition on a new deal finds. */
const conditionCase = (fact: string, filter: Map, isFound: boolean, params: Map = {}): PortalCase =>
	ordinary({
		fact,
		page: 'api-reference/crm/universal/crm-item-list',
		writes: true,
		questions: [
			NEW_FIELD,
			MARKED_DEAL,
			listOf(DEAL, { ...WHOLE, filter: { ...filter, '@id': ['{1.result.item.id}'] }, ...params }),
		],
		undo: [
			card('delete', { entityTypeId: DEAL, id: '{1.result.item.id}' }),
			q('userfieldconfig.delete', { moduleId: 'crm', id: '{0.result.field.id}' }),
		],
		fits: ([, , list]) => itemsOf(list).length === Number(isFound),
	});

const CONDITIONS: PortalCase[] = [
	conditionCase('A user field equals its value', { [`=${FIELD}`]: KEY }, true),
	conditionCase('A user field does not equal another value', { [`=${FIELD}`]: 'другое' }, false),
	conditionCase('A user field is one of several values', { [`@${FIELD}`]: ['другое', KEY] }, true),
	conditionCase('A user field is filled in', { [`!${FIELD}`]: '' }, true),
	conditionCase('A user field without an operator equals its value', { [FIELD]: KEY }, true),
	conditionCase(
		'A number is one of a list without an operator for it',
		{ '=opportunity': [0, 1] },
		true,
	),
	conditionCase('A text holds another', { '%title': 'обмен' }, true),
	conditionCase('A text begins with another', { '=%title': 'Проверка%' }, true),
	conditionCase('A text does not hold another', { '!%title': 'обмен' }, false),
	conditionCase('A time is not before another', { '>=createdTime': '2000-01-01 00:00:00' }, true),
	conditionCase('A time is not after another', { '<=createdTime': '2000-01-01 00:00:00' }, false),
	conditionCase('A number is below another', { '<opportunity': 1 }, true),
	conditionCase(
		'Any of several conditions is enough',
		{
			0: {
				logic: 'OR',
				0: { '%title': 'обмен' },
				1: { '=%title': 'нет%' },
				2: { '>opportunity': 5 },
				3: { '=id': -1 },
			},
		},
		true,
	),
	...(
		[
			[
				'A user field inside a group is found under its name in camelCase',
				{ 0: { logic: 'OR', 0: { [`=${CAMEL}`]: KEY }, 1: { '=id': -1 } } },
				true,
			],
			[
				'Conditions on one user field in camelCase may stand side by side in a group',
				{ 0: { logic: 'AND', 0: { [`!=${CAMEL}`]: 'другое' }, 1: { [`<${CAMEL}`]: 'я' } } },
				true,
			],
			['A user field in camelCase equals its value', { [`=${CAMEL}`]: KEY }, true],
			['A user field in camelCase is one of several values', { [`@${CAMEL}`]: ['другое'] }, false],
			['A user field in camelCase is filled in', { [`!${CAMEL}`]: '' }, true],
		] as const
	).map(([fact, filter, isFound]) =>
		conditionCase(fact, filter, isFound, { select: ['*'], useOriginalUfNames: 'N' }),
	),
];

const BOUND = 'https://exchange.example.test/conformance';
const BIND_OFFLINE = q('event.bind', { event: 'ONCRMDEALADD', event_type: 'offline' });
const UNBIND_OFFLINE = q('event.unbind', { event: 'ONCRMDEALADD', event_type: 'offline' });

/** Only an application may ask these. */
const APPLICATION_CASES: PortalCase[] = [
	ordinary({
		fact: 'An application binds a handler to an event once, and sees it until it is unbound',
		page: 'api-reference/events/event-bind',
		writes: true,
		through: 'application',
		questions: [
			q('event.bind', { event: 'ONCRMDEALUPDATE', handler: BOUND }),
			q('event.get'),
			q('event.unbind', { event: 'ONCRMDEALUPDATE', handler: BOUND }),
			q('events'),
		],
		fits: (answers) => rowsOf(answers[1]).some(({ handler }) => handler === BOUND),
	}),
	ordinary({
		fact: 'The queue of events reserves what is taken, and drops what is confirmed',
		page: 'api-reference/events/event-offline-get',
		writes: true,
		through: 'application',
		questions: [
			BIND_OFFLINE,
			NEW_DEAL,
			q('event.offline.get', { clear: 0, limit: 50, filter: { '=EVENT_NAME': 'ONCRMDEALADD' } }),
			q('event.offline.list', { order: { ID: 'ASC' }, start: 0 }),
			q('event.offline.list', { order: { ID: 'ASC' }, start: 50 }),
			q('event.offline.clear', {
				process_id: '{2.result.process_id}',
				message_id: ['{2.result.events.0.MESSAGE_ID}'],
			}),
		],
		undo: [card('delete', { entityTypeId: DEAL, id: '{1.result.item.id}' }), UNBIND_OFFLINE],
		fits: (answers) => rowsOf(answers[2], 'events').length > 0,
	}),
	ordinary({
		fact: 'A tab is bound to the card of a deal once, and seen until it is unbound',
		page: 'api-reference/widgets/placement-bind',
		writes: true,
		through: 'application',
		questions: [
			q('placement.list'),
			q('placement.bind', {
				PLACEMENT: 'CRM_DEAL_DETAIL_TAB',
				HANDLER: BOUND,
				TITLE: MARK,
				LANG_ALL: { ru: { TITLE: MARK } },
			}),
			q('placement.get'),
			q('placement.unbind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: BOUND }),
		],
		fits: (answers) => rowsOf(answers[2]).some(({ handler }) => handler === BOUND),
	}),
	ordinary({
		fact: 'An application keeps options of its own',
		page: 'api-reference/common/settings/app-option-get',
		through: 'application',
		questions: [q('app.option.get')],
		fits: () => true,
	}),
];

export const ORDINARY_CASES: PortalCase[] = [
	...(['deal', 'company', 'contact', 'lead'] as const).map(userFields),
	...CATALOG_CASES,
	...BUYER_PARTS,
	...DEAL_PARTS,
	...CONDITIONS,
	...APPLICATION_CASES,
	ordinary({
		fact: 'Kinds of smart processes are listed in order of their numbers',
		page: 'api-reference/crm/universal/user-defined-object-types/crm-type-list',
		questions: [
			q('crm.type.list', { order: { id: 'ASC' } }),
			q('crm.type.getByEntityTypeId', { entityTypeId: '{0.result.types.0.entityTypeId}' }),
		],
		fits: ([list, one]) => valueAt(one, 'result', 'type', 'id') === rowsOf(list, 'types')[0]?.id,
	}),
	ordinary({
		fact: 'Employees are listed page by page',
		page: 'api-reference/user/user-get',
		questions: [q('user.get', { FILTER: { ACTIVE: 'Y' }, start: 0 })],
		fits: ([list]) => rowsOf(list).length > 0,
	}),
	ordinary({
		fact: 'The plan tells whether there is a queue of events',
		page: 'api-reference/common/system/feature-get',
		questions: [q('feature.get', { CODE: 'rest_offline_extended' })],
		fits: ([answer]) => ['Y', 'N'].includes(String(valueAt(answer, 'result', 'value'))),
	}),
	ordinary({
		fact: 'The portal names its currencies, one of them as the base',
		page: 'api-reference/crm/currency/crm-currency-list',
		questions: [q('crm.currency.list')],
		fits: ([list]) => rowsOf(list).some(({ BASE }) => BASE === 'Y'),
	}),
	ordinary({
		fact: 'The portal says whether it has leads',
		page: 'api-reference/crm/crm-settings-mode-get',
		questions: [q('crm.settings.mode.get')],
		fits: ([answer]) => [1, 2].includes(Number(resultOf(answer))),
	}),
	{
		fact: 'What is to be emptied of a company by crm.item.update stays, by crm.company.update it is emptied',
		source: [docsIssue(145)],
		writes: true,
		questions: [
			card('add', { entityTypeId: COMPANY, fields: { title: MARK, comments: 'до' }, ...ORIGINAL }),
			card('update', { entityTypeId: COMPANY, id, fields: { comments: '' }, ...ORIGINAL }),
			card('get', { entityTypeId: COMPANY, id }),
			q('crm.company.update', { id, fields: { COMMENTS: '' } }),
			card('get', { entityTypeId: COMPANY, id }),
		],
		observe: (answers) => {
			if (itemOf(answers[4]).comments) return 'neither empties it';
			return itemOf(answers[2]).comments ? 'the old method alone empties it' : 'both empty it';
		},
		expected: 'the old method alone empties it',
		settles: {
			switch: 'emptiedCompanyField',
			positions: {
				'the old method alone empties it': 'kept',
				'both empty it': 'emptied',
			},
		},
		undo: [card('delete', { entityTypeId: COMPANY, id })],
	},
];
