/** What became of everything that was to be written, counted in the logs of both systems. */
import { createHash } from 'node:crypto';
import type { Firm } from './firm';

interface Write {
	/** The same for a write that is sent again. */
	mark: string;
	/** It was carried out, but whoever sent it was never told. */
	unanswered: boolean;
}

export interface Tally {
	'writes sent': number;
	/** The same write to the same system once more. */
	'of them repeated': number;
	/** Carried out without an answer: nobody could know. */
	'of them unanswered': number;
	/** Unanswered, and never sent again: n8n looked, and found it done. */
	'of them reconciled': number;
}

const READING = /(^|\.)(list|get|fields|types|profile|scope|time|findbycomm)$/;

const digest = (...parts: unknown[]): string =>
	createHash('sha1').update(JSON.stringify(parts)).digest('base64url');

const ofPortal = ({ portal }: Firm): Write[] =>
	portal.requests.flatMap(({ method, params, status, error }) => {
		if (error !== undefined) return [];
		const unanswered = status === 0;
		if (method !== 'batch') {
			return READING.test(method) ? [] : [{ mark: digest(method, params), unanswered }];
		}
		return Object.values((params.cmd ?? {}) as Record<string, string>)
			.filter((command) => !READING.test(command.split('?')[0]))
			.map((command) => ({ mark: digest(command), unanswered }));
	});

/** 1C tells what it wrote; a post has no body, its address says what is posted. */
const ofBase = ({ base }: Firm): Write[] =>
	base.requests
		.filter(({ written }) => written === true)
		.map(({ httpMethod, path, body = '', status }) => ({
			mark: digest(httpMethod, path, body),
			unanswered: status === 0 || status >= 500,
		}));

export const tallyOf = (firm: Firm): Tally => {
	const writes = [...ofPortal(firm), ...ofBase(firm)];
	const times = new Map<string, number>();
	for (const { mark } of writes) times.set(mark, (times.get(mark) ?? 0) + 1);
	const unanswered = writes.filter((write) => write.unanswered);
	return {
		'writes sent': writes.length,
		'of them repeated': writes.length - times.size,
		'of them unanswered': unanswered.length,
		'of them reconciled': unanswered.filter(({ mark }) => times.get(mark) === 1).length,
	};
};

/** What the portal was asked most, inside batches too. */
export const busiest = ({ portal }: Firm): Record<string, number> => {
	const times = new Map<string, number>();
	for (const { method, commands = [] } of portal.requests) {
		for (const name of commands.length > 0 ? commands : [method]) {
			times.set(name, (times.get(name) ?? 0) + 1);
		}
	}
	const most = [...times].sort(([, a], [, b]) => b - a).slice(0, 6);
	return Object.fromEntries(most.map(([name, count]) => [`· ${name}`, count]));
};
