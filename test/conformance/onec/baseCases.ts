/** Every case of the base. */
import type { BaseCase } from './baseCase';
import { EXCHANGE_CASES } from './exchangeCases';
import { FILTER_CASES } from './filterCases';
import { METADATA_CASES } from './metadataCases';
import { POSTING_CASES } from './postingCases';
import { READING_CASES } from './readingCases';
import { REFUSAL_CASES } from './refusalCases';
import { REGISTER_CASES } from './registerCases';
import { TYPE_CASES } from './typeCases';
import { WRITING_CASES } from './writingCases';

export const BASE_CASES: readonly BaseCase[] = [
	...REFUSAL_CASES,
	...READING_CASES,
	...FILTER_CASES,
	...TYPE_CASES,
	...REGISTER_CASES,
	...METADATA_CASES,
	...WRITING_CASES,
	...POSTING_CASES,
	...EXCHANGE_CASES,
];
