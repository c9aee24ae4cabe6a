/** 1C UT Trigger: changes by exchange plan, by scan, and the call of the base. Its progress is in onecNodes.test.ts. */
import type { IDataObject } from 'n8n-workflow';
import type { RunningWorkflow } from './support/engine';
import { OneCNode } from './support/onecNode';

let onec: OneCNode;

beforeEach(async () => {
	onec = await OneCNode.open({ switches: { ownExchangePlan: true } });
});
afterEach(async () => await onec.close());

const emitted = async (running: RunningWorkflow): Promise<IDataObject[]> =>
	(await running.polls('Trigger'))?.items('Trigger') ?? [];

const names = (items: IDataObject[]): unknown[] =>
	items.map(({ object }) => (object as IDataObject | undefined)?.Description);

/** n8n is killed and started again: of the process before it only what it stored is left. */
const restarted = (running: RunningWorkflow, trigger: IDataObject): RunningWorkflow => {
	const stored = JSON.stringify(running.memory).replace(
		/"process":"[^"]*"/g,
		'"process":"the one before"',
	);
	return onec.workflow({ trigger, memory: JSON.parse(stored) as IDataObject });
};

describe('changes by an exchange plan', () => {
	const plan = 'ОбменСБитрикс24';
	let ref: string;
	let trigger: IDataObject;

	beforeEach(() => {
		ref = onec.base.programmer.addsNode({ plan, code: 'N8N', name: 'n8n' });
		trigger = { event: 'planChanges', node: `ExchangePlan_${plan}/${ref}` };
	});

	const buyer = (name: string): string =>
		onec.base.admin.addsCounterparty({ name, contract: 'none' });

	const acknowledgements = (): number =>
		onec.base.requests.filter(({ path }) => path.includes('NotifyChangesReceived')).length;

	test('are told once, and acknowledged only by the poll after', async () => {
		const running = onec.workflow({ trigger });
		expect(await emitted(running)).toEqual([]);
		const first = buyer('Первый');
		expect(await emitted(running)).toMatchObject([
			{
				change: 'changed',
				type: 'Catalog_Контрагенты',
				ref: first,
				object: { Description: 'Первый' },
			},
		]);
		expect(acknowledgements()).toBe(0);
		buyer('Второй');
		expect(names(await emitted(running))).toEqual(['Второй']);
		expect(acknowledgements()).toBe(1);
		expect(await emitted(running)).toEqual([]);
		expect(await emitted(running)).toEqual([]);
		expect(acknowledgements()).toBe(2);
	});

	test('are told again when n8n died with them in its hands', async () => {
		const running = onec.workflow({ trigger });
		buyer('Первый');
		await emitted(running);
		const after = restarted(running, trigger);
		expect(names(await emitted(after))).toEqual(['Первый']);
		expect(await emitted(after)).toEqual([]);
	});

	test('that come while an acknowledgement gets lost are not lost', async () => {
		const running = onec.workflow({ trigger });
		buyer('Первый');
		await emitted(running);
		buyer('Второй');
		onec.base.levers.losesNextAnswer('POST NotifyChangesReceived');
		expect(names(await emitted(running))).toEqual(['Второй']);
		expect(await emitted(running)).toEqual([]);
	});

	test('of a written object come again, of a removed one without it', async () => {
		const running = onec.workflow({ trigger });
		const first = buyer('Первый');
		await emitted(running);
		onec.base.admin.corrects(first, { Description: 'Первый и последний' });
		expect(names(await emitted(running))).toEqual(['Первый и последний']);
		onec.base.admin.deletesForGood(first);
		expect(await emitted(running)).toEqual([
			{ change: 'deleted', type: 'Catalog_Контрагенты', ref: first, key: `guid'${first}'` },
		]);
	});

	test('looked at by hand are not taken from the published workflow', async () => {
		const running = onec.workflow({ trigger });
		buyer('Первый');
		await emitted(running);
		buyer('Второй');
		const byHand = await running.polls('Trigger', 'manual');
		expect(names(byHand?.items('Trigger') ?? [])).toEqual(['Первый', 'Второй']);
		expect(names(await emitted(running))).toEqual(['Второй']);
		expect(await emitted(running)).toEqual([]);
	});

	test('after a backup was restored ask for a comparison of everything', async () => {
		const running = onec.workflow({ trigger });
		for (const name of ['Первый', 'Второй']) {
			buyer(name);
			await emitted(running);
		}
		await emitted(running);
		onec.base.programmer.restoresBackup(ref);
		buyer('Третий');
		const items = await emitted(running);
		expect(items[0]).toMatchObject({
			change: 'resync',
			reason: expect.stringContaining('restored from a backup') as string,
		});
		expect(names(items)).toContain('Третий');
		buyer('Четвертый');
		expect(names(await emitted(running))).toEqual(['Четвертый']);
	});

	test('of a node that is not there are a problem with a remedy', async () => {
		const node = `ExchangePlan_${plan}/7c9d1f2e-3b4a-11ef-9c11-00155d01c802`;
		const running = onec.workflow({ trigger: { ...trigger, node } });
		await expect(running.polls('Trigger')).rejects.toThrow('1C has no node');
	});
});

describe('a scan', () => {
	const trigger = (entity: string, more: IDataObject = {}): IDataObject => ({
		event: 'scan',
		entity: { __rl: true, mode: 'name', value: entity },
		...more,
	});
	const ORDERS = trigger('Document_ЗаказПокупателя', { days: 30 });
	const order = async (dealId: number): Promise<string> =>
		(await onec.office.create('order', onec.office.sale({ dealId }))).document.ref;

	test('tells what is new and what has changed since the look before', async () => {
		const old = await order(1);
		const running = onec.workflow({ trigger: ORDERS });
		expect(await emitted(running)).toEqual([]);
		const fresh = await order(2);
		expect(await emitted(running)).toMatchObject([
			{ change: 'new', type: 'Document_ЗаказПокупателя', ref: fresh, Posted: true },
		]);
		onec.base.salesman.edits(old, { Комментарий: 'Позвонить' });
		expect(await emitted(running)).toMatchObject([
			{ change: 'changed', ref: old, object: { Комментарий: 'Позвонить' } },
		]);
		expect(await emitted(running)).toEqual([]);
	});

	test('tells again what n8n died with', async () => {
		const running = onec.workflow({ trigger: ORDERS });
		await emitted(running);
		const fresh = await order(1);
		await emitted(running);
		const after = restarted(running, ORDERS);
		expect(await emitted(after)).toMatchObject([{ change: 'new', ref: fresh }]);
		expect(await emitted(after)).toEqual([]);
	});

	test('forgets what has left the window, and keeps little of the rest', async () => {
		const gone = await order(1);
		const running = onec.workflow({ trigger: ORDERS });
		await emitted(running);
		onec.base.salesman.edits(gone, { Date: '2020-01-01T12:00:00' });
		expect(await emitted(running)).toEqual([]);
		expect(JSON.stringify(running.memory)).not.toContain(gone.replace(/-/g, ''));
	});

	test('looks at catalogs as a whole, narrowed by a filter', async () => {
		const running = onec.workflow({
			trigger: trigger('Catalog_Контрагенты', { filter: "ИНН ne ''", withObjects: false }),
		});
		await emitted(running);
		onec.base.admin.addsCounterparty({ name: 'Без ИНН', contract: 'none' });
		const inn = '7728168971';
		const ref = onec.base.admin.addsCounterparty({ name: 'С ИНН', inn, contract: 'none' });
		expect(await emitted(running)).toMatchObject([{ change: 'new', ref, Description: 'С ИНН' }]);
	});

	test('of more than can be remembered asks to narrow it', async () => {
		onec.base.admin.fillsCounterparties(10_001);
		const running = onec.workflow({ trigger: trigger('Catalog_Контрагенты') });
		await expect(running.polls('Trigger')).rejects.toThrow('more than 10000 objects');
	});
});

describe('a call of the base', () => {
	const pushToken = 'длинный секрет 4f0b9c0a6f0f4e1c';
	const trigger = { event: 'push' };

	const call = async (running: RunningWorkflow, authorization?: string) => {
		const answer = {
			code: 0,
			status: (code: number) => ((answer.code = code), answer),
			end: () => answer,
		};
		const headers = authorization ? { authorization } : {};
		const run = await running.answers('Trigger', 'POST', { body: {}, query: {}, headers }, answer);
		return { status: answer.code, items: run?.items('Trigger') ?? [] };
	};

	test('wakes the look at the progress up, and says the same only once', async () => {
		const { document } = await onec.office.create('order');
		const running = onec.workflow({ trigger, pushToken });
		const called = await call(running, `Bearer ${pushToken}`);
		expect(called).toMatchObject({ status: 202, items: [{ dealId: 123 }] });
		expect((await call(running, `Bearer ${pushToken}`)).items).toEqual([]);
		onec.base.storekeeper.ships({ order: document.ref });
		expect((await call(running, `Bearer ${pushToken}`)).items).toMatchObject([
			{ progress: { shipped: { level: 'full' } } },
		]);
	});

	test('without the token is refused, and nothing is looked at', async () => {
		await onec.office.create('order');
		const running = onec.workflow({ trigger, pushToken });
		const before = onec.base.requests.length;
		for (const header of [undefined, pushToken, 'Bearer x', `Basic ${pushToken}`]) {
			expect(await call(running, header)).toEqual({ status: 401, items: [] });
		}
		const open = onec.workflow({ trigger });
		expect((await call(open, 'Bearer ')).status).toBe(401);
		expect(onec.base.requests.length).toBe(before);
	});

	test('many at once cost two looks', async () => {
		await onec.office.create('order');
		const running = onec.workflow({ trigger, pushToken });
		const one = await onec.office.requests(
			async () => await call(onec.workflow({ trigger, pushToken }), `Bearer ${pushToken}`),
		);
		const many = await onec.office.requests(async () => {
			const calls = Array.from(
				{ length: 20 },
				async () => await call(running, `Bearer ${pushToken}`),
			);
			const answers = await Promise.all(calls);
			expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
			expect(answers.flatMap(({ items }) => items)).toHaveLength(1);
		});
		expect(many).toBeLessThanOrEqual(2 * one);
	});

	test('is answered although 1C cannot be read, and is not polled', async () => {
		await onec.office.create('order');
		const running = onec.workflow({ trigger, pushToken });
		onec.base.levers.failsNext(404, undefined, '', 100);
		expect(await call(running, `Bearer ${pushToken}`)).toEqual({ status: 202, items: [] });
		expect(await running.polls('Trigger')).toBeNull();
	});
});
