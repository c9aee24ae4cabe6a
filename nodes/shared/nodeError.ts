/** Problems that concern a whole node, not one of its items. */
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { Problem } from '../exchange/problem';
import { asProblem } from './asProblem';

export const asNodeError = (
	context: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
): NodeOperationError => {
	const problem = asProblem(error);
	return new NodeOperationError(context.getNode(), problem.message, {
		description: problem instanceof Problem ? problem.remedy : undefined,
	});
};
