/**
 * The check of a table, shown under its rows while the analyst edits them. The editor has no element for "say what you
 * think of these values", but a resource mapper without fields shows a notice that its method writes, and asks for it
 * again whenever a parameter it depends on changes.
 */
import type { INodeProperties, ResourceMapperFields } from 'n8n-workflow';
import { Problem } from '../exchange/problem';
import { issueText, type TableIssue } from '../exchange/tableIssue';
import { escaped } from '../shared/html';

/** The editor compares single values, so every field of every row is named; a table of the chains has two to six rows. */
const WATCHED_ROWS = 20;

const rowsWatched = (collection: string, columns: string[]): string[] =>
	Array.from({ length: WATCHED_ROWS }, (_, row) =>
		columns.map((column) => `${collection}.row[${row}].${column}`),
	).flat();

/** @param columns by the name of the collection whose rows they are in */
export const tableCheckField = (columns: Record<string, string[]>): INodeProperties => ({
	displayName: 'Table Check',
	name: 'check',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		loadOptionsDependsOn: [
			'pipeline',
			'table',
			...Object.entries(columns).flatMap(([name, fields]) => rowsWatched(name, fields)),
		],
		resourceMapper: {
			resourceMapperMethod: 'checkTable',
			mode: 'add',
			supportAutoMap: false,
			addAllFields: false,
			fieldWords: { singular: 'row', plural: 'rows' },
		},
	},
});

const noticeOf = (issues: TableIssue[], sound: string): string =>
	issues.length === 0
		? `✓ ${escaped(sound)}`
		: issues.map((issue) => `✗ ${escaped(issueText(issue))}`).join('<br>');

/** Says what is wrong, or that nothing is; what cannot be asked for is said as well, not hidden behind an empty field. */
export const tableCheck = async (
	find: () => Promise<TableIssue[]>,
	sound: string,
): Promise<ResourceMapperFields> => ({
	fields: [],
	emptyFieldsNotice: await find().then(
		(issues) => noticeOf(issues, sound),
		(error: Error) => `✗ ${escaped(error instanceof Problem ? error.text : error.message)}`,
	),
});
