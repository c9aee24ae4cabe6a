import type { ItemOperation } from '../../shared/operation';
import { limitFields, readLimit } from '../../shared/limitFields';
import { objectSchema } from '../../shared/valueSchemas';
import { readCardFields } from '../cards/cardFields';
import { toFilter } from '../cards/cardFilter';
import type { CardKind } from '../cards/cardKinds';
import { listCards } from '../cards/cardList';
import type { Bitrix24Client } from '../rest/client';
import { kindFields, readTypeId } from './card/cardFields';
import { cardJson } from './card/cardJson';
import { listFields, readListFields } from './card/listFields';

/** Get Many of a kind of cards: page after page, as many as asked for. */
export const getManyOf = (kind: CardKind): ItemOperation<Bitrix24Client> => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${kind.plural}`,
	description: `Get many ${kind.plural} that fit conditions; fifty pages are read in one request`,
	properties: [...kindFields(kind), ...limitFields, ...listFields],
	async forEach(client, item) {
		const entityTypeId = readTypeId(kind, item);
		const further = item.read('filter', 'Filter (JSON)', objectSchema);
		const { conditions, isAny, order, select } = readListFields(item);
		const known = conditions.length > 0 ? await readCardFields(client, entityTypeId) : new Map();
		const filter = toFilter(known, conditions, isAny, further);
		const cards = await listCards(client, { entityTypeId, filter, select, order }, readLimit(item));
		return cards.map((card) => cardJson(kind, card));
	},
});
