/**
 * The deprecated methods of leads, deals, contacts and companies that are still met in the wild.
 * Imitates: crm/{leads,deals,contacts,companies}/*.md: strings, blank error codes, forgiving filters, phones under
 * PHONE with ids of their own; crm.deal.update takes no CATEGORY_ID (reference §2.3).
 * Does not imitate: addresses inside the card, which stay empty; `params`.
 */
import type { Answer, Call, Method, Methods } from '../call';
import { classicList, classicValue, fieldsParam, idParam } from '../classic';
import { COMPANY, CONTACT, DEAL, LEAD } from '../entityTypes';
import type { ItemField } from '../itemFields';
import { itemView, multiFields } from '../itemView';
import { blank, Refusal } from '../refusal';
import { maySee } from '../rights';
import type { ClassicRow, Item } from '../store';
import { asList, asMap, asText, isEmpty } from '../values';
import type { Fields } from '../values';
import { COMMUNICATIONS, describedFields, EXTRA_COLUMNS } from './classicFields';

/** crm.item.* names that the classic answers do not have. */
const NOT_CLASSIC = [
	'fm',
	'contactIds',
	'companyIds',
	'observers',
	'phone',
	'phoneWork',
	'phoneMobile',
	'email',
	'emailWork',
	'emailHome',
	'phoneMailing',
	'emailMailing',
	'webformId',
];
const MONEY = ['opportunity', 'taxValue'];
const NAMES: Array<[name: string, entityTypeId: number]> = [
	['lead', LEAD],
	['deal', DEAL],
	['contact', CONTACT],
	['company', COMPANY],
];

export const classicItemMethods: Methods = Object.fromEntries(
	NAMES.flatMap(
		([name, entityTypeId]): Array<[string, Method]> => [
			[`crm.${name}.get`, (call) => ({ result: get(call, entityTypeId) })],
			[`crm.${name}.list`, (call) => list(call, entityTypeId)],
			[`crm.${name}.add`, (call) => ({ result: add(call, entityTypeId) })],
			[`crm.${name}.update`, (call) => update(call, entityTypeId)],
			[`crm.${name}.delete`, (call) => remove(call, entityTypeId)],
			[`crm.${name}.fields`, (call) => ({ result: described(call, entityTypeId) })],
		],
	),
);

function get(call: Call, entityTypeId: number): Fields {
	const item = classicCard(call, entityTypeId, idParam(call));
	return { ...row(call, entityTypeId, item), ...communications(item) };
}

function list(call: Call, entityTypeId: number): Answer {
	const columns = [
		...classicFields(call, entityTypeId).map(classicName(entityTypeId)),
		...Object.keys(EXTRA_COLUMNS[entityTypeId]),
	];
	const answer = classicList(call, rows(call, entityTypeId), columns);
	const wanted = (asList(call.params.select) ?? []).map(asText);
	const named = COMMUNICATIONS.filter((typeId) => wanted.includes(typeId));
	if (named.length === 0) return answer;
	const table = call.store.table(entityTypeId);
	const result = (asList(answer.result) ?? []).map((shown) => {
		const view = asMap(shown) ?? {};
		const known = communications(table.get(Number(view.ID)));
		const asked = Object.entries(known).filter(([typeId]) => named.includes(typeId));
		return { ...view, ...Object.fromEntries(asked) };
	});
	return { ...answer, result };
}

/** Made one by one, so that a page of a large table costs a page. */
function* rows(call: Call, entityTypeId: number): Iterable<ClassicRow> {
	for (const item of call.store.table(entityTypeId).candidates(idOnly(call.params.filter))) {
		if (maySee(call.user, item)) yield row(call, entityTypeId, item);
	}
}

/** The books of a table know camelCase names; only the id is the same in both generations. */
function idOnly(filter: unknown): Fields {
	const conditions = Object.entries(asMap(filter) ?? {});
	if (conditions.some(([key]) => key.toLowerCase() === 'logic')) return {};
	return Object.fromEntries(
		conditions
			.filter(([key]) => /^[=@>]?ID$/.test(key))
			.map(([key, value]) => [key.replace('ID', 'id'), value]),
	);
}

function add(call: Call, entityTypeId: number): number {
	const fields = camelFields(call, entityTypeId, fieldsParam(call));
	return tolerant(() => call.items.add(entityTypeId, fields, call.userId)).id;
}

function update(call: Call, entityTypeId: number): Answer {
	const { id } = classicCard(call, entityTypeId, idParam(call));
	const fields = camelFields(call, entityTypeId, fieldsParam(call));
	delete fields.categoryId;
	tolerant(() => call.items.change(entityTypeId, id, fields, call.userId));
	return { result: true };
}

function remove(call: Call, entityTypeId: number): Answer {
	const { id } = classicCard(call, entityTypeId, idParam(call));
	call.items.remove(entityTypeId, id, call.userId);
	return { result: true };
}

function described(call: Call, entityTypeId: number): Fields {
	const name = classicName(entityTypeId);
	const known = classicFields(call, entityTypeId).map((field): [string, ItemField] => [
		name(field),
		field,
	]);
	return describedFields(call.store, entityTypeId, known);
}

export function classicCard(
	{ store, user }: Call,
	entityTypeId: number,
	id: number,
	absent = 'Not found',
): Item {
	const item = store.item(entityTypeId, id);
	if (!item) throw blank(absent);
	if (!maySee(user, item)) throw blank('Access denied.');
	return item;
}

function communications(item: Item | undefined): Fields {
	const shown: Fields = {};
	if (!item) return shown;
	for (const typeId of COMMUNICATIONS) {
		const known = multiFields(item)
			.filter((field) => field.typeId === typeId)
			.map(({ id, valueType, value }) => ({
				ID: String(id),
				VALUE_TYPE: valueType,
				VALUE: value,
				TYPE_ID: typeId,
			}));
		if (known.length > 0) shown[typeId] = known;
	}
	return shown;
}

function classicFields(call: Call, entityTypeId: number): ItemField[] {
	const clients = entityTypeId === COMPANY || entityTypeId === CONTACT;
	const absent = clients ? [...NOT_CLASSIC, 'categoryId'] : NOT_CLASSIC;
	return call.items
		.fieldsOf(entityTypeId)
		.filter((field) => !field.disabled && !absent.includes(field.name));
}

/** A lead's stage is a status in the old generation. */
function classicName(entityTypeId: number): (field: ItemField) => string {
	if (entityTypeId !== LEAD) return (field) => field.upperName;
	return (field) => field.upperName.replace(/^STAGE_/, 'STATUS_');
}

function row(call: Call, entityTypeId: number, item: Item): ClassicRow {
	const known = classicFields(call, entityTypeId);
	const view = itemView(item, known, entityTypeId, true);
	const name = classicName(entityTypeId);
	return {
		...EXTRA_COLUMNS[entityTypeId],
		...Object.fromEntries(known.map((field) => [name(field), shownValue(field, view[field.name])])),
	};
}

/** A date nobody set is an empty text, anything else is null (crm-lead-get.md, recorded by `fast_bitrix24`). */
function shownValue(field: ItemField, value: unknown): string | null {
	const isDate = field.type === 'date' || field.type === 'datetime';
	if (isDate && isEmpty(value)) return '';
	return classicValue(value, MONEY.includes(field.name));
}

function camelFields(call: Call, entityTypeId: number, fields: Fields): Fields {
	const camel: Fields = {};
	const name = classicName(entityTypeId);
	for (const field of call.items.fieldsOf(entityTypeId)) {
		if (name(field) in fields) camel[field.name] = fields[name(field)];
	}
	if ('CONTACT_IDS' in fields) camel.contactIds = asList(fields.CONTACT_IDS) ?? [];
	const fm = COMMUNICATIONS.flatMap((typeId) =>
		(asList(fields[typeId]) ?? []).map((entry) => communicationChange(typeId, asMap(entry) ?? {})),
	);
	if (fm.length > 0) {
		camel.fm = Object.fromEntries(fm.map(([key, change], index) => [key || `n${index}`, change]));
	}
	return camel;
}

/** With an id an entry is changed, with an empty value or DELETE it goes, without an id it is new. */
function communicationChange(typeId: string, entry: Fields): [id: string, change: Fields] {
	const deleted = entry.DELETE === 'Y';
	const change: Fields = { typeId };
	if ('VALUE_TYPE' in entry) change.valueType = entry.VALUE_TYPE;
	if (deleted || 'VALUE' in entry) change.value = deleted ? '' : entry.VALUE;
	return [asText(entry.ID), change];
}

/** The classic generation describes a bad value but gives it no code. */
function tolerant<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof Refusal) throw blank(error.description);
		throw error;
	}
}
