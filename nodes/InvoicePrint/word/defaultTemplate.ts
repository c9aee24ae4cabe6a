/**
 * The form of 1C as a Word template: to be filled by this node, or, with other names for the same things, by the document
 * generator of Bitrix24.
 */
import PizZip from 'pizzip';
import { blackAndWhite } from '../pictures/blackAndWhite';
import {
	paragraph,
	pictureRun,
	table,
	wordDocument,
	wordStyles,
	type Cell,
	type ParagraphStyle,
	type Row,
} from './wordMarkup';

/** How the one who fills the template calls things. */
interface Vocabulary {
	title: string;
	bank: string;
	bik: string;
	correspondent: string;
	account: string;
	inn: string;
	kpp: string;
	supplierName: string;
	supplier: string;
	buyer: string;
	/** Rows of the parties that are there only sometimes: label, value, name of the condition. */
	optionalParties: Array<[label: string, value: string, condition: string]>;
	note: string | null;
	line: Record<'number' | 'name' | 'quantity' | 'unit' | 'price' | 'amount', string>;
	totals: Array<[name: string, sum: string]>;
	count: string;
	words: string;
	director: [role: string, name: string];
	accountant: [role: string, name: string];
	pictures: Record<'stamp' | 'directorSignature' | 'accountantSignature' | 'qr', string | null>;
}

const OWN: Vocabulary = {
	title: '{Заголовок}',
	bank: '{Банк}',
	bik: '{БИК}',
	correspondent: '{КоррСчет}',
	account: '{РасчетныйСчет}',
	inn: 'ИНН {ПоставщикИНН}',
	kpp: 'КПП {ПоставщикКПП}',
	supplierName: '{ПоставщикНазвание}',
	supplier: '{Поставщик}',
	buyer: '{Покупатель}',
	optionalParties: [
		['Грузоотправитель:', '{Грузоотправитель}', 'Грузоотправитель'],
		['Грузополучатель:', '{Грузополучатель}', 'Грузополучатель'],
		['Основание:', '{Основание}', 'Основание'],
		['Оплатить до:', '{ОплатитьДо}', 'ОплатитьДо'],
	],
	note: '{Примечание}',
	line: {
		number: '{#Строки}{№}',
		name: '{Товар}',
		quantity: '{Количество}',
		unit: '{Единица}',
		price: '{Цена}',
		amount: '{Сумма}{/Строки}',
	},
	totals: [['{#Итоги}{НазваниеИтога}', '{СуммаИтога}{/Итоги}']],
	count: '{ВсегоНаименований}',
	words: '{СуммаПрописью}',
	director: ['{ДолжностьРуководителя}', '{Руководитель}'],
	accountant: ['{ДолжностьБухгалтера}', '{Бухгалтер}'],
	pictures: {
		stamp: '{Печать}',
		directorSignature: '{ПодписьРуководителя}',
		accountantSignature: '{ПодписьБухгалтера}',
		qr: '{QR}',
	},
};

/**
 * Names of fields from the documentation of crm.documentgenerator and from templates people use; the generator repeats
 * a row that holds fields of products. The modifier W=Y, a sum in words, was not seen on a portal of ours.
 */
const BITRIX24: Vocabulary = {
	title: 'Счет на оплату № {DocumentNumber} от {DocumentCreateTime}',
	bank: '{MyCompanyBankDetailRqBankName}',
	bik: '{MyCompanyBankDetailRqBik}',
	correspondent: '{MyCompanyBankDetailRqCorAccNum}',
	account: '{MyCompanyBankDetailRqAccNum}',
	inn: 'ИНН {MyCompanyRequisiteRqInn}',
	kpp: 'КПП {MyCompanyRequisiteRqKpp}',
	supplierName: '{MyCompanyRequisiteRqCompanyName}',
	supplier:
		'{MyCompanyRequisiteRqCompanyName}, ИНН {MyCompanyRequisiteRqInn}, КПП {MyCompanyRequisiteRqKpp}, {MyCompanyRequisiteRegisteredAddressText}, тел.: {MyCompanyPhone}',
	buyer:
		'{RequisiteRqCompanyName}, ИНН {RequisiteRqInn}, КПП {RequisiteRqKpp}, {RequisiteRegisteredAddressText}',
	optionalParties: [],
	note: null,
	line: {
		number: '{ProductsIndex}',
		name: '{ProductsProductName}',
		quantity: '{ProductsProductQuantity}',
		unit: '{ProductsProductMeasureName}',
		price: '{ProductsProductPriceRaw}',
		amount: '{ProductsProductPriceRawSum}',
	},
	totals: [
		['Итого:', '{TotalRaw}'],
		['{TaxesTaxTitle} {TaxesTaxRate}:', '{TaxesTaxValue}'],
		['Всего к оплате:', '{TotalSum}'],
	],
	count: 'К оплате {TotalSum}',
	words: '{TotalSum~W=Y}',
	director: ['Руководитель', '{MyCompanyRequisiteRqDirector}'],
	accountant: ['Бухгалтер', '{MyCompanyRequisiteRqAccountant}'],
	pictures: {
		stamp: '{MyCompanyUfStamp}',
		directorSignature: '{MyCompanyUfDirectorSign}',
		accountantSignature: '{MyCompanyUfAccountantSign}',
		qr: null,
	},
};

const VOCABULARIES = { node: OWN, bitrix24: BITRIX24 };

export type TemplateFor = keyof typeof VOCABULARIES;

const RELATION = 'rIdPlaceholder';
const WIDTH = 185;

const cell = (text: string, style: ParagraphStyle = {}, more: Partial<Cell> = {}): Cell => ({
	content: paragraph(text, style),
	...more,
});

const framed = (
	id: number,
	name: string | null,
	width: number,
	height: number,
	at?: { x: number; y: number },
) => (name === null ? '' : pictureRun({ id, name, relation: RELATION, width, height, at }));

const head = ({ note, pictures }: Vocabulary): string => {
	if (note === null && pictures.qr === null) return '';
	const code = paragraph({ runs: framed(1, pictures.qr, 32, 32) }, { align: 'right' });
	const text = paragraph(note ?? '', { size: 8 });
	return table([WIDTH - 40, 40], [{ cells: [{ content: text }, { content: code }] }], {
		isRuled: false,
	});
};

const bankBox = (words: Vocabulary): string => {
	const small: ParagraphStyle = { size: 7.5, gray: true };
	const noTop = { borders: { top: false } };
	const noBottom = { borders: { bottom: false } };
	return table(
		[51, 45, 16, WIDTH - 112],
		[
			{
				cells: [
					cell(words.bank, {}, { span: 2, ...noBottom }),
					cell('БИК'),
					cell(words.bik, {}, noBottom),
				],
			},
			{
				cells: [
					cell('Банк получателя', small, { span: 2, ...noTop }),
					cell('Сч. №'),
					cell(words.correspondent, {}, noTop),
				],
			},
			{
				cells: [
					cell(words.inn),
					cell(words.kpp),
					cell('Сч. №', {}, { merge: 'first' }),
					cell(words.account, {}, { merge: 'first' }),
				],
			},
			{
				cells: [
					cell(words.supplierName, {}, { span: 2, ...noBottom }),
					cell('', {}, { merge: 'next' }),
					cell('', {}, { merge: 'next' }),
				],
			},
			{
				cells: [
					cell('Получатель', small, { span: 2, ...noTop }),
					cell('', {}, { merge: 'next' }),
					cell('', {}, { merge: 'next' }),
				],
			},
		],
		{ isRuled: true },
	);
};

const parties = ({ supplier, buyer, optionalParties }: Vocabulary): string => {
	const bold: ParagraphStyle = { bold: true, after: 3 };
	const row = (label: string, value: string): Row => ({ cells: [cell(label), cell(value, bold)] });
	return table(
		[32, WIDTH - 32],
		[
			row('Поставщик (Исполнитель):', supplier),
			row('Покупатель (Заказчик):', buyer),
			...optionalParties.map(([label, value, condition]) =>
				row(`{#${condition}}${label}`, `${value}{/${condition}}`),
			),
		],
		{ isRuled: false },
	);
};

const goods = ({ line }: Vocabulary): string => {
	const header: ParagraphStyle = { size: 9, bold: true, align: 'center' };
	const right: ParagraphStyle = { size: 9, align: 'right' };
	const left: ParagraphStyle = { size: 9 };
	return table(
		[10, 89, 18, 14, 26, 28],
		[
			{
				isHeader: true,
				cells: ['№', 'Товары (работы, услуги)', 'Кол-во', 'Ед.', 'Цена', 'Сумма'].map((text) =>
					cell(text, header),
				),
			},
			{
				cells: [
					cell(line.number, { size: 9, align: 'center' }),
					cell(line.name, left),
					cell(line.quantity, right),
					cell(line.unit, left),
					cell(line.price, right),
					cell(line.amount, right),
				],
			},
		],
		{ isRuled: true },
	);
};

const totals = (words: Vocabulary): string => {
	const style: ParagraphStyle = { bold: true, align: 'right', keepWithNext: true };
	return table(
		[WIDTH - 40, 40],
		words.totals.map(([name, sum]) => ({ cells: [cell(name, style), cell(sum, style)] })),
		{ isRuled: false },
	);
};

const signatures = ({ director, accountant, pictures }: Vocabulary): string => {
	const line = { borders: { bottom: true } };
	const bold: ParagraphStyle = { bold: true, before: 14, keepWithNext: true };
	const plain: ParagraphStyle = { before: 14, keepWithNext: true };
	const signed = (id: number, name: string | null): Cell => ({
		content: paragraph({ runs: framed(id, name, 30, 13, { x: 1, y: -2 }) }, plain),
		...line,
	});
	return table(
		[30, 31, 32, 26, 33, 33],
		[
			{
				cells: [
					cell(director[0], bold),
					signed(2, pictures.directorSignature),
					cell(director[1], plain),
					cell(accountant[0], bold),
					signed(3, pictures.accountantSignature),
					cell(accountant[1], plain),
				],
			},
		],
		{ isRuled: false },
	);
};

const bodyOf = (words: Vocabulary): string => {
	const stamp = framed(4, words.pictures.stamp, 40, 40, { x: 25, y: -12 });
	return [
		head(words),
		paragraph('', { size: 4 }),
		bankBox(words),
		paragraph(words.title, { size: 15, bold: true, before: 12, after: 6, ruled: 1.5 }),
		parties(words),
		paragraph('', { size: 4 }),
		goods(words),
		paragraph('', { size: 3, keepWithNext: true }),
		totals(words),
		paragraph(words.count, { before: 4, keepWithNext: true }),
		paragraph(words.words, { bold: true, after: 4, ruled: 1.5, keepWithNext: true }),
		signatures(words),
		paragraph({ runs: stamp }, { before: 4 }),
	].join('');
};

/** A frame, so that whoever edits the template sees where pictures will stand. */
const frame = blackAndWhite(
	{ width: 240, height: 240 },
	(x, y) => Math.min(x, y, 239 - x, 239 - y) < 2 || x === y || x === 239 - y,
);

const TYPES =
	'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>';

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (...rows: Array<[id: string, type: string, target: string]>): string =>
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows
		.map(
			([id, type, target]) =>
				`<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
		)
		.join('')}</Relationships>`;

export const defaultTemplate = (filledBy: TemplateFor): Buffer => {
	const zip = new PizZip();
	/** The same file whenever it is made. */
	const options = { date: new Date('2026-01-01T00:00:00Z') };
	zip.file('[Content_Types].xml', TYPES, options);
	zip.file('_rels/.rels', relations(['rId1', 'officeDocument', 'word/document.xml']), options);
	zip.file('word/document.xml', wordDocument(bodyOf(VOCABULARIES[filledBy])), options);
	zip.file(
		'word/_rels/document.xml.rels',
		relations(['rId1', 'styles', 'styles.xml'], [RELATION, 'image', 'media/placeholder.png']),
		options,
	);
	zip.file('word/styles.xml', wordStyles('Arial'), options);
	zip.file('word/media/placeholder.png', frame.bytes, options);
	return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
};
