/** Turns rows of the store into answers: collections, single entities, counts. One object per request. */
import { objectTypes } from './model/metadata';
import type { RowType } from './model/types';
import { pageOf } from './odata/collection';
import { renderRow, type Detail, type Json, type Rendering } from './odata/json';
import { shapeOf, WHOLE } from './odata/select';
import type { Surroundings } from './odata/terms';
import type { Query } from './odata/url';
import { jsonAnswer, type Answer } from './request';
import type { Store } from './store';
import type { BaseSwitches } from './switches';
import type { Row } from './values';

const typeOf = (set: string): RowType | undefined => objectTypes.get(set);

export class Reading {
	constructor(
		private readonly store: Store,
		private readonly switches: BaseSwitches,
		private readonly query: Query,
		readonly detail: Detail,
		private readonly root: string,
	) {}

	collection(rows: Row[], type: RowType, context: string): Answer {
		const shape = shapeOf(type, this.query.get('$select'), this.query.get('$expand'), typeOf);
		const page = this.page(rows, type);
		const value = page.rows.map((row) => renderRow(row, type, shape, this.rendering()));
		const counted = this.query.get('$inlinecount') === 'allpages';
		return jsonAnswer(
			200,
			{
				...this.metadata(context),
				...(counted ? { 'odata.count': String(page.count) } : {}),
				value,
			},
			this.detail,
		);
	}

	/** A byte order mark and a plain number, whatever format is asked for (seen live). */
	count(rows: Row[], type: RowType): Answer {
		const { count } = this.page(rows, type);
		return { status: 200, contentType: 'text/plain;charset=utf-8', body: `\uFEFF${count}` };
	}

	/** $expand does nothing for a single entity (seen live). */
	entity(row: Row, type: RowType, status = 200): Answer {
		const shape = shapeOf(type, this.query.get('$select'), undefined, typeOf);
		const json = {
			...this.metadata(`${type.name}/@Element`),
			...renderRow(row, type, shape, this.rendering()),
		};
		return jsonAnswer(status, json, this.detail);
	}

	/** What a write answers with: always the whole object. */
	written(row: Row, type: RowType, status: number): Answer {
		const json = {
			...this.metadata(`${type.name}/@Element`),
			...renderRow(row, type, WHOLE, this.rendering()),
		};
		return jsonAnswer(status, json, this.detail);
	}

	property(row: Row, type: RowType, name: string): Answer {
		const json = { ...this.metadata(`${type.name}/${name}`), value: row[name] };
		return jsonAnswer(200, json, this.detail);
	}

	surroundings(type: RowType, option: string): Surroundings {
		return {
			type,
			variables: new Map(),
			option,
			ignoreCase: this.switches.stringsIgnoreCase,
			typeOf,
			rowOf: (set, ref) => this.store.row(set, ref),
		};
	}

	private page(rows: Row[], type: RowType) {
		const around = this.surroundings(type, '$filter');
		return pageOf(rows, this.query, around, this.switches.inlineCountIgnoresTop);
	}

	private metadata(context: string): Json {
		return this.detail === 'nometadata'
			? {}
			: { 'odata.metadata': `${this.root}$metadata#${context}` };
	}

	private rendering(): Rendering {
		return {
			detail: this.detail,
			root: this.root,
			typeOf,
			rowOf: (set, ref) => this.store.row(set, ref),
		};
	}
}
