/** Companies from the items of a workflow: made, made again, and made while one answer of ten gets lost. */
import type { IDataObject } from 'n8n-workflow';
import { Dice } from '../chaos/dice';
import { autoMapping, Bitrix24Node, NODE } from '../support/bitrix24Node';
import { leastSeconds, note, timed } from './measurements';

const SIZES = [100, 1_000, 5_000];

const companies = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, at) => ({
		title: `ООО «Покупатель ${at + 1}»`,
		originId: `code-${at + 1}`,
	}));

const creating = { resource: 'company', operation: 'create', mapping: autoMapping() };
const upserting = {
	resource: 'company',
	operation: 'upsert',
	mapping: autoMapping(['originId']),
};

let bitrix24: Bitrix24Node;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
});
afterEach(async () => await bitrix24.close());

/** The same work whatever the weather: how many errors n8n shows, and what the portal has afterwards. */
const measure = async (row: string, parameters: IDataObject, size: number, floor: number) => {
	const items = companies(size);
	const { result, requests, seconds } = await timed(
		bitrix24.portal,
		async () => await bitrix24.runs(parameters, items, { onError: 'continueRegularOutput' }),
	);
	const outcomes = result.items(NODE);
	expect(outcomes).toHaveLength(size);
	expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([]);
	const codes = bitrix24.portal.sees.companies().map(({ originId }) => originId);
	expect(codes.sort()).toEqual(items.map(({ originId }) => originId).sort());
	note({
		row,
		size,
		unit: 'requests',
		measured: requests,
		floor,
		because: 'fields of the card, 50 commands a request, 40 keys a list',
	});
	note({
		row,
		size,
		unit: 'seconds',
		measured: seconds,
		floor: leastSeconds(floor),
		because: 'bucket, 10 ms a request, no work at all',
	});
	return requests;
};

const looking = (size: number): number => Math.ceil(size / 40 / 50);
const writing = (size: number): number => Math.ceil(size / 50);

describe.each(SIZES)('%d companies', (size) => {
	test('are created', async () => {
		const floor = 1 + writing(size);
		expect(await measure('create companies', creating, size, floor)).toBe(floor);
	});

	test('are created or updated, and the second time nothing is written', async () => {
		const first = 1 + looking(size) + writing(size);
		expect(await measure('create or update companies', upserting, size, first)).toBe(first);
		const again = 1 + looking(size);
		expect(await measure('update nothing', upserting, size, again)).toBe(again);
	});

	test('are created once each while a tenth of the answers is lost', async () => {
		const dice = new Dice(7);
		bitrix24.portal.levers.meets(() => (dice.happens(10) ? 'lost answer' : undefined));
		const floor = 1 + looking(size) + writing(size);
		await measure('create or update, 10 % of answers lost', upserting, size, floor);
	});
});
