/**
 * Columns of lists and reports, declared as the documentation's tables have them: `name:type/flags`, where the flags
 * say what a column can be used for: `f` filter, `s` sort, `d` in the answer by default.
 */
export type ColumnType = 'number' | 'string' | 'boolean' | 'enum' | 'iso8601' | 'array' | 'object';

export interface Column {
	name: string;
	type: ColumnType;
	filterable: boolean;
	sortable: boolean;
	byDefault: boolean;
}

const TYPES: Record<string, ColumnType> = {
	n: 'number',
	s: 'string',
	b: 'boolean',
	e: 'enum',
	t: 'iso8601',
	a: 'array',
	o: 'object',
};

/** A later declaration of a name replaces an earlier one, so that reports can share most of their columns. */
export const columnsOf = (...declarations: string[]): Map<string, Column> => {
	const columns = new Map<string, Column>();
	for (const word of declarations.join(' ').split(/\s+/).filter(Boolean)) {
		const [, name, type, flags = ''] = /^(\w+):([nsbetao])(?:\/([fsd]+))?$/.exec(word) ?? [];
		if (!name) throw new Error(`Not a column: ${word}`);
		columns.set(name, {
			name,
			type: TYPES[type],
			filterable: flags.includes('f'),
			sortable: flags.includes('s'),
			byDefault: flags.includes('d'),
		});
	}
	return columns;
};

/** Nothing is never left out of an answer: null, an empty list or an empty object stands for it. */
export const emptyOf = (type: ColumnType): unknown => {
	if (type === 'array') return [];
	return type === 'object' ? {} : null;
};
