import type { IDataObject } from 'n8n-workflow';
import { reportOf } from '../../exchange/connectionReport';
import type { ItemOperation, Resource } from '../../shared/operation';
import { checkBase } from '../check/checkBase';
import type { Session } from '../session';

const checkConnection: ItemOperation<Session> = {
	value: 'checkConnection',
	name: 'Check Connection',
	action: 'Check the connection with a base',
	description:
		'What stands in the way of the exchange: publication, rights, fields, settlements, payments. Only reads.',
	properties: [],
	forEach: async (session) =>
		reportOf('1С:УТ 10.3', await checkBase(session)) as unknown as IDataObject[],
};

export const base: Resource<Session> = {
	value: 'base',
	name: 'Base (База)',
	operations: [checkConnection],
};
