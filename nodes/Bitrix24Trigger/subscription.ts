/** The application's subscription to events: the portal calls the address of this trigger. */
import { readBindings, settleBindings } from '../Bitrix24/bindings/bindings';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { eventHandlers, type EventHandler } from '../Bitrix24/bindings/eventHandlers';

export interface Subscription {
	events: string[];
	/** Address of the trigger, without the key. */
	address: string;
	key: string;
}

const wantedOf = ({ events, address, key }: Subscription): EventHandler[] =>
	events.map((event) => ({ event, handler: `${address}?key=${key}`, offline: false }));

/** Those of an earlier publication may have other events or another key. */
const isOurs =
	({ address }: Subscription) =>
	({ handler }: EventHandler): boolean =>
		handler.split('?')[0] === address;

export const isSubscribed = async (
	client: Bitrix24Client,
	subscription: Subscription,
): Promise<boolean> => {
	const bound = (await readBindings(client, eventHandlers)).filter(isOurs(subscription));
	const wanted = wantedOf(subscription);
	return (
		bound.length === wanted.length &&
		wanted.every((one) => bound.some((other) => eventHandlers.isSame(one, other)))
	);
};

export const subscribe = async (
	client: Bitrix24Client,
	subscription: Subscription,
): Promise<void> => {
	await settleBindings(client, eventHandlers, wantedOf(subscription), isOurs(subscription));
};

export const unsubscribe = async (
	client: Bitrix24Client,
	subscription: Subscription,
): Promise<void> => {
	/** The list may not show them to a user who is no administrator; to unbind what is not bound does no harm. */
	await client.batch(wantedOf(subscription).map(eventHandlers.unbind));
	await settleBindings(client, eventHandlers, [], isOurs(subscription));
};
