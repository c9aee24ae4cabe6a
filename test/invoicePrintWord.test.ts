/** The Word file of an invoice, and templates: the default one, people's own, and those meant to do harm. */
import PizZip from 'pizzip';
import { invoiceJson, line } from './support/printedInvoices';
import { binary, givesTemplate, pictureFile, prints, readsDocx } from './support/printShop';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const docx = async (invoice = invoiceJson(), parameters = {}, files = {}): Promise<Buffer> => {
	const printed = await prints(invoice, { formats: ['docx'], ...parameters }, files);
	expect(Object.keys(printed.files)).toEqual(['docx']);
	return printed.files.docx.bytes;
};

/** The default template with another text in place of its title. */
const templateWith = async (text: string): Promise<Buffer> => {
	const { files } = await givesTemplate('node');
	const zip = new PizZip(files.template.bytes);
	const xml = zip.file('word/document.xml')?.asText() ?? '';
	zip.file('word/document.xml', xml.replace('{Заголовок}', text));
	return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
};

const ofTemplate = async (template: Buffer, files = {}): Promise<Buffer> =>
	await docx(
		invoiceJson(),
		{ template: 'mine' },
		{ mine: binary(template, 't.docx', WORD), ...files },
	);

test('both files are made in one run, with what the other says', async () => {
	const { files } = await prints(invoiceJson(), { formats: ['pdf', 'docx'] });
	expect(files.pdf.name).toBe('Счет на оплату № 123 от 24 ноября 2026 г.pdf');
	expect(files.docx).toMatchObject({ type: WORD });
	expect(readsDocx(files.docx.bytes).lines).toEqual(
		expect.arrayContaining([
			'ПАО Сбербанк г. Москва',
			'Счет на оплату № 123 от 24 ноября 2026 г.',
			'ООО «Лютик», ИНН 7707083893, КПП 773601001, 117997, г. Москва, ул. Вавилова, д. 19',
			'Стол письменный «Атлант»',
			'24 400,00',
			'В том числе НДС (22%):',
			'8 800,00',
			'Сорок восемь тысяч восемьсот рублей 00 копеек',
			'Петров П.П.',
		]),
	);
});

test('rows repeat, and what an invoice has not leaves no trace', async () => {
	const lines = Array.from({ length: 300 }, (_, index) => line({ name: `Стол ${index + 1}` }));
	const { lines: text, zip } = readsDocx(await docx(invoiceJson({ lines, basis: '' })));
	expect(text.filter((one) => /^Стол \d+$/.test(one))).toHaveLength(300);
	expect(text).not.toContain('Основание:');
	expect(text).not.toContain('Грузополучатель:');
	expect(text.join()).not.toMatch(/[{}]/);
	const xml = zip.file('word/document.xml')?.asText() ?? '';
	expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1);
	/** Of five places for pictures only the code has been filled. */
	expect(xml.match(/<w:drawing>/g)).toHaveLength(1);
});

test('names with signs of markup stay text', async () => {
	const name = 'Стол <b>"A&B"</b> {Цена} ]]>';
	const { lines } = readsDocx(await docx(invoiceJson({ lines: [line({ name })] })));
	expect(lines).toContain(name);
});

test('pictures take the place and the frame a person gave them', async () => {
	const stamp = pictureFile(400, 200);
	const bytes = await docx(
		invoiceJson(),
		{ pictures: { stamp: 'stamp' }, qr: false },
		{ stamp: binary(stamp) },
	);
	const { zip } = readsDocx(bytes);
	const xml = zip.file('word/document.xml')?.asText() ?? '';
	const [drawing, ...others] = xml.match(/<w:drawing>.*?<\/w:drawing>/gs) ?? [];
	expect(others).toEqual([]);
	/** The frame is a square of 40 mm; the picture is twice as wide as high. */
	expect(drawing).toMatch(/<wp:extent cx="1440000" cy="720000" ?\/>/);
	const id = /r:embed="([^"]+)"/.exec(String(drawing))?.[1] ?? '';
	const relations = zip.file('word/_rels/document.xml.rels')?.asText() ?? '';
	const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(relations)?.[1] ?? '';
	expect(zip.file(`word/${target}`)?.asNodeBuffer().equals(stamp)).toBe(true);
	expect(zip.file('[Content_Types].xml')?.asText()).toContain('Extension="png"');
});

test("a person's own template is filled", async () => {
	const { lines } = readsDocx(
		await ofTemplate(await templateWith('Наш счет {Номер}, {ПокупательНазвание}: {ВсегоКОплате}')),
	);
	expect(lines).toContain('Наш счет 123, ООО «Лютик»: 48 800,00');
});

test.each<[string, string, RegExp]>([
	[
		'an unknown placeholder',
		'{Нмер} {Скидочка}',
		/unknown placeholder \{Нмер\}, \{Скидочка\}.*\{Номер\}/,
	],
	['a placeholder outside of its rows', 'Цена {Цена}', /\{Цена\} stands outside of its rows/],
	['an open loop', '{#Строки}', /Строки/],
	['an open brace', '{Номер', /Номер/],
])('%s is named', async (_, text, message) => {
	await expect(ofTemplate(await templateWith(text))).rejects.toThrow(message);
});

test('a picture with an unknown name is named', async () => {
	const zip = new PizZip((await givesTemplate('node')).files.template.bytes);
	const xml = zip.file('word/document.xml')?.asText() ?? '';
	zip.file('word/document.xml', xml.replace('{Печать}', '{Штамп}'));
	await expect(ofTemplate(zip.generate({ type: 'nodebuffer' }))).rejects.toThrow(
		/unknown picture \{Штамп\}.*\{Печать\}/,
	);
});

describe('files that are no templates', () => {
	/** 60 MB of nothing in 60 KB. */
	const zipBomb = (): Buffer => {
		const zip = new PizZip();
		zip.file('[Content_Types].xml', '<Types/>');
		zip.file('word/document.xml', ' '.repeat(60_000_000));
		return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
	};

	/** The same, and the archive says that it is small. */
	const lying = (): Buffer => {
		const bytes = zipBomb();
		const size = Buffer.alloc(4);
		size.writeUInt32LE(60_000_000);
		const small = Buffer.alloc(4);
		small.writeUInt32LE(1000);
		for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size)) small.copy(bytes, at);
		return bytes;
	};

	const crowd = (): Buffer => {
		const zip = new PizZip();
		for (let index = 0; index < 1500; index += 1) zip.file(`word/${index}.xml`, '');
		return zip.generate({ type: 'nodebuffer' });
	};

	const spreadsheet = (): Buffer => {
		const zip = new PizZip();
		zip.file('xl/workbook.xml', '<workbook/>');
		return zip.generate({ type: 'nodebuffer' });
	};

	test.each<[string, () => Buffer, RegExp]>([
		['a text', () => Buffer.from('привет'), /no Word document/],
		['a spreadsheet', spreadsheet, /no Word document/],
		['a file of 6 MB', () => Buffer.alloc(6_000_000), /too large/],
		['a zip bomb', zipBomb, /unpacks to too much/],
		['a zip bomb that lies', lying, /unpacks to too much|no Word document/],
		['a thousand parts', crowd, /too many parts/],
	])('%s', async (_, make, message) => {
		await expect(ofTemplate(make())).rejects.toThrow(message);
	});
});

test('the template for the generator of Bitrix24 has its placeholders alone', async () => {
	const { files, json } = await givesTemplate('bitrix24');
	expect(json).toEqual({ fileName: 'Счет на оплату (шаблон Битрикс24).docx' });
	const text = readsDocx(files.template.bytes).lines.join(' ');
	const placeholders = [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
	expect(placeholders).toEqual(
		expect.arrayContaining(['DocumentNumber', 'ProductsProductName', 'TotalSum']),
	);
	expect(placeholders.filter((name) => !/^[A-Za-z]+(~W=Y)?$/.test(name))).toEqual([]);
});
