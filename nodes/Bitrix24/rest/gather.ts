/**
 * Pieces of work that know nothing of each other, each asking one thing after another: what all of them wait for goes
 * out together, fifty commands a request. So what has to be done for one card is written for one card, with its own
 * looking again after a lost answer, and many cost hardly more than one.
 */
import type { Problem } from '../../exchange/problem';
import { settled, type Settled } from '../../shared/settled';
import { Refusal, type Answer } from './answer';
import type { Bitrix24Client, Command, Reply } from './client';
import { harmless } from './harmless';
import { isRepeatable } from './repeatable';
import { replies } from './replies';

/** What a piece of work may ask, whether it goes alone or beside others. */
export type Caller = Pick<Bitrix24Client, 'call' | 'answer'>;

interface Waiting {
	command: Command;
	resolve(answer: Answer): void;
	reject(problem: Problem): void;
}

/** Some methods have to be called by themselves; their command was not carried out. */
const isForbiddenInBatch = (reply: Reply): boolean =>
	'problem' in reply &&
	reply.problem instanceof Refusal &&
	reply.problem.code === 'ERROR_BATCH_METHOD_NOT_ALLOWED';

/** Nothing here refers to another command, so what looks like a reference was typed by somebody. */
const asTyped = ({ params, ...command }: Command): Command => ({
	...command,
	params: harmless(params),
});

/** The same question of several is asked once; what is created by several is created as often. */
const questionOf = ({ command }: Waiting, index: number): string =>
	isRepeatable(command) ? JSON.stringify([command.method, command.params]) : String(index);

class Gatherer implements Caller {
	private waiting: Waiting[] = [];
	private working = 0;

	constructor(private readonly client: Bitrix24Client) {}

	async carryOut<T>(works: Array<(caller: Caller) => Promise<T>>): Promise<Array<Settled<T>>> {
		this.working = works.length;
		return await Promise.all(
			works.map(async (work) => {
				const outcome = await settled(async () => await work(this));
				this.working -= 1;
				this.sendWhenAllWait();
				return outcome;
			}),
		);
	}

	async call(command: Command): Promise<unknown> {
		return (await this.answer(command)).result;
	}

	async answer(command: Command): Promise<Answer> {
		return await new Promise((resolve, reject) => {
			this.waiting.push({ command: asTyped(command), resolve, reject });
			this.sendWhenAllWait();
		});
	}

	private sendWhenAllWait(): void {
		if (this.waiting.length === 0 || this.waiting.length < this.working) return;
		const sent = this.waiting;
		this.waiting = [];
		/** Apart, because one command that must not be repeated keeps its whole batch from being sent again. */
		const isSafe = ({ command }: Waiting): boolean => isRepeatable(command);
		void this.send(sent.filter(isSafe));
		void this.send(sent.filter((one) => !isSafe(one)));
	}

	private async send(sent: Waiting[]): Promise<void> {
		const questions = sent.map(questionOf);
		const asked = [...new Map(questions.map((question, index) => [question, index])).values()];
		const read = await replies(
			this.client,
			asked.map((index) => sent[index].command),
		);
		const answers = new Map<string, Settled<Answer>>();
		for (const [at, index] of asked.entries()) {
			answers.set(questions[index], await this.answerOf(sent[index].command, read[at]));
		}
		sent.forEach(({ resolve, reject }, index) => {
			const { value, error } = answers.get(questions[index]) as Settled<Answer>;
			if (error) reject(error as Problem);
			else resolve(value);
		});
	}

	private async answerOf(command: Command, reply: Reply): Promise<Settled<Answer>> {
		if (isForbiddenInBatch(reply)) {
			return await settled(async () => await this.client.answer(command));
		}
		if ('problem' in reply) return { error: reply.problem };
		return { value: { result: reply.value, next: reply.next } };
	}
}

/** A piece of work that waits for another one would wait forever: such ones follow each other. */
export const gather = async <T>(
	client: Bitrix24Client,
	works: Array<(caller: Caller) => Promise<T>>,
): Promise<Array<Settled<T>>> => await new Gatherer(client).carryOut(works);
