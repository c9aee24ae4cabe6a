/** Running a table over items: a broken table stops the node before its first item, a bad item fails alone. */
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { Problem } from '../exchange/problem';
import type { Outcome } from './operation';
import { emit } from './runner';

type Judge = (json: IDataObject, itemIndex: number) => Outcome;

/** For problems that concern the whole node, not one of its items. */
export const asNodeError = (
	context: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
): NodeOperationError => {
	const problem = error instanceof Error ? error : new Problem(String(error));
	return new NodeOperationError(context.getNode(), problem.message, {
		description: problem instanceof Problem ? problem.remedy : undefined,
	});
};

/** A table's parameters with their expressions resolved; a table is one for all items. */
export const tableParameters = (
	context: IExecuteFunctions,
	names: string[],
): Record<string, unknown> =>
	Object.fromEntries(names.map((name) => [name, context.getNodeParameter(name, 0, undefined)]));

const judged = (judge: Judge, json: IDataObject, index: number): Outcome => {
	try {
		return judge(json, index);
	} catch (problem) {
		return { problem: problem as Error };
	}
};

export const decideEach = (
	context: IExecuteFunctions,
	outputs: number,
	readTable: () => Judge,
): INodeExecutionData[][] => {
	let judge: Judge;
	try {
		judge = readTable();
	} catch (error) {
		throw asNodeError(context, error);
	}
	const outcomes = context.getInputData().map(({ json }, index) => judged(judge, json, index));
	return emit(context, outcomes, outputs);
};
