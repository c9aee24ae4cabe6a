/** Chance with a seed: the same seed throws the same dice, so a failing run can be played again. */
import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** A prime that keeps the seeds of branches apart. */
const APART = 1_000_003;

export class Dice {
	private readonly generator;

	constructor(private readonly seed: number) {
		this.generator = xoroshiro128plus(seed);
	}

	/** Dice of their own for somebody, so that what others throw changes nothing for them. */
	branch(number: number): Dice {
		return new Dice(this.seed * APART + number);
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return unsafeUniformIntDistribution(least, most, this.generator);
	}

	/** @param percent 0 to 100 */
	happens(percent: number): boolean {
		return this.between(1, 1000) <= percent * 10;
	}

	oneOf<T>(choices: readonly T[]): T {
		return choices[this.between(0, choices.length - 1)];
	}
}
