/**
 * crm.settings.mode.get, crm.enum.*, crm.currency.list, crm.tracking.trace.add
 * Imitates: crm/crm-settings-mode-get.md, crm/auxiliary/enum/*.md, crm/currency/crm-currency-list.md (whose total is
 * always 0), crm/tracking/crm-tracking-trace-add.md.
 * Does not imitate: what simple CRM does to leads, rates of currencies, analytics made of traces.
 */
import { isoAt } from '../clock';
import type { Call, Methods } from '../call';
import { SMART_INVOICE } from '../entityTypes';
import { Refusal } from '../refusal';
import { maySee } from '../rights';
import { CURRENCIES } from '../seed';
import { asList, asMap, asText, asWhole } from '../values';
import type { Fields } from '../values';

const CLASSIC_CRM = 1;
const SIMPLE_CRM = 2;
const ADDRESS_TYPES: Array<[id: number, name: string]> = [
	[11, 'Адрес доставки'],
	[1, 'Фактический адрес'],
	[6, 'Юридический адрес'],
	[4, 'Адрес регистрации'],
	[8, 'Адрес для корреспонденции'],
	[9, 'Адрес бенефициара'],
];
const CURRENCY_NAMES: Record<string, string> = {
	RUB: 'Российский рубль',
	USD: 'Доллар США',
	EUR: 'Евро',
	BYN: 'Белорусский рубль',
	KZT: 'Тенге',
};
const TRACED = ['COMPANY', 'CONTACT', 'DEAL', 'LEAD', 'QUOTE'];

export const settingsMethods: Methods = {
	'crm.settings.mode.get': ({ store }) => ({ result: store.isSimple ? SIMPLE_CRM : CLASSIC_CRM }),
	'crm.enum.settings.mode': () => ({
		result: [named(CLASSIC_CRM, 'Классическая CRM'), named(SIMPLE_CRM, 'Простая CRM')],
	}),
	'crm.enum.ownertype': ({ store }) => ({
		result: [
			...store.types.map((type) => named(type.id, type.caption, type.name, type.abbreviation)),
			named(5, 'Счет (старая версия)', 'INVOICE', 'I'),
			named(8, 'Реквизиты', 'REQUISITE', 'RQ'),
		],
	}),
	'crm.enum.addresstype': () => ({
		result: ADDRESS_TYPES.map(([id, name]) => named(id, name)),
	}),
	'crm.enum.getorderownertypes': ({ store }) => ({
		result: store.types
			.filter((type) => type.name === 'DEAL' || type.id === SMART_INVOICE)
			.map((type) => ({ attribute: 'DYN', code: type.name, id: type.id, name: type.caption })),
	}),
	'crm.currency.list': ({ now }) => ({
		result: CURRENCIES.map((currency, index) => ({
			CURRENCY: currency,
			AMOUNT_CNT: '1',
			AMOUNT: currency === 'RUB' ? '1.0000' : '90.0000',
			SORT: String((index + 1) * 100),
			BASE: currency === 'RUB' ? 'Y' : 'N',
			FULL_NAME: CURRENCY_NAMES[currency],
			LID: 'ru',
			FORMAT_STRING: currency === 'RUB' ? '# &#8381;' : '#',
			DEC_POINT: '.',
			THOUSANDS_SEP: '&nbsp;',
			DECIMALS: '2',
			DATE_UPDATE: isoAt(now()),
		})),
		total: 0,
	}),
	'crm.tracking.trace.add': addTrace,
};

function named(id: number, name: string, code?: string, short?: string): Fields {
	return { ID: id, NAME: name, SYMBOL_CODE: code ?? null, SYMBOL_CODE_SHORT: short ?? null };
}

function addTrace({ params, store, user }: Call): { result: number } {
	const trace = asText(params.TRACE);
	if (trace === '') throw refused('Parameter `TRACE` required.');
	if (!isJson(trace)) throw refused('Can not parse JSON in parameter `TRACE`.');
	for (const given of asList(params.ENTITIES) ?? []) {
		const { TYPE, ID } = asMap(given) ?? {};
		const type = store.types.find((known) => known.name === asText(TYPE));
		if (!type || !TRACED.includes(type.name)) {
			throw refused(`Wrong TYPE in parameter \`ENTITIES\`. Allowed types: ${TRACED.join(',')}`);
		}
		const id = asWhole(ID) ?? 0;
		if (id <= 0) throw refused('Wrong ID in parameter `ENTITIES`.');
		const item = store.item(type.id, id);
		if (!item || !maySee(user, item)) {
			throw refused(`You have no access to entity ${type.name} with ID ${id}.`);
		}
	}
	return { result: store.nextId('trace', 1581) };
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function refused(description: string): Refusal {
	return new Refusal(400, 'ERROR_CORE', description);
}
