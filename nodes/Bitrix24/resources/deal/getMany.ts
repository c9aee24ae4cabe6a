import type { IDataObject } from 'n8n-workflow';
import { DEAL } from '../../entityTypes';
import { getManyOf } from '../getManyOf';

export const getMany = getManyOf(DEAL, 'deals', (deal) => ({
	dealId: deal.id as number,
	...(deal as IDataObject),
}));
