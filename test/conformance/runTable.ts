/** Runs a table of cases against one system, case after case. */
import { judge, type Answer, type Ask, type Case, type Verdict } from './contract';
import { shapeOf, type Shape } from './shape';

export interface Row {
	fact: string;
	source: readonly string[];
	verdict: Verdict;
	/** Of the last answer, where the system differs. */
	shape?: Shape;
}

export interface Run<Question> {
	ask: Ask<Question>;
	/** Whether cases that make objects are run. */
	writes: boolean;
}

export const runCase = async <Question, Switches>(
	one: Case<Question, Switches>,
	{ ask, writes }: Run<Question>,
): Promise<Row> => {
	const { fact, source } = one;
	if (one.writes && !writes) {
		return { fact, source, verdict: { outcome: 'cannot tell', why: 'needs --write' } };
	}
	let last: Answer | undefined;
	const verdict = await judge(one, async (question) => (last = await ask(question)));
	if (verdict.outcome !== 'differs' || !last) return { fact, source, verdict };
	return { fact, source, verdict, shape: shapeOf(last.body) };
};

export const runTable = async <Question, Switches>(
	cases: ReadonlyArray<Case<Question, Switches>>,
	run: Run<Question>,
): Promise<Row[]> => {
	const rows: Row[] = [];
	for (const one of cases) rows.push(await runCase(one, run));
	return rows;
};
