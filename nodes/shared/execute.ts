/** What every node with resources does: one connection for all items, the chosen operation, outcomes on one output. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Problem } from '../exchange/problem';
import { asNodeError } from './nodeError';
import { findOperation, type Resource } from './operation';
import { parametersOf } from './parameters';
import { emit, failAll, runOperation } from './runner';
import { settled } from './settled';

export const executeResources = async <Client>(
	context: IExecuteFunctions,
	resources: Array<Resource<Client>>,
	connect: (context: IExecuteFunctions) => Promise<Client>,
): Promise<INodeExecutionData[][]> => {
	const resource = context.getNodeParameter('resource', 0);
	const operation = findOperation(resources, resource, context.getNodeParameter('operation', 0));
	if (!operation) throw asNodeError(context, new Problem(`Unknown operation of ${resource}.`));
	const connected = await settled(async () => await connect(context));
	if (connected.error) return failAll(context, connected.error, 1);
	const outcomes = await runOperation(operation, connected.value, parametersOf(context));
	return emit(context, outcomes, 1);
};
