/** Turns rows of the store into answers, in atom or in JSON: collections, entities, counts. One object per request. */
import { presentValue } from './presentation';
import { objectTypes } from './model/metadata';
import type { RowType } from './model/types';
import { complexRows, entry, feed, lonelyEntry, lonelyProperty } from './odata/atom';
import { pageOf } from './odata/collection';
import { accessDenied } from './odata/errors';
import { renderRow, type Json, type JsonRendering } from './odata/json';
import type { Rendering } from './odata/rendering';
import { shapeOf, WHOLE, type Shape } from './odata/select';
import type { Surroundings } from './odata/terms';
import type { Query } from './odata/url';
import type { Representation } from './representation';
import { atomAnswer, jsonAnswer, xmlAnswer, type Answer } from './request';
import type { Store } from './store';
import type { BaseSwitches } from './switches';
import type { Row } from './values';

const typeOf = (set: string): RowType | undefined => objectTypes.get(set);

export interface ReadingContext {
	store: Store;
	switches: BaseSwitches;
	query: Query;
	representation: Representation;
	root: string;
	/** The server's time, for `updated` of atom. */
	now: string;
}

export class Reading {
	private readonly jsonRendering: JsonRendering;

	constructor(private readonly context: ReadingContext) {
		this.jsonRendering = { ...this.rendering(), detail: this.detail };
	}

	get representation(): Representation {
		return this.context.representation;
	}

	collection(rows: Row[], type: RowType, context: string): Answer {
		const { rows: shown, count } = this.page(rows, type);
		return { ...this.shown(shown, count, type, context), objects: shown.length };
	}

	private shown(shown: Row[], count: number, type: RowType, context: string): Answer {
		const shape = this.shape(type);
		const counted = this.asksCount ? count : undefined;
		if (this.representation.kind === 'json')
			return this.jsonPage(shown, type, shape, context, counted);
		const rendering = this.rendering();
		if (type.key.length === 0) {
			const name = type.name.slice(type.name.lastIndexOf('_') + 1);
			return xmlAnswer(200, complexRows(name, shown, type, shape, rendering));
		}
		const entries = shown.map((row) => entry(row, type, shape, rendering));
		return atomAnswer(200, 'feed', feed(entries, this.context.root, counted));
	}

	private get asksCount(): boolean {
		return this.context.query.get('$inlinecount') === 'allpages';
	}

	private jsonPage(
		rows: Row[],
		type: RowType,
		shape: Shape,
		context: string,
		count?: number,
	): Answer {
		const value = rows.map((row) => this.json(row, type, shape));
		const counted = count === undefined ? {} : { 'odata.count': String(count) };
		return this.jsonAnswer(200, { ...this.metadata(context), ...counted, value });
	}

	json(row: Row, type: RowType, shape: Shape = WHOLE): Json {
		return renderRow(row, type, shape, this.jsonRendering);
	}

	/** A byte order mark and a plain number, whatever format is asked for (seen live). */
	count(rows: Row[], type: RowType): Answer {
		const { count } = this.page(rows, type, true);
		return { status: 200, contentType: 'text/plain;charset=utf-8', body: `\uFEFF${count}` };
	}

	/** $expand does nothing for a single entity (seen live). */
	entity(row: Row, type: RowType): Answer {
		this.refuseForbidden([row]);
		return this.one(row, type, shapeOf(type, this.context.query.get('$select'), undefined, typeOf));
	}

	/** What a write answers with: always the whole object. */
	written(row: Row, type: RowType, status: number): Answer {
		return this.one(row, type, WHOLE, status);
	}

	private one(row: Row, type: RowType, shape: Shape, status = 200): Answer {
		if (this.representation.kind === 'atom') {
			return atomAnswer(status, 'entry', lonelyEntry(row, type, shape, this.rendering()));
		}
		const context = this.metadata(`${type.name}/@Element`);
		return this.jsonAnswer(status, { ...context, ...this.json(row, type, shape) });
	}

	property(row: Row, type: RowType, name: string): Answer {
		if (this.representation.kind === 'atom') return xmlAnswer(200, lonelyProperty(name, row[name]));
		return this.jsonAnswer(200, { ...this.metadata(`${type.name}/${name}`), value: row[name] });
	}

	jsonAnswer(status: number, json: unknown): Answer {
		return jsonAnswer(status, json, this.detail);
	}

	metadata(context: string): Json {
		return this.detail === 'nometadata'
			? {}
			: { 'odata.metadata': `${this.context.root}$metadata${context && `#${context}`}` };
	}

	surroundings(type: RowType, option: string): Surroundings {
		const { store, switches } = this.context;
		return {
			type,
			variables: new Map(),
			option,
			ignoreCase: switches.stringsIgnoreCase,
			comparesGuids: switches.comparesGuids,
			comparesUnlimited: switches.unlimitedStrings === 'compared',
			toleratesBareGuids: switches.compositeAgainstGuid === 'nothing',
			typeOf,
			rowOf: (set, ref) => store.row(set, ref),
		};
	}

	rendering(): Rendering {
		const { store, root, now, switches } = this.context;
		return {
			root,
			wideIntegers: switches.smallIntegers === 'Int64',
			updated: now,
			typeOf,
			rowOf: (set, ref) => store.row(set, ref),
			present: (row, type, name) => presentValue(store, row, type, name),
		};
	}

	private get detail() {
		const { representation } = this.context;
		return representation.kind === 'json' ? representation.detail : 'minimalmetadata';
	}

	private shape(type: RowType): Shape {
		const { query, switches } = this.context;
		const expand = switches.expands ? query.get('$expand') : undefined;
		return shapeOf(type, query.get('$select'), expand, typeOf);
	}

	private page(rows: Row[], type: RowType, counts = this.asksCount) {
		const { query, switches, store } = this.context;
		const allowed = this.allowed(rows);
		const page = pageOf(allowed, {
			query,
			around: this.surroundings(type, '$filter'),
			counts,
			countIgnoresTop: switches.inlineCountIgnoresTop,
			isWholeSet: store.isWholeSet(allowed),
			revision: store.revision,
		});
		this.refuseForbidden(page.rows);
		return page;
	}

	/** allowedOnly, with a dollar or without, leaves out what the user may not see (17.4.5.4 of the documentation). */
	private allowed(rows: Row[]): Row[] {
		const { query, store } = this.context;
		const asked = query.get('allowedOnly') ?? query.get('$allowedOnly');
		if (asked !== 'true' || store.forbidden.size === 0) return rows;
		return rows.filter((row) => !store.forbidden.has(String(row.Ref_Key)));
	}

	private refuseForbidden(rows: Row[]): void {
		const { forbidden } = this.context.store;
		if (forbidden.size > 0 && rows.some((row) => forbidden.has(String(row.Ref_Key)))) {
			throw accessDenied();
		}
	}
}
