import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import type { CardKind } from '../../cards/cardKinds';
import { removeCards } from '../../cards/removeCards';
import type { Bitrix24Client } from '../../rest/client';
import { kindFields, readRecord, readTypeId, recordField } from './cardFields';
import { withIdName } from './cardJson';

export const removeOf = (kind: CardKind): ListOperation<Bitrix24Client> => ({
	value: 'delete',
	name: 'Delete',
	action: `Delete a ${kind.singular}`,
	description: `Delete a ${kind.singular}; the portal keeps it in its recycle bin`,
	properties: [...kindFields(kind), recordField(kind)],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({ entityTypeId: readTypeId(kind, item), id: readRecord(kind, item) }),
			async (cards) =>
				(await removeCards(client, cards)).map((outcome) => withIdName(kind, outcome)),
		),
});
