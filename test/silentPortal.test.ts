/** What the portal takes without a check, or leaves out without a word, is no success of the node. */
import { Bitrix24Node, mapping } from './support/bitrix24Node';

let bitrix24: Bitrix24Node;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
});
afterEach(async () => await bitrix24.close());

const op = (resource: string, operation: string, more: object = {}) => ({
	resource,
	operation,
	...more,
});

const deal = (): number => bitrix24.portal.manager.createsDeal({ title: 'Окна' });

describe('a comment', () => {
	const create = (more: object) =>
		op('timelineComment', 'create', { text: 'Оплачено', once: true, ...more });

	test.each([
		['deal', true],
		['company', false],
		['invoice', true],
		['lead', false],
	])('for a %s that does not exist is not written', async (entity, once) => {
		const run = await bitrix24.runs(create({ entity, entityId: 999_999, once }));
		expect(run.error).toContain('NOT_FOUND');
		expect(bitrix24.requests.join()).not.toContain('comment.add');
	});

	test('for a deal that exists is written', async () => {
		const id = deal();
		expect(await bitrix24.gives(create({ entity: 'deal', entityId: id }))).toMatchObject([
			{ entityId: id, outcome: 'created' },
		]);
		expect(bitrix24.portal.sees.timeline('deal', id)).toEqual(['Оплачено']);
	});
});

describe.each(['as written', 'by digits'] as const)(
	'where phones are compared %s',
	(phoneSearch) => {
		beforeEach(() => {
			bitrix24.portal.switches.phoneSearch = phoneSearch;
		});

		test.each(['89001234567', '79001234567', '+7 900 123-45-67', '8(900)123-45-67 доб. 5'])(
			'a contact with %s is found by any spelling',
			async (phone) => {
				const contact = bitrix24.portal.admin.addsContact({ name: 'Иван', phone });
				for (const values of ['+79001234567', '8 900 123 45 67', '8 900 1234567, 8 495 1234567']) {
					const find = op('duplicate', 'find', { by: 'PHONE', values, among: 'ALL' });
					expect(await bitrix24.gives(find)).toMatchObject([{ contacts: [contact] }]);
				}
			},
		);
	},
);

describe('a requisite with a chosen preset', () => {
	const upsert = (company: number, PRESET_ID: number | string) =>
		op('requisite', 'upsert', {
			owner: 'company',
			ownerId: { mode: 'id', value: String(company) },
			mapping: mapping({ RQ_INN: '7707083893', RQ_KPP: '770701001', PRESET_ID }, []),
		});

	test('that the portal does not have is not written', async () => {
		const company = bitrix24.portal.admin.addsCompany({ title: 'ООО «Ромашка»' });
		const { error } = await bitrix24.runs(upsert(company, 999));
		expect(error).toContain('no requisite preset 999');
		expect(bitrix24.requests.join()).not.toContain('crm.requisite.add');
		expect(await bitrix24.gives(upsert(company, '1'))).toMatchObject([{ PRESET_ID: 1 }]);
	});
});
