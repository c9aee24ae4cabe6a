/** Questions that refer to earlier answers: `{0.result.items.0.id}` stands for what the first answer has at this path. */
import type { Answer } from './contract';

const REFERENCE = /\{(\d+)\.([^{}]+)\}/g;
const WHOLE = /^\{(\d+)\.([^{}]+)\}$/;

/** Undefined where an answer does not have what a question refers to. */
class Nothing extends Error {}

const at = (answers: readonly Answer[], index: string, path: string): unknown => {
	const answer = answers[Number(index)];
	let value: unknown = path.startsWith('headers.') ? answer : answer?.body;
	for (const step of path.split('.')) {
		if (typeof value !== 'object' || value === null) throw new Nothing();
		value = (value as Record<string, unknown>)[step];
	}
	if (value === undefined || value === null) throw new Nothing();
	return value;
};

const inText = (text: string, answers: readonly Answer[]): unknown => {
	const whole = WHOLE.exec(text);
	if (whole) return at(answers, whole[1], whole[2]);
	return text.replace(REFERENCE, (_, index: string, path: string) =>
		String(at(answers, index, path)),
	);
};

const inValue = (value: unknown, answers: readonly Answer[]): unknown => {
	if (typeof value === 'string') return inText(value, answers);
	if (Array.isArray(value)) return value.map((one) => inValue(one, answers));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			String(inText(name, answers)),
			inValue(inner, answers),
		]),
	);
};

/** @returns undefined where an answer does not have what the question refers to */
export const filledIn = <Question>(
	question: Question,
	answers: readonly Answer[],
): Question | undefined => {
	try {
		return inValue(question, answers) as Question;
	} catch (error) {
		if (error instanceof Nothing) return undefined;
		throw error;
	}
};
