/**
 * Points of a tariff.
 * Imitates: one point for a successful request, a limit for a day and for a minute, and the `limits` of the
 * metadata (reference §1.1). The numbers are those of one public account; real ones depend on the tariff.
 * Guessed: both windows are calendar ones in the account's zone.
 */
import type { Clock } from './clock';
import { Refusal } from './refusal';

export interface PointLimits {
	day: number;
	minute: number;
}

export interface LimitsBlock {
	day_limit: number;
	day_remaining: number;
	day_reset: number;
	minute_limit: number;
	minute_remaining: number;
	minute_reset: number;
}

export class Points {
	private day = { name: '', spent: 0 };
	private minute = { name: '', spent: 0 };

	constructor(
		private readonly limits: PointLimits,
		private readonly clock: Clock,
	) {}

	check(): void {
		this.turn();
		if (this.day.spent >= this.limits.day) throw exceeded('day', this.limits.day);
		if (this.minute.spent >= this.limits.minute) throw exceeded('minute', this.limits.minute);
	}

	charge(): void {
		this.turn();
		this.day.spent += 1;
		this.minute.spent += 1;
	}

	/** As if another program of the same client had spent the rest. */
	exhaust(window: 'day' | 'minute'): void {
		this.turn();
		this[window].spent = this.limits[window];
	}

	block(): LimitsBlock {
		this.turn();
		return {
			day_limit: this.limits.day,
			day_remaining: this.limits.day - this.day.spent,
			day_reset: this.clock.secondsToMidnight(),
			minute_limit: this.limits.minute,
			minute_remaining: this.limits.minute - this.minute.spent,
			minute_reset: this.clock.secondsToMinute(),
		};
	}

	private turn(): void {
		if (this.day.name !== this.clock.day()) this.day = { name: this.clock.day(), spent: 0 };
		const minute = this.clock.minute();
		if (this.minute.name !== minute) this.minute = { name: minute, spent: 0 };
	}
}

const exceeded = (window: string, limit: number): Refusal =>
	new Refusal('limit_exceeded', { params: { limit_type: window, limit_max_value: limit } });
