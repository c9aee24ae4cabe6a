/**
 * $select and $expand. `*` is everything, `**` everything but tabular sections; an unknown name is code 6. $expand
 * works only for a path that $select names too, otherwise it silently does nothing (reference 1c-ut103.md §2
 * "$select", seen live). Paths go on from object to object; through a composite attribute they name the type they mean,
 * and the object then stands under `X_Expanded` (documentation 17.4.6.4).
 */
import { typeNamed } from '../model/metadata';
import type { RowType } from '../model/types';
import { unknownSegment } from './errors';

export interface Shape {
	/** Properties and whole tables to show; undefined shows all. */
	names?: ReadonlySet<string>;
	/** Columns of tables that are shown in part. */
	columns: ReadonlyMap<string, ReadonlySet<string>>;
	expanded: readonly Expansion[];
	/** `X____Presentation` and `Presentation`: shown only when asked for by name. */
	presentations: readonly string[];
}

/** An object to unfold where a reference to it stands. */
export interface Expansion {
	/** The attribute the reference stands in. */
	name: string;
	/** Where it leads; a composite that is named without a type leads wherever its value says. */
	set?: string;
	isComposite: boolean;
	shape: Shape;
}

export const WHOLE: Shape = { columns: new Map(), expanded: [], presentations: [] };

export const PRESENTATION = 'Presentation';
export const PRESENTATION_OF = '____Presentation';

type TypeOf = (set: string) => RowType | undefined;

const list = (option: string): string[] => option.split(',').map((name) => name.trim());

class Selection {
	private readonly names = new Set<string>();
	private readonly columns = new Map<string, Set<string>>();
	private readonly steps = new Map<string, { step: Step; selection: Selection }>();
	private readonly presentations: string[] = [];
	private all = false;

	constructor(
		private readonly type: RowType,
		private readonly typeOf: TypeOf,
	) {}

	add(path: string): void {
		if (path === '*') this.all = true;
		else if (path === '**') this.addFields();
		else if (path.endsWith(PRESENTATION_OF)) this.addPresentation(path);
		else if (path === PRESENTATION) this.presentations.push(path);
		else this.addPath(path.split('/'));
	}

	/** Only what $expand names too is unfolded. */
	shape(wanted: ExpandTree): Shape {
		const expanded = [...this.steps].flatMap(([key, { step, selection }]) => {
			const deeper = wanted.below(key);
			if (!deeper) return [];
			const { name, set, isComposite } = step;
			return [{ name, set, isComposite, shape: selection.shape(deeper) }];
		});
		const composites = [...wanted.composites]
			.filter((name) => this.all || this.names.has(name))
			.map((name) => ({ name, isComposite: true, shape: WHOLE }));
		const { columns, presentations } = this;
		return {
			names: this.all ? undefined : this.names,
			columns,
			expanded: [...expanded, ...composites],
			presentations,
		};
	}

	private addFields(): void {
		for (const name of this.type.properties.keys()) this.names.add(name);
	}

	/** Tabular sections have no presentations (17.4.3 of the documentation). */
	private addPresentation(path: string): void {
		const name = path.slice(0, -PRESENTATION_OF.length);
		const known = [...this.type.properties.keys()].filter((key) => !key.endsWith('_Type'));
		const names = known.map((key) => key.replace(/_Key$/, ''));
		if (name !== '*' && !names.includes(name)) throw unknownSegment(path);
		const wanted = name === '*' ? names : [name];
		this.presentations.push(...wanted.map((one) => one + PRESENTATION_OF));
	}

	private addPath(path: string[]): void {
		const [name, ...rest] = path;
		const table = this.type.tables.get(name);
		if (table) this.addTable(name, table, rest);
		else if (this.type.properties.has(name) && rest.length === 0) this.names.add(name);
		else this.addStep(path);
	}

	private addTable(name: string, table: RowType, [column, ...rest]: string[]): void {
		if (column === undefined) this.names.add(name);
		else if (rest.length === 0 && table.properties.has(column)) {
			this.columns.set(name, (this.columns.get(name) ?? new Set<string>()).add(column));
		} else
			throw unknownSegment([column, ...rest].find((part) => !table.properties.has(part)) ?? column);
	}

	private addStep(path: string[]): void {
		const step = stepOf(path, this.type, this.typeOf);
		const known = this.steps.get(step.key)?.selection;
		const selection = known ?? new Selection(step.type, this.typeOf);
		this.steps.set(step.key, { step, selection });
		selection.add(step.rest.join('/') || '*');
	}
}

interface Step {
	/** What tells this step from others in $select and $expand. */
	key: string;
	name: string;
	set: string;
	isComposite: boolean;
	type: RowType;
	rest: string[];
}

/** The first step of a path along references. */
function stepOf(
	[name, ...rest]: string[],
	{ navigation, properties }: RowType,
	typeOf: TypeOf,
): Step {
	const own = navigation.get(name);
	const composite = properties.get(name)?.type;
	const set = own ?? rest[0];
	const type = set === undefined ? undefined : typeOf(set);
	if (own && type) return { key: name, name, set: own, isComposite: false, type, rest };
	if (composite?.kind !== 'composite') throw unknownSegment(name);
	if (!type || !typeNamed(composite.types, `StandardODATA.${set}`))
		throw unknownSegment(set ?? name);
	return { key: `${name}/${set}`, name, set, isComposite: true, type, rest: rest.slice(1) };
}

class ExpandTree {
	readonly composites = new Set<string>();
	private readonly branches = new Map<string, ExpandTree>();
	private all = false;

	constructor(
		private readonly type: RowType,
		private readonly typeOf: TypeOf,
	) {}

	add(path: string[]): void {
		if (path.length === 0) return;
		if (path[0] === '*') {
			this.all = true;
			return;
		}
		if (path.length === 1 && this.type.properties.get(path[0])?.type.kind === 'composite') {
			this.composites.add(path[0]);
			return;
		}
		const { key, type, rest } = stepOf(path, this.type, this.typeOf);
		const branch = this.branches.get(key) ?? new ExpandTree(type, this.typeOf);
		this.branches.set(key, branch);
		branch.add(rest);
	}

	/** A star unfolds references, never composites: those need a type. */
	below(key: string): ExpandTree | undefined {
		const branch = this.branches.get(key);
		if (branch || !this.all || key.includes('/')) return branch;
		return new ExpandTree(this.type, this.typeOf);
	}
}

export function shapeOf(
	type: RowType,
	select: string | undefined,
	expand: string | undefined,
	typeOf: TypeOf,
): Shape {
	const wanted = new ExpandTree(type, typeOf);
	for (const path of expand ? list(expand) : []) wanted.add(path.split('/'));
	/** An empty $select is none (recorded). */
	if (!select?.trim()) return WHOLE;
	const selection = new Selection(type, typeOf);
	for (const path of list(select)) selection.add(path);
	return selection.shape(wanted);
}
