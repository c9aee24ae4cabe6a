/** Payments of a deal or an invoice, as the card shows them. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import type { ListOperation, Outcome, Resource } from '../../shared/operation';
import { attempt } from '../../shared/runner';
import { settled } from '../../shared/settled';
import { together } from '../../shared/together';
import { idSchema } from '../../shared/valueSchemas';
import { DEAL_CARD, INVOICE_CARD } from '../cards/cardKinds';
import { ownerTypeOf } from '../cards/productRows';
import type { Bitrix24Client, Command } from '../rest/client';
import type { Caller } from '../rest/gather';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';
import { ownerFields, ownerJson, readOwner, type Owner } from './card/cardFields';
import { sideBySide } from './sideBySide';

const paymentSchema = z
	.object({ id: z.coerce.number(), paid: z.string(), sum: z.coerce.number() })
	.passthrough();

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

const paymentCommand = (verb: 'get' | 'pay' | 'unpay', id: number): Command => ({
	method: `crm.item.payment.${verb}`,
	params: { id },
	/** It states what should be, so twice is the same as once. */
	repeatable: true,
});

const goodsSchema = z.object({
	productRows: z.array(z.object({ id: z.coerce.number(), quantity: z.coerce.number() })),
});

/** What of the card no payment covers yet. */
const unpaidGoods = async (client: Caller, { entityTypeId, id }: Owner) =>
	goodsSchema.parse(
		await client.call({
			method: 'crm.item.productrow.getAvailableForPayment',
			params: { ownerType: ownerTypeOf(entityTypeId), ownerId: id },
		}),
	).productRows;

const paymentOf = async (client: Caller, id: number): Promise<Payment> =>
	paymentSchema.parse(await client.call(paymentCommand('get', id)));

/** A payment without goods, which a run that was cut off has left, is as good as a new one. */
const emptyOf = (payments: Payment[]): Payment | undefined =>
	payments.find(({ sum, paid }) => sum === 0 && paid !== 'Y');

const added = async (client: Caller, card: Owner): Promise<number> => {
	const before = await listOf(client, card);
	const empty = emptyOf(before);
	if (empty) return empty.id;
	const params = { entityTypeId: card.entityTypeId, entityId: card.id };
	const { value, error } = await settled(
		async () => await client.call({ method: 'crm.item.payment.add', params }),
	);
	if (!error) return z.coerce.number().parse(value);
	if (!(error instanceof UnknownOutcome)) throw error;
	const found = (await listOf(client, card)).find(
		({ id }) => !before.some((known) => known.id === id),
	);
	if (found) return found.id;
	throw error;
};

/** Bitrix24 puts in no more of a row than its payments leave, so a lost answer doubles nothing. */
const putIn = async (client: Caller, paymentId: number, card: Owner): Promise<void> => {
	for (const { id: rowId, quantity } of await unpaidGoods(client, card)) {
		const params = { paymentId, rowId, quantity };
		const { error } = await settled(
			async () => await client.call({ method: 'crm.item.payment.product.add', params }),
		);
		if (!error) continue;
		const left = error instanceof UnknownOutcome ? await unpaidGoods(client, card) : null;
		if (!left || left.some(({ id }) => id === rowId)) throw error;
	}
};

const nothingToPay = (what: string): Problem =>
	new Problem(
		`${what} is for nothing: its sum is 0.`,
		'Put products with a price into the card and create a payment for them.',
		'Сумма оплаты — 0. Добавьте в карточку товары с ценой и создайте оплату заново.',
	);

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
		if ((await unpaidGoods(client, card)).length === 0) {
			throw new Problem(
				'The card has no products that a payment does not cover already.',
				'Add products to the card, or see which payments it has with Get Many.',
				'В карточке нет товаров, на которые еще не выставлена оплата.',
			);
		}
		const id = await added(client, card);
		/** Bitrix24 makes a payment of 0; it is worth the goods that are put into it [Bitrix24 docs, products-in-payment]. */
		await putIn(client, id, card);
		const payment = await paymentOf(client, id);
		if (payment.sum === 0) throw nothingToPay(`Payment ${id}`);
		return { ...ownerJson(card), ...(payment as IDataObject) };
	},
	(item) => {
		const { entityTypeId, id } = readOwner(item);
		return `${entityTypeId} ${id}`;
	},
);

/** To mark a payment of 0 as paid would say that something was paid. */
const isIdle = ({ sum }: Payment, verb: 'pay' | 'unpay'): boolean => verb === 'pay' && sum === 0;

const marking = (
	verb: 'pay' | 'unpay',
	name: string,
	paid: 'Y' | 'N',
): ListOperation<Bitrix24Client> => ({
	value: verb,
	name,
	action: verb === 'pay' ? 'Mark a payment as paid' : 'Mark a payment as not paid',
	description: `${name} one payment and show its sum; one that is so already is left alone, and no stage is moved`,
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
						if (!('value' in reply)) return false;
						const payment = required(reply, paymentSchema);
						return payment.paid !== paid && !isIdle(payment, verb);
					});
				const marked = await replies(
					client,
					differing.map((index) => paymentCommand(verb, ids[index])),
				);
				return await Promise.all(
					ids.map(async (_, index): Promise<Outcome> => {
						const reply = marked[differing.indexOf(index)];
						return await attempt(() => {
							const payment = required(read[index], paymentSchema);
							if (isIdle(payment, verb)) throw nothingToPay(`Payment ${payment.id}`);
							if (reply === undefined) return { ...(payment as IDataObject), changed: false };
							required(reply, z.unknown());
							return { ...(payment as IDataObject), paid, changed: true };
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
