import type { Resource } from '../../shared/operation';
import { INVOICE } from '../documents/documents';
import type { Session } from '../session';
import { createOperation } from './createOperation';
import { getOperation } from './getOperation';
import { getProgress } from './progressOperation';

export const customerInvoice: Resource<Session> = {
	value: 'customerInvoice',
	name: INVOICE.title,
	operations: [
		createOperation(
			'invoice',
			'Create a customer invoice',
			'The invoice of a deal; one that is there already is returned and never overwritten',
		),
		getOperation(INVOICE, 'Get a customer invoice'),
		getProgress('a customer invoice'),
	],
};
