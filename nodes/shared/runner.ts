/**
 * The one loop over items: it owns item linking, Continue On Fail and the translation of problems for n8n.
 * One bad item never stops the others: they are carried out first, and only then does the node fail.
 */
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { inRussian, Problem } from '../exchange/problem';
import { plainText } from '../exchange/plainText';
import { asProblem } from './asProblem';
import { asNodeError } from './nodeError';
import type { Operation, Outcome } from './operation';
import type { ItemParameters } from './parameters';
import { settled } from './settled';

const textOf = (problem: Error): string =>
	problem instanceof Problem ? problem.text : problem.message;

/** Runs a piece of work for one item and turns whatever it throws into that item's own problem. */
export const attempt = async (
	work: () => Promise<IDataObject | IDataObject[]> | IDataObject | IDataObject[],
): Promise<Outcome> => {
	try {
		const result = await work();
		return { items: (Array.isArray(result) ? result : [result]).map((json) => ({ json })) };
	} catch (error) {
		return { problem: asProblem(error) };
	}
};

export const runOperation = async <Client>(
	operation: Operation<Client>,
	client: Client,
	items: ItemParameters[],
): Promise<Outcome[]> => {
	if ('forAll' in operation) {
		const all = await settled(async () => await operation.forAll(client, items));
		return all.error ? items.map(() => ({ problem: all.error })) : all.value;
	}
	const outcomes: Outcome[] = [];
	for (const item of items) {
		outcomes.push(await attempt(async () => await operation.forEach(client, item)));
	}
	return outcomes;
};

/**
 * `error` is for whoever builds the workflow, `message` for the people at work with the deal. An item of these two and
 * no others is what n8n takes for an error.
 */
const errorJson = (problem: Error): IDataObject => ({
	error: textOf(problem),
	message: plainText(inRussian(problem)),
});

/** Puts outcomes on the node's outputs, linked to their input items. */
export const emit = (
	context: IExecuteFunctions,
	raw: Outcome[],
	outputs: number,
): INodeExecutionData[][] => {
	const result: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
	const outcomes = raw.map(
		(outcome): Outcome => ('items' in outcome ? outcome : { problem: asProblem(outcome.problem) }),
	);
	outcomes.forEach((outcome, item) => {
		if ('items' in outcome) {
			for (const { json, binary, output } of outcome.items) {
				result[output ?? 0].push({ json, ...(binary ? { binary } : {}), pairedItem: { item } });
			}
			return;
		}
		if (!context.continueOnFail()) return;
		result[0].push({ json: errorJson(outcome.problem), pairedItem: { item } });
	});
	if (!context.continueOnFail()) throwFirst(context, outcomes);
	return result;
};

/**
 * A failure of the node as a whole. Where the workflow goes on after errors it becomes that of every item, because n8n
 * hands the items of a node that has thrown on to its first output, as if nothing had happened [n8n-core 2.41].
 */
export const failAll = (
	context: IExecuteFunctions,
	problem: Error,
	outputs: number,
): INodeExecutionData[][] => {
	if (!context.continueOnFail()) throw asNodeError(context, problem);
	return emit(
		context,
		context.getInputData().map(() => ({ problem })),
		outputs,
	);
};

const throwFirst = (context: IExecuteFunctions, outcomes: Outcome[]): void => {
	const failed = outcomes.flatMap((outcome, itemIndex) =>
		'problem' in outcome ? [{ problem: outcome.problem, itemIndex }] : [],
	);
	if (failed.length === 0) return;
	const [{ problem, itemIndex }] = failed;
	const others =
		failed.length > 1
			? ` (${failed.length} of ${outcomes.length} items failed; this is the first)`
			: '';
	throw new NodeOperationError(context.getNode(), `${problem.message}${others}`, {
		itemIndex,
		description: problem instanceof Problem ? problem.remedy : undefined,
	});
};
