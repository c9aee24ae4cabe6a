/**
 * crm.documentgenerator.template.* and .numerator.*
 * Imitates: C/document-generator/{templates,numerator}/*.md (reference §5): for administrators; the list is a map
 * keyed by id, and an empty one is `[]`.
 * Does not imitate: getfields, changing templates, periods of numerators.
 */
import type { Call, Methods } from '../call';
import { isoAt } from '../clock';
import type { Numerator, Template } from '../documents';
import { decoded, machineUrl, personUrl } from '../files';
import { listPage } from '../lists';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { missing, Refusal } from '../refusal';
import { checkAdmin } from '../rights';
import { asFlag, asList, asMap, asText, asWhole, phpMap } from '../values';
import type { Fields } from '../values';

const COLUMNS = new Map<string, Filterable<Template>>([
	['id', { kind: 'number', reads: (template) => template.id }],
	['name', { kind: 'text', reads: (template) => template.name }],
	['active', { kind: 'flag', reads: (template) => template.active }],
	['region', { kind: 'text', reads: (template) => template.region }],
	['numeratorId', { kind: 'number', reads: (template) => template.numeratorId }],
	['entityTypeId', { kind: 'text', reads: (template) => template.entityTypeId }],
]);

export const documentTemplateMethods: Methods = {
	'crm.documentgenerator.template.add': (call) => ({
		result: { template: shown(call, addTemplate(call)) },
	}),
	'crm.documentgenerator.template.get': (call) => ({
		result: { template: shown(call, templateOf(call)) },
	}),
	'crm.documentgenerator.template.list': (call) => {
		checkModifier(call);
		const page = listPage(call.params, call.switches, {
			candidates: call.store.templates.filter((template) => !template.deleted),
			matches: filterOf(call.params.filter, COLUMNS, { strict: false }),
			fields: COLUMNS,
			idName: 'id',
			strict: false,
			paging: 'newer',
		});
		const templates = page.rows.map((template): [string, Fields] => [
			String(template.id),
			{ ...shown(call, template), users: template.users },
		]);
		return { result: { templates: phpMap(templates) }, total: page.total, next: page.next };
	},
	'crm.documentgenerator.template.delete': (call) => {
		templateOf(call).deleted = true;
		return { result: null };
	},
	'crm.documentgenerator.numerator.add': (call) => {
		checkModifier(call);
		const fields = fieldsOf(call, ['name', 'template']);
		const numerator: Numerator = {
			id: call.store.nextId('numerator', 45),
			name: asText(fields.name),
			template: asText(fields.template),
			last: 0,
		};
		call.store.numerators.push(numerator);
		return {
			result: { numerator: { ...numeratorShown(numerator), id: numerator.id, code: null } },
		};
	},
	'crm.documentgenerator.numerator.delete': (call) => {
		checkModifier(call);
		const { numerators } = call.store;
		const at = numerators.findIndex(({ id }) => id === asWhole(call.params.id));
		if (at < 0) throw new Refusal(400, 0, 'Numerator not found');
		numerators.splice(at, 1);
		return { result: null };
	},
	'crm.documentgenerator.numerator.list': (call) => {
		checkModifier(call);
		const numerators = call.store.numerators.map(numeratorShown);
		return { result: { numerators }, total: numerators.length };
	},
};

function addTemplate(call: Call): Template {
	checkModifier(call);
	const fields = fieldsOf(call, ['name', 'numeratorId', 'region', 'entityTypeId']);
	const [name, content] = (asList(fields.file) ?? ['template.docx', fields.file]).map(asText);
	const bytes = decoded(content ?? '');
	if (!bytes) throw new Refusal(400, '0', 'Missing file content');
	const template: Template = {
		id: call.store.nextId('template', 41),
		name: asText(fields.name),
		region: asText(fields.region),
		code: asText(fields.code) || null,
		active: asFlag(fields.active) ?? 'Y',
		numeratorId: asWhole(fields.numeratorId) ?? 0,
		withStamps: asFlag(fields.withStamps) ?? 'N',
		sort: asWhole(fields.sort) ?? 500,
		users: (asList(fields.users) ?? []).map(asText),
		entityTypeId: (asList(fields.entityTypeId) ?? [fields.entityTypeId]).map(asText),
		file: call.store.files.keep(name, bytes),
		createTime: isoAt(call.now()),
		deleted: false,
	};
	call.store.templates.push(template);
	return template;
}

function templateOf(call: Call): Template {
	checkModifier(call);
	const found = call.store.templates.find((known) => known.id === asWhole(call.params.id));
	if (!found || found.deleted) throw new Refusal(400, '0', 'Template not found');
	return found;
}

function checkModifier({ user }: Call): void {
	checkAdmin(user, '', 'You do not have permissions to modify templates');
}

function fieldsOf({ params }: Call, required: string[]): Fields {
	const fields = asMap(params.fields);
	if (!fields) throw missing('fields');
	const absent = required.filter((name) => asText(fields[name]) === '');
	if (absent.length > 0) {
		throw new Refusal(400, '0', `Empty required fields: ${absent.join(', ')}`);
	}
	return fields;
}

function shown({ site }: Call, template: Template): Fields {
	return {
		id: String(template.id),
		name: template.name,
		region: template.region,
		code: template.code,
		download: personUrl(site, 'crm.documentgenerator.template.download', template.id),
		active: template.active,
		moduleId: 'crm',
		numeratorId: String(template.numeratorId),
		withStamps: template.withStamps,
		users: phpMap(template.users.map((code) => [code, code])),
		isDeleted: 'N',
		sort: String(template.sort),
		downloadMachine: machineUrl(site, 'crm.documentgenerator.template.download', template.file),
		entityTypeId: template.entityTypeId,
		createTime: template.createTime,
		updateTime: template.createTime,
	};
}

function numeratorShown({ id, name, template }: Numerator): Fields {
	return {
		id: String(id),
		name,
		template,
		settings: {
			Bitrix_Main_Numerator_Generator_SequentNumberGenerator: {
				start: 1,
				step: 1,
				length: 0,
				padString: '0',
				periodicBy: null,
				timezone: null,
				isDirectNumeration: false,
			},
		},
	};
}
