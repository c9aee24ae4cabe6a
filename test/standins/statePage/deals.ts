/**
 * Deals of the portal, oldest first. `sees` shows a card by its number and no list, so numbers are tried until a long
 * gap: those that an API client has deleted are only holes.
 */
import type { Portal } from '../bitrix24/portal';

/** The first deal of a stand-in portal. */
const FIRST = 401;
const LONGEST_GAP = 40;

export const dealsOf = (portal: Portal): Array<Record<string, unknown>> => {
	const deals: Array<Record<string, unknown>> = [];
	for (let id = FIRST, gap = 0; gap < LONGEST_GAP; id += 1) {
		const deal = cardOf(portal, id);
		gap = deal ? 0 : gap + 1;
		if (deal) deals.push(deal);
	}
	return deals;
};

const cardOf = (portal: Portal, id: number): Record<string, unknown> | undefined => {
	try {
		return portal.sees.deal(id);
	} catch {
		return undefined;
	}
};
