import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { due, type Memory } from '../nodes/shared/repeat';
import { standingClock } from './support/axiosHttp';

const MINUTE = 60_000;

describe('what a trigger emits', () => {
	const HOUR = 60 * MINUTE;
	const wish = (key: string, mark = 'a') => ({ key, mark });

	/** Polls every minute and says in which minutes a wish was emitted. */
	const minutes = (polls: number, mark: (minute: number) => string | null): number[] => {
		let memory: Memory = {};
		const emitted: number[] = [];
		for (let minute = 0; minute < polls; minute += 1) {
			const current = mark(minute);
			const result = due(
				memory,
				current === null ? [] : [wish('7', current)],
				minute * MINUTE,
				HOUR,
			);
			memory = result.memory;
			if (result.emit.length > 0) emitted.push(minute);
		}
		return emitted;
	};

	test('a standing wish is repeated with growing pauses, up to the longest', () => {
		expect(minutes(250, () => 'a')).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
	});

	test('a changed wish is emitted at once', () => {
		expect(minutes(12, (minute) => (minute < 10 ? 'a' : 'b'))).toEqual([0, 1, 3, 7, 10, 11]);
	});

	test('a wish that came back is emitted at once', () => {
		expect(minutes(8, (minute) => (minute === 5 ? null : 'a'))).toEqual([0, 1, 3, 6, 7]);
	});

	test('one wish does not hold up another', () => {
		const { memory } = due({}, [wish('1')], 0, HOUR);
		expect(due(memory, [wish('1'), wish('2')], 1000, HOUR).emit).toEqual([wish('2')]);
	});
});

describe('the bucket', () => {
	test('lets the burst through and then keeps the pace', async () => {
		const clock = standingClock();
		const start = clock.now();
		const bucket = new LeakyBucket(50, 2, clock);
		for (let request = 0; request < 50; request += 1) await bucket.take();
		expect(clock.now() - start).toBe(0);
		for (let request = 0; request < 20; request += 1) await bucket.take();
		expect(clock.now() - start).toBe(10_000);
	});

	test('believes the server when it says it is full', async () => {
		const clock = standingClock();
		const start = clock.now();
		const bucket = new LeakyBucket(50, 2, clock);
		bucket.overflowed();
		await bucket.take();
		expect(clock.now() - start).toBe(500);
	});
});
