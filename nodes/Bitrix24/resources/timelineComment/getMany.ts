import type { IDataObject } from 'n8n-workflow';
import { limitFields, readLimit } from '../../../shared/limitFields';
import { CARD_KINDS } from '../../cards/cardKinds';
import { listComments } from '../../deals/comment';
import { ownerFields, ownerJson, readOwner } from '../card/cardFields';
import { sideBySide } from '../sideBySide';

export const getMany = sideBySide(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many timeline comments',
		description: 'Comments in the timeline of a card, newest first, with their authors and files',
		properties: [...ownerFields(CARD_KINDS), ...limitFields],
	},
	async (client, item) => {
		const card = readOwner(item);
		const { kind, entityTypeId, id } = card;
		const comments = await listComments(client, kind.resource, entityTypeId, id, readLimit(item));
		return comments.map((comment) => ({ ...ownerJson(card), ...(comment as IDataObject) }));
	},
);
