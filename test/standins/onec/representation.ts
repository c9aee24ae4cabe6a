/**
 * In which form an answer goes out (reference 1c-ut103.md §2 "URL"): atom is the default of the real service, JSON has
 * to be asked for by `$format=json` or by the Accept header, with three levels of detail. What is neither is code 3.
 * $format wins over Accept; in a list of types JSON wins over atom, weights are not looked at (not recorded).
 */
import { unsupportedFormat } from './odata/errors';
import type { Detail } from './odata/json';

export type Representation = { kind: 'atom' } | { kind: 'json'; detail: Detail };

const DETAILS: readonly Detail[] = ['nometadata', 'minimalmetadata', 'fullmetadata'];
const ATOM = [
	'atom',
	'application/atom+xml',
	'application/atomsvc+xml',
	'application/xml',
	'text/xml',
	'*/*',
	'application/*',
];
const JSON_TYPES = ['json', 'application/json'];

export function representationOf(
	format: string | undefined,
	accept: string | undefined,
): Representation {
	const read = format === undefined ? accepted(accept ?? '') : readType(format);
	if (!read) throw unsupportedFormat();
	return read;
}

function accepted(accept: string): Representation | undefined {
	if (accept.trim() === '') return { kind: 'atom' };
	const known = accept.split(',').map(readType);
	return known.find((one) => one?.kind === 'json') ?? known.find((one) => one !== undefined);
}

const nameOf = (type: string): string => type.split(';')[0].trim().toLowerCase();

function readType(type: string): Representation | undefined {
	const name = nameOf(type);
	if (ATOM.includes(name)) return { kind: 'atom' };
	if (!JSON_TYPES.includes(name)) return undefined;
	const named = /;\s*odata=([a-z]+)/i.exec(type)?.[1];
	if (named === undefined) return { kind: 'json', detail: 'minimalmetadata' };
	const detail = DETAILS.find((one) => one === named);
	return detail && { kind: 'json', detail };
}
