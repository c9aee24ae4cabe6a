/**
 * Compiles $filter (and Condition of virtual tables) against the model, so that a mistake is refused even when no
 * row would be looked at. Navigation goes through references of one type; a composite needs cast(…,'Type').
 */
import type { RowType } from '../model/types';
import { rowsOf, type Row } from '../values';
import { badOption } from './errors';
import { callFunction } from './functions';
import type { Literal } from './literals';
import { parseExpression, type Expression } from './parser';
import {
	compareTerms,
	isReference,
	type Scope,
	type Surroundings,
	type Term,
	type TermValue,
} from './terms';

export type Filter = (row: Row) => boolean;

export function compileFilter(source: string, around: Surroundings): Filter {
	const term = compile(parseExpression(source, around.option), around);
	if (term.kind !== 'boolean') throw badOption(around.option);
	return (row) => term.value({ row, variables: NO_VARIABLES }) === true;
}

const NO_VARIABLES: Scope['variables'] = new Map();

/** Paths are shared with $orderby, which orders by what a filter may compare. */
export function compilePath(names: string[], around: Surroundings): Term {
	const [first, ...rest] = names;
	const variable = around.variables.get(first);
	if (variable && rest.length > 0) {
		return walk(rest, variable, ({ variables }) => variables.get(first), around);
	}
	return walk(names, around.type, ({ row }) => row, around);
}

type RowGetter = (scope: Scope) => Row | undefined;

function walk(names: string[], type: RowType, rowOf: RowGetter, around: Surroundings): Term {
	const [name, ...rest] = names;
	if (rest.length === 0) return field(name, type, rowOf, around);
	const set = type.navigation.get(name);
	const next = set && around.typeOf(set);
	if (!set || !next) throw badOption(around.option);
	const follow: RowGetter = (scope) => {
		const ref = rowOf(scope)?.[`${name}_Key`];
		return typeof ref === 'string' ? around.rowOf(set, ref) : undefined;
	};
	return walk(rest, next, follow, around);
}

const KINDS: Readonly<Record<string, Term['kind']>> = {
	'Edm.String': 'string',
	'Edm.Guid': 'guid',
	'Edm.Boolean': 'boolean',
	'Edm.DateTime': 'date',
};

function field(name: string, type: RowType, rowOf: RowGetter, around: Surroundings): Term {
	const property = type.properties.get(name);
	if (!property) return reference(name, type, rowOf, around);
	if (property.type.kind === 'composite' && property.part === 'value') {
		return {
			kind: 'composite',
			value: (scope) => {
				const row = rowOf(scope);
				return row && { ref: String(row[name]), type: String(row[`${name}_Type`]) };
			},
		};
	}
	const kind = KINDS[property.edm] ?? 'number';
	return {
		kind,
		unlimited: property.type.kind === 'string' && property.type.length === 0,
		value: (scope) => {
			const value = rowOf(scope)?.[name];
			if (value === undefined || value === null || Array.isArray(value)) return undefined;
			return kind === 'number' ? Number(value) : value;
		},
	};
}

function reference(name: string, type: RowType, rowOf: RowGetter, around: Surroundings): Term {
	const set = type.navigation.get(name);
	if (!set) throw badOption(around.option);
	return {
		kind: 'reference',
		value: (scope) => {
			const row = rowOf(scope);
			return row && { ref: String(row[`${name}_Key`]), type: `StandardODATA.${set}` };
		},
	};
}

export function compile(expression: Expression, around: Surroundings): Term {
	switch (expression.kind) {
		case 'literal':
			return literalTerm(expression.literal);
		case 'path':
			return compilePath(expression.names, around);
		case 'call':
			return call(expression, around);
		case 'lambda':
			return lambda(expression, around);
		case 'compare':
			return compareTerms(
				expression.op,
				compile(expression.left, around),
				compile(expression.right, around),
				around,
			);
		case 'arithmetic':
			return arithmetic(expression, around);
		case 'negative':
			return negative(compile(expression.operand, around), around);
		case 'not':
			return not(compile(expression.operand, around), around);
		case 'logic':
			return logic(expression, around);
	}
}

function literalTerm(literal: Literal): Term {
	const value = literal.value ?? undefined;
	return { kind: literal.type, value: () => value };
}

function expectBoolean(term: Term, around: Surroundings): Term {
	if (term.kind !== 'boolean') throw badOption(around.option);
	return term;
}

function negative(operand: Term, around: Surroundings): Term {
	if (operand.kind !== 'number') throw badOption(around.option);
	return { kind: 'number', value: (scope) => -Number(operand.value(scope)) };
}

function not(operand: Term, around: Surroundings): Term {
	expectBoolean(operand, around);
	return { kind: 'boolean', value: (scope) => operand.value(scope) !== true };
}

function logic(expression: Extract<Expression, { kind: 'logic' }>, around: Surroundings): Term {
	const left = expectBoolean(compile(expression.left, around), around);
	const right = expectBoolean(compile(expression.right, around), around);
	const both = expression.op === 'and';
	return {
		kind: 'boolean',
		value: (scope) =>
			both
				? left.value(scope) === true && right.value(scope) === true
				: left.value(scope) === true || right.value(scope) === true,
	};
}

const OPERATIONS: Readonly<Record<string, (left: number, right: number) => number>> = {
	add: (left, right) => left + right,
	sub: (left, right) => left - right,
	mul: (left, right) => left * right,
	div: (left, right) => left / right,
};

function arithmetic(
	expression: Extract<Expression, { kind: 'arithmetic' }>,
	around: Surroundings,
): Term {
	const left = compile(expression.left, around);
	const right = compile(expression.right, around);
	if (left.kind !== 'number' || right.kind !== 'number') throw badOption(around.option);
	const apply = OPERATIONS[expression.op];
	return {
		kind: 'number',
		value: (scope) => apply(Number(left.value(scope)), Number(right.value(scope))),
	};
}

function call(expression: Extract<Expression, { kind: 'call' }>, around: Surroundings): Term {
	const { name, args, then } = expression;
	if (name === 'cast' || name === 'isof') return typed(name, args, then, around);
	if (then.length > 0) throw badOption(around.option);
	return callFunction(
		name,
		args.map((arg) => compile(arg, around)),
		around,
	);
}

function typed(name: string, args: Expression[], then: string[], around: Surroundings): Term {
	const [subject, type] = args;
	if (args.length !== 2 || type.kind !== 'literal' || type.literal.type !== 'string') {
		throw badOption(around.option);
	}
	const set = type.literal.value;
	const inner = compile(subject, around);
	const plain = PLAIN_TYPES[set];
	if (plain && then.length === 0) return plainTyped(name, inner, plain);
	const wanted = `StandardODATA.${set}`;
	if (!['guid', 'composite', 'reference'].includes(inner.kind)) throw badOption(around.option);
	const cast: Term = {
		kind: 'reference',
		value: (scope) => {
			const value = inner.value(scope);
			if (isReference(value)) return value.type === wanted ? value : undefined;
			return typeof value === 'string' ? { ref: value, type: wanted } : undefined;
		},
	};
	if (name === 'isof') {
		if (then.length > 0) throw badOption(around.option);
		return { kind: 'boolean', value: (scope) => cast.value(scope) !== undefined };
	}
	if (then.length === 0) return cast;
	const next = around.typeOf(set);
	if (!next) throw badOption(around.option);
	const follow: RowGetter = (scope) => {
		const value = cast.value(scope);
		return isReference(value) ? around.rowOf(set, value.ref) : undefined;
	};
	return walk(then, next, follow, around);
}

interface PlainType {
	kind: 'string' | 'number' | 'boolean' | 'date';
	edm: string;
}

const PLAIN_TYPES: Readonly<Record<string, PlainType | undefined>> = {
	String: { kind: 'string', edm: 'Edm.String' },
	Number: { kind: 'number', edm: 'Edm.Double' },
	Boolean: { kind: 'boolean', edm: 'Edm.Boolean' },
	Date: { kind: 'date', edm: 'Edm.DateTime' },
};

/** cast(…,'Number') and isof(…,'String'): the value of a composite attribute when it is of this type, else nothing. */
function plainTyped(name: string, inner: Term, { kind, edm }: PlainType): Term {
	const cast = (scope: Scope): TermValue => {
		const value = inner.value(scope);
		if (!isReference(value)) return inner.kind === kind ? value : undefined;
		if (value.type !== edm) return undefined;
		if (kind === 'boolean') return value.ref === 'true';
		return kind === 'number' ? Number(value.ref) : value.ref;
	};
	return name === 'isof'
		? { kind: 'boolean', value: (scope) => cast(scope) !== undefined }
		: { kind, value: cast };
}

function lambda(expression: Extract<Expression, { kind: 'lambda' }>, around: Surroundings): Term {
	const { path, mode, variable, body } = expression;
	const type = path.length === 1 ? around.type.tables.get(path[0]) : undefined;
	if (!type || (!body && mode === 'all')) throw badOption(around.option);
	if (!body) return { kind: 'boolean', value: ({ row }) => rowsOf(row, path[0]).length > 0 };
	const variables = new Map([...around.variables, [variable, type] as const]);
	const inner = expectBoolean(compile(body, { ...around, variables }), around);
	return {
		kind: 'boolean',
		value: ({ row, variables: outer }) => {
			const test = (one: Row) =>
				inner.value({ row, variables: new Map([...outer, [variable, one] as const]) }) === true;
			const rows = rowsOf(row, path[0]);
			return mode === 'any' ? rows.some(test) : rows.every(test);
		},
	};
}
