/**
 * Any commands, fifty a request, each with an outcome of its own. They are carried out in their order; what refers to an
 * earlier one waits until that one has been answered, and what no batch can carry is called alone.
 */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { ItemOperation, Resource } from '../../shared/operation';
import { jsonSchema } from '../../shared/valueSchemas';
import { withoutTokens } from '../cards/withoutTokens';
import { settled } from '../../shared/settled';
import { fitsBatch } from '../rest/batchQuery';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { replies } from '../rest/replies';
import { namesIn, withValues } from './batchReferences';

const commandSchema = z.object({
	method: z.string().min(1, 'is empty'),
	params: z.record(z.unknown()).default({}),
});

/** A list, or a map whose keys name the outcomes. */
const commandsSchema = jsonSchema.pipe(
	z.union([z.array(commandSchema), z.record(commandSchema)], {
		message: 'must be a list of {"method": …, "params": …} or a map of them',
	}),
);

type Named = [name: string, command: Command & { params: Record<string, unknown> }];

/** Without a key of its own a command is known by its number, and by the name under which the node sends it. */
const namesOf = ([name]: Named, index: number): string[] => [`c${index}`, name];

const carryOut = async (client: Bitrix24Client, commands: Named[]): Promise<Reply[]> => {
	const all: Reply[] = [];
	const outcomes = new Map<string, Reply>();
	let waiting: Array<{ names: string[]; index: number; command: Command; fits: boolean }> = [];
	const send = async (): Promise<void> => {
		const answers = await replies(
			client,
			waiting.map(({ command }) => command),
		);
		waiting.forEach(({ names, index }, at) => {
			all[index] = answers[at];
			for (const name of names) outcomes.set(name, answers[at]);
		});
		waiting = [];
	};
	for (const [index, named] of commands.entries()) {
		const [, given] = named;
		const referred = namesIn(given.params);
		if (waiting.some(({ names }) => names.some((name) => referred.includes(name)))) await send();
		const { value: command, error } = await settled(() => withValues(given, outcomes));
		if (error) {
			all[index] = { problem: error as Problem };
			for (const name of namesOf(named, index)) outcomes.set(name, all[index]);
			continue;
		}
		const fits = fitsBatch(command);
		if (waiting.some((other) => other.fits !== fits)) await send();
		waiting.push({ names: namesOf(named, index), index, command, fits });
	}
	await send();
	return all;
};

const run: ItemOperation<Bitrix24Client> = {
	value: 'run',
	name: 'Run',
	action: 'Run commands',
	description: 'Any commands, fifty a request; each gives an item with its result or its error',
	properties: [
		{
			displayName: 'Commands (JSON)',
			name: 'commands',
			type: 'json',
			default: '[]',
			required: true,
			description:
				'A list such as [{"method": "crm.category.list", "params": {"entityTypeId": 2}}], or a map whose keys name the results',
		},
		{
			displayName: 'Fail on Errors',
			name: 'failOnErrors',
			type: 'boolean',
			default: false,
			description:
				'Whether the item fails when a command does; the commands are carried out all the same',
		},
	],
	async forEach(client, item) {
		const given = item.read('commands', 'Commands (JSON)', commandsSchema);
		const named = Object.entries(given);
		const outcomes = await carryOut(client, named);
		const failed = outcomes.filter((reply) => 'problem' in reply);
		if (item.read('failOnErrors', 'Fail on Errors', z.boolean()) && failed.length > 0) {
			const [first] = failed;
			const why = 'problem' in first ? first.problem : undefined;
			throw new Problem(
				`${failed.length} of ${named.length} commands failed. ${why?.message ?? ''}`,
				why?.remedy,
			);
		}
		return named.map(([name, { method }], index): IDataObject => {
			const reply = outcomes[index];
			return {
				name,
				method,
				...('problem' in reply
					? { ok: false, error: reply.problem.text }
					: { ok: true, result: withoutTokens(reply.value) as IDataObject }),
			};
		});
	},
};

export const batch: Resource<Bitrix24Client> = {
	value: 'batch',
	name: 'Batch (Пакет)',
	operations: [run],
};
