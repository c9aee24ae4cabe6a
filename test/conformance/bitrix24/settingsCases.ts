/** Catalogue, stages, fields, timeline, users: what surrounds the cards. */
import type { Answer, PortalQuestion } from '../contract';
import { isMap } from '../shape';
import {
	card,
	DEAL,
	docsIssue,
	isRefused,
	MARK,
	ORIGINAL,
	page,
	refusalOr,
	resultOf,
	reversedBy,
	SEEN_IN_SERVERS,
	SMART_INVOICE,
	valueAt,
	type PortalCase,
} from './portalCase';

type Map = Record<string, unknown>;

const id = '{0.result.item.id}';

/** Whether a list of the catalogue stands in `result`, or beside it. */
const envelope = <Name extends string>(
	name: Name,
	method: string,
	path: string,
	settles: PortalCase['settles'],
	needsCatalog = false,
): PortalCase => ({
	fact: `The rows of ${method} stand in result.${name}`,
	source: [page(path), SEEN_IN_SERVERS],
	questions: [
		{ method: 'catalog.catalog.list' },
		{
			method,
			params: { filter: needsCatalog ? { iblockId: '{0.result.catalogs.0.iblockId}' } : {} },
		},
	],
	observe: ([, answer]) => {
		if (Array.isArray(valueAt(answer, 'result', name))) return `result.${name}`;
		if (Array.isArray(valueAt(answer, name))) return name;
		return Array.isArray(resultOf(answer)) ? 'result' : refusalOr(answer, 'elsewhere');
	},
	expected: `result.${name}`,
	settles,
	reversed: reversedBy(method, () => ({ result: 'elsewhere' })),
});

const comment = (ENTITY_TYPE: string, ENTITY_ID: string): PortalQuestion => ({
	method: 'crm.timeline.comment.add',
	params: { fields: { ENTITY_TYPE, ENTITY_ID, COMMENT: MARK } },
});
/** Comments outlive their card. */
const COMMENT_REMOVED: PortalQuestion = {
	method: 'crm.timeline.comment.delete',
	params: { id: '{1.result}' },
};
const COMMENTS = page('api-reference/crm/timeline/comments/crm-timeline-comment-add');
const commentRows = (answer: Answer): Map[] => {
	const rows = resultOf(answer);
	return Array.isArray(rows) ? rows.filter(isMap) : [];
};

const LIST_FIELD = {
	entityId: 'CRM_DEAL',
	fieldName: 'UF_CRM_DEAL_CONFORMANCE_LIST',
	userTypeId: 'enumeration',
	showInList: 'N',
	editFormLabel: { ru: MARK },
	enum: [{ value: 'A' }, { value: 'B', def: 'Y' }],
};
const newField = (field: Map): PortalQuestion => ({
	method: 'userfieldconfig.add',
	params: { moduleId: 'crm', field },
});
const fieldRemoved: PortalQuestion = {
	method: 'userfieldconfig.delete',
	params: { moduleId: 'crm', id: '{0.result.field.id}' },
};

export const SETTINGS_CASES: PortalCase[] = [
	envelope('vats', 'catalog.vat.list', 'api-reference/catalog/vat/catalog-vat-list', {
		switch: 'catalogVatEnvelope',
		positions: { 'result.vats': 'result.vats', result: 'result' },
	}),
	envelope(
		'measures',
		'catalog.measure.list',
		'api-reference/catalog/measure/catalog-measure-list',
		{
			switch: 'catalogMeasureEnvelope',
			positions: { 'result.measures': 'result.measures', measures: 'measures' },
		},
	),
	envelope(
		'sections',
		'catalog.section.list',
		'api-reference/catalog/section/catalog-section-list',
		{
			switch: 'catalogSectionEnvelope',
			positions: { 'result.sections': 'result.sections', sections: 'sections' },
		},
		true,
	),
	envelope(
		'priceTypes',
		'catalog.priceType.list',
		'api-reference/catalog/price-type/catalog-price-type-list',
		{
			switch: 'catalogPriceTypeEnvelope',
			positions: { 'result.priceTypes': 'result.priceTypes', priceTypes: 'priceTypes' },
		},
	),
	{
		fact: 'Products and their prices are decimals as numbers',
		source: [page('api-reference/catalog/price/catalog-price-list')],
		questions: [{ method: 'catalog.price.list', params: { select: ['id', 'price'] } }],
		observe: ([answer]) => {
			const row = valueAt(answer, 'result', 'prices', 0);
			return isMap(row) ? `price as ${typeof row.price}` : null;
		},
		expected: 'price as number',
		reversed: reversedBy('catalog.price.list', () => ({ result: { prices: [{ price: '5' }] } })),
	},
	{
		fact: 'Pipelines come all at once',
		source: [page('api-reference/crm/universal/category/crm-category-list')],
		questions: [{ method: 'crm.category.list', params: { entityTypeId: DEAL } }],
		observe: ([answer]) => {
			const rows = valueAt(answer, 'result', 'categories');
			if (!Array.isArray(rows)) return refusalOr(answer, 'elsewhere');
			return valueAt(answer, 'next') === undefined ? 'all at once' : 'page by page';
		},
		expected: 'all at once',
		reversed: reversedBy('crm.category.list', (body) => ({ ...body, next: 50 })),
	},
	{
		fact: 'The stages of a pipeline are a book whose name has its number',
		source: [page('api-reference/crm/status/crm-status-list')],
		questions: [
			{
				method: 'crm.status.list',
				params: { filter: { ENTITY_ID: 'DEAL_STAGE' }, order: { SORT: 'ASC' } },
			},
			{ method: 'crm.status.list', params: { filter: { ENTITY_ID: 'NO_SUCH_BOOK' } } },
		],
		observe: ([stages, none]) =>
			commentRows(stages).length > 1 && commentRows(none).length === 0
				? 'finds and excludes'
				: 'does not find, or does not exclude',
		expected: 'finds and excludes',
		reversed: reversedBy('crm.status.list', () => ({ result: [] })),
	},
	{
		fact: 'crm.item.fields tells the values of lists',
		source: [SEEN_IN_SERVERS],
		writes: true,
		questions: [
			newField({ ...LIST_FIELD, showInList: 'Y' }),
			{ method: 'crm.item.fields', params: { entityTypeId: DEAL, ...ORIGINAL } },
		],
		observe: ([, answer]) =>
			Array.isArray(valueAt(answer, 'result', 'fields', LIST_FIELD.fieldName, 'items'))
				? 'told'
				: 'absent',
		expected: 'told',
		settles: { switch: 'listValuesInFields', positions: { told: 'told', absent: 'absent' } },
		undo: [fieldRemoved],
	},
	{
		fact: 'Names of user fields begin with UF_ and what they belong to',
		source: [page('api-reference/crm/universal/userfieldconfig/userfieldconfig-add')],
		writes: true,
		questions: [
			newField({ entityId: 'CRM_DEAL', fieldName: 'UF_CRM_CONFORMANCE', userTypeId: 'string' }),
		],
		observe: ([answer]) => (isRefused(answer) ? 'refused without' : 'taken without'),
		expected: 'refused without',
		settles: {
			switch: 'userFieldConfigPrefix',
			positions: { 'refused without': 'UF_{entityId}_', 'taken without': 'UF_CRM_' },
		},
		undo: [fieldRemoved],
	},
	{
		fact: 'A new field is shown in lists, whatever showInList says',
		source: [docsIssue(247)],
		writes: true,
		questions: [newField(LIST_FIELD)],
		observe: ([answer]) =>
			refusalOr(answer, `showInList ${String(valueAt(answer, 'result', 'field', 'showInList'))}`),
		expected: 'showInList Y',
		reversed: reversedBy('userfieldconfig.add', (body) => ({
			...body,
			result: {
				field: {
					...(valueAt({ status: 200, headers: {}, body }, 'result', 'field') as Map),
					showInList: 'N',
				},
			},
		})),
		undo: [fieldRemoved],
	},
	{
		fact: 'A comment of an invoice is written to dynamic_31 and read as smart_invoice',
		source: [SEEN_IN_SERVERS],
		writes: true,
		questions: [
			card('add', { entityTypeId: SMART_INVOICE, fields: { title: MARK } }),
			comment('dynamic_31', id),
			{ method: 'crm.timeline.comment.get', params: { id: '{1.result}' } },
		],
		observe: ([, made, read]) => {
			if (isRefused(made)) return refusalOr(made, '');
			return `taken, read as ${String(valueAt(read, 'result', 'ENTITY_TYPE'))}`;
		},
		expected: 'taken, read as smart_invoice',
		settles: {
			switch: 'invoiceCommentEntityType',
			positions: {
				'taken, read as smart_invoice': 'any',
				'taken, read as dynamic_31': 'dynamic_31',
			},
		},
		undo: [COMMENT_REMOVED, card('delete', { entityTypeId: SMART_INVOICE, id })],
	},
	{
		fact: 'Comments of one card are found by plain ENTITY_TYPE and ENTITY_ID',
		source: [docsIssue(232)],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK } }),
			comment('deal', id),
			{
				method: 'crm.timeline.comment.list',
				params: {
					filter: { ENTITY_TYPE: 'deal', ENTITY_ID: id },
					order: { ID: 'DESC' },
					select: ['ID', 'COMMENT'],
				},
			},
		],
		observe: ([, , answer]) =>
			commentRows(answer).some(({ COMMENT }) => String(COMMENT).includes(MARK))
				? 'found'
				: 'not found',
		expected: 'found',
		reversed: reversedBy('crm.timeline.comment.list', () => ({ result: [], total: 0 })),
		undo: [COMMENT_REMOVED, card('delete', { entityTypeId: DEAL, id })],
	},
	{
		fact: 'An empty comment is refused',
		source: [COMMENTS],
		questions: [
			{
				method: 'crm.timeline.comment.add',
				params: { fields: { ENTITY_TYPE: 'deal', ENTITY_ID: -1, COMMENT: '' } },
			},
		],
		observe: ([answer]) => (isRefused(answer) ? 'refused' : 'taken'),
		expected: 'refused',
		reversed: reversedBy(
			'crm.timeline.comment.add',
			() => ({ result: 1 }),
			(params) => JSON.stringify(params).includes('"COMMENT":""'),
		),
	},
	{
		fact: 'A comment is taken for a card that does not exist, and shown nowhere',
		source: [
			'https://github.com/bitrix-tools/b24-rest-docs/commit/b234fe9913469f6e194affd8fa9d130663972579',
		],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK } }),
			comment('deal', '999999999'),
		],
		observe: ([, made]) => refusalOr(made, 'taken'),
		expected: 'taken',
		reversed: reversedBy(
			'crm.timeline.comment.add',
			() => ({ error: 'OWNER_NOT_FOUND' }),
			(params) => JSON.stringify(params).includes('999999999'),
		),
		undo: [COMMENT_REMOVED, card('delete', { entityTypeId: DEAL, id })],
	},
	{
		fact: 'A comment without files has no FILES',
		source: [SEEN_IN_SERVERS],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK } }),
			comment('deal', id),
			{ method: 'crm.timeline.comment.get', params: { id: '{1.result}' } },
		],
		observe: ([, , read]) => {
			const shown = resultOf(read);
			if (!isMap(shown)) return null;
			return 'FILES' in shown ? 'FILES is empty' : 'no FILES';
		},
		expected: 'no FILES',
		settles: {
			switch: 'emptyCommentFiles',
			positions: { 'no FILES': 'absent', 'FILES is empty': 'empty' },
		},
		undo: [COMMENT_REMOVED, card('delete', { entityTypeId: DEAL, id })],
	},
	{
		fact: 'Comments are not found by names with an operator',
		source: [SEEN_IN_SERVERS],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK } }),
			comment('deal', id),
			{
				method: 'crm.timeline.comment.list',
				params: { filter: { '=ENTITY_TYPE': 'deal', '=ENTITY_ID': id } },
			},
		],
		observe: ([, , list]) => (isRefused(list) ? 'refused' : 'taken'),
		expected: 'refused',
		settles: {
			switch: 'commentFilter',
			positions: { refused: 'plain names', taken: 'prefixed too' },
		},
		undo: [COMMENT_REMOVED, card('delete', { entityTypeId: DEAL, id })],
	},
	{
		fact: 'A list field of several values keeps what it should have been emptied of',
		source: [docsIssue(269)],
		writes: true,
		questions: [
			newField({
				entityId: 'CRM_DEAL',
				fieldName: 'UF_CRM_DEAL_CONFORMANCE_MANY',
				userTypeId: 'enumeration',
				multiple: 'Y',
				enum: [{ value: 'A' }],
			}),
			card('add', {
				entityTypeId: DEAL,
				fields: { title: MARK, UF_CRM_DEAL_CONFORMANCE_MANY: ['{0.result.field.enum.0.id}'] },
				...ORIGINAL,
			}),
			card('update', {
				entityTypeId: DEAL,
				id: '{1.result.item.id}',
				fields: { UF_CRM_DEAL_CONFORMANCE_MANY: [''] },
				...ORIGINAL,
			}),
			card('get', { entityTypeId: DEAL, id: '{1.result.item.id}', ...ORIGINAL }),
		],
		observe: (answers) => {
			const kept = valueAt(answers[3], 'result', 'item', 'UF_CRM_DEAL_CONFORMANCE_MANY');
			return Array.isArray(kept) && kept.length > 0 ? 'kept' : 'emptied';
		},
		expected: 'kept',
		settles: { switch: 'emptiedListField', positions: { kept: 'kept', emptied: 'emptied' } },
		undo: [card('delete', { entityTypeId: DEAL, id: '{1.result.item.id}' }), fieldRemoved],
	},
];
