/** Cases that hold an answer to the shape of a documentation page: keys and JSON types of its samples, never its texts. */
import type { Answer, PortalQuestion } from '../contract';
import { bodyOf, compare, type Difference, type Shape } from '../shape';
import { asks, isRefused, page, refusalOr, reversedBy, type PortalCase } from './portalCase';

export interface Tolerated {
	/** Keys of the page that portals do not have, or the stand-in does not. */
	lacks?: string;
	/** Keys that are null here and have a value in the sample. */
	unfilled?: string;
	/** Keys whose type differs, each for a reason that the stand-in's README names. */
	otherwise?: string;
	/** Keys that the page does not show; every portal has some. */
	more?: string;
}

export interface PageCase extends PortalCase {
	/** Exactly how the stand-in differs from the page. A live portal may have more, and leave more empty. */
	tolerated: Tolerated;
	differs(answers: Answer[]): Tolerated;
}

interface Page extends Tolerated, Pick<PortalCase, 'questions' | 'undo' | 'writes' | 'through'> {
	/** Of the documentation, without .md. */
	page: string;
	/** Of the last answer, without its times. */
	shape: Shape;
	/** The part of the answer that the page is about, where rows differ from each other. */
	part?(body: unknown): unknown;
}

const sorted = (paths: readonly string[]): string => [...new Set(paths)].sort().join(' ');
const beyond = (paths: readonly string[], tolerated = ''): string[] =>
	[...new Set(paths)].filter((path) => !tolerated.split(' ').includes(path));

const toleratedIn = ({ lacks, unfilled, otherwise, more }: Difference): Tolerated => ({
	lacks: sorted(lacks),
	unfilled: sorted(unfilled),
	otherwise: sorted(otherwise),
	more: sorted(more),
});

const AS_ON_THE_PAGE = 'as on the page';

export const pageCase = ({
	page: path,
	shape,
	part,
	lacks,
	unfilled,
	otherwise,
	more,
	...rest
}: Page): PageCase => {
	const last = rest.questions[rest.questions.length - 1] as PortalQuestion;
	const differences = (answers: Answer[]): Difference => {
		const body = bodyOf(answers[answers.length - 1]);
		return compare(part ? part(body) : body, shape);
	};
	return {
		...rest,
		fact: `${last.method} answers with the keys and types of its page`,
		source: [page(path)],
		tolerated: {
			lacks: lacks ?? '',
			unfilled: unfilled ?? '',
			otherwise: otherwise ?? '',
			more: more ?? '',
		},
		differs: (answers) => toleratedIn(differences(answers)),
		observe: (answers) => {
			const answer = answers[answers.length - 1];
			if (isRefused(answer)) return refusalOr(answer, '');
			const found = differences(answers);
			const missing = beyond(found.lacks, lacks);
			const other = beyond(found.otherwise, otherwise);
			if (missing.length + other.length === 0) return AS_ON_THE_PAGE;
			return [
				...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
				...(other.length > 0 ? [`another type of ${other.join(', ')}`] : []),
			].join('; ');
		},
		expected: AS_ON_THE_PAGE,
		reversed: reversedBy(
			last.method,
			(body) => ('error' in body ? body : { result: 'something else' }),
			asks(last),
		),
	};
};
