/** Chance with a seed: the same seed throws the same dice, so a failing run can be played again. */
import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

export class Dice {
	private readonly generator;

	constructor(seed: number) {
		this.generator = xoroshiro128plus(seed);
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return unsafeUniformIntDistribution(least, most, this.generator);
	}

	/** @param percent 0 to 100 */
	happens(percent: number): boolean {
		return this.between(1, 100) <= percent;
	}

	oneOf<T>(choices: readonly T[]): T {
		return choices[this.between(0, choices.length - 1)];
	}
}
