/** Waiting for the portal's operating time, for one client with its patience. */
import type { Clock } from '../../shared/http';
import type { OperatingTime } from './operatingTime';

/** Whoever waits looks up this often, milliseconds: another node may have got through, or learnt more. */
const LOOK_UP = 60_000;

export class Pace {
	constructor(
		private readonly operatingTime: OperatingTime,
		private readonly clock: Clock,
		private readonly patience: number,
	) {}

	/** A call has come through. @param time the block of that name in its answer */
	learn(method: string, time: unknown): void {
		this.operatingTime.learn(method, time, this.clock.now());
	}

	/** Heavy methods slow down before the portal blocks them. @param methods of all calls of a request */
	async keep(methods: readonly string[]): Promise<void> {
		const latest = this.clock.now() + this.patience;
		for (;;) {
			const now = this.clock.now();
			const pause = Math.min(this.operatingTime.pauseBefore(methods, now), latest - now, LOOK_UP);
			if (pause <= 0) return;
			await this.clock.sleep(pause);
		}
	}

	/** @returns whether the methods, all of them refused just now, are worth asking again after the waiting */
	async outlast(methods: readonly string[]): Promise<boolean> {
		const refusedAt = this.clock.now();
		const blocked = [...new Set(methods)];
		const again = blocked
			.map((method) => this.operatingTime.refused(method, refusedAt, this.patience))
			.filter((moment) => moment !== null);
		if (again.length === 0) return false;
		const until = Math.max(...again);
		while (blocked.some((method) => this.operatingTime.isBlocked(method))) {
			const left = until - this.clock.now();
			if (left <= 0) break;
			await this.clock.sleep(Math.min(left, LOOK_UP));
		}
		return true;
	}
}
