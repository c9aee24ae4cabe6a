/**
 * What of a request changes its meaning: the method, the names of its parameters, and combinations that systems are known
 * to treat in a way of their own. Each feature that the nodes send must be in some case of the table.
 */
import { parse } from 'qs';

type Map = Record<string, unknown>;

const isMap = (value: unknown): value is Map =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const OPERATOR = /^(!=%|!%=|>=|<=|!@|=%|%=|!%|!=|><|@|%|>|<|=|!)?(.*)$/;

const isUserField = (name: string): boolean => /^(UF_|uf[A-Z])/.test(name);

const namesIn = (params: Map): 'original' | 'camel' =>
	params.useOriginalUfNames === 'Y' ? 'original' : 'camel';

const selectIn = ({ select }: Map): string => {
	const names = Array.isArray(select) ? select.map(String) : [];
	if (names.length === 0) return 'none';
	return names.includes('*') ? 'everything' : 'some';
};

const startIn = (start: unknown): string => {
	if (start === undefined) return 'none';
	const number = Number(start);
	if (number < 0) return '-1';
	return number === 0 ? '0' : 'further';
};

function filterFeatures(filter: unknown, names: string, isNested = false): string[] {
	if (!isMap(filter)) return [];
	return Object.entries(filter).flatMap(([key, operand]) => {
		if (/^\d+$/.test(key)) return filterFeatures(operand, names, true);
		if (key.toLowerCase() === 'logic') return [`logic ${String(operand).toUpperCase()}`];
		const [, operator = '', field] = OPERATOR.exec(key) ?? [];
		const of = isUserField(field) ? ` a user field with ${names} names` : '';
		const value = Array.isArray(operand) ? 'a list' : 'a value';
		return [`${isNested ? 'nested ' : ''}filter "${operator}" ${value}${of}`];
	});
}

/** Values a query string carries in another way than JSON does. */
function valueFeatures(value: unknown): string[] {
	if (value === null) return ['null'];
	if (typeof value === 'boolean') return ['a flag of JSON'];
	if (Array.isArray(value))
		return value.length === 0 ? ['an empty list'] : value.flatMap(valueFeatures);
	return isMap(value) ? Object.values(value).flatMap(valueFeatures) : [];
}

function multiFieldFeatures(fields: unknown): string[] {
	const fm = isMap(fields) ? fields.fm : undefined;
	if (fm === undefined) return [];
	const elements = Object.values(fm as Map).filter(isMap);
	return elements.map(({ id, typeId, value }) => {
		const what = value === '' ? 'removed' : id === undefined ? 'new' : 'changed';
		return `multi-field ${what}${typeId === undefined ? ' without typeId' : ''}`;
	});
}

/** Go with every change, whatever the method. */
const EVERYWHERE = ['auth', 'auth_connector'];

/** Lists of cards treat names, select and filter together; others know one kind of names only. */
function listFeatures(method: string, params: Map): string[] {
	const names = namesIn(params);
	const spelled = method === 'crm.item.list' ? `${names} names, ` : '';
	return [
		`${spelled}select ${selectIn(params)}`,
		`start ${startIn(params.start)}`,
		...filterFeatures(params.filter, names),
	];
}

/** @param isInBatch whether it travels as a query string inside a batch */
export function portalFeatures(method: string, params: Map, isInBatch = false): string[] {
	const name = method.toLowerCase();
	if (name === 'batch') return batchFeatures(params);
	const way = isInBatch ? 'in a batch' : 'alone';
	const own = [
		...Object.keys(params)
			.filter((param) => !EVERYWHERE.includes(param))
			.map((param) => `parameter ${param}`),
		...(name.endsWith('.list') ? listFeatures(name, params) : []),
		...multiFieldFeatures(params.fields),
	];
	const shared = [
		...valueFeatures(params).map((value) => `${value} ${way}`),
		/** A batch fills it in; alone it is a text that somebody has typed. */
		...(isInBatch && JSON.stringify(params).includes('$result[') ? [`a reference in ${name}`] : []),
	];
	return [...new Set([name, ...own.map((one) => `${name}: ${one}`), ...shared])];
}

function batchFeatures({ cmd, halt }: Map): string[] {
	const commands = isMap(cmd) ? Object.values(cmd).map(String) : [];
	const inside = commands.flatMap((command) => {
		const [method, query = ''] = command.split(/\?(.*)/s);
		return portalFeatures(method, parse(query, { depth: 20, arrayLimit: 1000 }) as Map, true);
	});
	return [...new Set([`batch: halt ${String(halt ?? 'absent')}`, ...inside])];
}

const SEGMENT = /\(([^()]*)\)/;

/** Catalog, Document, AccumulationRegister …, with what is asked of it. */
function resourceOf(path: string): string {
	const [first, ...further] = path.split('/');
	const [kind] = first.split('_');
	const key = SEGMENT.test(first) ? '(key)' : '';
	const rest = further.map((segment) => `/${segment.replace(/\(.*\)/s, '()')}`).join('');
	return `${kind}${key}${rest}`;
}

const OPERATORS =
	/\b(eq|ne|gt|ge|lt|le|and|or|not|any|all)\b|\b(substringof|startswith|endswith|isof|cast|year|month)\(/g;
const LITERALS: Array<[name: string, pattern: RegExp]> = [
	['a guid', /(?<!cast\()guid'/],
	['a date', /datetime'/],
	['a reference with its type', /cast\(/],
	['a flag', /\b(true|false)\b/],
	['a number', /\s-?\d+(\.\d+)?\b/],
];

function conditionFeatures(filter: string): string[] {
	const outside = filter.replace(/(guid|datetime)'[^']*'|'(?:[^']|'')*'/g, (_, literal?: string) =>
		literal === undefined ? "''" : `${literal}'`,
	);
	const operators = [...outside.matchAll(OPERATORS)].map(
		([, word, call]) => `$filter ${word ?? call}`,
	);
	const literals = LITERALS.flatMap(([name, pattern]) =>
		pattern.test(outside) ? [`$filter with ${name}`] : [],
	);
	const text = /''/.test(outside) ? ['$filter with a text'] : [];
	return [...operators, ...literals, ...text];
}

/** @param path decoded, below odata/standard.odata/, with its query */
export function baseFeatures(verb: string, path: string): string[] {
	const [address, query = ''] = path.split(/\?(.*)/s);
	const resource = `${verb} ${resourceOf(address)}`;
	const options = query === '' ? [] : query.split(/&(?=[$\w]+=)/);
	const own = options.flatMap((option) => {
		const [name, value = ''] = option.split(/=(.*)/s);
		const features = name === '$filter' || name === 'Condition' ? conditionFeatures(value) : [];
		return [`${resource} ${name}`, ...features];
	});
	return [...new Set([resource, ...own])];
}
