/**
 * crm.item.*
 * Imitates: crm/universal/crm-item-{fields,list,get,add,update,delete}.md (reference §2.2).
 * Does not imitate: deliveries; an import writes dates and authors no more than an ordinary addition does.
 */
import type { Answer, Call, Methods } from '../call';
import { COMPANY, entityType, typeOfId } from '../entityTypes';
import { filterOf } from '../filter';
import type { ItemField } from '../itemFields';
import {
	capitals,
	filterableFields,
	itemView,
	spelling,
	translated,
	wantsOriginalNames,
} from '../itemView';
import { listPage, pick, selection } from '../lists';
import { missing, Refusal } from '../refusal';
import { checkCard, maySee } from '../rights';
import { bookOf } from '../stages';
import type { Item } from '../store';
import { asList, asMap, asText, asWhole, isEmpty, phpMap } from '../values';
import type { Fields } from '../values';

const MOST_IMPORTED = 20;

export const itemMethods: Methods = {
	'crm.item.fields': (call) => {
		const original = wantsOriginalNames(call);
		const entityTypeId = typeIdOf(call);
		const known = call.items.fieldsOf(entityTypeId);
		return {
			result: {
				fields: Object.fromEntries(
					known.map((field) => [spelling(field, original), described(call, entityTypeId, field)]),
				),
			},
		};
	},
	'crm.item.list': list,
	'crm.item.get': (call) => {
		const entityTypeId = typeIdOf(call);
		return shown(call, entityTypeId, card(call, entityTypeId));
	},
	'crm.item.add': (call) => {
		const entityTypeId = typeIdOf(call);
		return shown(
			call,
			entityTypeId,
			call.items.add(entityTypeId, fieldsOf(call, entityTypeId), call.userId),
		);
	},
	'crm.item.update': (call) => {
		const entityTypeId = typeIdOf(call);
		const item = card(call, entityTypeId);
		const given = fieldsOf(call, entityTypeId);
		const isKept = entityTypeId === COMPANY && call.switches.emptiedCompanyField === 'kept';
		const fields = isKept ? withoutEmpty(given) : given;
		call.items.change(entityTypeId, item.id, fields, call.userId);
		const emptied = call.items.keptFull(entityTypeId, fields).map((name) => [name, null]);
		return shown(call, entityTypeId, { ...item, ...Object.fromEntries(emptied) });
	},
	'crm.item.import': (call) => {
		const entityTypeId = typeIdOf(call);
		const fields = fieldsOf(call, entityTypeId);
		return { result: { item: { id: call.items.add(entityTypeId, fields, call.userId).id } } };
	},
	'crm.item.batchImport': batchImport,
	'crm.item.delete': (call) => {
		const entityTypeId = typeIdOf(call);
		call.items.remove(entityTypeId, card(call, entityTypeId).id, call.userId);
		return { result: [] };
	},
};

/** Files and `fm` have their own ways to be emptied. */
function withoutEmpty(fields: Fields): Fields {
	return Object.fromEntries(
		Object.entries(fields).filter(([name, value]) => {
			const values = Array.isArray(value) ? value : [value];
			return name === 'fm' || !values.every(isEmpty);
		}),
	);
}

/** Every row fails or succeeds by itself, in the order they were sent. */
function batchImport(call: Call): Answer {
	const entityTypeId = typeIdOf(call);
	const data = asList(call.params.data);
	if (!data) throw missing('data');
	if (data.length > MOST_IMPORTED) {
		throw new Refusal(
			400,
			'MAX_IMPORT_BATCH_SIZE_EXCEEDED',
			`You cannot import more than ${MOST_IMPORTED} items`,
		);
	}
	const items = data.map((row) => {
		try {
			const fields = stored(call, entityTypeId, asMap(row) ?? {});
			return { item: { id: call.items.add(entityTypeId, fields, call.userId).id } };
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return error.shown(call.switches.language);
		}
	});
	return { result: { items } };
}

function list(call: Call): Answer {
	const { params, store, switches, user } = call;
	const entityTypeId = typeIdOf(call);
	const original = wantsOriginalNames(call);
	const known = call.items.fieldsOf(entityTypeId);
	refuseOwnParent(params.select, entityTypeId);
	const filterable = filterableFields(known, (field) => spelling(field, original));
	const inCapitals = capitals(known);
	const matches = filterOf(params.filter, filterable, {
		strict: true,
		checked: switches.filterValues === 'checked',
		capitals: inCapitals,
		mangledInGroups: original,
		momentFilter: switches.momentFilter,
	});
	const order = usualNames(asMap(params.order) ?? {}, inCapitals);
	const userTexts = (name: string) => {
		const { kind, reads } = filterable.get(name) ?? {};
		return name.startsWith('UF_') && kind === 'text' && reads
			? (item: Item) => [reads(item)].flat()
			: undefined;
	};
	const page = listPage({ start: params.start, order }, switches, {
		candidates: store.table(entityTypeId).candidates(params.filter, undefined, userTexts),
		matches: (item) => maySee(user, item) && matches(item),
		fields: filterable,
		idName: 'id',
		strict: true,
		paging: 'newer',
	});
	const asked = (asList(params.select) ?? []).map(asText);
	const names = selection(params.select)?.map((name) => inCapitals.get(name) ?? name);
	const isCut = original && names && switches.selectWithOriginalNames === 'userFieldsOnly';
	const items = page.rows.map((item) => {
		const view = itemView(item, known, entityTypeId, original);
		// `fm` cannot be named: only the asterisk brings it (crm-item-list.md).
		if (!asked.includes('*')) delete view.fm;
		const shownFields = Object.entries(pick(view, names));
		return phpMap(isCut ? shownFields.filter(([name]) => name.startsWith('UF_')) : shownFields);
	});
	return { result: { items }, total: page.total, next: page.next };
}

function usualNames(order: Fields, inCapitals: Map<string, string>): Fields {
	return Object.fromEntries(
		Object.entries(order).map(([name, way]) => [inCapitals.get(name) ?? name, way]),
	);
}

function refuseOwnParent(select: unknown, entityTypeId: number): void {
	if (!(asList(select) ?? []).includes(`parentId${entityTypeId}`)) return;
	throw new Refusal(400, 0, "An entity type can't be a parent/child type to itself");
}

function shown(call: Call, entityTypeId: number, item: Item): Answer {
	const known = call.items.fieldsOf(entityTypeId);
	return { result: { item: itemView(item, known, entityTypeId, wantsOriginalNames(call)) } };
}

function typeIdOf({ params, store }: Call): number {
	if (params.entityTypeId === undefined) throw missing('entityTypeId');
	return entityType(store, params.entityTypeId).id;
}

function card({ params, items, user }: Call, entityTypeId: number): Item {
	if (params.id === undefined) throw missing('id');
	return checkCard(user, items.find(entityTypeId, asWhole(params.id) ?? 0));
}

function fieldsOf(call: Call, entityTypeId: number): Fields {
	const fields = asMap(call.params.fields);
	if (!fields) throw missing('fields');
	return stored(call, entityTypeId, fields);
}

function stored(call: Call, entityTypeId: number, fields: Fields): Fields {
	return translated(fields, call.items.fieldsOf(entityTypeId), wantsOriginalNames(call));
}

function described(call: Call, entityTypeId: number, field: ItemField): Fields {
	return {
		...chosenFrom(call, entityTypeId, field),
		type: field.type,
		isRequired: field.required,
		isReadOnly: field.readOnly || field.disabled,
		isImmutable: false,
		isMultiple: field.multiple,
		isDynamic: field.userField,
		title: field.title,
		upperName: field.upperName,
	};
}

/** `statusType` names the book of a crm_status field; values of a list are told by a switch only. */
function chosenFrom({ store, switches }: Call, entityTypeId: number, field: ItemField): Fields {
	const { userFieldEntity } = typeOfId(store, entityTypeId);
	if (field.type === 'crm_status' && !field.userField) {
		return { statusType: bookOf(store, entityTypeId, field.name) };
	}
	if (field.type !== 'enumeration' || switches.listValuesInFields === 'absent') return {};
	const own = store.userFields.find(
		(one) => one.entityId === userFieldEntity && one.fieldName === field.name,
	);
	return { items: own?.values.map(({ id, value }) => ({ ID: String(id), VALUE: value })) ?? [] };
}
