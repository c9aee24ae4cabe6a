import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation, Resource } from '../../shared/operation';
import { objectSchema } from '../../shared/valueSchemas';
import type { Bitrix24Client } from '../rest/client';
import { readPages } from '../rest/pages';

const userSchema = z.object({ ID: z.coerce.number() }).passthrough();

const asJson = ({ ID, ...user }: z.output<typeof userSchema>): IDataObject => ({
	userId: ID,
	ID,
	...(user as IDataObject),
});

const current: ItemOperation<Bitrix24Client> = {
	value: 'current',
	name: 'Get Current',
	action: 'Get the current user',
	description:
		'In whose name n8n works: the owner of the webhook, or who connected the application',
	properties: [],
	forEach: async (client) =>
		asJson(userSchema.parse(await client.call({ method: 'user.current' }))),
};

const getMany: ItemOperation<Bitrix24Client> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Employees of the portal; needs the scope user, user_basic or user_brief',
	properties: [
		...limitFields,
		{
			displayName: 'Filter (JSON)',
			name: 'filter',
			type: 'json',
			default: '{"ACTIVE": true}',
			description: 'Fields of a user, such as {"EMAIL": "ivan@company.ru"}',
		},
	],
	async forEach(client, item) {
		const FILTER = item.read('filter', 'Filter (JSON)', objectSchema);
		const users = await readPages(
			client,
			{ method: 'user.get', params: { FILTER } },
			({ result }) => z.array(userSchema).parse(result),
			readLimit(item),
		);
		return users.map(asJson);
	},
};

export const user: Resource<Bitrix24Client> = {
	value: 'user',
	name: 'User (Сотрудник)',
	operations: [getMany, current],
};
