import type { Outcome } from '../../../shared/operation';

/** Later nodes find their deal by `dealId`, whichever operation came before. */
export const withDealId = (outcome: Outcome): Outcome =>
	'problem' in outcome
		? outcome
		: { items: outcome.items.map(({ json }) => ({ json: { dealId: json.id, ...json } })) };
