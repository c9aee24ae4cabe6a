/** The whole table of the base. */
import type { BaseSwitches } from '../../standins/onec/switches';
import type { BaseQuestion, Case } from '../contract';

export const BASE_CASES: Array<Case<BaseQuestion, BaseSwitches>> = [];
