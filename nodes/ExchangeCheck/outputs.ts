/** What a look says on the canvas: one report, and one item for each deal that somebody should read of. */
import type { Finding } from '../exchange/check';
import type { CheckReport } from '../exchange/checkReport';
import { grouped } from '../shared/grouped';
import type { Json, OutputItem } from '../shared/operation';

export const OUTPUTS = ['Report', 'Alert', 'To Look At', 'Repaired'];

const [REPORT, ALERT, TO_LOOK_AT, REPAIRED] = OUTPUTS.keys();

/** What no other comment in the timeline of the deal says. */
const TOLD: Finding['kind'][] = ['brokenLink', 'ahead'];

/** One text a deal, however many findings: comments are not repeated, and two would push each other out. */
const byDeal = (findings: readonly Finding[], output: number, lead: string): OutputItem[] => {
	const ofDeals = findings.filter(({ dealId }) => dealId !== null);
	return [...grouped(ofDeals, ({ dealId }) => dealId)].map(([dealId, own]) => ({
		json: {
			dealId,
			title: own[0].title,
			text: `${lead}: ${own.map(({ text }) => text).join(' ')}`,
			findings: own as unknown as Json[],
		},
		output,
	}));
};

export const reportItems = (report: CheckReport, more: Json): OutputItem[] => {
	const json = { ...more, ...(report as unknown as Json) };
	return [{ json, output: REPORT }, ...(report.needsPerson ? [{ json, output: ALERT }] : [])];
};

export const dealItems = (left: readonly Finding[], mended: readonly Finding[]): OutputItem[] => [
	...byDeal(
		left.filter(({ kind }) => TOLD.includes(kind)),
		TO_LOOK_AT,
		'Сверка с 1С',
	),
	...byDeal(mended, REPAIRED, 'Сверка с 1С восстановила связь'),
];
