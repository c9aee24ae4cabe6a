/**
 * «Счет на оплату» laid out on A4 the way 1C prints it: payment note and QR code, bank box, title, parties, lines with a
 * header on every page, totals, the sum in words, signatures and stamp.
 */
import { inDigits, inUnitDigits } from '../../exchange/money';
import { partyLine, type PrintedLine } from '../../exchange/print/printedInvoice';
import { inPercent, inQuantity, inWords, tied } from '../../exchange/print/typography';
import {
	countLine,
	signaturesOf,
	titleOf,
	totalLines,
	wordsLine,
	type Paper,
	type Signature,
} from '../paper';
import { fittedInto, type Picture } from '../pictures/picture';
import { FONT, pdfFile } from './pdfFile';

/** A piece of a page in the words of pdfmake. */
type Block = Record<string, unknown>;

/** Points; a millimetre has 2.83 of them. */
const MM = 2.8346;
const MARGIN = { left: 15 * MM, top: 11 * MM, right: 10 * MM, bottom: 14 * MM };
const WIDTH = 210 * MM - MARGIN.left - MARGIN.right;

const TEXT = 9.5;
const ROWS = 9;
const SMALL = 7.5;
const THIN = 0.6;
const THICK = 1.4;

/** At least 30 mm, so that a telephone reads it from a screen and from paper alike. */
const QR_SIDE = 32 * MM;
const STAMP_SIDE = 40 * MM;

const picture = ({ bytes, type, ...size }: Picture, box: { width: number; height: number }) => ({
	image: `data:image/${type};base64,${bytes.toString('base64')}`,
	...fittedInto(size, box),
});

const ruled = (bold: (line: number, count: number) => number): Block => ({
	hLineWidth: (line: number, { table }: { table: { body: unknown[] } }) =>
		bold(line, table.body.length),
	vLineWidth: () => THIN,
	hLineColor: () => '#000000',
	vLineColor: () => '#000000',
	paddingLeft: () => 3,
	paddingRight: () => 3,
	paddingTop: () => 2,
	paddingBottom: () => 2.5,
});

const GRID = ruled(() => THIN);

/** Lines of goods stand in a heavier frame than the rules between them, on every page. */
const GOODS_GRID: Block = {
	...ruled((line, count) => (line === 0 || line === 1 || line === count ? 1 : 0.5)),
	vLineWidth: (line: number, { table }: { table: { widths: unknown[] } }) =>
		line === 0 || line === table.widths.length ? 1 : 0.5,
};

const PLAIN: Block = {
	...ruled(() => 0),
	vLineWidth: () => 0,
	paddingLeft: () => 0,
	paddingRight: () => 6,
};

/** The sides of a cell that are drawn: left, top, right, bottom. */
const sides = (left: boolean, top: boolean, right: boolean, bottom: boolean): Block => ({
	border: [left, top, right, bottom],
});

const small = (text: string): Block => ({ text, fontSize: SMALL, color: '#333333' });

const head = ({ invoice: { note }, pictures: { logo, qr } }: Paper): Block[] => {
	if (!note && !logo && !qr) return [];
	const left: Block[] = [
		...(logo
			? [{ ...picture(logo, { width: 60 * MM, height: 18 * MM }), margin: [0, 0, 0, 6] }]
			: []),
		...(note ? [{ text: tied(note), fontSize: 8, lineHeight: 1 }] : []),
	];
	const code = qr
		? [
				{
					width: QR_SIDE,
					stack: [
						{ ...picture(qr, { width: QR_SIDE, height: QR_SIDE }) },
						{ ...small('Оплата по QR-коду'), alignment: 'center', margin: [0, -5, 0, 0] },
					],
				},
			]
		: [];
	return [
		{
			columns: [{ width: '*', stack: left }, ...code],
			columnGap: 8 * MM,
			margin: [0, 0, 0, 6],
		},
	];
};

/** The upper half of a payment order, with what the buyer's bank needs. */
const bankBox = ({ invoice: { account, supplier } }: Paper): Block[] => {
	if (!account) return [];
	const bank = [account.bank, account.city].filter(Boolean).join(' ');
	const label = (text: string): Block => ({ text });
	return [
		{
			layout: GRID,
			margin: [0, 0, 0, 12],
			table: {
				widths: [51 * MM, 45 * MM, 14 * MM, WIDTH - 110 * MM - 4 * 6 - 5 * THIN],
				dontBreakRows: true,
				body: [
					[
						{ text: tied(bank), colSpan: 2, ...sides(true, true, true, false) },
						{},
						label('БИК'),
						{ text: account.bik, ...sides(true, true, true, false) },
					],
					[
						{ ...small('Банк получателя'), colSpan: 2, ...sides(true, false, true, true) },
						{},
						label('Сч. №'),
						{ text: account.correspondent, ...sides(true, false, true, true) },
					],
					[
						label(`ИНН\u00a0${supplier.inn}`),
						label(supplier.kpp ? `КПП\u00a0${supplier.kpp}` : ''),
						{ text: 'Сч. №', ...sides(true, true, true, false) },
						{ text: account.number, ...sides(true, true, true, false) },
					],
					[
						{ text: tied(supplier.name), colSpan: 2, ...sides(true, true, true, false) },
						{},
						{ text: '', ...sides(true, false, true, false) },
						{ text: '', ...sides(true, false, true, false) },
					],
					[
						{ ...small('Получатель'), colSpan: 2, ...sides(true, false, true, true) },
						{},
						{ text: '', ...sides(true, false, true, true) },
						{ text: '', ...sides(true, false, true, true) },
					],
				],
			},
		},
	];
};

const rule = (width: number, margin: number[]): Block => ({
	canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH, y2: 0, lineWidth: width }],
	margin,
});

const title = (paper: Paper): Block[] => [
	{ text: titleOf(paper), fontSize: 15, bold: true, margin: [0, 0, 0, 3] },
	rule(THICK, [0, 0, 0, 8]),
];

const LABELS = 29 * MM;

const parties = ({ invoice }: Paper): Block => {
	const { supplier, consignor, buyer, consignee, basis, payUntil } = invoice;
	const rows: Array<[string, string]> = [
		['Поставщик\n(Исполнитель):', partyLine(supplier)],
		['Грузоотправитель:', consignor ? partyLine(consignor) : ''],
		['Покупатель\n(Заказчик):', partyLine(buyer)],
		['Грузополучатель:', consignee ? partyLine(consignee) : ''],
		['Основание:', basis],
		['Оплатить до:', payUntil ? inWords(payUntil) : ''],
	];
	return {
		layout: PLAIN,
		margin: [0, 0, 0, 8],
		table: {
			widths: [LABELS - 6, WIDTH - LABELS - 6],
			body: rows
				.filter(([, value]) => value !== '')
				.map(([label, value]) => [{ text: label }, { text: tied(value), bold: true }]),
		},
	};
};

interface Column {
	title: string;
	alignment: 'left' | 'right' | 'center';
	/** Missing in the one column that takes what the others leave. */
	width?: number;
	of(line: PrintedLine, index: number): string;
}

/** Digits of PT Sans are all of one width, in shares of the size of the letters. */
const DIGIT = 0.545;
const BOLD_DIGIT = 0.567;

/** A little more than the longest value needs. */
const widthOf = (
	values: string[],
	{ least, size = ROWS, digit = DIGIT }: { least: number; size?: number; digit?: number },
): number =>
	values.reduce((width, value) => Math.max(width, value.length * size * digit + 1), least);

const columnsOf = ({ invoice: { lines } }: Paper): Column[] => {
	const numeric = (name: string, least: number, of: Column['of']): Column => ({
		title: name,
		alignment: 'right',
		width: widthOf(lines.map(of), { least }),
		of,
	});
	const optional = (isShown: boolean, column: Column): Column[] => (isShown ? [column] : []);
	const rates = new Set(lines.map(({ vatRate }) => vatRate));
	return [
		{
			title: '№',
			alignment: 'center',
			width: widthOf([String(lines.length)], { least: 16 }),
			of: (_, index) => String(index + 1),
		},
		...optional(
			lines.some(({ article }) => article !== ''),
			{ title: 'Артикул', alignment: 'left', width: 46, of: ({ article }) => article },
		),
		{ title: 'Товары (работы, услуги)', alignment: 'left', of: ({ name }) => tied(name) },
		numeric('Кол-во', 32, ({ quantity }) => inQuantity(quantity)),
		{ title: 'Ед.', alignment: 'left', width: 24, of: ({ unit }) => unit },
		numeric('Цена', 44, ({ price, quantity }) => inUnitDigits(price, quantity)),
		...optional(
			rates.size > 1,
			numeric('НДС', 30, ({ vatRate }) => (vatRate === null ? 'без\u00a0НДС' : inPercent(vatRate))),
		),
		...optional(
			lines.some(({ discount }) => discount !== 0),
			numeric('Скидка', 40, ({ discount }) => (discount === 0 ? '' : inDigits(discount))),
		),
		numeric('Сумма', 52, ({ amount }) => inDigits(amount)),
	];
};

/** @param from number of the first line, counted from zero */
const goods = (columns: Column[], lines: PrintedLine[], from: number): Block => {
	const framed = columns.length * 6 + (columns.length + 1) * 0.5 + 1;
	const taken = columns.reduce((sum, { width }) => sum + (width ?? 0), framed);
	return {
		layout: GOODS_GRID,
		fontSize: ROWS,
		table: {
			headerRows: 1,
			keepWithHeaderRows: 1,
			dontBreakRows: true,
			widths: columns.map(({ width }) => width ?? WIDTH - taken),
			body: [
				columns.map(({ title: text }) => ({ text, bold: true, alignment: 'center' })),
				...lines.map((line, index) =>
					columns.map(({ alignment, of }, at) => ({
						text: of(line, from + index),
						alignment,
						...(at === 0 ? { id: `line ${from + index + 1}` } : {}),
					})),
				),
			],
		},
	};
};

/** All lines in one table, or the last of them on a new page. */
const goodsTables = (paper: Paper, lastApart: number): Block[] => {
	const columns = columnsOf(paper);
	const { lines } = paper.invoice;
	const kept = lines.length - lastApart;
	return [
		goods(columns, lines.slice(0, kept), 0),
		...(lastApart > 0 ? [{ ...goods(columns, lines.slice(kept), kept), pageBreak: 'before' }] : []),
	];
};

const totals = (paper: Paper): Block => {
	const lines = totalLines(paper);
	const width = widthOf(
		lines.map(({ sum }) => sum),
		{ least: 84, size: TEXT, digit: BOLD_DIGIT },
	);
	return {
		margin: [0, 5, 0, 4],
		layout: { ...PLAIN, paddingRight: () => 3, paddingLeft: () => 6 },
		table: {
			widths: ['*', width],
			body: lines.map(({ name, sum }) => [
				{ text: name, bold: true, alignment: 'right' },
				{ text: sum, bold: true, alignment: 'right' },
			]),
		},
	};
};

const inBrackets = (name: string): string => (name ? `(${tied(name)})` : '');

/** The picture of a signature stands on the line, and the line is drawn over it. */
const signature = ({ role, name, picture: facsimile }: Signature): Block => ({
	layout: {
		...PLAIN,
		hLineWidth: () => THIN,
		paddingLeft: (cell: number) => (cell === 0 ? 0 : 4),
		paddingRight: () => 0,
		defaultBorder: false,
	},
	table: {
		widths: ['auto', '*', 'auto'],
		heights: 22,
		body: [
			[
				{ text: role, bold: true, margin: [0, 14, 0, 0] },
				{
					stack: facsimile
						? [
								{
									...picture(facsimile, { width: 32 * MM, height: 14 * MM }),
									relativePosition: { x: 4, y: -6 },
								},
							]
						: [],
					border: [false, false, false, true],
				},
				{ text: inBrackets(name), margin: [0, 14, 0, 0] },
			],
		],
	},
});

const signatures = (paper: Paper): Block[] => {
	const { pictures, invoice } = paper;
	const { stamp } = pictures;
	return [
		{
			columns: signaturesOf(paper).map((one) => ({ width: (WIDTH - 12) / 2, ...signature(one) })),
			columnGap: 12,
		},
		...(stamp
			? [
					{
						...picture(stamp, { width: STAMP_SIDE, height: STAMP_SIDE }),
						relativePosition: { x: 26 * MM, y: -26 },
					},
				]
			: []),
		{
			columns: [
				{ width: 60 * MM, text: 'М.\u00a0П.', margin: [40 * MM, 6, 0, 0] },
				{
					width: '*',
					text: invoice.manager ? `Менеджер: ${tied(invoice.manager)}` : '',
					alignment: 'right',
					margin: [0, 6, 0, 0],
				},
			],
			margin: [0, 0, 0, stamp ? STAMP_SIDE - 40 : 0],
		},
	];
};

/** Totals, words and signatures never part: a page with a signature alone would be worth nothing. */
const foot = (paper: Paper): Block => ({
	unbreakable: true,
	stack: [
		totals(paper),
		{ text: countLine(paper), margin: [0, 0, 0, 1] },
		{ text: wordsLine(paper), bold: true },
		rule(THICK, [0, 8, 0, 4]),
		...signatures(paper),
	],
});

const footerOf =
	(paper: Paper) =>
	(page: number, pages: number): Block =>
		pages === 1
			? {}
			: {
					columns: [
						{ ...small(titleOf(paper)) },
						{ ...small(`Страница\u00a0${page} из\u00a0${pages}`), alignment: 'right' },
					],
					margin: [MARGIN.left, 2 * MM, MARGIN.right, 0],
				};

interface Laid {
	id?: string;
	pageNumbers: number[];
	/** How many the whole document has. */
	pages: number;
}

interface Splitting {
	/** How many of the last lines begin a new page. */
	lastApart: number;
	/** Hears on which page the last line has come to stand. */
	onLastLine?: (page: number, pages: number) => void;
}

const invoicePage = (paper: Paper, { lastApart, onLastLine }: Splitting): object => {
	const date = new Date(`${paper.invoice.date.slice(0, 10)}T00:00:00Z`);
	const lastLine = `line ${paper.invoice.lines.length}`;
	return {
		pageSize: 'A4',
		pageMargins: [MARGIN.left, MARGIN.top, MARGIN.right, MARGIN.bottom],
		language: 'ru-RU',
		version: '1.7',
		displayTitle: true,
		/** The same invoice is the same file, byte for byte, whenever it is printed. */
		info: {
			title: titleOf(paper),
			author: paper.invoice.supplier.name,
			creator: 'n8n-nodes-bitrix24-1c',
			creationDate: date,
			modDate: date,
		},
		defaultStyle: { font: FONT, fontSize: TEXT, lineHeight: 0.94 },
		content: [
			...head(paper),
			...bankBox(paper),
			...title(paper),
			parties(paper),
			...goodsTables(paper, lastApart),
			foot(paper),
		],
		footer: footerOf(paper),
		pageBreakBefore: ({ id, pageNumbers, pages }: Laid): boolean => {
			if (id === lastLine) onLastLine?.(pageNumbers[pageNumbers.length - 1], pages);
			return false;
		},
	};
};

/** The totals of an invoice that fills its pages would stand on the last one alone; two lines go there with them. */
export const invoicePdf = async (paper: Paper): Promise<Buffer> => {
	let isFootAlone = false;
	const onLastLine = (page: number, pages: number): void => {
		isFootAlone = page < pages;
	};
	const pdf = await pdfFile(invoicePage(paper, { lastApart: 0, onLastLine }));
	const lastApart = Math.min(2, paper.invoice.lines.length - 1);
	return isFootAlone ? await pdfFile(invoicePage(paper, { lastApart })) : pdf;
};
