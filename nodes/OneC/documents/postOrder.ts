/** Posts an order once. Whether a posting whose answer was lost took place is read from the order itself. */
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import type { OneCClient } from '../odata/client';
import { documentSchema, ORDER, type SaleDocument } from './documents';
import { refusedPosting } from './refusedWrite';

const isPosted = async (client: OneCClient, ref: string): Promise<boolean> =>
	(await client.read(ORDER.set, ref, documentSchema))?.posted ?? false;

/** @returns false when the answer was lost and the order is not posted */
const attempt = async (client: OneCClient, { ref, number }: SaleDocument): Promise<boolean> => {
	const { error } = await settled(async () => await client.post(ORDER.set, ref));
	if (!error) return true;
	if (error instanceof UnknownOutcome) return await isPosted(client, ref);
	throw error instanceof Refusal ? refusedPosting(number, error) : error;
};

/** Posting twice is the same as once, so one more attempt is safe. */
export const postOrder = async (client: OneCClient, order: SaleDocument): Promise<SaleDocument> => {
	if (order.posted) return order;
	if (order.deletionMark) {
		throw new Problem(
			`Order № ${order.number} is marked for deletion, and 1C posts no such documents.`,
			'Take the mark off in 1C, or make another order.',
			`Заказ № ${order.number} помечен на удаление, и 1С такие не проводит. Снимите пометку в 1С или сделайте другой заказ.`,
		);
	}
	if ((await attempt(client, order)) || (await attempt(client, order))) {
		return { ...order, posted: true };
	}
	throw new UnknownOutcome(
		`1C did not confirm the posting of order № ${order.number}, and it is not posted.`,
		'The exchange will try again; check that 1C is reachable and not overloaded.',
		`1С не подтвердила проведение заказа № ${order.number}, и он не проведен. Обмен попробует снова сам.`,
	);
};
