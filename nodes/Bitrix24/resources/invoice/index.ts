import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../../shared/operation';
import type { Bitrix24Client } from '../../client';
import { SMART_INVOICE } from '../../entityTypes';
import { getManyOf } from '../getManyOf';
import { createFromDeal } from './createFromDeal';
import { get } from './get';
import { moveToStage } from './moveToStage';

const getMany = getManyOf(SMART_INVOICE, 'invoices', (invoice) => ({
	invoiceId: invoice.id as number,
	...(invoice as IDataObject),
}));

export const invoice: Resource<Bitrix24Client> = {
	value: 'invoice',
	name: 'Invoice (Счет)',
	operations: [createFromDeal, get, getMany, moveToStage],
};
