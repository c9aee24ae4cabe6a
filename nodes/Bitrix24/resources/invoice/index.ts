import type { Resource } from '../../../shared/operation';
import { INVOICE_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { createOf } from '../card/create';
import { removeOf } from '../card/remove';
import { updateOf } from '../card/update';
import { upsertOf } from '../card/upsert';
import { getManyOf } from '../getManyOf';
import { createFromDeal } from './createFromDeal';
import { get } from './get';
import { moveToStage } from './moveToStage';

export const invoice: Resource<Bitrix24Client> = {
	value: 'invoice',
	name: 'Invoice (Счет)',
	operations: [
		createFromDeal,
		get,
		getManyOf(INVOICE_CARD),
		moveToStage,
		createOf(INVOICE_CARD),
		upsertOf(INVOICE_CARD),
		updateOf(INVOICE_CARD),
		removeOf(INVOICE_CARD),
	],
};
