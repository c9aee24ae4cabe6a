/**
 * The end of every poll: nothing new starts no execution, and what went wrong is told in n8n's way.
 *
 * When n8n starts, it polls each published workflow once, and a poll that fails keeps the whole workflow, all its
 * triggers, from running until n8n tries again: after 2, 4, 8 … seconds, at last once a day [n8n 2.41,
 * active-workflow-manager, active-workflow-triggers]. So a portal that was down over night would be looked at long after
 * it is back. The first poll of a start therefore only warns; a minute later the next one tells the same as an error.
 * Whoever publishes a workflow by hand is told at once.
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
	const isTrial = isFirstOfStart(context);
	try {
		const items = await look();
		return items.length > 0 ? [items] : null;
	} catch (error) {
		const problem = asNodeError(context, error);
		const isSilent = isTrial || error instanceof ToldAlready;
		if (!isSilent || context.getMode() === 'manual') throw problem;
		context.logger.warn(`${context.getNode().name}: ${problem.message}`);
		return null;
	}
};
