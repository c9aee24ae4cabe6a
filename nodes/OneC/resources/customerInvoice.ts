import type { Resource } from '../../shared/operation';
import { INVOICE } from '../documents/documents';
import { INVOICES_LIST } from '../documents/documentLists';
import type { Session } from '../session';
import { createOperation } from './createOperation';
import { getOperation } from './getOperation';
import { getManyDocuments } from './documentListOperation';
import { getPrintable } from './printableOperation';
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
		getPrintable,
		getManyDocuments({
			plural: 'customer invoices',
			kinds: () => [INVOICES_LIST],
			withCounterparty: true,
			withOrder: false,
		}),
		getProgress('a customer invoice'),
	],
};
