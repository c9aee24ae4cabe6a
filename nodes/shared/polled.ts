/** The end of every poll: nothing new starts no execution, and what went wrong is told in n8n's way. */
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asNodeError } from './nodeError';

export const polled = async (
	context: IPollFunctions,
	look: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][] | null> => {
	try {
		const items = await look();
		return items.length > 0 ? [items] : null;
	} catch (error) {
		throw asNodeError(context, error);
	}
};
