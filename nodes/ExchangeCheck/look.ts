/** Reads both sides of the exchange: the deals of a pipeline, and the documents of 1C that carry the marker or are named. */
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { readDealCards } from '../Bitrix24/deals/dealCard';
import { existingDeals, readExchangedDeals } from '../Bitrix24/deals/exchangedDeals';
import { INVOICE, ORDER, type DocumentKind, type SaleDocument } from '../OneC/documents/documents';
import { documentsByNumber, documentsByRef } from '../OneC/documents/namedDocuments';
import { linkedSince, readSales } from '../OneC/progress/markedSales';
import type { Linked } from '../OneC/progress/readProgress';
import type { Session } from '../OneC/session';
import type { BothSides, CheckedDeal, CheckedDocument } from '../exchange/check';
import { DOCUMENT_NAMES } from '../exchange/documentNames';
import type { LastSuccess } from '../exchange/checkReport';
import { inRoubles, less } from '../exchange/money';
import { Problem } from '../exchange/problem';
import { saleSchema, saleTotal, type Sale } from '../exchange/sale';
import type { StageMap } from '../exchange/stageMap';
import { withOffset } from '../shared/wallTime';

export interface Wanted {
	map: StageMap;
	days: number;
	wonMeansClosed: boolean;
}

export interface Looked {
	both: BothSides;
	lastSuccess: { to1C: LastSuccess | null; from1C: LastSuccess | null };
	/** Sales that could not be read. */
	problems: Error[];
	/** The documents themselves, by reference. */
	stored: Map<string, { kind: DocumentKind; document: SaleDocument }>;
}

type Stored = Looked['stored'];

const KINDS = [INVOICE, ORDER];

const DAY = 86_400_000;

const keep = (stored: Stored, kind: DocumentKind, documents: readonly SaleDocument[]): void => {
	for (const document of documents) stored.set(document.ref, { kind, document });
};

/** Whom the markers name, whom the deals name, and who has the number of one that is gone. */
const readDocuments = async (
	{ client }: Session,
	linked: readonly Linked[],
	deals: readonly CheckedDeal[],
): Promise<Stored> => {
	const stored: Stored = new Map();
	for (const { invoices, orders } of linked) {
		keep(stored, INVOICE, invoices);
		keep(stored, ORDER, orders);
	}
	for (const kind of KINDS) {
		const named = deals.flatMap(({ links }) => links[kind.kind] ?? []);
		const unread = named.filter(({ ref }) => !stored.has(ref));
		keep(
			stored,
			kind,
			await documentsByRef(
				client,
				kind,
				unread.map(({ ref }) => ref),
			),
		);
		const gone = unread.filter(({ ref, number }) => number !== '' && !stored.has(ref));
		keep(
			stored,
			kind,
			await documentsByNumber(
				client,
				kind,
				gone.map(({ number }) => number),
			),
		);
	}
	return stored;
};

/** The buyer of a document is that of the sale, by reference where the CRM knows it, else by ИНН. */
const isBuyer = async ({ shelves }: Session, ref: string | null, sale: Sale): Promise<boolean> => {
	if (!ref) return false;
	if (sale.buyer.ref) return sale.buyer.ref === ref;
	if (sale.buyer.choices.length > 0) return sale.buyer.choices.includes(ref);
	const counterparty = await shelves.counterparties.get(ref);
	return sale.buyer.inn !== '' && counterparty?.inn === sale.buyer.inn;
};

const doubtsAbout = async (
	session: Session,
	{ number, amount, counterparty }: SaleDocument,
	numberInDeal: string,
	sale: Sale,
): Promise<string[]> => {
	const expected = saleTotal(sale);
	return [
		...(number === numberInDeal ? [] : [`номер в сделке ${numberInDeal || 'не указан'}`]),
		...(less(amount, expected) === 0
			? []
			: [`сумма документа ${inRoubles(amount)}, а сделки ${inRoubles(expected)}`]),
		...((await isBuyer(session, counterparty, sale)) ? [] : ['контрагент другой']),
	];
};

/** Documents that a deal names although they lack the marker: whether number, sum and buyer agree. */
const readDoubts = async (
	client: Bitrix24Client,
	session: Session,
	stored: Stored,
	deals: readonly CheckedDeal[],
): Promise<Map<string, string[]>> => {
	const { marker } = session.client.base;
	const unmarked = deals.flatMap(({ dealId, links }) =>
		KINDS.flatMap((kind) => {
			const link = links[kind.kind];
			const document = link && stored.get(link.ref)?.document;
			if (!document || document.deletionMark) return [];
			if (kind.dealOf(marker, document.marks) !== null) return [];
			return [{ dealId, document, number: link.number }];
		}),
	);
	const cards = await readDealCards(
		client,
		unmarked.map(({ dealId }) => dealId),
	);
	const doubts = new Map<string, string[]>();
	for (const { dealId, document, number } of unmarked) {
		const card = cards.get(dealId);
		const sale = card && !(card instanceof Problem) ? saleSchema.safeParse(card.sale) : null;
		doubts.set(
			document.ref,
			sale?.success
				? await doubtsAbout(session, document, number, sale.data)
				: ['сделку не удалось прочитать'],
		);
	}
	return doubts;
};

/** A deal that names a document older than those that were listed is looked at as well. */
const linkedOf = (
	linked: readonly Linked[],
	deals: readonly CheckedDeal[],
	stored: Stored,
): Linked[] => {
	const known = new Map(linked.map((one) => [one.dealId, one]));
	return deals.flatMap(({ dealId, links }): Linked[] => {
		const own = known.get(dealId);
		if (own) return [own];
		const named = (ref: string | undefined): SaleDocument[] => {
			const found = ref ? stored.get(ref) : undefined;
			return found ? [found.document] : [];
		};
		const [invoices, orders] = [named(links.invoice?.ref), named(links.order?.ref)];
		return invoices.length + orders.length > 0 ? [{ dealId, invoices, orders }] : [];
	});
};

/** The youngest document of the exchange is what went to 1C last. */
const lastTo1C = (documents: readonly CheckedDocument[]): LastSuccess | null => {
	const made = documents.filter(({ dealId }) => dealId !== null);
	const [last] = made.sort((a, b) => b.date.localeCompare(a.date));
	if (!last?.dealId) return null;
	const what = `${DOCUMENT_NAMES[last.kind].russian} № ${last.number}`;
	return { dealId: last.dealId, at: last.date, what };
};

const lastFrom1C = (deals: readonly CheckedDeal[]): LastSuccess | null => {
	const told = deals.flatMap(({ dealId, news }) => (news ? [{ dealId, at: news }] : []));
	const [last] = told.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
	return last ? { ...last, what: 'новости в ленту' } : null;
};

export const lookAtBoth = async (
	client: Bitrix24Client,
	session: Session,
	{ map, days, wonMeansClosed }: Wanted,
): Promise<Looked> => {
	const { base, clock } = session.client;
	const since = new Date(clock.now() - days * DAY).toISOString();
	const deals = await readExchangedDeals(client, map, since);
	const linked = await linkedSince(session, days);
	const stored = await readDocuments(session, linked, deals);
	const doubts = await readDoubts(client, session, stored, deals);
	const documents = [...stored.values()].map(
		({ kind, document }): CheckedDocument => ({
			kind: kind.kind,
			ref: document.ref,
			number: document.number,
			date: withOffset(document.date, base.timeZone),
			amount: document.amount,
			deletionMark: document.deletionMark,
			isPosted: document.posted,
			dealId: kind.dealOf(base.marker, document.marks),
			doubts: doubts.get(document.ref) ?? [],
		}),
	);
	const { progress, problems } = await readSales(session, linkedOf(linked, deals, stored));
	const listed = new Set(deals.map(({ dealId }) => dealId));
	const others = documents.flatMap(({ dealId }) => dealId ?? []).filter((id) => !listed.has(id));
	const existing = await existingDeals(client, [...new Set(others)]);
	return {
		both: {
			deals,
			documents,
			progress: new Map(progress.map((one) => [one.dealId, one])),
			existing: new Set([...listed, ...existing]),
			wonMeansClosed,
		},
		lastSuccess: { to1C: lastTo1C(documents), from1C: lastFrom1C(deals) },
		problems,
		stored,
	};
};
