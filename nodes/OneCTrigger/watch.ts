/** Every document of the exchange that is young enough, and what 1C says of it now. */
import { createHash } from 'node:crypto';
import type { Progress } from '../exchange/progress';
import { UnknownOutcome } from '../shared/http';
import type { Wish } from '../shared/repeat';
import { settled } from '../shared/settled';
import {
	byLifeAndAge,
	documentSchema,
	INVOICE,
	ORDER,
	type DocumentKind,
	type SaleDocument,
} from '../OneC/documents/documents';
import { dateTime } from '../OneC/odata/odata';
import { progressJson, readProgress, type Linked } from '../OneC/progress/readProgress';
import type { Session } from '../OneC/session';
import { wallTime } from '../shared/wallTime';

const DAY = 86_400_000;

/** Sales asked about together; a sale that cannot be read spoils no more than its own portion. */
const PORTION = 500;

export interface News extends Wish {
	dealId: number;
	progress: Progress;
}

const markedSince = async (
	{ client }: Session,
	kind: DocumentKind,
	since: string,
): Promise<SaleDocument[]> => {
	const filter = `Date ge ${dateTime(since)} and ${kind.madeByExchange(client.base.marker)}`;
	const query = { filter, select: kind.select, orderby: 'Date,Ref_Key' };
	return await client.list(kind.set, documentSchema, query);
};

/**
 * A sale is watched while any of its documents is young enough; the other one may be older, so documents are read for
 * twice the time.
 */
const linkedSince = async (session: Session, days: number): Promise<Linked[]> => {
	const { base, clock } = session.client;
	const daysAgo = (count: number): string => wallTime(clock.now() - count * DAY, base.timeZone);
	const sales = new Map<number, Linked>();
	for (const kind of [INVOICE, ORDER]) {
		for (const document of await markedSince(session, kind, daysAgo(days * 2))) {
			const dealId = kind.dealOf(base.marker, document.marks);
			if (dealId === null) continue;
			const sale = sales.get(dealId) ?? { dealId, invoices: [], orders: [] };
			sale[kind === INVOICE ? 'invoices' : 'orders'].push(document);
			sales.set(dealId, sale);
		}
	}
	const young = daysAgo(days);
	for (const { invoices, orders } of sales.values()) {
		invoices.sort(byLifeAndAge);
		orders.sort(byLifeAndAge);
	}
	return [...sales.values()].filter(({ invoices, orders }) =>
		[...invoices, ...orders].some(({ date }) => date >= young),
	);
};

/** The summary only says the rest in words, and its wording may change between versions. */
const markOf = (progress: Progress): string =>
	createHash('sha1')
		.update(JSON.stringify({ ...progress, summary: '' }))
		.digest('base64url');

const newsOf = (progress: Progress): News => ({
	key: String(progress.dealId),
	mark: markOf(progress),
	dealId: progress.dealId,
	progress,
});

interface Watched {
	news: News[];
	/** What kept some sales from being read. */
	problems: Error[];
}

const readPortion = async (session: Session, portion: readonly Linked[]): Promise<Watched> => {
	const read = await settled(async () => await readProgress(session, portion));
	if (!read.error) {
		const sales = [...read.value.values()];
		return {
			news: sales.flatMap((one) => (one.error ? [] : [newsOf(one.value)])),
			problems: sales.flatMap((one) => (one.error ? [one.error] : [])),
		};
	}
	const { error: problem } = read;
	if (portion.length === 1 || problem instanceof UnknownOutcome) {
		return { news: [], problems: [problem] };
	}
	const halves = [
		await readPortion(session, portion.slice(0, portion.length / 2)),
		await readPortion(session, portion.slice(portion.length / 2)),
	];
	return {
		news: halves.flatMap(({ news }) => news),
		problems: halves.flatMap(({ problems }) => problems),
	};
};

/** @throws when there are sales but none of them could be read */
export const watch = async (session: Session, days: number): Promise<Watched> => {
	const linked = await linkedSince(session, days);
	const watched: Watched = { news: [], problems: [] };
	for (let from = 0; from < linked.length; from += PORTION) {
		const { news, problems } = await readPortion(session, linked.slice(from, from + PORTION));
		watched.news.push(...news);
		watched.problems.push(...problems);
	}
	if (watched.news.length === 0 && watched.problems.length > 0) throw watched.problems[0];
	return watched;
};

export const newsJson = ({ dealId, progress }: News) => ({
	dealId,
	progress: progressJson(progress),
});
