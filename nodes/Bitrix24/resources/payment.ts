/** Payments of a deal or an invoice, as the card shows them. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import type { ListOperation, Outcome, Resource } from '../../shared/operation';
import { attempt } from '../../shared/runner';
import { settled } from '../../shared/settled';
import { together } from '../../shared/together';
import { idSchema } from '../../shared/valueSchemas';
import { DEAL_CARD, INVOICE_CARD } from '../cards/cardKinds';
import type { Bitrix24Client, Command } from '../rest/client';
import type { Caller } from '../rest/gather';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';
import { ownerFields, ownerJson, readOwner, type Owner } from './card/cardFields';
import { sideBySide } from './sideBySide';

const paymentSchema = z.object({ id: z.coerce.number(), paid: z.string() }).passthrough();

type Payment = z.output<typeof paymentSchema>;

const owner = ownerFields([DEAL_CARD, INVOICE_CARD]);

/** A batch may refuse this list (seen by others on real portals); then it goes alone. */
const listOf = async (client: Caller, { entityTypeId, id }: Owner): Promise<Payment[]> =>
	z.array(paymentSchema).parse(
		await client.call({
			method: 'crm.item.payment.list',
			params: { entityTypeId, entityId: id },
		}),
	);

const getMany = sideBySide(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many payments',
		description: 'Payments of a deal or an invoice: number, sum, system, whether it is paid',
		properties: owner,
	},
	async (client, item) => {
		const card = readOwner(item);
		const payments = await listOf(client, card);
		return payments.map((payment) => ({ ...ownerJson(card), ...(payment as IDataObject) }));
	},
);

const created = async (client: Caller, card: Owner): Promise<number> => {
	const before = (await listOf(client, card)).map(({ id }) => id);
	const params = { entityTypeId: card.entityTypeId, entityId: card.id };
	const added = await settled(
		async () => await client.call({ method: 'crm.item.payment.add', params }),
	);
	if (!added.error) return z.coerce.number().parse(added.value);
	if (!(added.error instanceof UnknownOutcome)) throw added.error;
	const after = await listOf(client, card);
	const found = after.find(({ id }) => !before.includes(id));
	if (found) return found.id;
	throw added.error;
};

const create = sideBySide(
	{
		value: 'create',
		name: 'Create',
		action: 'Create a payment',
		description: 'A payment for what the card has not been paid for yet',
		properties: owner,
	},
	async (client, item) => {
		const card = readOwner(item);
		const id = await created(client, card);
		const payment = await client.call({ method: 'crm.item.payment.get', params: { id } });
		return { ...ownerJson(card), ...(payment as IDataObject) };
	},
	(item) => {
		const { entityTypeId, id } = readOwner(item);
		return `${entityTypeId} ${id}`;
	},
);

const paymentCommand = (verb: 'get' | 'pay' | 'unpay', id: number): Command => ({
	method: `crm.item.payment.${verb}`,
	params: { id },
	/** It states what should be, so twice is the same as once. */
	repeatable: true,
});

const marking = (
	verb: 'pay' | 'unpay',
	name: string,
	paid: 'Y' | 'N',
): ListOperation<Bitrix24Client> => ({
	value: verb,
	name,
	action: verb === 'pay' ? 'Mark a payment as paid' : 'Mark a payment as not paid',
	description: `${name} one payment; one that is so already is left alone, and no stage is moved`,
	properties: [
		{
			displayName: 'Payment ID',
			name: 'paymentId',
			type: 'string',
			default: '={{ $json.id }}',
			required: true,
			description: 'Number of the payment, as Get Many gives it',
		},
	],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => item.read('paymentId', 'Payment ID', idSchema),
			async (ids) => {
				const read = await replies(
					client,
					ids.map((id) => paymentCommand('get', id)),
				);
				const differing = ids
					.map((_, index) => index)
					.filter((index) => {
						const reply = read[index];
						return 'value' in reply && required(reply, paymentSchema).paid !== paid;
					});
				const marked = await replies(
					client,
					differing.map((index) => paymentCommand(verb, ids[index])),
				);
				return await Promise.all(
					ids.map(async (_, index): Promise<Outcome> => {
						const reply = marked[differing.indexOf(index)];
						return await attempt(() => {
							const payment = required(read[index], paymentSchema) as IDataObject;
							if (reply === undefined) return { ...payment, changed: false };
							required(reply, z.unknown());
							return { ...payment, paid, changed: true };
						});
					}),
				);
			},
		),
});

export const payment: Resource<Bitrix24Client> = {
	value: 'payment',
	name: 'Payment (Оплата)',
	operations: [getMany, create, marking('pay', 'Pay', 'Y'), marking('unpay', 'Unpay', 'N')],
};
