/** The progress of a deal's documents; one operation that stands under both the invoice and the order. */
import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../exchange/problem';
import type { ListOperation, Outcome } from '../../shared/operation';
import { together } from '../../shared/together';
import { idSchema } from '../../shared/valueSchemas';
import { findLinked, progressJson, readProgress } from '../progress/readProgress';
import type { Session } from '../session';
import { dealId } from './parameters';

const outcomes = async (session: Session, dealIds: number[]): Promise<Outcome[]> => {
	const progress = await readProgress(session, await findLinked(session, dealIds));
	return dealIds.map((id): Outcome => {
		const read = progress.get(id);
		if (!read) {
			return {
				problem: new Problem(
					`1C has no document marked ${session.client.base.marker}-${id}.`,
					'Create it first, or check the marker in the credential.',
				),
			};
		}
		if (read.error) return { problem: read.error };
		return { items: [{ json: { dealId: id, progress: progressJson(read.value) as IDataObject } }] };
	});
};

export const getProgress = (document: string): ListOperation<Session> => ({
	value: 'getProgress',
	name: 'Get Progress',
	action: `Get the progress of ${document}`,
	description: 'What is paid, shipped and closed, by the documents and registers of 1C',
	properties: [dealId],
	forAll: async (session, items) =>
		await together(
			items,
			(item) => item.read('dealId', 'Deal ID', idSchema),
			async (dealIds) => await outcomes(session, dealIds),
		),
});
