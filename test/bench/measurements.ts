/** What the benchmarks measured, kept in a file for the table that is printed when all of them are done (table.js). */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Portal } from '../standins/bitrix24/portal';

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

/** A burst of 50 requests, then two a second. */
export const leastSeconds = (requests: number): number =>
	Math.max(0, requests - 50) / 2 + (requests * LATENCY) / 1000;
