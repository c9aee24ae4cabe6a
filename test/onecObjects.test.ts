/** Any object, register and exchange plan of the base: its own description says what there is. */
import type { IDataObject } from 'n8n-workflow';
import { BaseShape } from '../nodes/OneC/metadata/shape';
import { OneCNode } from './support/onecNode';
import { INN } from './support/onecOffice';

let onec: OneCNode;

beforeEach(async () => {
	onec = await OneCNode.open({ switches: { ownExchangePlan: true } });
});
afterEach(async () => await onec.close());

const named = (value: string): IDataObject => ({ __rl: true, mode: 'name', value });

describe('the editor', () => {
	const editing = (entity: string) =>
		onec.workflow({
			parameters: { resource: 'object', operation: 'getAll', entity: named(entity) },
		});

	test('finds entities by a part of their names', async () => {
		const { results } = await editing('').finds('1C', 'searchEntities', 'заказпокупателя');
		expect(results[0].value).toBe('Document_ЗаказПокупателя');
	});

	test('knows the fields of an entity with their types, those of its rows too', async () => {
		const fields = await editing('Document_ЗаказПокупателя').choices('1C', 'getFilterFields');
		expect(fields).toEqual(
			expect.arrayContaining([
				{ name: 'Date', value: 'Date|date', description: 'time' },
				{
					name: 'Контрагент_Key',
					value: 'Контрагент_Key|reference',
					description: 'reference to Catalog_Контрагенты',
				},
				{
					name: 'ДокументОснование',
					value: 'ДокументОснование|composite',
					description: 'composite',
				},
				{
					name: 'Товары › Номенклатура_Key',
					value: 'Товары/Номенклатура_Key|reference|rows',
					description: 'reference to Catalog_Номенклатура',
				},
			]),
		);
		expect(fields.some(({ name }) => name === 'ДокументОснование_Type')).toBe(false);
	});

	test('offers the fields for mapping, without those 1C keeps by itself', async () => {
		const fields = await editing('Catalog_Контрагенты').fields('1C', 'getObjectFields');
		const types = new Map(fields.map(({ id, type }) => [id, type]));
		expect(types.get('ИНН')).toBe('string');
		expect(types.get('Покупатель')).toBe('boolean');
		expect(types.has('Ref_Key')).toBe(false);
		const order = await editing('Document_ЗаказПокупателя').fields('1C', 'getObjectFields');
		expect(order.find(({ id }) => id === 'Товары')?.type).toBe('array');
		expect(order.find(({ id }) => id === 'Date')?.type).toBe('dateTime');
	});

	test('reads the description of the base once', async () => {
		const asked = () => onec.base.requests.filter(({ path }) => path.includes('$metadata')).length;
		await editing('').finds('1C', 'searchEntities');
		await editing('').finds('1C', 'searchEntities', 'Сч');
		expect(asked()).toBe(1);
	});

	test('says so when the description cannot be read, and reads it the next time', async () => {
		onec.base.levers.failsNext(404, undefined, '', 1);
		await expect(editing('').finds('1C', 'searchEntities')).rejects.toThrow(
			'does not answer as OData',
		);
		const { results } = await editing('').finds('1C', 'searchEntities', 'Контрагенты');
		expect(results).not.toEqual([]);
	});

	test('lists registers by what can be asked of them', async () => {
		const names = async (method: string) =>
			(await editing('').finds('1C', method)).results.map(({ value }) => value);
		expect(await names('searchBalances')).toContain('AccumulationRegister_ТоварыНаСкладах');
		expect(await names('searchTurnovers')).toContain('AccumulationRegister_Продажи');
		expect(await names('searchBalances')).not.toContain('AccumulationRegister_Продажи');
		expect(await names('searchSlices')).toContain(
			'InformationRegister_ЦеныНоменклатуры_RecordType',
		);
	});
});

describe('the filter builder', () => {
	const find = async (
		entity: string,
		condition: IDataObject[],
		more: IDataObject = {},
	): Promise<IDataObject[]> =>
		await onec.outcome({
			resource: 'object',
			operation: 'getAll',
			entity: named(entity),
			conditions: { condition },
			...more,
		});
	const COUNTERPARTIES = 'Catalog_Контрагенты';
	const ORDERS = 'Document_ЗаказПокупателя';

	test('writes texts, numbers, flags, times and references as 1C reads them', async () => {
		const { ref } = (await onec.office.create('order')).document;
		const order = onec.base.sees.document(ref);
		const cases: Array<[string, string, string]> = [
			['Number|string', 'eq', String(order.Number)],
			['Number|string', 'contains', String(order.Number).slice(2, 8)],
			['СуммаДокумента|number', 'ge', '48800'],
			['Posted|boolean', 'eq', 'true'],
			['Date|date', 'le', new Date(Date.now() + 60_000).toISOString()],
			['Date|date', 'gt', '2020-01-01'],
			['Контрагент_Key|reference', 'eq', onec.office.buyer],
			['Контрагент_Key|reference', 'isNotEmpty', ''],
			['Товары/Номенклатура_Key|reference|rows', 'eq', onec.office.table],
			['Контрагент_Key', 'in', `${onec.office.buyer}, ${onec.office.table}`],
		];
		for (const [field, comparison, value] of cases) {
			const found = await find(ORDERS, [{ field, comparison, value }]);
			expect([field, found.map((one) => one.Ref_Key)]).toEqual([field, [ref]]);
		}
		const misses: Array<[string, string, string]> = [
			['СуммаДокумента|number', 'lt', '48800'],
			['Posted|boolean', 'eq', 'false'],
			['Date|date', 'lt', '2020-01-01T00:00:00'],
			['Контрагент_Key|reference', 'isEmpty', ''],
			['Товары/Номенклатура_Key|reference|rows', 'eq', onec.office.buyer],
		];
		for (const [field, comparison, value] of misses) {
			expect(await find(ORDERS, [{ field, comparison, value }])).toEqual([]);
		}
	});

	test('names the kind of object a composite field leads to', async () => {
		const invoice = (await onec.office.create('invoice')).document.ref;
		const order = (await onec.office.create('order')).document.ref;
		onec.base.accountant.receives({ for: invoice, amount: 100 });
		const PAYMENTS = 'Document_ПлатежноеПоручениеВходящее';
		const field = 'ДокументОснование';
		const by = (entity: string, value = invoice) => [{ field, comparison: 'eq', value, entity }];
		expect(await find(PAYMENTS, by('Document_СчетНаОплатуПокупателю'))).toHaveLength(1);
		expect(await find(PAYMENTS, by('Document_СчетНаОплатуПокупателю', order))).toEqual([]);
		expect(await find(PAYMENTS, [{ field, comparison: 'isNotEmpty' }])).toHaveLength(1);
		const run = await onec.runs({
			resource: 'object',
			operation: 'getAll',
			entity: named(PAYMENTS),
			conditions: { condition: by('') },
		});
		expect(run.error).toContain('may lead to objects of several kinds');
		expect(run.remedy).toContain('Choose the entity of the value');
	});

	test('joins all conditions or any, and one more written by hand', async () => {
		onec.base.admin.addsCounterparty({ name: 'ООО «Ландыш»', inn: '7728168971' });
		const conditions = [
			{ field: 'ИНН|string', comparison: 'eq', value: INN },
			{ field: 'ИНН|string', comparison: 'eq', value: '7728168971' },
		];
		expect(await find(COUNTERPARTIES, conditions)).toEqual([]);
		expect(await find(COUNTERPARTIES, conditions, { combine: 'or' })).toHaveLength(2);
		const filter = "startswith(Description,'ООО «Ла') or startswith(Description,'Нет')";
		expect(await find(COUNTERPARTIES, conditions, { combine: 'or', filter })).toHaveLength(1);
	});

	test('takes no values and names that could change the condition', async () => {
		const hostile = "x' or '1' eq '1";
		const field = 'Description|string';
		expect(await find(COUNTERPARTIES, [{ field, comparison: 'eq', value: hostile }])).toEqual([]);
		const failing = async (condition: IDataObject) =>
			(
				await onec.runs({
					resource: 'object',
					operation: 'getAll',
					entity: named(COUNTERPARTIES),
					conditions: { condition: [condition] },
				})
			).error;
		expect(await failing({ field: 'a eq 1 or b|string', comparison: 'eq', value: '' })).toContain(
			'not a name of a field',
		);
		expect(await failing({ field: 'Нет', comparison: 'eq', value: '' })).toContain(
			'has no field Нет',
		);
		expect(await failing({ field: 'Покупатель|boolean', comparison: 'eq', value: 'да' })).toContain(
			'compares Покупатель with "да"',
		);
	});
});

describe('objects', () => {
	test('are written by mapped fields, times in the zone of the base', async () => {
		const columns = {
			mappingMode: 'defineBelow',
			value: { Description: 'ООО «Ландыш»', Покупатель: true, ЮрФизЛицо: 'ЮрЛицо' },
			schema: [
				{ id: 'Description', type: 'string' },
				{ id: 'Покупатель', type: 'boolean' },
				{ id: 'ЮрФизЛицо', type: 'string' },
			],
		};
		const object = { resource: 'object', specifyFields: 'mapping' };
		const entity = named('Catalog_Контрагенты');
		const [made] = await onec.outcome({ ...object, operation: 'create', entity, columns });
		expect(made).toMatchObject({ Description: 'ООО «Ландыш»', Покупатель: true });
		const { ref } = (await onec.office.create('order')).document;
		await onec.outcome({
			...object,
			operation: 'update',
			entity: named('Document_ЗаказПокупателя'),
			ref,
			columns: {
				mappingMode: 'defineBelow',
				value: { Date: '2026-11-20T09:00:00.000Z' },
				schema: [{ id: 'Date', type: 'dateTime' }],
			},
		});
		expect(onec.base.sees.document(ref).Date).toBe('2026-11-20T12:00:00');
	});

	test('are written where letter case or zeros differ, and left alone where only the spelling does', async () => {
		const update = async (fields: object): Promise<unknown> =>
			(
				await onec.outcome({
					resource: 'object',
					operation: 'update',
					entity: named('Catalog_Контрагенты'),
					ref: onec.office.buyer,
					specifyFields: 'json',
					fields: JSON.stringify(fields),
				})
			)[0].outcome;
		for (const Description of ['ооо роза', 'ООО Роза']) {
			expect(await update({ Description })).toBe('updated');
			expect(await update({ Description })).toBe('unchanged');
		}
		expect(await update({ КПП: '012345678' })).toBe('updated');
		expect(await update({ КПП: '12345678' })).toBe('updated');
		const same = onec.office.buyer.toUpperCase();
		expect(await update({ ГоловнойКонтрагент_Key: same, Покупатель: 'true' })).toBe('unchanged');
	});

	test('of registers come in the order of their keys', async () => {
		const { ref } = (await onec.office.create('order')).document;
		onec.base.storekeeper.ships({ order: ref });
		const list = async (entity: string) =>
			await onec.outcome({ resource: 'object', operation: 'getAll', entity: named(entity) });
		const records = await list('AccumulationRegister_ЗаказыПокупателей_RecordType');
		expect(records.map(({ RecordType }) => RecordType).sort()).toEqual([
			'Expense',
			'Expense',
			'Receipt',
			'Receipt',
		]);
		onec.base.admin.addsContact({ owner: onec.office.buyer, kind: 'Телефон', value: '111-22-33' });
		expect(await list('InformationRegister_КонтактнаяИнформация')).toMatchObject([
			{ Представление: '111-22-33' },
		]);
	});

	test('of a catalog come all and once, while people remove some', async () => {
		const products = onec.base.admin.fillsProducts(1100);
		const list = { resource: 'object', operation: 'getAll', returnAll: true };
		const entity = named('Catalog_Номенклатура');
		const before = await onec.outcome({ ...list, entity, filter: 'IsFolder eq false' });
		let requests = 0;
		onec.base.levers.meets(() => {
			requests += 1;
			if (requests === 2) onec.base.admin.deletesForGood(String(before[0].Ref_Key));
			return undefined;
		});
		const after = await onec.outcome({ ...list, entity, filter: 'IsFolder eq false' });
		expect(requests).toBe(3);
		const refs = after.map(({ Ref_Key }) => Ref_Key);
		expect(new Set(refs).size).toBe(refs.length);
		expect(refs).toEqual(expect.arrayContaining(products));
	});

	test('of a catalog without codes come as well', async () => {
		const list = { resource: 'object', operation: 'getAll' };
		expect(
			await onec.outcome({ ...list, entity: named('Catalog_ХарактеристикиНоменклатуры') }),
		).toEqual([]);
		expect(
			(await onec.runs({ ...list, entity: named('Catalog_Организации'), filter: 'Чужое eq 1' }))
				.error,
		).toContain('to read Catalog_Организации');
	});

	test('bring along what they refer to', async () => {
		await onec.office.create('order');
		const [order] = await onec.outcome({
			resource: 'object',
			operation: 'getAll',
			entity: named('Document_ЗаказПокупателя'),
			select: 'Number',
			expand: 'Контрагент',
		});
		expect(order.Контрагент).toMatchObject({ Description: 'ООО «Лютик»' });
	});
});

describe('registers', () => {
	const register = (operation: string, name: string, more: IDataObject = {}): IDataObject => ({
		resource: 'register',
		operation,
		register: named(name),
		...more,
	});
	const STOCK = 'AccumulationRegister_ТоварыНаСкладах';

	test('tell their balance by the dimensions that are asked for', async () => {
		const { base, office } = onec;
		base.storekeeper.receivesGoods({ product: office.table, quantity: 5 });
		base.storekeeper.receivesGoods({ product: office.chair, quantity: 3 });
		const condition = [
			{ field: 'Номенклатура_Key|reference', comparison: 'eq', value: office.table },
		];
		const rows = await onec.outcome(
			register('balance', STOCK, { conditions: { condition }, dimensions: 'Номенклатура' }),
		);
		expect(rows).toMatchObject([{ Номенклатура_Key: office.table, КоличествоBalance: 5 }]);
		const before = register('balance', STOCK, { period: '2020-01-01T00:00:00' });
		expect(await onec.outcome(before)).toEqual([]);
	});

	test('tell their turnovers of a time', async () => {
		const { ref } = (await onec.office.create('order')).document;
		onec.base.storekeeper.ships({ order: ref });
		const sales = (more: IDataObject) =>
			register('turnovers', 'AccumulationRegister_Продажи', {
				dimensions: 'Номенклатура',
				...more,
			});
		expect(await onec.outcome(sales({}))).toHaveLength(2);
		expect(await onec.outcome(sales({ endPeriod: '2020-01-01T00:00:00' }))).toEqual([]);
	});

	test('tell their latest records, whichever of their two sets was named', async () => {
		const field = 'Номенклатура_Key';
		const condition = [{ field, comparison: 'eq', value: onec.office.table }];
		for (const name of ['ЦеныНоменклатуры', 'ЦеныНоменклатуры_RecordType']) {
			const rows = await onec.outcome(
				register('sliceLast', `InformationRegister_${name}`, {
					conditions: name.endsWith('_RecordType') ? { condition } : {},
					condition: `Номенклатура_Key eq guid'${onec.office.table}'`,
				}),
			);
			expect(rows).toMatchObject([{ Цена: 12_200 }]);
		}
	});

	test('that are not there are named with the remedy', async () => {
		const run = await onec.runs(register('balance', 'AccumulationRegister_Нет'));
		expect(run.error).toContain('1C refused to read AccumulationRegister_Нет');
		expect(run.remedy).toContain('Check the name of the object');
	});
});

describe('exchange plans', () => {
	let node: string;

	beforeEach(() => {
		const plan = 'ОбменСБитрикс24';
		node = `ExchangePlan_${plan}/${onec.base.programmer.addsNode({ plan, code: 'N8N', name: 'n8n' })}`;
	});

	const plan = (operation: string, more: IDataObject = {}): IDataObject => ({
		resource: 'exchangePlan',
		operation,
		node,
		...more,
	});

	test('give changes until they are acknowledged', async () => {
		const buyer = onec.base.admin.addsCounterparty({ name: 'ООО «Ландыш»', contract: 'none' });
		const changes = await onec.outcome(plan('getChanges'));
		expect(changes).toMatchObject([
			{
				change: 'changed',
				type: 'Catalog_Контрагенты',
				ref: buyer,
				messageNo: 1,
				object: { Description: 'ООО «Ландыш»' },
			},
		]);
		expect(await onec.outcome(plan('getChanges', { withObjects: false }))).toEqual(
			changes.map(({ object: _, ...change }) => change),
		);
		const taken = plan('acknowledge');
		expect(await onec.outcome(taken, [{ messageNo: 1 }])).toMatchObject([
			{ outcome: 'acknowledged' },
		]);
		expect(await onec.outcome(plan('getChanges'))).toEqual([]);
		expect(await onec.outcome(taken, [{ messageNo: 1 }])).toMatchObject([{ outcome: 'unchanged' }]);
	});

	test('are chosen by their nodes', async () => {
		expect(await onec.workflow({}).choices('1C', 'getExchangeNodes')).toContainEqual({
			name: 'ОбменСБитрикс24: n8n (N8N)',
			value: node,
		});
		const run = await onec.runs(plan('getChanges', { node: 'x' }));
		expect(run.error).toContain('not a node of an exchange plan');
	});
});

test('the description of a large base is kept small', () => {
	const fields = Array.from(
		{ length: 40 },
		(_, index) => `<Property Name="Реквизит${index}" Type="Edm.String" Nullable="true"/>`,
	).join('\n');
	const types = Array.from(
		{ length: 2000 },
		(_, index) => `<EntityType Name="Catalog_Справочник${index}">${fields}</EntityType>`,
	).join('\n');
	const shape = new BaseShape(`<Schema>${types}</Schema>`);
	expect(shape.sets).toHaveLength(2000);
	expect(shape.fields('Catalog_Справочник7')).toHaveLength(40);
	expect(shape.field('Catalog_Справочник7', 'Реквизит3')).toMatchObject({ type: 'string' });
	expect(shape.field('Catalog_Справочник7', 'Нет')).toBeUndefined();
});
