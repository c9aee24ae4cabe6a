/**
 * $select and $expand. `*` is everything, `**` everything but tabular sections; an unknown name is code 6. $expand
 * works only for a path that $select names too, otherwise it silently does nothing (reference 1c-ut103.md §2
 * "$select", seen live).
 */
import type { RowType } from '../model/types';
import { unknownSegment } from './errors';

export interface Shape {
	/** Properties and whole tables to show; undefined shows all. */
	names?: ReadonlySet<string>;
	/** Columns of tables that are shown in part. */
	columns: ReadonlyMap<string, ReadonlySet<string>>;
	/** Navigations to unfold: undefined columns mean the whole object. */
	expanded: ReadonlyMap<string, ReadonlySet<string> | undefined>;
	/** `X____Presentation` and `Presentation`: shown only when asked for by name. */
	presentations: readonly string[];
}

/** These properties and nothing else; all of them without a list. */
export const partOf = (names?: ReadonlySet<string>): Shape => ({
	names,
	columns: new Map(),
	expanded: new Map(),
	presentations: [],
});

export const WHOLE: Shape = partOf();

export const PRESENTATION = 'Presentation';
export const PRESENTATION_OF = '____Presentation';

type TypeOf = (set: string) => RowType | undefined;

const list = (option: string): string[] => option.split(',').map((name) => name.trim());

class Selection {
	readonly names = new Set<string>();
	readonly columns = new Map<string, Set<string>>();
	readonly navigations = new Map<string, Set<string> | undefined>();
	readonly presentations: string[] = [];
	all = false;

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

	private addPath([name, column, ...rest]: string[]): void {
		const table = this.type.tables.get(name);
		if (table) this.addTable(name, table, column, rest);
		else if (this.type.properties.has(name) && column === undefined) this.names.add(name);
		else this.addNavigation(name, column, rest);
	}

	private addTable(name: string, table: RowType, column: string | undefined, rest: string[]): void {
		if (column === undefined) this.names.add(name);
		else if (rest.length === 0 && table.properties.has(column)) {
			this.columns.set(name, (this.columns.get(name) ?? new Set<string>()).add(column));
		} else
			throw unknownSegment([column, ...rest].find((part) => !table.properties.has(part)) ?? column);
	}

	private addNavigation(name: string, column: string | undefined, rest: string[]): void {
		const set = this.type.navigation.get(name);
		if (!set) throw unknownSegment(name);
		if (column === undefined || column === '*') {
			this.navigations.set(name, undefined);
			return;
		}
		const target = this.typeOf(set);
		if (!target?.properties.has(column)) throw unknownSegment(column);
		if (rest.length > 0) throw unknownSegment(rest[0]);
		const columns = this.navigations.has(name) ? this.navigations.get(name) : new Set<string>();
		columns?.add(column);
		this.navigations.set(name, columns);
	}
}

export function shapeOf(
	type: RowType,
	select: string | undefined,
	expand: string | undefined,
	typeOf: TypeOf,
): Shape {
	for (const path of expand ? list(expand) : []) {
		const name = path.split('/')[0];
		if (name !== '*' && !type.navigation.has(name)) throw unknownSegment(name);
	}
	if (select === undefined) return WHOLE;
	const selection = new Selection(type, typeOf);
	for (const path of list(select)) selection.add(path);
	const wanted = new Set(expand ? list(expand).map((path) => path.split('/')[0]) : []);
	const expanded = new Map(
		[...selection.navigations].filter(([name]) => wanted.has(name) || wanted.has('*')),
	);
	const { names, columns, presentations } = selection;
	return { names: selection.all ? undefined : names, columns, expanded, presentations };
}
