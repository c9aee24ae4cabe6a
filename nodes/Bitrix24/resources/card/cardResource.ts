/** What all kinds of cards can, and the kinds that can nothing beyond it. */
import type { Operation, Resource } from '../../../shared/operation';
import { CONTACT_CARD, PROCESS_CARD, QUOTE_CARD, type CardKind } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { getManyOf } from '../getManyOf';
import { createOf } from './create';
import { getOf } from './get';
import { removeOf } from './remove';
import { updateOf } from './update';
import { upsertOf } from './upsert';

/** @param further what only this kind of cards can */
export const cardResource = (
	kind: CardKind,
	further: Array<Operation<Bitrix24Client>> = [],
): Resource<Bitrix24Client> => ({
	value: kind.resource,
	name: kind.name,
	operations: [
		createOf(kind),
		upsertOf(kind),
		removeOf(kind),
		getOf(kind),
		getManyOf(kind),
		updateOf(kind),
		...further,
	],
});

export const cardResources: Array<Resource<Bitrix24Client>> = [
	CONTACT_CARD,
	QUOTE_CARD,
	PROCESS_CARD,
].map((kind) => cardResource(kind));
