/** The portal's operating time: heavy work keeps below the limit, and what is refused for it is not lost. */
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { readDealCards } from '../nodes/Bitrix24/deals/dealCard';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import { PATIENCE } from '../nodes/Bitrix24/rest/operatingTime';
import { Reference } from '../nodes/Bitrix24/rest/reference';
import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { openPortal, type Portal, type PortalOptions } from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';
import { Bitrix24Node, mapping } from './support/bitrix24Node';
import { Catalogs } from './support/catalogs';
import { endsPretending, pretendsTime } from './support/clock';
import { Company } from './support/company';

jest.setTimeout(60_000);

const BLOCKED = 'OPERATION_TIME_LIMIT';
const MINUTE = 60_000;

const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ number: index + 1 }));

/** How many requests and commands met the limit. */
const blockedIn = ({ requests }: Portal): number =>
	requests
		.flatMap(({ error, refusals = [] }) => [error, ...refusals])
		.filter((one) => one === BLOCKED).length;

const POSITIONS = ['each command', 'the batch'] as const;

describe('in a workflow', () => {
	let bitrix24: Bitrix24Node;
	let start: number;

	const open = async (options: PortalOptions = {}): Promise<Portal> => {
		bitrix24 = await Bitrix24Node.open(options);
		start = Date.now();
		return bitrix24.portal;
	};
	afterEach(async () => await bitrix24.close());

	const list = { resource: 'deal', operation: 'getAll', returnAll: true };
	const create = {
		resource: 'deal',
		operation: 'create',
		mapping: mapping({ title: '={{ "Сделка " + $json.number }}' }),
	};
	const titles = (): string[] => bitrix24.portal.sees.deals().map(({ title }) => String(title));
	const passed = (): number => Date.now() - start;

	const sellsMany = (portal: Portal): void => {
		for (const { number } of numbered(1000)) portal.manager.createsDeal({ title: `${number}` });
	};

	test('1,000 deals are listed when the time that others have used up comes back', async () => {
		const portal = await open();
		sellsMany(portal);
		portal.levers.exhaustsOperatingTime('crm.item.list');
		expect(await bitrix24.gives(list)).toHaveLength(1000);
		expect(passed()).toBeLessThan(11 * MINUTE);
		/** Asked again with growing pauses, once a minute at most. */
		expect(blockedIn(portal)).toBeLessThan(14);
	});

	test.each([
		['right', 0],
		['five minutes fast', 300_000],
		['five minutes slow', -300_000],
	])(
		'a list that takes the portal longer than it allows is whole, its clock being %s',
		async (_, ahead) => {
			const portal = await open({ now: () => Date.now() + ahead });
			sellsMany(portal);
			portal.levers.slowsDown('crm.item.list', 30);
			const ids = (await bitrix24.gives(list)).map(({ id }) => id);
			expect(ids).toEqual(portal.sees.deals().map(({ id }) => id));
			/** Fifteen pages of twenty-one in all, the first of them alone, and the rest as soon as the portal forgets them. */
			expect(bitrix24.requests).toEqual([
				'crm.item.list',
				'batch of 20 crm.item.list',
				'batch of 5 crm.item.list',
			]);
			expect(Math.round(passed() / MINUTE)).toBe(10);
		},
	);

	test('of a batch exactly the commands that were refused go out again, after the pause the portal names', async () => {
		const portal = await open();
		portal.levers.slowsDown('crm.item.add', 20);
		const items = numbered(60);
		const made = await bitrix24.gives(create, items);
		expect(made.map(({ item }) => (item as { title: string }).title)).toEqual(
			items.map(({ number }) => `Сделка ${number}`),
		);
		expect(titles()).toHaveLength(60);
		expect(new Set(titles()).size).toBe(60);
		/** 24 calls of twenty seconds fill the eight minutes: ten of the second fifty wait with the rest. */
		expect(bitrix24.requests.filter((one) => one.includes('crm.item.add'))).toEqual([
			'batch of 50 crm.item.add',
			'batch of 26 crm.item.add',
			'batch of 2 crm.item.add',
			'batch of 10 crm.item.add',
		]);
		expect(passed()).toBeGreaterThan(20 * MINUTE);
	});

	test('a portal that never has time fails each card with its remedy, after one window for all of them', async () => {
		const portal = await open();
		portal.levers.failsNext('crm.item.add', 429, BLOCKED, 'Method is blocked', Infinity);
		const outcomes = await bitrix24.outcomes(create, numbered(150));
		expect(outcomes).toHaveLength(150);
		expect(outcomes.every(({ error }) => String(error).includes(BLOCKED))).toBe(true);
		expect(outcomes.every(({ error }) => String(error).includes('ten minutes'))).toBe(true);
		expect(passed()).toBeGreaterThan(10 * MINUTE);
		expect(passed()).toBeLessThanOrEqual(11 * MINUTE);
		expect(titles()).toEqual([]);
	});

	test('pick-lists do not make a person wait', async () => {
		const portal = await open();
		portal.levers.exhaustsOperatingTime('crm.item.fields');
		await expect(bitrix24.with(list).choices('Битрикс24', 'getCardFields')).rejects.toThrow(
			BLOCKED,
		);
		expect(passed()).toBeLessThanOrEqual(PATIENCE.ofOthers);
	});
});

describe('the exchange of deals', () => {
	test('polls without hanging while the time is used up, and the next poll finds the deal', async () => {
		const company = await Company.open();
		try {
			const { portal } = company;
			const table = company.product('Стол', 12_200);
			const deal = company.deal(company.buyer().company, [
				{ product: table.product, quantity: 1, price: 12_200 },
			]);
			portal.manager.moves(deal, 'INVOICE_1C');
			portal.levers.exhaustsOperatingTime('crm.item.list');
			const start = Date.now();
			await expect(company.workflow.polls('Сделки ждут документ')).rejects.toThrow(BLOCKED);
			expect(Date.now() - start).toBeLessThanOrEqual(PATIENCE.ofOthers);
			portal.levers.renewsOperatingTime();
			await company.minutePasses();
			expect(company.documents('СчетНаОплатуПокупателю', deal)).toHaveLength(1);
		} finally {
			await company.close();
		}
	});

	test('lets no execution wait with what it has read until the next one has written the same', async () => {
		const company = await Company.open();
		try {
			const { portal } = company;
			const table = company.product('Стол', 12_200);
			const deal = company.deal(company.buyer().company, [
				{ product: table.product, quantity: 1, price: 12_200 },
			]);
			portal.manager.moves(deal, 'INVOICE_1C');
			for (const method of ['crm.item.update', 'crm.timeline.comment.add']) {
				portal.levers.exhaustsOperatingTime(method);
			}
			const start = Date.now();
			await company.workflow.polls('Сделки ждут документ');
			expect(Date.now() - start).toBeLessThan(2 * MINUTE);
			portal.levers.renewsOperatingTime();
			await company.minutesPass(5);
			expect(company.documents('СчетНаОплатуПокупателю', deal)).toHaveLength(1);
			expect(new Set(company.timeline(deal)).size).toBe(company.timeline(deal).length);
		} finally {
			await company.close();
		}
	});
});

describe('the first load of counterparties', () => {
	beforeEach(pretendsTime);
	afterEach(endsPretending);

	test.each(POSITIONS)(
		'on a slow portal that counts %s slows down and loses nothing',
		async (batchOperating) => {
			const catalogs = await Catalogs.open({
				now: () => Date.now(),
				portal: { batchOperating },
			});
			try {
				const { portal, base } = catalogs;
				base.admin.fillsCounterparties(300);
				for (const method of ['crm.item.add', 'crm.item.update', 'crm.requisite.add']) {
					portal.levers.slowsDown(method, 1.8);
				}
				const start = Date.now();
				const { summary } = await catalogs.syncsBuyers({ sameInn: 'create', pageSize: 100 });
				expect(summary).toMatchObject({ read: 300, created: 300, failed: 0 });
				expect(blockedIn(portal)).toBe(0);
				/** Three methods of 540 s each; counted as one batch they are 1,620 s. */
				const windows = batchOperating === 'the batch' ? 4 : 2;
				expect(Date.now() - start).toBeLessThan(windows * 10 * MINUTE);
				const again = await catalogs.syncsBuyers({ sameInn: 'create', pageSize: 100 });
				expect(again.summary).toMatchObject({ read: 300, skipped: 300 });
			} finally {
				await catalogs.close();
			}
		},
	);
});

describe('clients of one portal', () => {
	let portal: Portal;
	let clock: ReturnType<typeof standingClock>;

	beforeEach(async () => {
		clock = standingClock();
		portal = await openPortal({ now: clock.now });
	});
	afterEach(async () => await portal.close());

	/** @param worker what one process knows, another does not */
	const client = (worker: string, bucket = new LeakyBucket(50, 2, clock)): Bitrix24Client =>
		new Bitrix24Client(
			portal.domain,
			axiosHttp(portal.webhookUrl),
			clock,
			bucket,
			'',
			Buffer.from(worker),
			PATIENCE.ofExecution,
		);

	const additions = (worker: string, count: number) =>
		numbered(count).map(({ number }) => ({
			method: 'crm.item.add',
			params: { entityTypeId: DEAL, fields: { title: `${worker} ${number}` } },
		}));

	const refusals = (code: string): number =>
		portal.requests.filter(({ error }) => error === code).length;

	test('a deal is read whole although the time of one method ends in the middle of its batch', async () => {
		const deals = [1, 2].map((number) =>
			portal.manager.createsDeal({
				title: `Сделка ${number}`,
				company: portal.admin.addsCompany({ title: `ООО «${number}»`, inn: '7707083893' }),
				rows: [{ name: 'Стол', price: 122, quantity: 3, vat: 22 }],
			}),
		);
		portal.levers.slowsDown('crm.item.get', 240);
		const cards = await readDealCards(client('first'), deals);
		for (const [index, deal] of deals.entries()) {
			expect(cards.get(deal)).toMatchObject({
				sale: { total: 366, buyer: { name: `ООО «${index + 1}»`, inn: '7707083893' } },
			});
		}
	});

	test('what refers to a command that was refused is read by what it brings in the end', async () => {
		const company = portal.admin.addsCompany({ title: 'ООО «Роза»', inn: '7707083893' });
		const deal = portal.manager.createsDeal({ title: 'Сделка', company });
		portal.levers.exhaustsOperatingTime('crm.item.get');
		const [, requisites, profile] = await client('first').batch([
			{ method: 'crm.item.get', params: { entityTypeId: DEAL, id: deal } },
			{
				method: 'crm.requisite.list',
				params: {
					filter: { ENTITY_TYPE_ID: 4, ENTITY_ID: new Reference(0, 'item', 'companyId') },
				},
			},
			{ method: 'profile' },
		]);
		expect(profile).toMatchObject({ value: { ID: '1' } });
		expect(requisites).toMatchObject({ value: [{ ENTITY_ID: String(company) }] });
		expect(portal.requests.at(-1)?.commands).toEqual(['crm.item.get', 'crm.requisite.list']);
	});

	test('a command that writes may not refer to another one', async () => {
		const writing = client('first').batch([
			{ method: 'profile' },
			{ method: 'crm.item.update', params: { entityTypeId: 4, id: new Reference(0, 'ID') } },
		]);
		await expect(writing).rejects.toThrow('must not refer');
		expect(portal.requests).toEqual([]);
	});

	test('two workers that know nothing of each other get all their cards made once', async () => {
		portal.levers.slowsDown('crm.item.add', 2);
		const workers = ['первый', 'второй'];
		const all = await Promise.all(
			workers.map(async (worker) => await client(worker).batch(additions(worker, 150))),
		);
		expect(all.flat().every((reply) => 'value' in reply)).toBe(true);
		expect(
			portal.sees
				.deals()
				.map(({ title }) => title)
				.sort(),
		).toEqual(
			workers.flatMap((worker) => numbered(150).map(({ number }) => `${worker} ${number}`)).sort(),
		);
	});

	test('two workers outlast the full bucket, two nodes of one process never meet it', async () => {
		const asks = async (one: Bitrix24Client): Promise<void> => {
			for (let request = 0; request < 60; request += 1) await one.call({ method: 'profile' });
		};
		const bucket = new LeakyBucket(50, 2, clock);
		await Promise.all([asks(client('one', bucket)), asks(client('one', bucket))]);
		expect(refusals('QUERY_LIMIT_EXCEEDED')).toBe(0);
		clock.pass(MINUTE);
		await Promise.all([asks(client('first')), asks(client('second'))]);
		expect(refusals('QUERY_LIMIT_EXCEEDED')).toBeGreaterThan(0);
		expect(portal.requests.filter(({ status }) => status === 200)).toHaveLength(240);
	});

	test('two nodes of one process keep below the limit together', async () => {
		portal.levers.slowsDown('crm.item.add', 0.5);
		const start = clock.now();
		for (let round = 1; round <= 15; round += 1) {
			for (const node of ['Каталог', 'Обмен']) {
				const replies = await client('one').batch(additions(node, 50));
				expect(replies.every((reply) => 'value' in reply)).toBe(true);
			}
		}
		expect(portal.sees.deals()).toHaveLength(1500);
		/** 750 s of the server's work need more than one window, and not two. */
		expect(clock.now() - start).toBeGreaterThan(5 * MINUTE);
		expect(clock.now() - start).toBeLessThan(20 * MINUTE);
		const times = portal.requests.map(({ commands }) => commands?.length);
		expect(times).toEqual(Array(30).fill(50));
	});
});
