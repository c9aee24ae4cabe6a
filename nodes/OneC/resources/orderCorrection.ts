import type { Resource } from '../../shared/operation';
import { CORRECTIONS } from '../documents/documentLists';
import type { Session } from '../session';
import { getManyDocuments } from './documentListOperation';

export const orderCorrection: Resource<Session> = {
	value: 'orderCorrection',
	name: CORRECTIONS.title,
	operations: [
		getManyDocuments({
			plural: 'order corrections',
			kinds: () => [CORRECTIONS],
			withCounterparty: true,
		}),
	],
};
