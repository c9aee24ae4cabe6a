/** Requisites, bank details and addresses through the Bitrix24 node. */
import { autoMapping, Bitrix24Node, mapping } from './support/bitrix24Node';

let bitrix24: Bitrix24Node;
let company: number;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
	company = bitrix24.portal.admin.addsCompany({ title: 'ООО «Ромашка»' });
});
afterEach(async () => await bitrix24.close());

const op = (resource: string, operation: string, more: object = {}) => ({
	resource,
	operation,
	...more,
});

const ofCompany = () => ({ owner: 'company', ownerId: { mode: 'id', value: String(company) } });

const requisite = (fields: object, matching: string[] = []) =>
	op('requisite', 'upsert', { ...ofCompany(), mapping: mapping({ ...fields }, matching) });

const FIRM = { RQ_INN: '7707083893', RQ_KPP: '770701001', RQ_COMPANY_NAME: 'ООО «Ромашка»' };

test('requisites are made once, with the preset of their kind, and changed where they differ', async () => {
	const [made] = await bitrix24.gives(requisite(FIRM));
	expect(made).toMatchObject({ outcome: 'created', NAME: 'ООО «Ромашка»', PRESET_ID: 1 });
	const same = await bitrix24.gives(requisite(FIRM));
	expect(same).toMatchObject([{ requisiteId: made.requisiteId, outcome: 'unchanged' }]);
	const renamed = { ...FIRM, RQ_COMPANY_NAME: 'АО «Ромашка»' };
	expect(await bitrix24.gives(requisite(renamed))).toMatchObject([{ outcome: 'updated' }]);
	const [person] = await bitrix24.gives(
		requisite({ RQ_INN: '500100732259', RQ_NAME: 'Иванов Иван' }, ['RQ_INN']),
	);
	expect(person).toMatchObject({ outcome: 'created', PRESET_ID: 2 });
	const all = await bitrix24.gives(op('requisite', 'getAll', ofCompany()));
	expect(all.map(({ RQ_COMPANY_NAME }) => RQ_COMPANY_NAME)).toEqual(['АО «Ромашка»', null]);
});

test('zeros and the last of twenty digits count, whatever looks like a number', async () => {
	const [{ requisiteId }] = await bitrix24.gives(requisite({ ...FIRM, RQ_OKPO: '0123' }));
	const okpo = (RQ_OKPO: string) => bitrix24.gives(requisite({ ...FIRM, RQ_OKPO }));
	expect(await okpo('123')).toMatchObject([{ outcome: 'updated' }]);
	const account = (RQ_ACC_NUM: string) =>
		bitrix24.gives(op('bankDetail', 'upsert', { mapping: autoMapping() }), [
			{ requisiteId, RQ_BIK: '044525225', RQ_ACC_NUM },
		]);
	expect(await account('40702810938000000001')).toMatchObject([{ outcome: 'created' }]);
	expect(await account('40702810938000000002')).toMatchObject([{ outcome: 'created' }]);
	expect(await account('40702810938000000001')).toMatchObject([{ outcome: 'unchanged' }]);
});

test('a title that is too long is cut, a code that is too long is told with its length', async () => {
	const long = { ...FIRM, NAME: 'Ромашка '.repeat(30) };
	const [{ NAME }] = await bitrix24.gives(requisite(long));
	expect(NAME).toBe(long.NAME.slice(0, 150).trim());
	expect(await bitrix24.gives(requisite(long))).toMatchObject([{ outcome: 'unchanged' }]);
	const { error } = await bitrix24.runs(requisite({ ...FIRM, RQ_OGRN: '10277001321951' }));
	expect(error).toContain('RQ_OGRN (13 characters)');
});

test('a lost answer makes no second requisite', async () => {
	bitrix24.portal.levers.losesNextAnswer('crm.requisite.add');
	expect(await bitrix24.gives(requisite(FIRM))).toMatchObject([{ outcome: 'created' }]);
	expect(await bitrix24.gives(op('requisite', 'getAll', ofCompany()))).toHaveLength(1);
});

test('sixty cost few requests, double ones meet, and each has its own outcome', async () => {
	const { admin } = bitrix24.portal;
	const items = Array.from({ length: 60 }, (_, index) => ({
		companyId: admin.addsCompany({ title: `ООО ${index}` }),
		XML_ID: `ref-${index}`,
	}));
	const all = [...items, items[0], { companyId: 999_999, XML_ID: 'x' }];
	const upsert = op('requisite', 'upsert', {
		owner: 'company',
		ownerId: { mode: 'id', value: '={{ $json.companyId }}' },
		mapping: autoMapping(),
	});
	const outcomes = await bitrix24.outcomes(upsert, all);
	expect(outcomes.slice(0, 60).every(({ outcome }) => outcome === 'created')).toBe(true);
	expect(outcomes[60]).toMatchObject({
		requisiteId: outcomes[0].requisiteId,
		outcome: 'unchanged',
	});
	expect(outcomes[61]).toMatchObject({ error: expect.stringContaining('Entity not found') });
	expect(bitrix24.requests.length).toBeLessThanOrEqual(6);
});

test('without anything to know it by, or with several that fit, nothing is guessed', async () => {
	const nothing = await bitrix24.runs(requisite({ RQ_COMPANY_NAME: 'ООО' }));
	expect(nothing.error).toContain('The field to match on is empty: XML_ID');
	await bitrix24.gives(requisite({ ...FIRM, XML_ID: 'a' }));
	await bitrix24.gives(requisite({ ...FIRM, XML_ID: 'b' }));
	const several = await bitrix24.runs(requisite(FIRM, ['RQ_INN']));
	expect(several.error).toContain('Several rows match');
});

test('bank details and addresses hang on the requisite the item before has given', async () => {
	const [{ requisiteId }] = await bitrix24.gives(requisite(FIRM));
	const items = [
		{ requisiteId, RQ_BANK_NAME: 'Банк', RQ_BIK: '044525225', RQ_ACC_NUM: '40702810938000000001' },
	];
	const account = op('bankDetail', 'upsert', { mapping: autoMapping() });
	const [made] = await bitrix24.gives(account, items);
	expect(made).toMatchObject({ requisiteId, outcome: 'created', NAME: 'Банк' });
	expect(await bitrix24.gives(account, items)).toMatchObject([
		{ bankDetailId: made.bankDetailId, outcome: 'unchanged' },
	]);
	expect(await bitrix24.gives(op('bankDetail', 'getAll'), items)).toHaveLength(1);

	const legal = (CITY: string) => op('address', 'upsert', { addressType: 6, address: { CITY } });
	expect(await bitrix24.gives(legal('Москва'), items)).toMatchObject([{ outcome: 'created' }]);
	expect(await bitrix24.gives(legal('Москва'), items)).toMatchObject([{ outcome: 'unchanged' }]);
	expect(await bitrix24.gives(legal('Тверь'), items)).toMatchObject([{ outcome: 'updated' }]);
	expect(await bitrix24.gives(op('address', 'getAll'), items)).toMatchObject([
		{ requisiteId, TYPE_ID: '6', CITY: 'Тверь' },
	]);
});

test('the editor offers the columns of the portal and its presets', async () => {
	const node = bitrix24.with(op('requisite', 'upsert'));
	const fields = await node.fields('Битрикс24', 'getRequisiteMapping');
	expect(fields.find(({ id }) => id === 'RQ_INN')).toMatchObject({ canBeUsedToMatch: true });
	expect(fields.find(({ id }) => id === 'PRESET_ID')?.options).toContainEqual({
		name: 'ИП',
		value: 2,
	});
	expect(fields.map(({ id }) => id)).not.toContain('DATE_CREATE');
	const bank = await bitrix24
		.with(op('bankDetail', 'upsert'))
		.fields('Битрикс24', 'getRequisiteMapping');
	expect(bank.map(({ id }) => id)).toContain('RQ_BIK');
});
