/**
 * Literals and addresses of OData v3 as 1C reads them [1C OData doc 17.4]. A space is always %20: a plus sign is not
 * decoded as a space inside $filter [live probes of УТ 11].
 */
import { Problem } from '../../exchange/problem';
import { isGuid } from '../../exchange/reference';

export interface Query {
	filter?: string;
	select?: readonly string[];
	/** Works only for what `select` names too, and silently does nothing otherwise [live probes of УТ 11]. */
	expand?: string;
	orderby?: string;
	top?: number;
	skip?: number;
	/** A virtual table of the set instead of the set itself, with its own parameters. */
	table?: 'SliceLast' | 'Balance' | 'Turnovers';
	condition?: string;
	dimensions?: readonly string[];
	/** Wall times of the 1C server: the moment of a balance or a slice, and the two ends of turnovers. */
	period?: string;
	startPeriod?: string;
	endPeriod?: string;
}

/** IIS refuses longer query strings unless it is told otherwise (maxQueryString is 2048). */
export const LONGEST_QUERY = 2000;

const NAME = /^[\p{L}_][\p{L}\d_]*$/u;

export const isName = (text: string): boolean => NAME.test(text);

export const guid = (ref: string): string => {
	if (!isGuid(ref)) throw new Problem(`"${ref}" is not a 1C reference.`, 'A reference is a GUID.');
	return `guid'${ref.toLowerCase()}'`;
};

export const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;

/** Wall time of the 1C server: dates of 1C carry no zone. */
export const dateTime = (wall: string): string => `datetime'${wall}'`;

/** A composite field compared with a bare guid silently matches nothing, it needs the type [live probes of УТ 11]. */
export const castTo = (ref: string, set: string): string => `cast(${guid(ref)},'${set}')`;

export const anyOf = (conditions: readonly string[]): string =>
	conditions.length === 1 ? conditions[0] : `(${conditions.join(' or ')})`;

export const allOf = (conditions: readonly string[]): string => conditions.join(' and ');

const OPTIONS: ReadonlyArray<[string, (query: Query) => string | undefined]> = [
	['$filter', ({ filter }) => filter],
	['$select', ({ select }) => select?.join(',')],
	['$expand', ({ expand }) => expand],
	['$orderby', ({ orderby }) => orderby],
	['$top', ({ top }) => top?.toString()],
	['$skip', ({ skip }) => skip?.toString()],
	['Condition', ({ condition }) => condition],
	['Dimensions', ({ dimensions }) => dimensions?.join(',')],
	['Period', ({ period }) => period && dateTime(period)],
	['StartPeriod', ({ startPeriod }) => startPeriod && dateTime(startPeriod)],
	['EndPeriod', ({ endPeriod }) => endPeriod && dateTime(endPeriod)],
];

export const queryString = (query: Query = {}): string =>
	[
		'$format=json',
		...OPTIONS.flatMap(([name, valueOf]) => {
			const value = valueOf(query);
			return value ? [`${name}=${encodeURIComponent(value)}`] : [];
		}),
	].join('&');

const checkedSet = (set: string): string => {
	if (isName(set)) return set;
	throw new Problem(
		`"${set}" is not a name of a 1C object.`,
		'Write it as in OData of 1C, such as Document_ЗаказПокупателя.',
	);
};

const setPath = (set: string): string => encodeURIComponent(checkedSet(set));

/**
 * Parameters of a virtual table stand in the query and not in parentheses: a part of a path may have 260 characters
 * in IIS, and a condition on a dozen references is longer.
 */
export const listPath = (set: string, query: Query = {}): string =>
	`${setPath(set)}${query.table ? `/${query.table}` : ''}?${queryString(query)}`;

export const objectPath = (set: string, ref: string): string =>
	`${setPath(set)}(${guid(ref)})?$format=json`;

export const postPath = (set: string, ref: string): string =>
	`${setPath(set)}(${guid(ref)})/Post?PostingModeOperational=false&$format=json`;

/** The names of all sets. */
export const ROOT_PATH = '?$format=json';

/** How many rows meet a condition; the answer is a bare number in any format. */
export const countPath = (set: string, filter = ''): string =>
	`${setPath(set)}/$count${filter ? `?$filter=${encodeURIComponent(filter)}` : ''}`;

/** The description of all sets, which exists in XML only. */
export const METADATA_PATH = '$metadata';

/**
 * The two calls of an exchange by a plan; both name the node they are about by its whole address, whose own quotes are
 * not doubled [1C OData doc 17.4.13.3].
 * @param root address of the service
 */
export const exchangePath = (
	command: 'SelectChanges' | 'NotifyChangesReceived',
	root: string,
	node: { plan: string; ref: string },
	messageNo: number,
): string => {
	const point = `'${root}${checkedSet(node.plan)}(${guid(node.ref)})'`;
	return `${command}?DataExchangePoint=${encodeURIComponent(point)}&MessageNo=${messageNo}`;
};

/**
 * Packs conditions that are to be OR-ed into as few queries as fit the length of an address.
 * @param around the query the conditions go into; its own filter, or condition of a virtual table, is AND-ed
 */
export const packed = (conditions: readonly string[], around: Query = {}): Query[] => {
	const option = around.table ? 'condition' : 'filter';
	const room =
		LONGEST_QUERY - queryString({ top: 10_000, skip: 1_000_000, ...around, [option]: '' }).length;
	const own = around[option] ? `${around[option]} and ` : '';
	const join = (chunk: string[]): string => `${own}${anyOf(chunk)}`;
	const chunks: string[][] = [];
	for (const condition of new Set(conditions)) {
		const last = chunks.at(-1);
		const length = encodeURIComponent(join([...(last ?? []), condition])).length;
		if (last && length <= room) last.push(condition);
		else chunks.push([condition]);
	}
	return chunks.map((chunk) => ({ ...around, [option]: join(chunk) }));
};
