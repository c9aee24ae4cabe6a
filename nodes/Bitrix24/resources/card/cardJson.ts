/** Cards as they leave the node: their number stands under the name later nodes look for. */
import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../shared/operation';
import type { CardKind } from '../../cards/cardKinds';
import { withoutTokens } from '../../cards/withoutTokens';

export const cardJson = ({ idName }: CardKind, card: Record<string, unknown>): IDataObject => ({
	[idName]: card.id as number,
	...(withoutTokens(card) as IDataObject),
});

/** The same for what writing operations tell of a card. */
export const withIdName = ({ idName }: CardKind, outcome: Outcome): Outcome =>
	'problem' in outcome
		? outcome
		: {
				items: outcome.items.map(({ json }) => ({
					json: { [idName]: json.id, ...withoutTokens(json) },
				})),
			};
