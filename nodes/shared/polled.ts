/**
 * The end of every poll: nothing new starts no execution, and what went wrong is told in n8n's way.
 *
 * When n8n starts, it polls each published workflow once and runs none of its triggers until that has ended. A poll that
 * fails then keeps the whole workflow from running: until n8n tries again, at last once a day, or, where it keeps its
 * publications in a table of their own, for good. A poll that takes long gets in the way of the clock: when a minute begins,
 * the first trigger that is done closes the room in which n8n evaluates expressions for all triggers of the workflow, and the
 * start fails with «No bridge acquired for this context» [n8n 2.41: active-workflow-manager, poll-trigger-executor,
 * workflow-publication-reconciler]. So the first poll of a start does nothing at all; the clock polls within the chosen time.
 * Whoever publishes a workflow by hand is told at once. For the same reason a poll reads all parameters before it waits for
 * anything.
 */
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asNodeError } from './nodeError';
import { ToldAlready } from './toldAlready';

/** n8n makes one context when it starts a workflow and polls with it for as long as it runs. */
const polledBefore = new WeakSet<IPollFunctions>();

const isFirstOfStart = (context: IPollFunctions): boolean => {
	if (polledBefore.has(context)) return false;
	polledBefore.add(context);
	return isStart(context.getActivationMode());
};

/** n8n has started, or has taken over from another main process; nobody has published anything. */
export const isStart = (activation: string): boolean =>
	['init', 'leadershipChange'].includes(activation);

export const polled = async (
	context: IPollFunctions,
	look: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][] | null> => {
	if (isFirstOfStart(context)) return null;
	try {
		const items = await look();
		return items.length > 0 ? [items] : null;
	} catch (error) {
		const problem = asNodeError(context, error);
		if (!(error instanceof ToldAlready) || context.getMode() === 'manual') throw problem;
		context.logger.warn(`${context.getNode().name}: ${problem.message}`);
		return null;
	}
};
