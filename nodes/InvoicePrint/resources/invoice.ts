/** «Счет на оплату» as files: the PDF to send, and the Word file whoever wants to change it. */
import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { roubles } from '../../exchange/money';
import { invoiceDoubts } from '../../exchange/print/invoiceDoubts';
import { paymentQr } from '../../exchange/print/paymentQr';
import { printedInvoiceSchema, type PrintedInvoice } from '../../exchange/print/printedInvoice';
import { Problem } from '../../exchange/problem';
import type { ListOperation, OutputItem, Resource } from '../../shared/operation';
import { parse, type ItemParameters } from '../../shared/parameters';
import { eachItem } from '../../shared/together';
import { idSchema, jsonSchema, textSchema } from '../../shared/valueSchemas';
import { paperOf, titleOf, wordsLine, type Paper, type Pictures } from '../paper';
import { toPicture, type Picture } from '../pictures/picture';
import { qrPicture } from '../pictures/qrPicture';
import { withoutFullStop } from '../../exchange/plainText';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What 1C prints above its own form. */
const NOTE =
	'Внимание! Оплата данного счета означает согласие с условиями поставки товара. Уведомление об оплате обязательно, в противном случае не гарантируется наличие товара на складе. Товар отпускается по факту прихода денег на р/с Поставщика, самовывозом, при наличии доверенности и паспорта.';

const PICTURES = [
	{ name: 'accountantSignature', displayName: 'Accountant Signature (Подпись Бухгалтера)' },
	{ name: 'directorSignature', displayName: 'Director Signature (Подпись Руководителя)' },
	{ name: 'logo', displayName: 'Logo (Логотип)' },
	{ name: 'stamp', displayName: 'Stamp (Печать)' },
] as const;

const pictureField = ({ name, displayName }: (typeof PICTURES)[number]): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: name,
	description:
		'The name of the input binary field that holds the picture: PNG or JPEG, best with a transparent background',
});

const PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Invoice',
		name: 'invoice',
		type: 'json',
		default: '={{ $json.printedInvoice }}',
		required: true,
		description:
			'What is printed, as Get Printable of the 1C UT node or of the Bitrix24 node gives it',
	},
	{
		displayName: 'Formats',
		name: 'formats',
		type: 'multiOptions',
		options: [
			{ name: 'PDF', value: 'pdf' },
			{ name: 'Word (DOCX)', value: 'docx' },
		],
		default: ['pdf'],
		required: true,
		description: 'Files to make; each leaves in the binary field named after it',
	},
	{
		displayName: 'Word Template',
		name: 'template',
		type: 'string',
		default: '',
		displayOptions: { show: { formats: ['docx'] } },
		hint: 'The name of the input binary field containing your own template; the default one is used when empty',
		description: 'To get the default template for editing, use Template → Get',
	},
	{
		displayName: 'Note Above the Form',
		name: 'note',
		type: 'string',
		typeOptions: { rows: 6 },
		default: NOTE,
		description: 'The terms of payment; those of the invoice itself come first',
	},
	{
		displayName: 'Payment QR Code',
		name: 'qr',
		type: 'boolean',
		default: true,
		description:
			'Whether to print the code that banking applications fill a payment from (ГОСТ Р 56042-2014)',
	},
	{
		displayName: 'Pictures',
		name: 'pictures',
		type: 'collection',
		placeholder: 'Add Picture',
		default: {},
		options: PICTURES.map(pictureField),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Accountant Name (Бухгалтер)',
				name: 'accountant',
				type: 'string',
				default: '',
				description: 'Printed where the invoice names nobody',
			},
			{
				displayName: 'Director Name (Руководитель)',
				name: 'director',
				type: 'string',
				default: '',
				description: 'Printed where the invoice names nobody',
			},
			{
				displayName: 'Director Position',
				name: 'directorPosition',
				type: 'string',
				default: '',
				placeholder: 'Генеральный директор',
				description: 'Printed where the invoice says nothing',
			},
			{
				displayName: 'Fail on Doubts',
				name: 'failOnDoubts',
				type: 'boolean',
				default: true,
				description:
					'Whether an invoice whose sums or requisites do not add up is refused instead of printed',
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'Счет 123',
				description: 'Without extension; the title of the invoice when empty',
			},
			{
				displayName: 'Short Number',
				name: 'shortNumber',
				type: 'boolean',
				default: true,
				description:
					'Whether to print РТ000000123 as 123, as 1C does; without it the number is printed whole',
			},
		],
	},
];

const text = textSchema;

const optionsSchema = z.object({
	accountant: text,
	director: text,
	directorPosition: text,
	failOnDoubts: z.boolean().default(false),
	fileName: text,
	shortNumber: z.boolean().default(true),
});

type Options = z.output<typeof optionsSchema>;

const picturesSchema = z.object({
	logo: text,
	stamp: text,
	directorSignature: text,
	accountantSignature: text,
});

/** What the node's own fields say where the invoice says nothing. */
const completed = (
	invoice: PrintedInvoice,
	note: string,
	{ accountant, director, directorPosition }: Options,
): PrintedInvoice => ({
	...invoice,
	note: invoice.note || note,
	accountant: invoice.accountant || accountant,
	director: {
		position: invoice.director.position || directorPosition,
		name: invoice.director.name || director,
	},
});

const readPictures = async (item: ItemParameters, qr: Picture | null): Promise<Pictures> => {
	const fields = item.read('pictures', 'Pictures', picturesSchema);
	const picture = async (name: keyof typeof fields): Promise<Picture | null> => {
		if (!fields[name]) return null;
		const label = PICTURES.find((one) => one.name === name)?.displayName ?? name;
		return toPicture((await item.takeFile(fields[name])).bytes, label);
	};
	return {
		logo: await picture('logo'),
		stamp: await picture('stamp'),
		directorSignature: await picture('directorSignature'),
		accountantSignature: await picture('accountantSignature'),
		qr,
	};
};

const refuseDoubtful = (doubts: string[]): void => {
	if (doubts.length === 0) return;
	throw new Problem(
		`The invoice does not add up: ${doubts.join('; ')}.`,
		'Correct the document, or switch Fail on Doubts off.',
	);
};

/** Without signs that some file system does not take; an extension follows, so the last point goes. */
const fileNameOf = (paper: Paper, { fileName }: Options): string =>
	withoutFullStop((fileName || titleOf(paper)).replace(/[\\/:*?"<>|\s]+/g, ' ').slice(0, 150));

const idsIn = (json: IDataObject): IDataObject =>
	Object.fromEntries(
		['dealId', 'invoiceId'].flatMap((name) => {
			const id = idSchema.safeParse(json[name]);
			return id.success ? [[name, id.data]] : [];
		}),
	);

/** The libraries are large, so they are loaded by whoever prints and not by every start of n8n. */
const printed = async (item: ItemParameters): Promise<OutputItem> => {
	const options = item.read('options', 'Options', optionsSchema);
	const formats = item.read(
		'formats',
		'Formats',
		z.array(z.enum(['pdf', 'docx'])).min(1, 'are none'),
	);
	const given = item.read('invoice', 'Invoice', jsonSchema);
	const invoice = completed(
		parse(printedInvoiceSchema, given, 'Invoice', 'Connect a node that gives a printable invoice.'),
		item.read('note', 'Note Above the Form', text),
		options,
	);
	const isQrWanted = item.read('qr', 'Payment QR Code', z.boolean());
	const qr = isQrWanted ? paymentQr(invoice) : { reason: '' };
	const doubts = invoiceDoubts(invoice);
	if (options.failOnDoubts) refuseDoubtful(doubts);
	const paper = paperOf(invoice, {
		pictures: await readPictures(item, 'text' in qr ? qrPicture(qr.text) : null),
		isNumberShort: options.shortNumber,
	});
	const name = fileNameOf(paper, options);
	const binary: IBinaryKeyData = {};
	if (formats.includes('pdf')) {
		const { invoicePdf } = await import('../pdf/invoicePdf');
		const bytes = await invoicePdf(paper);
		binary.pdf = await item.keepFile({ bytes, name: `${name}.pdf`, type: 'application/pdf' });
	}
	if (formats.includes('docx')) {
		const field = item.read('template', 'Word Template', text);
		const { defaultTemplate } = await import('../word/defaultTemplate');
		const { invoiceDocx } = await import('../word/invoiceDocx');
		const template = field ? (await item.takeFile(field)).bytes : defaultTemplate('node');
		const bytes = invoiceDocx(paper, template);
		binary.docx = await item.keepFile({ bytes, name: `${name}.docx`, type: DOCX });
	}
	return {
		json: {
			...idsIn(item.json),
			title: titleOf(paper).replace(/\u00a0/g, ' '),
			number: paper.number,
			date: invoice.date,
			total: roubles(invoice.total),
			totalInWords: wordsLine(paper),
			qrPayload: 'text' in qr ? qr.text : null,
			doubts: [...doubts, ...('reason' in qr && qr.reason ? [`QR-кода нет: ${qr.reason}`] : [])],
		},
		binary,
	};
};

const print: ListOperation<null> = {
	value: 'print',
	name: 'Print',
	action: 'Print an invoice',
	description: 'The printed form of an invoice as PDF and Word file',
	properties: PROPERTIES,
	forAll: async (_, items) =>
		await eachItem(items, async (item) => ({ items: [await printed(item)] })),
};

export const invoice: Resource<null> = {
	value: 'invoice',
	name: 'Invoice (Счет на Оплату)',
	operations: [print],
};
