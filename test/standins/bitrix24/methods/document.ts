/**
 * crm.documentgenerator.document.*
 * Imitates: C/document-generator/documents/*.md (reference §5): `add` answers with a number for an id, everything
 * later with a string; `update` names nobody as the maker and the changer by a number; the error code is the string "0".
 * Does not imitate: getfields, `select` (which the real list ignores as well), plan limits.
 */
import type { Answer, Call, Methods } from '../call';
import { addDocument, changeDocument, linksOf, nextNumber } from '../documents';
import type { GeneratedDocument } from '../documents';
import { decoded } from '../files';
import { listPage } from '../lists';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { missing, Refusal } from '../refusal';
import { maySee } from '../rights';
import type { Item } from '../store';
import { asFlag, asMap, asText, asWhole, round2 } from '../values';
import type { Fields } from '../values';

const COLUMNS = new Map<string, Filterable<GeneratedDocument>>([
	['id', { kind: 'number', reads: (document) => document.id }],
	['title', { kind: 'text', reads: (document) => document.title }],
	['number', { kind: 'text', reads: (document) => document.number }],
	['templateId', { kind: 'number', reads: (document) => document.templateId }],
	['entityTypeId', { kind: 'number', reads: (document) => document.entityTypeId }],
	['entityId', { kind: 'number', reads: (document) => document.entityId }],
	['createTime', { kind: 'moment', reads: (document) => document.createTime }],
	['updateTime', { kind: 'moment', reads: (document) => document.updateTime }],
]);

export const documentMethods: Methods = {
	'crm.documentgenerator.document.add': add,
	'crm.documentgenerator.document.upload': upload,
	'crm.documentgenerator.document.get': (call) => {
		const document = documentOf(call);
		return { result: { document: asStrings(shown(call, document)) } };
	},
	'crm.documentgenerator.document.list': list,
	'crm.documentgenerator.document.update': (call) => {
		const document = documentOf(call);
		changeDocument(call, document, asMap(call.params.values) ?? {}, call.userId);
		if ('stampsEnabled' in call.params) {
			document.stampsEnabled = asFlag(call.params.stampsEnabled) === 'Y';
		}
		const { createdBy: _maker, updatedBy, ...others } = shown(call, document);
		return {
			result: { document: { ...others, id: String(document.id), createdBy: null, updatedBy } },
		};
	},
	'crm.documentgenerator.document.delete': (call) => {
		const document = documentOf(call);
		call.store.documents = call.store.documents.filter((known) => known !== document);
		const fields = { ID: String(document.id) };
		call.events.fire('ONCRMDOCUMENTGENERATORDOCUMENTDELETE', fields, call.userId);
		return { result: null };
	},
	'crm.documentgenerator.document.enablepublicurl': (call) => {
		const document = documentOf(call);
		document.public = asFlag(call.params.status) === 'Y';
		return { result: { publicUrl: linksOf(call, document).publicUrl } };
	},
};

function add(call: Call): Answer {
	const { params, store } = call;
	const template = store.templates.find((known) => known.id === asWhole(params.templateId));
	if (params.templateId === undefined) throw constructorRefusal('Template');
	if (!template) throw failed('Template not found');
	if (template.deleted) throw failed('Cannot create document on deleted template');
	const { entityTypeId, item } = cardOf(call, params);
	const values = asMap(params.values) ?? {};
	const numerator = store.numerators.find((known) => known.id === template.numeratorId);
	const own = asText(values.DocumentNumber);
	const number = own !== '' || !numerator ? own : nextNumber(numerator);
	const document = addDocument(
		call,
		{
			templateId: template.id,
			entityTypeId,
			entityId: item.id,
			title: asText(values.DocumentTitle) || `${template.name} ${number}`,
			number,
			values: { ...values, DocumentNumber: number },
			stampsEnabled: asFlag(params.stampsEnabled) === 'Y',
			file: template.file,
		},
		call.userId,
	);
	return { result: { document: shown(call, document) } };
}

function upload(call: Call): Answer {
	const fields = fieldsOf(call);
	const absent = ['entityTypeId', 'fileContent', 'region', 'entityId'].filter(
		(name) => asText(fields[name]) === '',
	);
	if (absent.length > 0) throw failed(`Empty required fields: ${absent.join(', ')}`);
	const { entityTypeId, item } = cardOf(call, fields);
	const file = decoded(asText(fields.fileContent));
	if (!file) throw failed('Missing file content');
	const title = asText(fields.title) || 'Документ';
	const document = addDocument(
		call,
		{
			templateId: 55,
			entityTypeId,
			entityId: item.id,
			title,
			number: asText(fields.number),
			values: {},
			stampsEnabled: false,
			file: call.store.files.keep(`${title}.docx`, file),
		},
		call.userId,
		decoded(asText(fields.pdfContent)),
	);
	return { result: { document: asStrings(shown(call, document)) } };
}

function list(call: Call): Answer {
	const page = listPage(call.params, call.switches, {
		candidates: call.store.documents,
		matches: filterOf(call.params.filter, COLUMNS, { strict: false }),
		fields: COLUMNS,
		idName: 'id',
		strict: false,
		paging: 'newer',
	});
	const documents = page.rows.map((document) => ({
		id: String(document.id),
		title: document.title,
		number: document.number,
		templateId: String(document.templateId),
		fileId: String(document.file.id),
		imageId: String(document.image.id),
		pdfId: String(document.pdf.id),
		createTime: document.createTime,
		updateTime: document.updateTime,
		values: valuesOf(document),
		createdBy: String(document.createdBy),
		updatedBy: document.updatedBy === null ? null : String(document.updatedBy),
		stampsEnabled: document.stampsEnabled,
		entityId: String(document.entityId),
		entityTypeId: String(document.entityTypeId),
		...linksOf(call, document),
	}));
	return { result: { documents }, total: page.total, next: page.next };
}

function fieldsOf({ params }: Call): Fields {
	if (params.fields === undefined) throw missing('fields');
	const fields = asMap(params.fields);
	if (fields) return fields;
	throw new Refusal(
		400,
		'100',
		'Invalid value {} to match with parameter {fields}. Should be value of type array.',
	);
}

function cardOf({ store, user }: Call, fields: Fields): { entityTypeId: number; item: Item } {
	const entityTypeId = asWhole(fields.entityTypeId) ?? 0;
	if (!store.types.some((type) => type.id === entityTypeId)) {
		throw failed('No provider for entityTypeId');
	}
	const id = asWhole(fields.entityId);
	if (id === undefined) throw failed('Empty required parameter "value"');
	const item = store.item(entityTypeId, id);
	if (!item) throw failed('Wrong "entityId" field value');
	if (!maySee(user, item)) throw new Refusal(400, 'DOCGEN_ACCESS_ERROR', 'Access denied');
	return { entityTypeId, item };
}

function documentOf({ params, store, user }: Call): GeneratedDocument {
	if (params.id === undefined) throw constructorRefusal('Document');
	const document = store.documents.find((known) => known.id === asWhole(params.id));
	if (!document) throw failed('Document not found');
	const item = store.item(document.entityTypeId, document.entityId);
	if (item && !maySee(user, item)) throw new Refusal(400, 'DOCGEN_ACCESS_ERROR', 'Access denied');
	return document;
}

function shown(call: Call, document: GeneratedDocument): Fields {
	const item = call.store.item(document.entityTypeId, document.entityId);
	return {
		changeStampsEnabled: false,
		changeStampsDisabledReason: 'В шаблоне нет печатей и подписей',
		changeQrCodeEnabled: false,
		qrCodeEnabled: false,
		changeQrCodeDisabledReason: 'В шаблоне нет QR-кода',
		products: {
			currencyId: String(item?.currencyId ?? 'RUB'),
			totalSum: round2(Number(item?.opportunity ?? 0)).toFixed(2),
			totalRows: rowCount(call, document),
		},
		id: document.id,
		title: document.title,
		number: document.number,
		createTime: document.createTime,
		createdBy: document.createdBy,
		updateTime: document.updateTime,
		updatedBy: document.updatedBy,
		stampsEnabled: document.stampsEnabled,
		isTransformationError: false,
		values: valuesOf(document),
		templateId: String(document.templateId),
		pullTag: `TRANSFORMDOCUMENT${document.id}`,
		emailDiskFile: 5600 + document.id,
		entityId: String(document.entityId),
		entityTypeId: String(document.entityTypeId),
		...linksOf(call, document),
	};
}

function rowCount({ store }: Call, document: GeneratedDocument): number {
	const type = store.types.find((known) => known.id === document.entityTypeId);
	return type ? store.rowsOf(type.abbreviation, document.entityId).length : 0;
}

function valuesOf(document: GeneratedDocument): Fields {
	return {
		productsTableVariant: '',
		_creationMethod: 'rest',
		stampsEnabled: document.stampsEnabled,
		...document.values,
	};
}

/** Read back from the database, ids are strings. */
function asStrings(document: Fields): Fields {
	return {
		...document,
		id: String(document.id),
		createdBy: String(document.createdBy),
		updatedBy: document.updatedBy === null ? null : String(document.updatedBy),
	};
}

function failed(description: string): Refusal {
	return new Refusal(400, '0', description);
}

/** What the real portal says when an id is missing. */
function constructorRefusal(name: string): Refusal {
	const text = `Bitrix\\DocumentGenerator\\${name} constructor must be is public`;
	return new Refusal(400, '100', text);
}
