/** Word files of invoices, opened by a word processor: LibreOffice makes PDFs of them, and they are read back. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { invoiceJson, line } from './support/printedInvoices';
import {
	binary,
	givesTemplate,
	linesOf,
	pictureFile,
	prints,
	readsPdf,
	scansQr,
} from './support/printShop';

jest.setTimeout(180_000);

const converted = async (docx: Buffer): Promise<Buffer> => {
	const folder = mkdtempSync(join(tmpdir(), 'invoice-'));
	try {
		writeFileSync(join(folder, 'invoice.docx'), docx);
		await promisify(execFile)('soffice', [
			'--headless',
			`-env:UserInstallation=file://${folder}/profile`,
			'--convert-to',
			'pdf',
			'--outdir',
			folder,
			join(folder, 'invoice.docx'),
		]);
		return readFileSync(join(folder, 'invoice.pdf'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};

test('an invoice of a hundred lines has its sums, its code and its header on every page', async () => {
	const lines = Array.from({ length: 100 }, (_, index) => line({ name: `Стол ${index + 1}` }));
	const { files, json } = await prints(
		invoiceJson({ lines, total: 2_440_000 }),
		{ formats: ['docx'], pictures: { stamp: 'stamp' } },
		{ stamp: binary(pictureFile(300, 300)) },
	);
	const { pages, picture } = await readsPdf(await converted(files.docx.bytes), { drawn: true });
	expect(pages.length).toBeGreaterThan(1);
	const text = pages.map(linesOf);
	expect(text[0]).toContain('Счет на оплату № 123 от 24 ноября 2026 г.');
	const names = text.flat().flatMap((one) => /(?:^| )(Стол \d+)(?: |$)/.exec(one)?.[1] ?? []);
	expect(names).toEqual(lines.map(({ name }) => name));
	const rows = text.filter((page) => page.some((one) => /Стол \d+/.test(one)));
	expect(rows.every((page) => page.some((one) => one.includes('Кол-во')))).toBe(true);
	expect(text.flat()).toContain('Два миллиона четыреста сорок тысяч рублей 00 копеек');
	expect((await scansQr(picture as Buffer)).toString('utf8')).toBe(json.qrPayload);
});

test.each(['node', 'bitrix24'] as const)('the default template for %s opens', async (filledBy) => {
	const { files } = await givesTemplate(filledBy);
	const { pages } = await readsPdf(await converted(files.template.bytes));
	expect(pages).toHaveLength(1);
	expect(linesOf(pages[0]).join(' ')).toContain(
		filledBy === 'node' ? '{Заголовок}' : '{DocumentNumber}',
	);
});
