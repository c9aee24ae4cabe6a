/**
 * Whether 1C stored what it was sent. It cuts long strings, drops values it does not understand and stores broken
 * references, all of it with a success [live probes of УТ 11].
 */
import { z } from 'zod';
import { holds, type ValueType } from '../../exchange/equality';
import { inRoubles, less, type Kopecks } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import type { Sale } from '../../exchange/sale';
import { usualType } from '../metadata/valueTypes';
import type { Body } from '../odata/client';
import type { DocumentKind, SaleDocument } from './documents';
import { vatRate } from './rows';

const HEADER = [
	'Организация_Key',
	'ДоговорКонтрагента_Key',
	'ВалютаДокумента_Key',
	'Контрагент_Key',
	'Контрагент',
	'СуммаВключаетНДС',
	'УчитыватьНДС',
	'НомерВходящегоДокументаЭлектронногоОбмена',
	'Комментарий',
];

/** Numbers may come back as strings, references in another letter case. */
const typeOf = (name: string): ValueType => {
	if (/^(Количество|Цена|Сумма)$/.test(name)) return 'quantity';
	if (/^(СуммаВключаетНДС|УчитыватьНДС)$/.test(name)) return 'flag';
	return name === 'Контрагент' ? 'reference' : usualType(name);
};

const ROW = ['Номенклатура_Key', 'Количество', 'Цена', 'Сумма', 'СтавкаНДС'];

const rowsSchema = z.array(z.record(z.unknown())).catch([]);

interface Difference {
	field: string;
	/** A row of «Товары» or «Услуги», counted from 1. */
	row?: { table: string; number: number };
	sent: unknown;
	stored: unknown;
}

const shown = (value: unknown, nothing: string): string =>
	value === undefined || value === null || value === '' ? nothing : `«${String(value)}»`;

const inEnglish = ({ field, row, sent, stored }: Difference): string => {
	const where = row ? `${row.table}, row ${row.number}, ` : '';
	return `${where}${field}: sent ${shown(sent, 'nothing')}, stored ${shown(stored, 'nothing')}`;
};

const russianFor = ({ field, row, sent, stored }: Difference): string => {
	const where = row ? `${row.table}, строка ${row.number}, ` : '';
	return `${where}${field}: отправлено ${shown(sent, 'пусто')}, записано ${shown(stored, 'пусто')}`;
};

const compare = (
	names: readonly string[],
	sent: Body,
	stored: Body,
	row?: Difference['row'],
): Difference[] =>
	names
		.filter((name) => sent[name] !== undefined && !holds(typeOf(name), stored[name], sent[name]))
		.map((name) => ({ field: name, row, sent: sent[name], stored: stored[name] }));

const compareRows = (table: string, sent: Body, stored: Body): Difference[] => {
	const wanted = rowsSchema.parse(sent[table]);
	const rows = rowsSchema.parse(stored[table]);
	if (wanted.length !== rows.length) {
		return [{ field: table, sent: wanted.length, stored: rows.length }];
	}
	return wanted.flatMap((row, index) =>
		compare(ROW, row, rows[index], { table, number: index + 1 }),
	);
};

/** A blanked rate is worth its own words: the base lacks the value, and no retry will help. */
const remedyFor = (differences: readonly Difference[]): [string, string] =>
	differences.some(({ field }) => field === 'СтавкаНДС')
		? [
				'This base has no such VAT rate: update the configuration of 1C. Then mark the document for deletion and try again.',
				'В этой базе 1С нет такой ставки НДС: обновите конфигурацию 1С, затем пометьте документ на удаление.',
			]
		: [
				'Correct the document in 1C, or mark it for deletion and try again.',
				'Исправьте документ в 1С или пометьте его на удаление.',
			];

const differs = (kind: DocumentKind, number: string, differences: Difference[]): Problem => {
	const [remedy, russian] = remedyFor(differences);
	return new Problem(
		`1C stored ${kind.title} № ${number} not as it was sent. ${differences.map(inEnglish).join('; ')}.`,
		remedy,
		`1С записала документ «${kind.russian}» № ${number} не так, как он был отправлен. ${differences.map(russianFor).join('; ')}. ${russian}`,
	);
};

export const checkStored = (
	kind: DocumentKind,
	document: SaleDocument,
	sent: Body,
	stored: Body,
	expected: Kopecks,
): void => {
	const differences = [
		...compare(HEADER, sent, stored),
		...compareRows('Товары', sent, stored),
		...compareRows('Услуги', sent, stored),
		...(less(document.amount, expected) === 0
			? []
			: [
					{
						field: 'СуммаДокумента',
						sent: inRoubles(expected),
						stored: inRoubles(document.amount),
					},
				]),
	];
	if (differences.length > 0) throw differs(kind, document.number, differences);
};

const TABLES = ['Товары', 'Услуги'];

/**
 * A document that was found is the accountant's to change, but a row that lost its VAT rate on the way in cannot be
 * posted, and 1C would not say why.
 */
export const checkRates = (
	kind: DocumentKind,
	document: SaleDocument,
	stored: Body,
	sale: Sale,
): void => {
	const lost = TABLES.flatMap((table) =>
		rowsSchema.parse(stored[table]).flatMap((row, index) => {
			const line = sale.lines.find(({ product }) => product === row.Номенклатура_Key);
			if (!line) return [];
			const sent = { СтавкаНДС: vatRate(line.vatRate) };
			const place = { table, number: index + 1 };
			return row.СтавкаНДС ? [] : compare(['СтавкаНДС'], sent, row, place);
		}),
	);
	if (lost.length > 0) throw differs(kind, document.number, lost);
};
