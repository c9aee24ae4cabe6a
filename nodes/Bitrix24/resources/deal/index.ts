import type { Resource } from '../../../shared/operation';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { createOf } from '../card/create';
import { removeOf } from '../card/remove';
import { upsertOf } from '../card/upsert';
import { get } from './get';
import { getMany } from './getMany';
import { moveToStage } from './moveToStage';
import { showProgress } from './showProgress';
import { update } from './update';
import { writePickerLink } from './writePickerLink';

export const deal: Resource<Bitrix24Client> = {
	value: 'deal',
	name: 'Deal (Сделка)',
	operations: [
		get,
		getMany,
		moveToStage,
		showProgress,
		update,
		writePickerLink,
		createOf(DEAL_CARD),
		upsertOf(DEAL_CARD),
		removeOf(DEAL_CARD),
	],
};
