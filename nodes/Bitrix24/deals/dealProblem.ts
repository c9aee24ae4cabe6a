/** Why a deal or its smart invoice could not be read or written, in words that name the card. */
import { Problem } from '../../exchange/problem';
import { asProblem } from '../../shared/asProblem';
import { Refusal } from '../rest/answer';

export const dealProblem = (id: number, error: unknown): Problem => {
	const problem = asProblem(error);
	if (!(problem instanceof Problem)) throw problem;
	return new Problem(`Deal ${id}: ${problem.message}`, problem.remedy, problem.russian);
};

/** People read it in the timeline of the deal, so the card that was refused is named. */
export const invoiceProblem = (problem: Problem): Problem =>
	problem instanceof Refusal
		? new Problem(
				`Smart invoice: ${problem.message}`,
				problem.remedy,
				`Смарт-счет этой сделки. ${problem.russian ?? ''}`,
			)
		: problem;
