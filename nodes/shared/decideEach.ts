/** Running a table over items: a broken table stops the node before its first item, a bad item fails alone. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Outcome } from './operation';
import { emit, failAll } from './runner';

type Judge = (json: IDataObject, itemIndex: number) => Outcome;

/**
 * A table's parameters with their expressions resolved; a table is one for all items. Those that the editor hides, such
 * as the rows of a preset, n8n does not know at all.
 */
export const tableParameters = (
	context: IExecuteFunctions,
	names: string[],
): Record<string, unknown> =>
	Object.fromEntries(
		names.map((name) => [name, context.getNodeParameter(name, 0, null) ?? undefined]),
	);

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
		return failAll(context, error as Error, outputs);
	}
	const outcomes = context.getInputData().map(({ json }, index) => judged(judge, json, index));
	return emit(context, outcomes, outputs);
};
