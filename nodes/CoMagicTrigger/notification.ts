/** A notification of CoMagic: who sent it, and what it says, however broken its JSON is. */
import { toContact, type ContactJson } from '../CoMagic/toContact';
import { isSameSecret } from '../shared/secret';

type Fields = Record<string, unknown>;

export interface Caller {
	headers: Record<string, unknown>;
	query: Record<string, unknown>;
}

const sentSecret = ({ headers, query }: Caller): string => {
	const bearer = String(headers.authorization ?? '').replace(/^Bearer\s+/i, '');
	return String(headers['x-secret'] ?? '') || bearer || String(query.secret ?? '');
};

/** Without a secret nobody is genuine. */
export const isGenuine = (caller: Caller, secret: string): boolean =>
	isSameSecret(sentSecret(caller), secret);

export interface Body {
	fields: Fields;
	/** The text, when it could not be read as it should be. */
	broken?: string;
}

const parsed = (text: string): Fields | null => {
	try {
		const value = JSON.parse(text) as unknown;
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as Fields) : null;
	} catch {
		return null;
	}
};

/** A variable the event does not have leaves its placeholder or nothing at all; texts in quotes stay as they are. */
const mended = (text: string): string =>
	text.replace(/"(?:[^"\\]|\\.)*"|\{\{\s*\w+\s*\}\}|:(?=\s*[,}])/g, (piece) => {
		if (piece.startsWith('"')) return piece;
		return piece === ':' ? ':null' : 'null';
	});

/** Whatever can be made out, name by name: plain texts and numbers. */
const madeOut = (text: string): Fields =>
	Object.fromEntries(
		[...text.matchAll(/"(\w{1,60})"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d{1,15})/g)].map(
			([, name, value]) => [name, value.startsWith('"') ? value.slice(1, -1) : Number(value)],
		),
	);

export const readBody = (text: string): Body => {
	const fields = parsed(text) ?? parsed(mended(text));
	return fields ? { fields } : { fields: madeOut(text), broken: text };
};

/** What stands in an address for a variable the event does not have. */
const isAbsent = (value: string): boolean => /^(null)?$|^\{\{\s*\w+\s*\}\}$/.test(value);

const listIn = (value: string): unknown => {
	if (!value.startsWith('[')) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
};

/** A notification by GET says everything in its address. */
export const readQuery = (query: Fields): Body => ({
	fields: Object.fromEntries(
		Object.entries(query)
			.filter(([name, value]) => name !== 'secret' && !isAbsent(String(value)))
			.map(([name, value]) => [name, listIn(String(value))]),
	),
});

const SECOND = 1000;
const QUARTER = 900_000;

const wall = (text: unknown): number =>
	typeof text === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(text)
		? Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)
		: Number.NaN;

/** The same moment comes as wall time of the account and as a timestamp, and so tells the zone. */
const offsetIn = (fields: Fields): number => {
	const stamp = Number(fields.notification_timestamp);
	const offset = wall(fields.notification_time) - stamp * SECOND;
	return Number.isNaN(offset) || !stamp ? Number.NaN : Math.round(offset / QUARTER) * QUARTER;
};

/** When the contact was made: a call says so itself, anything else is told of as it happens. */
const timeIn = (fields: Fields, now: number): string => {
	const started = wall(fields.start_time) - offsetIn(fields);
	if (!Number.isNaN(started)) return new Date(started).toISOString();
	const stamp = Number(fields.notification_timestamp);
	return new Date(stamp > 0 && stamp < 1e11 ? stamp * SECOND : now).toISOString();
};

export const contactIn = ({ fields }: Body, now: number): ContactJson => {
	const type = fields.communication_type;
	return toContact(fields, typeof type === 'string' ? type : '', timeIn(fields, now));
};
