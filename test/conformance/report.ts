/** What a run has shown, for a person at a terminal and as JSON for a report. Shapes only: no names, sums or phones. */
import type { Row } from './runTable';

export interface SystemReport {
	system: string;
	rows: Row[];
}

const MARKS = { holds: '✓', differs: '✗', 'cannot tell': '·' } as const;

const seenIn = ({ verdict }: Row): string => {
	switch (verdict.outcome) {
		case 'holds':
			return verdict.seen;
		case 'differs':
			return `${verdict.seen} instead of ${verdict.expected}${verdict.known ? ' (a known difference; the nodes are tested with it)' : ''}`;
		case 'cannot tell':
			return verdict.why;
	}
};

const lineOf = (row: Row): string =>
	`${MARKS[row.verdict.outcome]} ${row.verdict.outcome.padEnd(11)}  ${row.fact}\n${' '.repeat(15)}${seenIn(row)}${
		row.verdict.outcome === 'differs' ? `\n${' '.repeat(15)}${row.source.join(' ')}` : ''
	}`;

const count = (rows: readonly Row[], outcome: Row['verdict']['outcome']): number =>
	rows.filter(({ verdict }) => verdict.outcome === outcome).length;

export const summaryOf = ({ system, rows }: SystemReport): string =>
	`${system}: ${count(rows, 'holds')} hold, ${count(rows, 'differs')} differ, ${count(rows, 'cannot tell')} cannot be told`;

export const asText = (report: SystemReport): string =>
	[report.system, ...report.rows.map(lineOf), summaryOf(report), ''].join('\n');

export const asJson = (reports: readonly SystemReport[]): string =>
	`${JSON.stringify({ version: 1, reports }, null, '\t')}\n`;
