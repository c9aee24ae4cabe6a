/** Printed invoices in the cards of Bitrix24: repeating replaces, an answer that gets lost doubles nothing. */
import type { INodeExecutionData } from 'n8n-workflow';
import { Bitrix24Node } from './support/bitrix24Node';
import { invoiceJson } from './support/printedInvoices';
import { binary, givesTemplate, prints } from './support/printShop';

jest.setTimeout(60_000);

let bitrix24: Bitrix24Node;
let deal: number;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
	deal = bitrix24.portal.manager.createsDeal({ title: 'Столы', rows: [] });
});
afterEach(async () => await bitrix24.close());

const upload = (more: object = {}) => ({
	resource: 'document',
	operation: 'upload',
	owner: 'deal',
	ownerId: { mode: 'id', value: String(deal) },
	title: 'Счет на оплату',
	number: '123',
	docxProperty: 'docx',
	pdfProperty: 'pdf',
	whenExists: 'replace',
	...more,
});

const printed = async (note: string): Promise<INodeExecutionData> => {
	const { files } = await prints(invoiceJson({ note }), { formats: ['pdf', 'docx'] });
	return {
		json: {},
		binary: { pdf: binary(files.pdf.bytes, 'a.pdf'), docx: binary(files.docx.bytes, 'a.docx') },
	};
};

const documents = async () =>
	await bitrix24.gives({
		resource: 'document',
		operation: 'getAll',
		owner: 'deal',
		ownerId: { mode: 'id', value: String(deal) },
		returnAll: true,
	});

/** What the card shows as the PDF of the document. */
const shownPdf = (): Buffer[] => bitrix24.portal.sees.documents('deal', deal).map(({ pdf }) => pdf);

test('a PDF is in the card at once, and the next one takes its place', async () => {
	const [first] = await bitrix24.gives(upload(), [await printed('один')]);
	expect(first).toMatchObject({ dealId: deal, outcome: 'created', number: '123' });
	const item = await printed('два');
	const [second] = await bitrix24.gives(upload(), [item]);
	expect(second).toMatchObject({ outcome: 'replaced' });
	expect(second.documentId).not.toBe(first.documentId);
	expect(await documents()).toMatchObject([{ documentId: second.documentId }]);
	expect(shownPdf().map((pdf) => pdf.toString('base64'))).toEqual([item.binary?.pdf.data]);
});

test.each(['upload', 'delete'])(
	'an answer to %s that gets lost leaves one document',
	async (verb) => {
		await bitrix24.gives(upload(), [await printed('один')]);
		bitrix24.portal.levers.losesNextAnswer(`crm.documentgenerator.document.${verb}`);
		const [second] = await bitrix24.gives(upload(), [await printed('два')]);
		expect(await documents()).toMatchObject([{ documentId: second.documentId }]);
	},
);

test('documents of other numbers and titles stay', async () => {
	await bitrix24.gives(upload({ number: '122' }), [await printed('чужой')]);
	await bitrix24.gives(upload({ title: 'Договор' }), [await printed('чужой')]);
	await bitrix24.gives(upload(), [await printed('один')]);
	await bitrix24.gives(upload(), [await printed('два')]);
	expect(await documents()).toHaveLength(3);
});

test('the default template goes into the generator of the portal and replaces itself', async () => {
	const { files } = await givesTemplate('bitrix24');
	const item = { json: {}, binary: { template: binary(files.template.bytes, 'Счет.docx') } };
	const parameters = { resource: 'document', operation: 'uploadTemplate' };
	const [first] = await bitrix24.gives(parameters, [item]);
	expect(first).toMatchObject({ outcome: 'created', entityTypeId: ['2', '31'] });
	bitrix24.portal.levers.losesNextAnswer('crm.documentgenerator.template.add');
	const run = await bitrix24.runs(parameters, [item]);
	const [second] = run.items('Битрикс24');
	expect(second).toMatchObject({ outcome: 'replaced', numeratorId: first.numeratorId });
	expect(run.record).not.toContain('token=');
	const listed = await bitrix24.gives({
		resource: 'method',
		operation: 'call',
		method: 'crm.documentgenerator.template.list',
	});
	expect(JSON.stringify(listed).match(/"name":"Счет на оплату \(форма 1С\)"/g)).toHaveLength(1);
});
