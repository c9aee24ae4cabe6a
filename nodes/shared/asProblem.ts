/** Whatever was thrown, as something that can be told to a person. */
import { ZodError } from 'zod';
import { Problem } from '../exchange/problem';

/** An answer whose shape nobody has foreseen names the place instead of being quoted. */
export const asProblem = (error: unknown): Error => {
	if (!(error instanceof ZodError)) {
		return error instanceof Error ? error : new Problem(String(error));
	}
	const [issue] = error.issues;
	const place = issue.path.join('.') || 'the whole answer';
	return new Problem(
		`The other system answered in an unexpected shape (${place}: ${issue.message}).`,
		'Check the rights of the user or webhook in the credential; if they are right, report it to the authors of this node.',
	);
};
