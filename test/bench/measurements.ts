/** What the benchmarks measured, kept in a file for the table that is printed when all of them are done (table.js). */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Portal } from '../standins/bitrix24/portal';
import { LIVE_BASE } from '../standins/onec/costs';

export interface Measurement {
	/** What people wait for. */
	row: string;
	/** How much of it. */
	size: number;
	unit: string;
	measured: number;
	/** What no program could go below. */
	floor: number;
	/** Why it could not. */
	because: string;
}

const FOLDER = join(__dirname, '.run');

export const note = (measurement: Measurement): void => {
	mkdirSync(FOLDER, { recursive: true });
	appendFileSync(join(FOLDER, 'measurements.jsonl'), `${JSON.stringify(measurement)}\n`);
};

/** Milliseconds between the benchmarks and a portal. */
const LATENCY = 10;

/** Whoever waits on the pretended clock puts it forward; see pretendsTime. */
const pretended = {
	now: () => Date.now(),
	waits: async (milliseconds: number): Promise<void> => {
		jest.setSystemTime(Date.now() + milliseconds);
		await Promise.resolve();
	},
};

/** Systems that take the time of real ones, by the pretended clock: they are asked one thing after another. */
export const LIVE = {
	portal: { ...pretended, latency: LATENCY, bucket: { size: 50, drainPerSecond: 2 } },
	base: { ...pretended, costs: LIVE_BASE },
};

/** The largest sizes take a quarter of an hour by themselves: `LARGE=1 npm run bench`. */
export const andLarge = (...sizes: number[]): number[] => (process.env.LARGE ? sizes : []);

/**
 * Seconds a piece of work takes that asks the portal one thing after another: what it waits by the pretended clock, the
 * way there and back, and the processor, which neighbours on the machine do not change. The stand-in's share of the
 * processor is in it.
 */
export const timed = async <Result>(
	portal: Portal,
	work: () => Promise<Result>,
): Promise<{ result: Result; requests: number; seconds: number }> => {
	const [pretended, before] = [Date.now(), portal.requests.length];
	const processor = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(processor);
	const requests = portal.requests.length - before;
	const waited = Date.now() - pretended + requests * LATENCY;
	return { result, requests, seconds: waited / 1000 + (user + system) / 1e6 };
};

/** A burst of 50 requests, then two a second; the way there and back goes on meanwhile. */
export const leastSeconds = (requests: number): number =>
	Math.max((requests - 50) / 2, (requests * LATENCY) / 1000);
