/** Fields a portal demands, and the language it says so in. */
import { DEAL, LEAD, SMART_INVOICE } from './bitrix24/entityTypes';
import { PortalUnderTest } from './portalUnderTest';

const test = new PortalUnderTest();
const { result, refusal, call } = test;

const REASON = 'UF_CRM_REASON';
const LACKS = [400, 'CRM_FIELD_ERROR_REQUIRED', 'Поле "Причина" обязательно для заполнения'];

const deal = (fields: object = {}) => ({ entityTypeId: DEAL, fields, useOriginalUfNames: 'Y' });
const change = (id: number, fields: object) => ({ ...deal(fields), id });

beforeEach(() =>
	test.portal.admin.addsUserField('CRM_DEAL', REASON, 'string', { title: 'Причина' }),
);

describe('a field that is always required', () => {
	it('is asked for in every new card, by crm.item.add and by an import', async () => {
		test.portal.admin.requires(DEAL, REASON);
		expect(await refusal('crm.item.add', deal({ title: 'A' }))).toEqual(LACKS);
		await result('crm.item.add', deal({ [REASON]: 'цена' }));
		const { items } = await result('crm.item.batchImport', {
			entityTypeId: DEAL,
			data: [{ title: 'B' }, { title: 'C', [REASON]: 'срок' }],
			useOriginalUfNames: 'Y',
		});
		expect(items).toEqual([
			{ error: LACKS[1], error_description: LACKS[2] },
			{ item: { id: expect.any(Number) } },
		]);
		expect(test.portal.sees.deals()).toHaveLength(2);
	});

	it('is asked for when the card moves within its funnel, not when anything else changes', async () => {
		const id = test.portal.manager.createsDeal({ title: 'A' });
		test.portal.admin.requires(DEAL, REASON);
		await result('crm.item.update', change(id, { title: 'B' }));
		expect(await refusal('crm.item.update', change(id, { stageId: 'EXECUTING' }))).toEqual(LACKS);
		expect(test.portal.sees.deal(id)).toMatchObject({ title: 'B', stageId: 'NEW' });
		await result('crm.item.update', change(id, { stageId: 'EXECUTING', [REASON]: 'цена' }));
		expect(await refusal('crm.item.update', change(id, { [REASON]: '' }))).toEqual(LACKS);
	});

	it('is told by crm.item.fields, as a MANDATORY user field is', async () => {
		const required = async () =>
			(await result('crm.item.fields', deal())).fields[REASON].isRequired;
		expect(await required()).toBe(false);
		const [{ ID: id }] = await result('crm.deal.userfield.list');
		await result('crm.deal.userfield.update', { id, fields: { MANDATORY: 'Y' } });
		expect(await required()).toBe(true);
		expect(await refusal('crm.item.add', deal())).toEqual(LACKS);
		await result('crm.deal.userfield.update', { id, fields: { MANDATORY: 'N' } });
		test.portal.admin.requires(DEAL, REASON);
		expect(await required()).toBe(true);
		test.portal.admin.requiresNoLonger(DEAL, REASON);
		expect(await required()).toBe(false);
	});
});

it('a field required from a stage on is asked for there and behind it, not by a failure', async () => {
	test.portal.admin.requires(DEAL, REASON, 'EXECUTING');
	const { item } = await result('crm.item.add', deal());
	const moves = async (stageId: string) =>
		(await call('crm.item.update', change(Number(item.id), { stageId }))).data.error;
	expect(await moves('PREPARATION')).toBeUndefined();
	expect(await moves('EXECUTING')).toBe('CRM_FIELD_ERROR_REQUIRED');
	expect(await moves('WON')).toBe('CRM_FIELD_ERROR_REQUIRED');
	expect(await moves('LOSE')).toBeUndefined();
});

it('links that lead nowhere and lists without values count as lacking', async () => {
	test.portal.admin.requires(SMART_INVOICE, 'companyId');
	test.portal.admin.requires(LEAD, 'fm');
	const invoice = { entityTypeId: SMART_INVOICE, fields: { title: 'A', companyId: 0 } };
	expect((await refusal('crm.item.add', invoice))[2]).toContain('"Компания"');
	const lead = { entityTypeId: LEAD, fields: { title: 'A' } };
	expect((await refusal('crm.item.add', lead))[1]).toBe('CRM_FIELD_ERROR_REQUIRED');
});

it('the classic generation asks too, without a code', async () => {
	test.portal.admin.requires(DEAL, REASON);
	expect((await refusal('crm.deal.add', { fields: { TITLE: 'A' } })).slice(0, 2)).toEqual([
		400,
		'',
	]);
});

it('titles and names are told as required, and given by the portal where nobody sends them', async () => {
	const { fields } = await result('crm.item.fields', { entityTypeId: 4 });
	expect([fields.title.isRequired, fields.opened.isRequired]).toEqual([true, true]);
	expect((await result('crm.item.add', { entityTypeId: 4, fields: {} })).item.title).not.toBe('');
});

it.each([
	['ru', 'Элемент не найден', 'Документ не найден', 'Поле "Причина" обязательно для заполнения'],
	['en', 'Element not found', 'Document not found', 'The field "Причина" is required.'],
] as const)(
	'%s: the words differ, the codes do not',
	async (language, element, document, lacks) => {
		test.portal.switches.language = language;
		test.portal.admin.requires(DEAL, REASON);
		const absent = { entityTypeId: DEAL, id: 9 };
		expect(await refusal('crm.item.get', absent)).toEqual([400, 'NOT_FOUND', element]);
		expect(await refusal('crm.documentgenerator.document.get', { id: 9 })).toEqual([
			400,
			'0',
			document,
		]);
		expect(await refusal('crm.item.add', deal())).toEqual([400, LACKS[1], lacks]);
		const { result_error } = await result('batch', {
			cmd: { a: 'crm.item.get?entityTypeId=2&id=9' },
		});
		expect(result_error.a).toEqual({ error: 'NOT_FOUND', error_description: element });
		expect(await refusal('crm.deal.get', { id: 9 })).toEqual([400, '', 'Not found']);
	},
);

it('numbers that are codes are sent as text', async () => {
	expect((await refusal('crm.item.get'))[1]).toBe('100');
	expect((await refusal('catalog.product.get', { id: 9 }))[1]).toBe('0');
	expect(await result('scope', { full: true })).toEqual(
		expect.arrayContaining(['crm', 'im', 'task', 'placement']),
	);
	expect(await result('scope')).not.toContain('im');
});
