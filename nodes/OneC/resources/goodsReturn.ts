import type { Resource } from '../../shared/operation';
import { RETURNS } from '../documents/documentLists';
import type { Session } from '../session';
import { getManyDocuments } from './documentListOperation';

export const goodsReturn: Resource<Session> = {
	value: 'goodsReturn',
	name: RETURNS.title,
	operations: [
		getManyDocuments({ plural: 'returns', kinds: () => [RETURNS], withCounterparty: true }),
	],
};
