/**
 * Both chains under bad weather: people keep working, answers are lost, systems fail, n8n forgets what it knew. When
 * everything has come to rest, nothing may be lost, doubled or wrong. The same seed plays the same scenario.
 */
import { Dice } from './chaos/dice';
import { mends, strikesBargain, works, type Bargain } from './chaos/people';
import { tallyOf } from './chaos/tally';
import { notes, wrongWith } from './chaos/truth';
import { Weather, type Climate } from './chaos/weather';
import { TwoChains } from './support/twoChains';

let firm: TwoChains;

afterEach(async () => await firm.close());

jest.setTimeout(180_000);

/** Long enough for the longest pause between two attempts, an hour. */
const REST = { steps: 16, minutes: 10 };

const CLIMATE: Climate = { lost: 10, failing: 10, silent: 0, troubles: 6, latest: null };

/** Seeds that once failed stay here. `CHAOS_SEEDS=1-40` plays others. */
const SEEDS = [1, 2];

const seeds = (): number[] => {
	const [first, last] = (process.env.CHAOS_SEEDS ?? '').split('-').map(Number);
	return first ? Array.from({ length: (last ?? first) - first + 1 }, (_, at) => first + at) : SEEDS;
};

/** The portal calls about a deal once, twice or not at all, and now and then about one of long ago. */
const callsUp = async (dice: Dice, bargains: Bargain[]): Promise<void> => {
	for (const { deal } of bargains) {
		for (let times = dice.oneOf([0, 0, 0, 0, 1, 2]); times > 0; times -= 1) await firm.calls(deal);
	}
};

const timePasses = async (minutes: number, bargains: Bargain[]): Promise<void> => {
	await firm.timePasses(minutes);
	for (const bargain of bargains) notes(firm, bargain);
};

test.each(seeds())('seed %d', async (seed) => {
	firm = await TwoChains.open();
	const dice = new Dice(seed);
	const weather = new Weather(dice, CLIMATE);
	const bargains: Bargain[] = [];
	weather.begins(firm);
	for (let minute = 0; minute < 20; minute += 1) {
		if (bargains.length < 9) bargains.push(strikesBargain(firm, dice, minute + 1));
		for (const bargain of bargains) works(firm, bargain, 50);
		weather.moment(firm, bargains);
		for (const bargain of bargains) notes(firm, bargain);
		await callsUp(dice, bargains);
		if (dice.happens(5)) firm.n8nForgets();
		await timePasses(1, bargains);
	}
	weather.clears(firm);
	for (const bargain of bargains.filter(({ deal }) => deal % 2 === 0)) {
		if (bargain.hopeless) mends(firm, bargain);
	}
	for (let step = 0; step < REST.steps; step += 1) await timePasses(REST.minutes, bargains);
	expect(bargains.flatMap((bargain) => wrongWith(firm, bargain))).toEqual([]);
	expect(Object.values(weather.struck).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50);
	expect(tallyOf(firm)['of them reconciled']).toBeGreaterThan(0);
});
