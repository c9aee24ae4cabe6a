/**
 * How the portal reads loosely typed parameters.
 * Imitates: PHP habits, because a form post delivers nothing but strings and nested maps.
 * Does not imitate: every PHP conversion; only those our methods meet.
 */
export type Fields = Record<string, unknown>;

export function isRecord(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map of a form post; a JSON list counts as a map with numeric keys, as in PHP. */
export function asMap(value: unknown): Fields | undefined {
	if (isRecord(value)) return value;
	if (Array.isArray(value)) return Object.fromEntries(Object.entries(value));
	return undefined;
}

/** The values of a PHP array, whether it came as a list or as a map. */
export function asList(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return Object.values(value);
	if (isRecord(value)) return Object.values(value);
	return undefined;
}

export function asText(value: unknown): string {
	if (value === null || value === undefined || value === false) return '';
	if (value === true) return '1';
	if (typeof value === 'object') return 'Array';
	return String(value);
}

/**
 * A decimal number with a point, or undefined. A comma is refused: portals do not read it. An array is 1 when something
 * is in it and 0 when nothing is: PHP's (int) and (float) [server behaviour].
 */
export function asNumber(value: unknown): number | undefined {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0 ? 1 : 0;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (typeof value !== 'string') return undefined;
	return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : undefined;
}

export function asWhole(value: unknown): number | undefined {
	const number = asNumber(value);
	return number !== undefined && Number.isInteger(number) ? number : undefined;
}

export function asFlag(value: unknown): 'Y' | 'N' | undefined {
	if (value === true || value === 1 || value === '1' || value === 'Y' || value === 'y') return 'Y';
	if (value === false || value === 0 || value === '0' || value === 'N' || value === 'n') return 'N';
	if (value === '' || value === null) return 'N';
	return undefined;
}

export function isEmpty(value: unknown): boolean {
	return value === null || value === undefined || value === '' || value === false;
}

/** Methods outside the CRM read their parameters in any case (`event` and `EVENT` alike). */
export function upperKeys(params: Fields): Fields {
	return Object.fromEntries(
		Object.entries(params).map(([key, value]) => [key.toUpperCase(), value]),
	);
}

/** Money is kept with two decimals; the epsilon undoes binary noise such as 1.005. */
export function round2(value: number): number {
	const scaled = value * 100;
	return Math.round(scaled + Math.sign(scaled) * Math.abs(scaled) * Number.EPSILON) / 100;
}

/**
 * PHP writes a map as JSON by its keys: nothing becomes `[]`, keys 0..n-1 in order become a list,
 * anything else an object. Reference §1.4 lists the first as a trap for clients.
 */
export function phpMap(entries: Array<[string, unknown]>): unknown {
	const isList = entries.every(([key], index) => key === String(index));
	if (isList) return entries.map(([, value]) => value);
	return Object.fromEntries(entries);
}
