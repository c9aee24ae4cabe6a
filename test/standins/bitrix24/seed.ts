/**
 * A freshly opened Russian portal.
 * Imitates: the standard funnels, RU requisite presets, VAT rates and measures a portal ships with.
 * Does not imitate: demo data. Ids look like those of a portal in use so that nobody hard-codes them.
 */
import { COMPANY, CONTACT, DEAL, LEAD, QUOTE, SMART_INVOICE, STANDARD_TYPES } from './entityTypes';
import { addStages, DEAL_STAGES, INVOICE_STAGES, LEAD_STAGES, QUOTE_STAGES } from './stages';
import type { Store } from './store';
import { USERS } from './users';

export const INVOICE_CATEGORY = 13;
/** Which ISO currencies the portal has switched on. */
export const CURRENCIES = ['RUB', 'USD', 'EUR', 'BYN', 'KZT'];

const VATS: Array<[name: string, rate: number | null]> = [
	['Без НДС', null],
	['НДС 0%', 0],
	['НДС 5%', 5],
	['НДС 7%', 7],
	['НДС 10%', 10],
	['НДС 20%', 20],
	['НДС 22%', 22],
];
const MEASURES: Array<[code: number, title: string, symbol: string]> = [
	[6, 'Метр', 'м'],
	[112, 'Литр', 'л'],
	[163, 'Грамм', 'г'],
	[166, 'Килограмм', 'кг'],
	[796, 'Штука', 'шт'],
];
const PRICE_TYPES: Array<[name: string, xmlId: string]> = [
	['BASE', 'BASE'],
	['Оптовая', 'WHOLESALE'],
];
export interface PresetInput {
	name: string;
	xmlId: string | null;
	/** Names of the fields it shows, with blanks between them. */
	fields: string;
	active?: boolean;
}

/** The fields of the first are those of crm-requisite-preset-field-list.md, of the others they are a guess. */
const PRESETS: Array<[name: string, code: string, fields: string]> = [
	[
		'Организация',
		'COMPANY',
		'RQ_INN RQ_COMPANY_NAME RQ_COMPANY_FULL_NAME RQ_OGRN RQ_KPP RQ_COMPANY_REG_DATE RQ_OKPO RQ_OKTMO RQ_DIRECTOR',
	],
	['ИП', 'INDIVIDUAL', 'RQ_INN RQ_LAST_NAME RQ_FIRST_NAME RQ_SECOND_NAME RQ_OGRNIP RQ_OKPO'],
	['Физ. лицо', 'PERSON', 'RQ_LAST_NAME RQ_FIRST_NAME RQ_SECOND_NAME RQ_IDENT_DOC'],
	['Организация (доп.)', 'LEGALENTITY', 'RQ_INN RQ_COMPANY_NAME RQ_OGRN RQ_KPP RQ_DIRECTOR'],
];

/** crm-lead-add.md; there is none for chats. */
const SOURCES: Array<[statusId: string, name: string]> = [
	['CALL', 'Звонок'],
	['EMAIL', 'Электронная почта'],
	['WEB', 'Веб-сайт'],
	['ADVERTISING', 'Реклама'],
	['PARTNER', 'Существующий клиент'],
	['RECOMMENDATION', 'По рекомендации'],
	['TRADE_SHOW', 'Выставка'],
	['WEBFORM', 'CRM-форма'],
	['CALLBACK', 'Обратный звонок'],
	['RC_GENERATOR', 'Генератор продаж'],
	['STORE', 'Интернет-магазин'],
	['OTHER', 'Другое'],
];

export function seed(store: Store): void {
	store.users.push(...USERS);
	for (const type of STANDARD_TYPES) store.addType(type);
	store.categories.push(
		{ id: 0, name: 'Общая', sort: 300, entityTypeId: DEAL, isDefault: 'Y' },
		{ id: 0, name: 'Общее', sort: 500, entityTypeId: CONTACT, isDefault: 'Y' },
		{ id: 0, name: 'Общее', sort: 500, entityTypeId: COMPANY, isDefault: 'Y' },
		{ id: INVOICE_CATEGORY, name: 'Общее', sort: 500, entityTypeId: SMART_INVOICE, isDefault: 'Y' },
	);
	addStages(store, DEAL, 0, DEAL_STAGES);
	addStages(store, LEAD, 0, LEAD_STAGES);
	addStages(store, QUOTE, 0, QUOTE_STAGES);
	addStages(store, SMART_INVOICE, INVOICE_CATEGORY, INVOICE_STAGES);
	addStatuses(store, 'SOURCE', SOURCES);
	store.numerators.push({ id: 2, name: 'Счет (Россия)', template: '{NUMBER}', last: 0 });
	for (const [name, xmlId] of PRICE_TYPES) {
		const id = store.nextId('priceType');
		store.priceTypes.push({ id, name, xmlId, base: id === 1 ? 'Y' : 'N', sort: id * 100 });
	}
	VATS.forEach(([name, rate], index) => {
		store.vats.push({ id: store.nextId('vat'), name, rate, sort: (index + 1) * 100 });
	});
	for (const [code, measureTitle, symbol] of MEASURES) {
		const isDefault = code === 796 ? 'Y' : 'N';
		store.measures.push({ id: store.nextId('measure'), code, measureTitle, symbol, isDefault });
	}
	for (const [name, code, fields] of PRESETS) {
		addPreset(store, { name, xmlId: `#CRM_REQUISITE_PRESET_DEF_RU_${code}#`, fields });
	}
}

export function addPreset(store: Store, { name, xmlId, fields, active }: PresetInput): void {
	store.presets.push({
		ID: String(store.nextId('preset')),
		ENTITY_TYPE_ID: '8',
		COUNTRY_ID: '1',
		NAME: name,
		XML_ID: xmlId,
		ACTIVE: active === false ? 'N' : 'Y',
		SORT: '500',
		FIELDS: fields,
	});
}

/** A reference book that is no stages. */
function addStatuses(store: Store, entityId: string, lines: Array<[string, string]>): void {
	lines.forEach(([statusId, name], index) => {
		store.statuses.push({
			id: store.nextId('status', 101),
			entityId,
			statusId,
			name,
			sort: (index + 1) * 10,
			system: false,
			semantics: null,
			color: '',
			categoryId: null,
		});
	});
}
