import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { attempt } from '../../../shared/runner';
import { together } from '../../../shared/together';
import type { CardKind } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { itemGet } from '../../rest/items';
import { replies } from '../../rest/replies';
import { required } from '../../rest/reply';
import { itemOf } from '../../deals/schemas';
import { kindFields, readRecord, readTypeId, recordField } from './cardFields';
import { cardJson } from './cardJson';

const cardSchema = itemOf(z.record(z.unknown()));

export const getOf = (kind: CardKind): ListOperation<Bitrix24Client> => ({
	value: 'get',
	name: 'Get',
	action: `Get a ${kind.singular}`,
	description: `All fields of a ${kind.singular}`,
	properties: [...kindFields(kind), recordField(kind)],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({ entityTypeId: readTypeId(kind, item), id: readRecord(kind, item) }),
			async (cards) => {
				const read = await replies(client, cards.map(itemGet));
				return await Promise.all(
					read.map(
						async (reply) => await attempt(() => cardJson(kind, required(reply, cardSchema).item)),
					),
				);
			},
		),
});
