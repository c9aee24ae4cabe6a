/** Every document of the exchange that is young enough, and what 1C says of it now. */
import { createHash } from 'node:crypto';
import type { Progress } from '../exchange/progress';
import { linkedSince, readSales } from '../OneC/progress/markedSales';
import { progressJson } from '../OneC/progress/readProgress';
import type { Session } from '../OneC/session';
import type { Wish } from '../shared/repeat';

export interface News extends Wish {
	dealId: number;
	progress: Progress;
}

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
	problems: Error[];
}

/** @throws when there are sales but none of them could be read */
export const watch = async (session: Session, days: number): Promise<Watched> => {
	const { progress, problems } = await readSales(session, await linkedSince(session, days));
	return { news: progress.map(newsOf), problems };
};

export const newsJson = ({ dealId, progress }: News) => ({
	dealId,
	progress: progressJson(progress),
});
