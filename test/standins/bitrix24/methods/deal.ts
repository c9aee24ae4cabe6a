/**
 * The deprecated classic methods still met in the wild: crm.deal.* and crm.company.get.
 * Imitates: crm/deals/*.md, crm/companies/crm-company-get.md: strings, blank error codes, forgiving filters;
 * crm.deal.update takes no CATEGORY_ID (reference §2.3).
 * Does not imitate: crm.deal.productrows.*, contacts of a deal, crm.company.list.
 */
import type { Answer, Call, Methods } from '../call';
import { classicList, classicValue, fieldsParam, idParam } from '../classic';
import { COMPANY, DEAL } from '../entityTypes';
import type { ItemField } from '../itemFields';
import { itemView } from '../itemView';
import { blank, Refusal } from '../refusal';
import { maySee } from '../rights';
import type { ClassicRow, Item } from '../store';
import type { Fields } from '../values';

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
	'receivedAmount',
	'lostAmount',
	'webformId',
];
const MONEY = ['opportunity', 'taxValue'];

export const dealMethods: Methods = {
	'crm.deal.get': (call) => ({ result: one(call, DEAL) }),
	'crm.company.get': (call) => ({ result: one(call, COMPANY) }),
	'crm.deal.list': (call) => {
		const columns = classicFields(call, DEAL).map((field) => field.upperName);
		const deals = [...call.store.table(DEAL)].filter((deal) => maySee(call.user, deal));
		return classicList(
			call,
			deals.map((deal) => classicRow(call, DEAL, deal)),
			columns,
		);
	},
	'crm.deal.add': (call) => {
		const fields = camelFields(call, fieldsParam(call));
		return { result: tolerant(() => call.items.add(DEAL, fields, call.userId)).id };
	},
	'crm.deal.update': update,
};

function update(call: Call): Answer {
	const id = idParam(call);
	card(call, DEAL, id);
	const fields = camelFields(call, fieldsParam(call));
	delete fields.categoryId;
	tolerant(() => call.items.change(DEAL, id, fields, call.userId));
	return { result: true };
}

function one(call: Call, entityTypeId: number): Fields {
	const item = card(call, entityTypeId, idParam(call));
	const view: Fields = classicRow(call, entityTypeId, item);
	if (entityTypeId !== COMPANY) return view;
	for (const typeId of ['PHONE', 'EMAIL']) {
		const known = multiFieldRows(item, typeId);
		if (known.length > 0) view[typeId] = known;
	}
	return view;
}

function card({ store, user }: Call, entityTypeId: number, id: number): Item {
	const item = store.item(entityTypeId, id);
	if (!item) throw blank('Not found');
	if (!maySee(user, item)) throw blank('Access denied.');
	return item;
}

function multiFieldRows(item: Item, typeId: string): Fields[] {
	const all = (item.fm ?? []) as Array<{
		id: number;
		typeId: string;
		valueType: string;
		value: string;
	}>;
	return all
		.filter((field) => field.typeId === typeId)
		.map(({ id, valueType, value }) => ({
			ID: String(id),
			VALUE_TYPE: valueType,
			VALUE: value,
			TYPE_ID: typeId,
		}));
}

function classicFields(call: Call, entityTypeId: number): ItemField[] {
	return call.items.fieldsOf(entityTypeId).filter((field) => !NOT_CLASSIC.includes(field.name));
}

function classicRow(call: Call, entityTypeId: number, item: Item): ClassicRow {
	const known = classicFields(call, entityTypeId);
	const view = itemView(item, known, entityTypeId, true);
	return Object.fromEntries(
		known.map((field) => [
			field.upperName,
			classicValue(view[field.name], MONEY.includes(field.name)),
		]),
	);
}

function camelFields(call: Call, fields: Fields): Fields {
	const camel: Fields = {};
	for (const field of call.items.fieldsOf(DEAL)) {
		if (field.upperName in fields) camel[field.name] = fields[field.upperName];
	}
	return camel;
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
