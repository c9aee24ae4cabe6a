/**
 * How the two systems stand to each other, sale by sale: what waits, what cannot go through, which links lead nowhere, and
 * which of them can be mended without asking anybody. Pure: both sides were read before.
 */
import { DOCUMENT_NAMES, SALE_DOCUMENTS, type SaleDocumentKind } from './documentNames';
import { inRoubles, type Kopecks } from './money';
import { isStranger } from './ownership';
import { UNLINKED_PAYMENT, type Progress } from './progress';
import type { Demand } from './stageMap';
import type { Stage } from './stage';
import { dayOf } from './summary';

export interface Said {
	text: string;
	/** ISO 8601. */
	at: string;
}

/** A deal as the CRM has it. */
export interface CheckedDeal {
	dealId: number;
	title: string;
	semantics: Stage['semantics'];
	created: string | null;
	/** When it came into its stage. */
	moved: string | null;
	demands: Demand;
	links: Record<SaleDocumentKind, { ref: string; number: string } | null>;
	paid: Kopecks;
	shipped: Kopecks;
	/** Whether its invoice stands in the success stage. */
	invoicePaid: boolean;
	/** The last failure its timeline tells of. */
	complaint: Said | null;
	/** When its timeline last told news of 1C. */
	news: string | null;
}

/** A document as 1C has it. */
export interface CheckedDocument {
	kind: SaleDocumentKind;
	ref: string;
	number: string;
	date: string;
	amount: Kopecks;
	deletionMark: boolean;
	/** Invoices are not posted by the exchange and count as they are. */
	isPosted: boolean;
	/** The deal its marker names. */
	dealId: number | null;
	/** Why a document that lacks its marker may not be that of the deal that names it. */
	doubts: string[];
}

export interface BothSides {
	deals: CheckedDeal[];
	documents: CheckedDocument[];
	progress: Map<number, Progress>;
	/** Deals there are, whatever their pipeline. */
	existing: Set<number>;
	/** Whether a deal is won only when 1C has closed its order. */
	wonMeansClosed: boolean;
}

export const FINDINGS = [
	'failed',
	'waiting',
	'inDoubt',
	'unlinkedPayment',
	'brokenLink',
	'lostLink',
	'ahead',
] as const;
export type FindingKind = (typeof FINDINGS)[number];

export type Repair =
	| { write: 'deal'; kind: SaleDocumentKind; dealId: number; ref: string; number: string }
	| { write: 'document'; kind: SaleDocumentKind; dealId: number; ref: string };

export interface Finding {
	kind: FindingKind;
	dealId: number | null;
	title: string;
	/** Russian. */
	text: string;
	/** ISO 8601, where it is known. */
	since: string | null;
	repair?: Repair;
}

type Found = Omit<Finding, 'dealId' | 'title'>;

const named = (kind: SaleDocumentKind, number: string): string =>
	`${DOCUMENT_NAMES[kind].russian} № ${number || 'без номера'}`;

const found = (
	kind: FindingKind,
	text: string,
	more: Partial<Pick<Found, 'since' | 'repair'>> = {},
): Found => ({ kind, text, since: null, ...more });

/** «Сделка не прошла» is told with its cause; where nothing was said the deal just waits. */
const delayed = (complaint: Said | null, waits: string, since: string | null): Found =>
	complaint
		? found('failed', complaint.text, { since: complaint.at })
		: found('waiting', waits, { since });

const isNotBefore = (moment: string, other: string | null): boolean =>
	other === null || Date.parse(moment) >= Date.parse(other);

const lacking = (deal: CheckedDeal, kind: SaleDocumentKind): Found => {
	const { complaint, moved } = deal;
	const current = complaint && isNotBefore(complaint.at, moved) ? complaint : null;
	return delayed(current, `Ждет документ «${DOCUMENT_NAMES[kind].russian}» в 1С.`, moved);
};

const withoutLink = (
	deal: CheckedDeal,
	kind: SaleDocumentKind,
	documents: readonly CheckedDocument[],
): Found[] => {
	const { dealId, created, demands, semantics } = deal;
	const marked = documents.filter((one) => one.dealId === dealId && !one.deletionMark);
	const own = marked.filter((one) => !isStranger(one, { dealId, created, names: null }));
	if (marked.length > own.length) {
		const { number, date } = marked.filter((one) => !own.includes(one))[0];
		const text = `${named(kind, number)} от ${dayOf(date)} помечен этой сделкой, но старше ее: номер сделки выдан заново.`;
		return [found('brokenLink', text)];
	}
	const isUnfinished = kind === 'order' && demands === kind && own.every((one) => !one.isPosted);
	if (own.length === 1 && !isUnfinished && semantics !== 'failure') {
		const [{ ref, number }] = own;
		const repair: Repair = { write: 'deal', kind, dealId, ref, number };
		return [found('lostLink', `Сделка потеряла ссылку на ${named(kind, number)}.`, { repair })];
	}
	return (own.length === 0 || isUnfinished) && demands === kind ? [lacking(deal, kind)] : [];
};

const vanished = (
	kind: SaleDocumentKind,
	number: string,
	documents: readonly CheckedDocument[],
): Found => {
	const other = number && documents.find((one) => one.number === number);
	const taken = other
		? ` Номер ${number} теперь у другого документа${other.dealId ? ` (сделка ${other.dealId})` : ''}.`
		: '';
	return found(
		'brokenLink',
		`${named(kind, number)}: этого документа в 1С больше нет, его удалили или базу восстановили из копии.${taken} Если он нужен снова, очистите в сделке ссылку на него.`,
	);
};

const withLink = (
	{ dealId, links }: CheckedDeal,
	kind: SaleDocumentKind,
	documents: readonly CheckedDocument[],
): Found[] => {
	const link = links[kind];
	if (!link) return [];
	const document = documents.find(({ ref }) => ref === link.ref);
	if (!document) return [vanished(kind, link.number, documents)];
	const { ref, number, doubts } = document;
	const name = named(kind, number);
	if (document.dealId !== null && document.dealId !== dealId) {
		const text = `${name} помечен в 1С сделкой ${document.dealId}, а ссылается на него эта.`;
		return [found('brokenLink', text)];
	}
	if (document.deletionMark) {
		const text = `${name} помечен в 1С на удаление. Если нужен новый, очистите в сделке ссылку на него.`;
		return [found('brokenLink', text)];
	}
	if (document.dealId === null && doubts.length > 0) {
		const text = `${name} потерял пометку сделки, и не сходится: ${doubts.join(', ')}.`;
		return [found('brokenLink', text)];
	}
	if (document.dealId === null) {
		const repair: Repair = { write: 'document', kind, dealId, ref };
		return [found('lostLink', `${name} потерял в 1С пометку сделки.`, { repair })];
	}
	if (number === link.number) return [];
	const repair: Repair = { write: 'deal', kind, dealId, ref, number };
	const text = `${name}: в сделке указан номер ${link.number || 'пустой'}.`;
	return [found('lostLink', text, { repair })];
};

const MARKED = 'помечен на удаление';

const anomalies = ({ semantics }: CheckedDeal, progress: Progress): Found[] => {
	if (semantics !== 'process') return [];
	const telling = progress.anomalies.filter((text) => !text.includes(MARKED));
	const payments = telling.filter((text) => text.startsWith(UNLINKED_PAYMENT));
	const others = telling.filter((text) => !payments.includes(text));
	return [
		...payments.map((text) => found('unlinkedPayment', `1С: ${text}.`)),
		...(others.length > 0 ? [found('inDoubt', `1С: ${others.join('; ')}.`)] : []),
	];
};

/** What the deal shows of 1C, and what 1C says by now. */
const lag = (deal: CheckedDeal, { paid, shipped }: Progress): Found[] => {
	if (deal.paid === paid.amount && deal.shipped === shipped.amount) return [];
	const { complaint, news } = deal;
	const current = complaint && isNotBefore(complaint.at, news) ? complaint : null;
	const text = `По 1С оплачено ${inRoubles(paid.amount)}, отгружено ${inRoubles(shipped.amount)}; сделка этого еще не показывает.`;
	return [delayed(current, text, null)];
};

const ahead = (deal: CheckedDeal, progress: Progress, wonMeansClosed: boolean): Found[] => {
	const { order, invoice, paid, shipped, closed } = progress;
	const share = ({ amount, of }: Progress['paid']): string =>
		`${inRoubles(amount)} из ${inRoubles(of)}`;
	const isOpen = order && !order.deletionMark && closed.state === 'open';
	return [
		...(wonMeansClosed && deal.semantics === 'success' && isOpen
			? [
					found(
						'ahead',
						`Сделка выиграна, а ${named('order', order.number)} в 1С открыт: отгружено ${share(shipped)}.`,
					),
				]
			: []),
		...(deal.invoicePaid && invoice && paid.level !== 'full'
			? [found('ahead', `Счет в CRM оплачен, а по 1С оплачено ${share(paid)}.`)]
			: []),
	];
};

const ofDeal = (deal: CheckedDeal, both: BothSides): Found[] => {
	const links = SALE_DOCUMENTS.flatMap((kind) => {
		const documents = both.documents.filter((one) => one.kind === kind);
		return deal.links[kind] ? withLink(deal, kind, documents) : withoutLink(deal, kind, documents);
	});
	const progress = both.progress.get(deal.dealId);
	/** What 1C says of documents that are not this deal's says nothing of the deal. */
	if (!progress || links.some(({ kind }) => kind === 'brokenLink')) return links;
	return [
		...links,
		...lag(deal, progress),
		...anomalies(deal, progress),
		...ahead(deal, progress, both.wonMeansClosed),
	];
};

const orphans = ({ documents, existing }: BothSides): Finding[] =>
	documents
		.filter(({ dealId, deletionMark }) => dealId !== null && !deletionMark && !existing.has(dealId))
		.map(({ kind, number, date, dealId }) => ({
			...found(
				'brokenLink',
				`${named(kind, number)} от ${dayOf(date)} помечен сделкой ${dealId}, а такой сделки в CRM нет.`,
			),
			dealId: null,
			title: '',
		}));

export const compareSides = (both: BothSides): Finding[] => [
	...both.deals.flatMap((deal) => {
		const { dealId, title } = deal;
		return ofDeal(deal, both).map((one): Finding => ({ ...one, dealId, title }));
	}),
	...orphans(both),
];
