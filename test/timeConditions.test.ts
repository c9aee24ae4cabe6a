/** Lists of cards since a time, on portals that understand such a condition and on those that ignore it. */
import { listCards } from '../nodes/Bitrix24/cards/cardList';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import { listEach } from '../nodes/Bitrix24/rest/itemList';
import { listRecent } from '../nodes/Bitrix24/rest/recentItems';
import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';

const HOUR = 3_600_000;

let portal: Portal;
let client: Bitrix24Client;
let clock: ReturnType<typeof standingClock>;

/** One deal an hour, the oldest first. */
const deals = async (count: number): Promise<number[]> => {
	const made: number[] = [];
	for (let number = 1; number <= count; number += 1) {
		await clock.sleep(HOUR);
		made.push(portal.manager.createsDeal({ title: `Окна ${number}` }));
	}
	return made;
};

const idsOf = (cards: ReadonlyArray<Record<string, unknown>>): number[] =>
	cards.map(({ id }) => Number(id));

beforeEach(async () => {
	clock = standingClock();
	portal = await openPortal({ now: clock.now });
	const bucket = new LeakyBucket(50, 2, clock);
	client = new Bitrix24Client(portal.domain, axiosHttp(portal.webhookUrl), clock, bucket);
});
afterEach(async () => await portal.close());

describe.each(['any ISO form', 'portal form only'] as const)('where %s filters', (momentFilter) => {
	beforeEach(() => {
		portal.switches.momentFilter = momentFilter;
	});

	test.each([
		['>=movedTime', 'toISOString', 5],
		['>createdTime', 'withOffset', 4],
	])('%s in the form of %s gives those and no others', async (key, form, count) => {
		const made = await deals(100);
		const bound = new Date(clock.now() - 4 * HOUR).toISOString();
		const value = form === 'withOffset' ? bound.replace(/\.\d+Z$/, '+00:00') : bound;
		const query = { entityTypeId: DEAL, filter: { [key]: value }, select: ['id', 'title'] };
		const latest = made.slice(-count);
		expect(idsOf(await listCards(client, { ...query, order: {} }))).toEqual(latest);
		expect(idsOf(await listCards(client, { ...query, order: {} }, 2))).toEqual(latest.slice(0, 2));
		const backwards = { ...query, order: { id: 'DESC' } };
		expect(idsOf(await listCards(client, backwards, 3))).toEqual([...latest].reverse().slice(0, 3));
	});

	test('two ends of a span', async () => {
		const made = await deals(60);
		const at = (hours: number): string => new Date(clock.now() - hours * HOUR).toISOString();
		const filter = { '>=createdTime': at(40), '<createdTime': at(30) };
		const query = { entityTypeId: DEAL, filter, order: {} };
		expect(idsOf(await listCards(client, query))).toEqual(made.slice(19, 29));
	});
});

test('a condition the portal ignores costs a few pages, not the whole list', async () => {
	const made = await deals(230);
	const query = { entityTypeId: DEAL, select: ['id', 'movedTime'], filter: {} };
	const recent = async (moment: number) =>
		(await listEach(client, [listRecent(client, query, 'movedTime', moment)]))[0];
	const since = clock.now() - 9 * HOUR;
	const asked = portal.requests.length;
	expect(idsOf(await recent(since)).sort()).toEqual(made.slice(-10));
	expect(portal.requests.slice(asked).flatMap(({ commands }) => commands)).toHaveLength(1);
	const longAgo = clock.now() - 120 * HOUR;
	expect(await recent(longAgo)).toHaveLength(121);
});
