/**
 * What a case of the contract is: questions to a system, and what their answers show. Cases are data, so that the same
 * table runs against a stand-in, against a stand-in that answers wrongly, and against a live system.
 */
import { filledIn } from './references';

/** A request to a Bitrix24 portal through a webhook, or through an application where a case says so. */
export interface PortalQuestion {
	method: string;
	params?: Record<string, unknown>;
	/** How the parameters travel; JSON by default. */
	as?: 'json' | 'query';
	/** Another code than the webhook's own. */
	code?: string;
}

/** A request to the OData interface of a 1C base. */
export interface BaseQuestion {
	verb: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/** Below odata/standard.odata/, not encoded; `{root}` stands for the address of that. */
	path: string;
	/** A text travels as it is, anything else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Another password than the credential's. */
	password?: string;
}

export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The value of a JSON body, otherwise the text. */
	body: unknown;
}

/** How a system would answer that behaves in another way than the source says. */
export interface Reversal<Question> {
	isAbout(question: Question): boolean;
	answer(answer: Answer, question: Question): Answer;
}

export interface Case<Question, Switches> {
	/** The fact, as a sentence about the system. */
	fact: string;
	/** Public addresses, the names of recordings, or the word "guess". */
	source: readonly string[];
	/** Makes objects of its own; without it a case only reads. */
	writes?: true;
	/** Webhook by default. A live portal is asked through a webhook, so such a case cannot be told there. */
	through?: 'application';
	/** Texts may hold `{0.result.item.id}`: what the answer with this number has at this path; `headers.` leads to those. */
	questions: readonly Question[];
	/** Names the behaviour that the answers show; null where they do not show any. */
	observe(answers: Answer[]): string | null;
	/** The behaviour that the sources give, or the likelier one of a guess. */
	expected: string;
	/** The switch of the stand-in that stands for this fact, and its position for each behaviour. */
	settles?: { [Name in keyof Switches]: Settlement<Name, Switches[Name]> }[keyof Switches];
	/** What makes the case fail; a case with a switch has its other positions instead. */
	reversed?: Reversal<Question>;
	/** Removes what the case has made, as far as it came. */
	undo?: readonly Question[];
}

export interface Settlement<Name, Position> {
	switch: Name;
	positions: Record<string, Position>;
}

export const GUESS = 'guess';

export type Verdict =
	| { outcome: 'holds'; seen: string }
	| { outcome: 'differs'; seen: string; expected: string; known: boolean }
	| { outcome: 'cannot tell'; why: string };

export type Ask<Question> = (question: Question) => Promise<Answer>;

/** Asks the questions of a case, one after the other, and removes what they have made. */
export async function judge<Question, Switches>(
	one: Case<Question, Switches>,
	ask: Ask<Question>,
): Promise<Verdict> {
	const answers: Answer[] = [];
	try {
		for (const question of one.questions) {
			const asked = filledIn(question, answers);
			if (asked === undefined) return { outcome: 'cannot tell', why: 'nothing suitable is there' };
			answers.push(await ask(asked));
		}
		return verdictOf(one, one.observe(answers));
	} catch (error) {
		return { outcome: 'cannot tell', why: reasonOf(error) };
	} finally {
		for (const question of one.undo ?? []) {
			const asked = filledIn(question, answers);
			if (asked !== undefined) await ask(asked);
		}
	}
}

function verdictOf<Question, Switches>(
	{ expected, settles }: Case<Question, Switches>,
	seen: string | null,
): Verdict {
	if (seen === null) return { outcome: 'cannot tell', why: 'the answers do not show it' };
	if (seen === expected) return { outcome: 'holds', seen };
	const known = settles !== undefined && Object.hasOwn(settles.positions, seen);
	return { outcome: 'differs', seen, expected, known };
}

/** Without addresses: a webhook URL is a secret, and axios puts it into its texts. */
function reasonOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.replace(/https?:\/\/\S+/g, '…');
}
