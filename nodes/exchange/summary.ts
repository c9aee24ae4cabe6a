/** Progress in words, for the people who read the deal's timeline. */
import { capital } from './capital';
import { inRoubles } from './money';
import { plainText } from './plainText';
import type { Progress } from './progress';
import { NEWS } from './timeline';

type Facts = Omit<Progress, 'summary'>;

/** «24.11.2026» from an ISO 8601 time, in the zone it was written in. */
export const dayOf = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('.');

/** «24.11.2026 12:05» */
export const momentOf = (iso: string): string => `${dayOf(iso)} ${iso.slice(11, 16)}`;

const named = (what: string, { number, date }: { number: string; date: string }): string =>
	`${what} № ${number} от ${dayOf(date)}`;

const share = (what: string, { amount, of }: Progress['paid']): string =>
	`${what} ${inRoubles(amount)} из ${inRoubles(of)}`;

const ending = ({ closed }: Facts): string | null => {
	if (closed.state === 'fulfilled') return 'заказ отгружен полностью';
	if (closed.state === 'open') return null;
	const document = closed.document ? ` (${named('Закрытие заказов', closed.document)})` : '';
	return `заказ закрыт документом${document}, причина: ${closed.reason ?? 'не указана'}`;
};

export const summarize = (progress: Facts): string => {
	const { invoice, order, paid, shipped, anomalies } = progress;
	const documents = [
		invoice && named('Счет на оплату', invoice),
		order && named(order.posted ? 'Заказ покупателя' : 'Заказ покупателя (не проведен)', order),
	].filter(Boolean);
	const facts = [
		share('оплачено', paid),
		order && share('отгружено', shipped),
		ending(progress),
	].filter(Boolean);
	const attention = anomalies.length > 0 ? ` Проверьте: ${anomalies.join('; ')}.` : '';
	return plainText(`${NEWS}: ${documents.join(', ')}. ${capital(facts.join('; '))}.${attention}`);
};
