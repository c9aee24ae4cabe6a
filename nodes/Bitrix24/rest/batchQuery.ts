/**
 * What the query strings of a batch can carry. They have no way to write null or an empty list, and write true as "1",
 * which fields and filters of cards take for "no" [fast_bitrix24 issue 265, b24phpsdk issue 319]; and what looks like a
 * reference is replaced by the portal. A command that holds any of these is called alone, with a JSON body.
 */
import { stringify } from 'qs-esm';
import type { Command } from './client';
import { Reference } from './reference';

type Params = Record<string, unknown>;

const hasJson = (value: object): value is { toJSON(): unknown } =>
	'toJSON' in value && typeof value.toJSON === 'function';

const valueSent = (value: unknown): unknown => {
	if (value instanceof Reference) return value;
	if (Array.isArray(value)) return value.map((one: unknown) => valueSent(one) ?? null);
	if (typeof value === 'number' && !Number.isFinite(value)) return null;
	if (typeof value !== 'object' || value === null) return value;
	return hasJson(value) ? valueSent(value.toJSON()) : paramsSent(value as Params);
};

/** Parameters as JSON sends them, so that both ways mean the same: moments become text, undefined is left out. */
const paramsSent = (params: Params): Params =>
	Object.fromEntries(
		Object.entries(params)
			.map(([name, value]) => [name, valueSent(value)])
			.filter(([, value]) => value !== undefined),
	);

const WRITES_CARD = /^crm\.(item|deal|lead|contact|company|quote)\.(add|update)$/i;

const flagsIn = (fields: Params): Params =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			typeof value === 'boolean' ? (value ? 'Y' : 'N') : value,
		]),
	);

const isMap = (value: unknown): value is Params =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parameters of a command as a batch takes them: flags of cards are `Y` and `N` there [crest issue 5]. */
export const paramsInBatch = ({ method, params = {} }: Command): Params => {
	const sent = paramsSent(params);
	return WRITES_CARD.test(method) && isMap(sent.fields)
		? { ...sent, fields: flagsIn(sent.fields) }
		: sent;
};

const LIKE_A_REFERENCE = /\$result\s*\[/i;

const fitsQuery = (value: unknown): boolean => {
	if (value instanceof Reference) return true;
	if (value === null || typeof value === 'boolean') return false;
	if (typeof value === 'string') return !LIKE_A_REFERENCE.test(value);
	if (typeof value !== 'object') return true;
	const inner = Object.values(value);
	return inner.length > 0 && inner.every(fitsQuery);
};

/** Whether a batch can carry the command without changing what it means. */
export const fitsBatch = (command: Command): boolean =>
	Object.values(paramsInBatch(command)).every(fitsQuery);

const written = (_name: string, value: unknown): unknown =>
	value instanceof Reference ? value.written : value;

/** PHP reads nested values by their brackets. */
export const queryOf = (params: Params): string =>
	stringify(params, { arrayFormat: 'indices', filter: written });
