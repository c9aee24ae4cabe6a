/**
 * The first load of the buyers of 1C with their requisites, accounts and addresses, and a night in which nothing has
 * changed. Seconds are those of the pretended clock: what the portal's limits, the way there and 1C take.
 */
import { Catalogs } from '../support/catalogs';
import { endsPretending, pretendsTime } from '../support/clock';
import { andLarge, leastSeconds, LIVE, note } from './measurements';

const SIZES = [1_000, 2_000, 4_000, ...andLarge(100_000)];

/** Card, requisite, account, address and, when all of it is in place, the imprint that says so. */
const COMMANDS = 5;

const settings = { sameInn: 'create' };

let catalogs: Catalogs;

beforeEach(async () => {
	pretendsTime();
	catalogs = await Catalogs.open({ systems: LIVE });
});
afterEach(async () => {
	await catalogs.close();
	endsPretending();
});

const loads = async (size: number) => {
	/** What the setup of the portal has taken of the burst is given back. */
	jest.setSystemTime(Date.now() + 60_000);
	const before = Date.now();
	const { result, ...costs } = await catalogs.costs(
		async () => await catalogs.syncsBuyers(settings),
	);
	expect(result.error).toBeUndefined();
	expect(result.summary).toMatchObject({ read: size, inDoubt: 0, failed: 0 });
	return { ...costs, summary: result.summary, seconds: (Date.now() - before) / 1000 };
};

const noteSeconds = (row: string, size: number, seconds: number, floor: number, because: string) =>
	note({ row, size, unit: 'seconds, pretended', measured: seconds, floor, because });

test.each(SIZES)('%d buyers are loaded, and the second time nothing is written', async (size) => {
	catalogs.base.admin.fillsCounterparties(size, { details: true });
	const first = await loads(size);
	expect(first.summary).toMatchObject({ created: size });
	note({
		row: 'first load of buyers',
		size,
		unit: 'requests to bitrix24 each',
		measured: first.bitrix24 / size,
		floor: COMMANDS / 50,
		because: '5 commands each, 50 a request; those that refer to each other are not torn',
	});
	const atTheLimit = leastSeconds(first.bitrix24);
	noteSeconds(
		'first load of buyers',
		size,
		first.seconds,
		atTheLimit,
		'its requests at the limit of the portal, 1C for nothing',
	);
	expect(atTheLimit / first.seconds).toBeGreaterThan(size < 2_000 ? 0.85 : 0.95);
	const again = await loads(size);
	expect(again.writes).toEqual([]);
	const cost = { row: 'load again, nothing changed', size, floor: 0 };
	note({
		...cost,
		unit: 'writes',
		measured: again.writes.length,
		because: 'every imprint is as it was',
	});
	note({
		...cost,
		unit: 'requests to bitrix24',
		measured: again.bitrix24,
		floor: Math.ceil((4 * Math.ceil(size / 42)) / 50),
		because: 'four lists for 42 buyers, 50 lists a request',
	});
	note({
		...cost,
		unit: 'requests to 1C',
		measured: again.onec,
		floor: 3 * Math.ceil(size / 500),
		because: 'buyers, contacts and accounts, pages of 500',
	});
});

/** Seconds of operating time a portal allows a method, and how often it begins to count anew. */
const [ALLOWED, WINDOW] = [480, 600];

/** A made-up cost of adding a card; what is below 0.1 s a portal does not count. */
const ADDING = 0.25;

test.each(SIZES)(
	'%d buyers are loaded by a portal that counts the time of its server',
	async (size) => {
		catalogs.base.admin.fillsCounterparties(size, { details: true });
		catalogs.portal.levers.slowsDown('crm.item.add', ADDING);
		const { seconds, bitrix24, summary } = await loads(size);
		expect(summary).toMatchObject({ created: size });
		const counted = Math.floor((size * ADDING) / ALLOWED) * WINDOW;
		noteSeconds(
			`first load, a card takes the server ${ADDING} s`,
			size,
			seconds,
			Math.max(leastSeconds(bitrix24), counted),
			'480 s of a method in ten minutes, or the bucket where that is longer',
		);
	},
);
