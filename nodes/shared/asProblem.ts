/** Whatever was thrown, as something that can be told to a person. */
import { ZodError } from 'zod';
import { Problem } from '../exchange/problem';
import { issueInWords } from './issueInWords';

/** An answer whose shape nobody has foreseen names the place instead of being quoted. */
export const asProblem = (error: unknown): Error => {
	if (!(error instanceof ZodError)) {
		return error instanceof Error ? error : new Problem(String(error));
	}
	const { where, english, russian } = issueInWords(error);
	const place = where.replace(/^\./, '');
	return new Problem(
		`The other system answered in an unexpected shape (${place || 'the whole answer'}: ${english}).`,
		'Check the rights of the user or webhook in the credential; if they are right, report it to the authors of this node.',
		`Система ответила не так, как обмен ожидает. Передайте интегратору: ${place ? `«${place}» в ответе` : 'ответ'} ${russian}.`,
	);
};
