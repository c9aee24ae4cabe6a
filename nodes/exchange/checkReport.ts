/** What a look at both systems says, as counts, lists and a text for a messenger. */
import { FINDINGS, type Finding, type FindingKind } from './check';
import { momentOf } from './summary';

export interface LastSuccess {
	dealId: number;
	/** ISO 8601. */
	at: string;
	/** «Заказ покупателя № 5» */
	what: string;
}

export interface CheckReport {
	counts: Record<'deals' | 'documents' | FindingKind, number>;
	findings: Finding[];
	lastSuccess: { to1C: LastSuccess | null; from1C: LastSuccess | null };
	/** Whether something waits for a person, and not only for the next minute. */
	needsPerson: boolean;
	text: string;
}

const TITLES: Record<FindingKind, string> = {
	failed: 'Не проходят',
	waiting: 'Ждут',
	inDoubt: 'Под вопросом',
	unlinkedPayment: 'Непривязанные платежи',
	brokenLink: 'Связи, которые никуда не ведут',
	lostLink: 'Потерянные связи, которые восстановит сверка',
	ahead: 'В CRM дальше, чем в 1С',
};

/** A messenger is for the first look; the whole lists stand beside the text. */
const SHOWN = 10;

const line = ({ dealId, title, text, since }: Finding): string =>
	`• ${dealId === null ? '' : `Сделка ${dealId} «${title}»: `}${text}${since ? ` (с ${momentOf(since)})` : ''}`;

const section = (kind: FindingKind, findings: readonly Finding[]): string[] => {
	const own = findings.filter((one) => one.kind === kind);
	if (own.length === 0) return [];
	const more = own.length > SHOWN ? [`… и еще ${own.length - SHOWN}`] : [];
	return [`${TITLES[kind]} (${own.length}):`, ...own.slice(0, SHOWN).map(line), ...more];
};

const success = (last: LastSuccess | null): string =>
	last ? `${last.what}, сделка ${last.dealId}, ${momentOf(last.at)}` : 'еще не было';

/** A lost link is mended without asking; a deal that waits is looked after by the exchange, unless it waits for long. */
const needsPerson = (finding: Finding, longBefore: number): boolean => {
	if (finding.kind === 'lostLink') return false;
	if (finding.kind !== 'waiting') return true;
	return finding.since !== null && Date.parse(finding.since) <= longBefore;
};

/** @param longBefore who waits since before this moment waits for too long; milliseconds since 1970 */
export const reportOf = (
	findings: Finding[],
	sizes: { deals: number; documents: number },
	lastSuccess: CheckReport['lastSuccess'],
	longBefore: number,
): CheckReport => {
	const isNeeded = findings.some((one) => needsPerson(one, longBefore));
	const counts = Object.fromEntries(
		FINDINGS.map((kind) => [kind, findings.filter((one) => one.kind === kind).length]),
	) as Record<FindingKind, number>;
	const text = [
		`Обмен Битрикс24 и 1С: ${isNeeded ? 'нужен человек' : 'все в порядке'}.`,
		`Проверено сделок: ${sizes.deals}, документов 1С: ${sizes.documents}.`,
		...FINDINGS.flatMap((kind) => section(kind, findings)),
		`Последний раз в 1С: ${success(lastSuccess.to1C)}.`,
		`Последний раз из 1С: ${success(lastSuccess.from1C)}.`,
	].join('\n');
	return { counts: { ...sizes, ...counts }, findings, lastSuccess, needsPerson: isNeeded, text };
};
