import type { IDataObject } from 'n8n-workflow';
import { reportOf } from '../../exchange/connectionReport';
import type { ItemOperation, Resource } from '../../shared/operation';
import { checkAccount } from '../checkAccount';
import type { CoMagicClient } from '../client';

const checkConnection: ItemOperation<CoMagicClient> = {
	value: 'checkConnection',
	name: 'Check Connection',
	action: 'Check the connection with an account',
	description:
		'Whether the key and the address are accepted, reports are open, points are left. Only reads.',
	properties: [],
	forEach: async (client) =>
		reportOf('CoMagic', await checkAccount(client)) as unknown as IDataObject[],
};

export const account: Resource<CoMagicClient> = {
	value: 'account',
	name: 'Account',
	operations: [checkConnection],
};
