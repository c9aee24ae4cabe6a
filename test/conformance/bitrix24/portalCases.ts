/** The whole table of the portal. */
import { BATCH_CASES } from './batchCases';
import { BUYER_CASES } from './buyerCases';
import { CARD_CASES } from './cardCases';
import { LIST_CASES } from './listCases';
import { ORDINARY_CASES } from './ordinaryCases';
import { PAGE_CASES } from './pageCases';
import type { PortalCase } from './portalCase';
import { SALE_CASES } from './saleCases';
import { SETTINGS_CASES } from './settingsCases';
import { SYSTEM_CASES } from './systemCases';

export const PORTAL_CASES: PortalCase[] = [
	...SYSTEM_CASES,
	...BATCH_CASES,
	...LIST_CASES,
	...CARD_CASES,
	...SALE_CASES,
	...BUYER_CASES,
	...SETTINGS_CASES,
	...ORDINARY_CASES,
	...PAGE_CASES,
];
