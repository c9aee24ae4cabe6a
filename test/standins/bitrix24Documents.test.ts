/** Documents, attached files and file fields on the stand-in portal. */
import axios from 'axios';
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const test = new PortalUnderTest();
const { result, refusal, call } = test;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const downloaded = async (url: unknown) =>
	await axios.get(String(url), { responseType: 'text', validateStatus: () => true });

describe('a generated document', () => {
	let deal: number;
	let templateId: unknown;

	beforeEach(async () => {
		deal = test.portal.manager.createsDeal({ title: 'A', rows: [{ price: 10, quantity: 2 }] });
		const { numerator } = await result('crm.documentgenerator.numerator.add', {
			fields: { name: 'Счета', template: 'СЧ-{NUMBER}' },
		});
		const { template } = await result('crm.documentgenerator.template.add', {
			fields: {
				name: 'Счет',
				file: ['invoice.docx', base64('docx')],
				numeratorId: numerator.id,
				region: 'ru',
				entityTypeId: ['2'],
				users: ['UA'],
			},
		});
		templateId = template.id;
	});
	const make = async (more: object = {}) =>
		(
			await result('crm.documentgenerator.document.add', {
				templateId,
				entityTypeId: 2,
				entityId: deal,
				...more,
			})
		).document;

	it('is numbered at once and converted half a minute later', async () => {
		const made = await make();
		expect(made).toMatchObject({
			number: 'СЧ-1',
			title: 'Счет СЧ-1',
			pdfUrl: '',
			products: { totalSum: '20.00', totalRows: 1, currencyId: 'RUB' },
		});
		expect(typeof made.id).toBe('number');
		expect(made).not.toHaveProperty('pdfUrlMachine');
		const get = async () =>
			(await result('crm.documentgenerator.document.get', { id: made.id })).document;
		test.clock += 29_000;
		expect((await get()).pdfUrl).toBe('');
		test.clock += 1000;
		const ready = await get();
		expect(ready).toMatchObject({ id: String(made.id), pdfUrl: expect.stringContaining('getPdf') });
		const pdf = await downloaded(ready.pdfUrlMachine);
		expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
		expect(pdf.data).toContain('СЧ-1');
		expect((await downloaded(ready.downloadUrlMachine)).data).toBe('docx');
		expect((await downloaded(`${ready.pdfUrlMachine}0`)).status).toBe(401);
		expect(JSON.stringify(test.portal.requests)).not.toContain(
			new URL(String(ready.pdfUrlMachine)).searchParams.get('token'),
		);
	});

	it('takes its number from the values, is converted anew when changed, and is listed', async () => {
		const made = await make({ values: { DocumentNumber: 'УТ-5' } });
		test.clock += 30_000;
		const { document } = await result('crm.documentgenerator.document.update', {
			id: made.id,
			values: { DocumentNumber: 'УТ-6' },
		});
		expect(document).toMatchObject({ number: 'УТ-6', pdfUrl: '', updatedBy: 1 });
		const found = await call('crm.documentgenerator.document.list', {
			filter: { number: 'УТ-6', entityTypeId: 2, entityId: deal },
		});
		expect(found.data.total).toBe(1);
		expect(found.data.result.documents).toMatchObject([{ id: String(made.id), templateId }]);
		expect(await result('crm.documentgenerator.document.delete', { id: made.id })).toBeNull();
		expect(await refusal('crm.documentgenerator.document.get', { id: made.id })).toEqual([
			400,
			'0',
			'Документ не найден',
		]);
		expect((await refusal('crm.documentgenerator.document.get', {}))[1]).toBe('100');
	});

	it('of a deleted template is refused, and an empty list of templates is a list', async () => {
		const listed = await result('crm.documentgenerator.template.list');
		expect(Object.keys(listed.templates)).toEqual([templateId]);
		await result('crm.documentgenerator.template.delete', { id: templateId });
		expect((await result('crm.documentgenerator.template.list')).templates).toEqual([]);
		const params = { templateId, entityTypeId: 2, entityId: deal };
		expect((await refusal('crm.documentgenerator.document.add', params))[2]).toBe(
			'Cannot create document on deleted template',
		);
	});

	it('uploaded ready brings its own PDF, which is there at once', async () => {
		const fields = { entityTypeId: 2, entityId: deal, region: 'ru', title: 'ТОРГ-12', number: '7' };
		expect((await refusal('crm.documentgenerator.document.upload', { fields }))[2]).toBe(
			'Empty required fields: fileContent',
		);
		const { document } = await result('crm.documentgenerator.document.upload', {
			fields: { ...fields, fileContent: base64('docx'), pdfContent: base64('%PDF 1C') },
		});
		expect(document).toMatchObject({ number: '7', title: 'ТОРГ-12' });
		expect((await downloaded(document.pdfUrlMachine)).data).toBe('%PDF 1C');
		const { publicUrl } = await result('crm.documentgenerator.document.enablepublicurl', {
			id: document.id,
			status: 1,
		});
		expect(publicUrl).toContain(test.portal.origin);
	});
});

describe('files', () => {
	it('are attached to comments, and comments change and go', async () => {
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const id = await result('crm.timeline.comment.add', {
			fields: {
				ENTITY_TYPE: 'deal',
				ENTITY_ID: deal,
				COMMENT: 'Счет',
				FILES: [['счет.pdf', base64('pdf')], 'не пара'],
			},
		});
		const { FILES } = await result('crm.timeline.comment.get', { id });
		expect(Object.values(FILES)).toMatchObject([{ name: 'счет.pdf', size: 3, type: 'file' }]);
		const update = { id, fields: { COMMENT: 'Счет оплачен' } };
		expect(await result('crm.timeline.comment.update', update)).toBe(id);
		expect(test.portal.sees.timeline('deal', deal)).toEqual(['Счет оплачен']);
		expect(await result('crm.timeline.comment.delete', { id })).toBeNull();
		expect((await refusal('crm.timeline.comment.update', update)).slice(0, 2)).toEqual([
			400,
			'NOT_FOUND',
		]);
		expect(test.portal.sees.timeline('deal', deal)).toEqual([]);
	});

	it('live in user fields and stay when sent back by id', async () => {
		test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_FORM', 'file');
		const id = test.portal.manager.createsDeal({ title: 'A' });
		const write = (UF_CRM_FORM: unknown) =>
			call('crm.item.update', {
				entityTypeId: 2,
				id,
				useOriginalUfNames: 'Y',
				fields: { UF_CRM_FORM },
			});
		const { item } = (await write(['форма.txt', base64('Форма')])).data.result;
		const file: Body = item.UF_CRM_FORM;
		const { data, headers } = await downloaded(file.urlMachine);
		expect([data, headers['content-type']]).toEqual(['Форма', 'text/plain']);
		expect((await write({ id: file.id })).data.result.item.UF_CRM_FORM).toEqual(file);
		expect((await write('просто текст')).data.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID');
		expect((await write('')).data.result.item.UF_CRM_FORM).toBeNull();
	});
});
