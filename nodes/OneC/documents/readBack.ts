/**
 * Whether 1C stored what it was sent. It cuts long strings, drops values it does not understand and stores broken
 * references, all of it with a success [live probes of УТ 11].
 */
import { z } from 'zod';
import { inRoubles, less, type Kopecks } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import type { Sale } from '../../exchange/sale';
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

const ROW = ['Номенклатура_Key', 'Количество', 'Цена', 'Сумма', 'СтавкаНДС'];

const rowsSchema = z.array(z.record(z.unknown())).catch([]);

/** Numbers may come back as strings, references in another case. */
const same = (sent: unknown, stored: unknown): boolean =>
	typeof sent === 'number'
		? Number(stored) === sent
		: String(sent).trim().toLowerCase() ===
			String(stored ?? '')
				.trim()
				.toLowerCase();

const shown = (value: unknown): string =>
	value === undefined || value === null || value === '' ? 'nothing' : `«${String(value)}»`;

const compare = (names: readonly string[], sent: Body, stored: Body, where: string): string[] =>
	names
		.filter((name) => sent[name] !== undefined && !same(sent[name], stored[name]))
		.map((name) => `${where}${name}: sent ${shown(sent[name])}, stored ${shown(stored[name])}`);

const compareRows = (table: string, sent: Body, stored: Body): string[] => {
	const wanted = rowsSchema.parse(sent[table]);
	const rows = rowsSchema.parse(stored[table]);
	if (wanted.length !== rows.length) {
		return [`${table}: sent ${wanted.length} rows, stored ${rows.length}`];
	}
	return wanted.flatMap((row, index) =>
		compare(ROW, row, rows[index], `${table}, row ${index + 1}, `),
	);
};

/** A blanked rate is worth its own words: the base lacks the value, and no retry will help. */
const remedyFor = (differences: readonly string[]): string =>
	differences.some((one) => one.includes('СтавкаНДС'))
		? 'This base has no such VAT rate: update the configuration of 1C. Then mark the document for deletion and try again.'
		: 'Correct the document in 1C, or mark it for deletion and try again.';

const differs = (kind: DocumentKind, number: string, differences: string[]): Problem =>
	new Problem(
		`1C stored ${kind.title} № ${number} not as it was sent. ${differences.join('; ')}.`,
		remedyFor(differences),
	);

export const checkStored = (
	kind: DocumentKind,
	document: SaleDocument,
	sent: Body,
	stored: Body,
	expected: Kopecks,
): void => {
	const differences = [
		...compare(HEADER, sent, stored, ''),
		...compareRows('Товары', sent, stored),
		...compareRows('Услуги', sent, stored),
		...(less(document.amount, expected) === 0
			? []
			: [`СуммаДокумента: expected ${inRoubles(expected)}, stored ${inRoubles(document.amount)}`]),
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
			const where = `${table}, row ${index + 1}, `;
			return row.СтавкаНДС ? [] : compare(['СтавкаНДС'], sent, row, where);
		}),
	);
	if (lost.length > 0) throw differs(kind, document.number, lost);
};
