/** Why a deal could not be read, in words that name it. */
import { Problem } from '../../exchange/problem';
import { asProblem } from '../../shared/asProblem';

export const dealProblem = (id: number, error: unknown): Problem => {
	const problem = asProblem(error);
	if (!(problem instanceof Problem)) throw problem;
	return new Problem(`Deal ${id}: ${problem.message}`, problem.remedy, problem.russian);
};
