/**
 * catalog.section.*
 * Imitates: api-reference/catalog/section/*.md (reference §2.8): a tree by `iblockSectionId`, `code` is unique,
 * numeric error codes.
 * Does not imitate: what becomes of the products of a deleted section: here they stay without one.
 */
import type { Call, Methods } from '../../call';
import { missing, Refusal } from '../../refusal';
import { checkAdmin } from '../../rights';
import { rowPage, WITH_IN } from '../../rowTable';
import { IBLOCK_ID } from '../../store';
import type { Section, Store } from '../../store';
import { asFlag, asMap, asText, asWhole } from '../../values';
import type { Fields } from '../../values';

export const sectionMethods: Methods = {
	'catalog.section.list': (call) => {
		const filter = asMap(call.params.filter) ?? {};
		if (!('iblockId' in filter) && !('=iblockId' in filter)) {
			throw new Refusal(400, 0, 'Required filter fields: iblockId');
		}
		const page = rowPage(call, call.store.sections.map(shown), WITH_IN);
		const body = { sections: page.rows };
		if (call.switches.catalogSectionEnvelope === 'result.sections') {
			return { result: body, ...page.counted };
		}
		return { result: undefined, beside: body, ...page.counted };
	},
	'catalog.section.get': (call) => ({ result: { section: shown(found(call)) } }),
	'catalog.section.add': (call) => {
		const fields = fieldsOf(call);
		checkCode(call.store, fields, undefined);
		return { result: { section: shown(addSection(call.store, fields)) } };
	},
	'catalog.section.update': (call) => {
		const section = found(call);
		const fields = fieldsOf(call);
		checkCode(call.store, fields, section);
		Object.assign(section, written(fields, section));
		return { result: { section: shown(section) } };
	},
	'catalog.section.delete': (call) => {
		const section = found(call);
		checkAdmin(call.user, 200040300050, 'Access Denied');
		call.store.sections = call.store.sections.filter((known) => known !== section);
		for (const product of call.store.products) {
			if (product.iblockSectionId === section.id) product.iblockSectionId = null;
		}
		return { result: true };
	},
};

function fieldsOf(call: Call): Fields {
	const fields = asMap(call.params.fields);
	if (!fields || Object.keys(fields).length === 0) throw missing('fields');
	checkAdmin(call.user, 200040300040, 'Access Denied');
	const absent = ['iblockId', 'name'].filter((name) => asText(fields[name]) === '');
	if (absent.length > 0) throw new Refusal(400, 0, `Required fields: ${absent.join(', ')}`);
	if (asWhole(fields.iblockId) !== IBLOCK_ID) {
		throw new Refusal(400, 200700300050, 'Iblock not exists');
	}
	const parent = asWhole(fields.iblockSectionId);
	if (parent && !call.store.sections.some((known) => known.id === parent)) {
		throw new Refusal(400, 200700300000, 'Parent section not exists');
	}
	return fields;
}

function checkCode(store: Store, fields: Fields, own: Section | undefined): void {
	const code = asText(fields.code);
	if (code === '') return;
	const taken = store.sections.some((known) => known !== own && known.code === code);
	if (taken) throw new Refusal(400, 200700300040, 'Section with this code already exists');
}

function found({ params, store }: Call): Section {
	if (params.id === undefined) throw missing('id');
	const section = store.sections.find((known) => known.id === asWhole(params.id));
	if (!section) throw new Refusal(400, 200700300030, 'Section not exists');
	return section;
}

/** Also the hand of the administrator in the catalogue. */
export function addSection(store: Store, fields: Fields): Section {
	const id = store.nextId('section', 13);
	const blank: Section = {
		id,
		name: '',
		xmlId: String(id),
		code: null,
		iblockSectionId: null,
		sort: 500,
		active: 'Y',
		description: '',
		descriptionType: 'text',
	};
	const section = { ...blank, ...written(fields, blank) };
	store.sections.push(section);
	return section;
}

function written(fields: Fields, before: Section): Partial<Section> {
	const change: Partial<Section> = {};
	if ('name' in fields) change.name = asText(fields.name);
	if ('xmlId' in fields) change.xmlId = asText(fields.xmlId) || before.xmlId;
	if ('code' in fields) change.code = asText(fields.code) || null;
	if ('iblockSectionId' in fields) change.iblockSectionId = asWhole(fields.iblockSectionId) || null;
	if ('sort' in fields) change.sort = asWhole(fields.sort) ?? before.sort;
	if ('active' in fields) change.active = asFlag(fields.active) ?? before.active;
	if ('description' in fields) change.description = asText(fields.description);
	if (fields.descriptionType === 'html') change.descriptionType = 'html';
	return change;
}

function shown(section: Section): Fields {
	return { ...section, iblockId: IBLOCK_ID };
}
