/** The sales whose documents carry the marker of the exchange, and what 1C says of them, however many they are. */
import type { Progress } from '../../exchange/progress';
import { chunks } from '../../shared/chunks';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { wallTime } from '../../shared/wallTime';
import {
	byLifeAndAge,
	documentSchema,
	INVOICE,
	ORDER,
	type DocumentKind,
	type SaleDocument,
} from '../documents/documents';
import { dateTime } from '../odata/odata';
import type { Session } from '../session';
import { foresee, readProgress, type Linked } from './readProgress';

const DAY = 86_400_000;

/** Sales asked about together; a sale that cannot be read spoils no more than its own portion. */
const PORTION = 500;

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
export const linkedSince = async (session: Session, days: number): Promise<Linked[]> => {
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

export interface ReadSales {
	progress: Progress[];
	/** What kept some sales from being read. */
	problems: Error[];
}

const joined = (parts: readonly ReadSales[]): ReadSales => ({
	progress: parts.flatMap(({ progress }) => progress),
	problems: parts.flatMap(({ problems }) => problems),
});

const readPortion = async (session: Session, portion: readonly Linked[]): Promise<ReadSales> => {
	const read = await settled(async () => await readProgress(session, portion));
	if (!read.error) {
		const sales = [...read.value.values()];
		return {
			progress: sales.flatMap((one) => (one.error ? [] : [one.value])),
			problems: sales.flatMap((one) => (one.error ? [one.error] : [])),
		};
	}
	const { error: problem } = read;
	if (portion.length === 1 || problem instanceof UnknownOutcome) {
		return { progress: [], problems: [problem] };
	}
	const middle = portion.length / 2;
	return joined([
		await readPortion(session, portion.slice(0, middle)),
		await readPortion(session, portion.slice(middle)),
	]);
};

const firstDate = ({ invoices, orders }: Linked): string =>
	[...invoices, ...orders].map(({ date }) => date).sort()[0];

/** In the order of their dates, so that the portions are about different times. */
const byDate = (a: Linked, b: Linked): number => firstDate(a).localeCompare(firstDate(b));

/** @throws when there are sales but none of them could be read */
export const readSales = async (
	session: Session,
	linked: readonly Linked[],
): Promise<ReadSales> => {
	const portions = chunks([...linked].sort(byDate), PORTION);
	/** What fails here fails the portions too, and is told by them. */
	if (portions.length > 1) await settled(async () => await foresee(session, linked));
	const read: ReadSales[] = [];
	for (const portion of portions) read.push(await readPortion(session, portion));
	const all = joined(read);
	if (all.progress.length === 0 && all.problems.length > 0) throw all.problems[0];
	return all;
};
