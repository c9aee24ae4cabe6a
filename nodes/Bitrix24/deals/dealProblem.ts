/** Why a deal could not be read, in words that name it. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';

export const dealProblem = (id: number, error: unknown): Problem => {
	if (error instanceof Problem) {
		return new Problem(`Deal ${id}: ${error.message}`, error.remedy, error.russian);
	}
	if (!(error instanceof z.ZodError)) throw error;
	const [issue] = error.issues;
	return new Problem(
		`Deal ${id}: Bitrix24 answered in an unexpected shape (${issue.path.join('.')}: ${issue.message}).`,
		'Check the rights of the webhook owner; if they are right, report it to the authors of this node.',
	);
};
