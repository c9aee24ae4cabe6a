/**
 * What is wrong with a table of the analyst. All of it is found at once, so that it is mended in one go; the editor shows
 * it in English like every other text of n8n, the report of the mapping in Russian.
 */
import { capital } from './capital';
import { Problem } from './problem';

export interface TableIssue {
	/** Counted from 1 as the editor shows the rows; null when it is the table as a whole. */
	row: number | null;
	/** Which rows, in a table that has two kinds of them. */
	of?: 'deal' | 'invoice';
	what: string;
	remedy: string;
	/** Both of it, for the report. */
	inRussian: string;
}

const ROW = { deal: 'Deal row', invoice: 'Invoice row' };
const ROW_IN_RUSSIAN = { deal: 'Сделка, строка', invoice: 'Счет, строка' };

/** «Row 2: no stage is chosen. Choose a stage, or delete the row.» */
export const issueText = ({ row, of, what, remedy }: TableIssue): string =>
	row === null
		? `${capital(what)}. ${remedy}`
		: `${of ? ROW[of] : 'Row'} ${row}: ${what}. ${remedy}`;

export const issueInRussian = ({ row, of, inRussian }: TableIssue): string =>
	row === null ? inRussian : `${of ? ROW_IN_RUSSIAN[of] : 'Строка'} ${row}: ${inRussian}`;

/** Refuses a table that cannot be meant, by the first thing that is wrong with it. */
export const refuse = (table: string, issues: TableIssue[]): void => {
	if (issues.length === 0) return;
	const [{ row, what, remedy }] = issues;
	throw new Problem(row === null ? `${table}: ${what}.` : `${table}, row ${row}: ${what}.`, remedy);
};

/** A row that cannot be meant is not held against the portal as well. */
export const withDoubts = (issues: TableIssue[], doubts: TableIssue[]): TableIssue[] => [
	...issues,
	...doubts.filter(({ row }) => row === null || !issues.some((issue) => issue.row === row)),
];

export const unknownStage = (row: number, stage: string): TableIssue => ({
	row,
	what: `stage ${stage} does not exist in the portal`,
	remedy: 'Choose another stage, or run the portal setup workflow, which makes the missing ones.',
	inRussian: `стадии ${stage} нет в портале. Выберите другую или запустите подготовку портала: она создаст недостающие.`,
});

export const unknownPipeline = (pipeline: string): TableIssue => ({
	row: null,
	what: `the portal has no pipeline ${pipeline}`,
	remedy: 'Choose the pipeline of this table.',
	inRussian: `Воронки ${pipeline} нет в портале. Выберите воронку таблицы.`,
});
