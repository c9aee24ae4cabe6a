/** Any commands, fifty a request, each with an outcome of its own. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { ItemOperation, Resource } from '../../shared/operation';
import { jsonSchema } from '../../shared/valueSchemas';
import { withoutTokens } from '../cards/withoutTokens';
import type { Bitrix24Client } from '../rest/client';
import { batches } from '../rest/replies';

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
		const outcomes = await batches(
			client,
			named.map(([, command]) => command),
		);
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
