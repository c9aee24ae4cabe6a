/** What a process holds. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MEGABYTE = 2 ** 20;

/** Megabytes of what is really in use. */
export const heldNow = (): number => {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	return process.memoryUsage().heapUsed / MEGABYTE;
};

const resident = (): number => process.memoryUsage().rss / MEGABYTE;

const LOOK_EVERY = 100;

/** By how many megabytes the process is larger at its largest than it was before the work, garbage included. */
export const growthDuring = async (work: () => Promise<void>): Promise<number> => {
	heldNow();
	const before = resident();
	let largest = before;
	const looking = setInterval(() => (largest = Math.max(largest, resident())), LOOK_EVERY);
	try {
		await work();
	} finally {
		clearInterval(looking);
	}
	return Math.max(largest, resident()) - before;
};
