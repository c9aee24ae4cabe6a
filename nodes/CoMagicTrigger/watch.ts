/**
 * Looking regularly at what the reports say. Each look goes back over an overlap, because columns are filled in some
 * time after a contact has appeared, and no look is skipped for good: what was missed while n8n or CoMagic was down
 * is asked for by the next one.
 */
import { createHash } from 'node:crypto';
import type { CoMagicClient } from '../CoMagic/client';
import { readContacts, type ContactType } from '../CoMagic/contacts';
import type { ContactJson } from '../CoMagic/toContact';
import type { ContactKind } from '../exchange/contactKind';
import { Problem } from '../exchange/problem';
import { due, type Memory, type Wish } from '../shared/repeat';
import { settled } from '../shared/settled';

export interface Watching {
	kinds: ContactKind[];
	/** Milliseconds. */
	overlap: number;
	outgoing: boolean;
	/** Says a contact again, with growing pauses, for as long as it is within the overlap. */
	repeats: boolean;
	/** Points of the day that are left to other programs. */
	reserve: number;
}

/** Kept in the static data of the workflow. */
export interface WatchState {
	/** When each type was read last. */
	read?: Partial<Record<ContactType, number>>;
	seen?: Partial<Record<ContactType, Memory>>;
	points?: { left: number; until: number };
}

export interface Watched {
	contacts: ContactJson[];
	problems: Error[];
	state: WatchState;
}

/** A conversation by e-mail is a chat in the old reports and a letter in the new ones. */
const TYPES_OF: Record<ContactKind, ContactType[]> = {
	call: ['call'],
	callback: ['call'],
	site_request: ['offline_message'],
	chat: ['chat'],
	email: ['chat', 'email'],
};

interface News extends Wish {
	contact: ContactJson;
}

/** Changes when anything we know of the contact does; what CoMagic counts on the way does not matter. */
const markOf = (contact: ContactJson): string =>
	createHash('sha256')
		.update(JSON.stringify({ ...contact, raw: undefined }))
		.digest('hex')
		.slice(0, 16);

/** Once, and once more whenever something has been filled in since. */
const changed = (memory: Memory, news: News[], now: number): { emit: News[]; memory: Memory } => ({
	emit: news.filter(({ key, mark }) => memory[key]?.mark !== mark),
	memory: Object.fromEntries(news.map(({ key, mark }) => [key, { mark, times: 1, at: now }])),
});

export const isWanted =
	({ kinds, outgoing }: Pick<Watching, 'kinds' | 'outgoing'>) =>
	({ kind, direction, communicationId }: ContactJson): boolean =>
		kind !== null &&
		communicationId !== null &&
		kinds.includes(kind) &&
		(outgoing || direction !== 'out');

const checkPoints = ({ points }: WatchState, reserve: number, now: number): void => {
	if (!points || points.left > reserve || now >= points.until) return;
	throw new Problem(
		`CoMagic has ${points.left} points left for today, and ${reserve} are kept for other programs.`,
		'Polling goes on after midnight and misses nothing. Poll more rarely, or ask CoMagic for a higher limit.',
	);
};

const pointsOf = ({ limits }: CoMagicClient, now: number): WatchState['points'] =>
	limits && { left: limits.day_remaining, until: now + limits.day_reset * 1000 };

export const watch = async (
	client: CoMagicClient,
	watching: Watching,
	state: WatchState,
): Promise<Watched> => {
	const now = client.clock.now();
	checkPoints(state, watching.reserve, now);
	const types = [...new Set(watching.kinds.flatMap((kind) => TYPES_OF[kind]))];
	const [read, seen] = [{ ...state.read }, { ...state.seen }];
	const contacts: ContactJson[] = [];
	const problems: Error[] = [];
	for (const type of types) {
		const from = (state.read?.[type] ?? now) - watching.overlap;
		const { value, error } = await settled(
			async () => await readContacts(client, type, { period: { from, till: now } }),
		);
		if (error) {
			problems.push(error);
			continue;
		}
		const news = value
			.filter(isWanted(watching))
			.map((contact) => ({ key: `${contact.communicationId}`, mark: markOf(contact), contact }));
		const memory = seen[type] ?? {};
		const told = watching.repeats
			? due(memory, news, now, watching.overlap)
			: changed(memory, news, now);
		contacts.push(...told.emit.map(({ contact }) => contact));
		read[type] = now;
		seen[type] = told.memory;
	}
	if (problems.length === types.length && problems.length > 0) throw problems[0];
	contacts.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
	return { contacts, problems, state: { read, seen, points: pointsOf(client, now) } };
};
