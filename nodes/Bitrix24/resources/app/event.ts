import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { readBindings, settleBindings } from '../../bindings/bindings';
import type { Bitrix24Client } from '../../rest/client';
import { eventHandlers, type EventHandler } from '../../bindings/eventHandlers';
import { addressSchema, codeSchema, dryRunField, eventField, handlerField } from './fields';

const deliveryField: INodeProperties = {
	displayName: 'Delivery',
	name: 'delivery',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Call an Address', value: 'online', description: 'At once and only once' },
		{
			name: 'Event Queue',
			value: 'offline',
			description: 'Kept by the portal until it is fetched, such as by Bitrix24 Trigger',
		},
	],
	default: 'online',
};

const fields: INodeProperties[] = [
	eventField,
	deliveryField,
	{ ...handlerField, displayOptions: { show: { delivery: ['online'] } } },
	dryRunField,
];

const readHandler = (item: ItemParameters): EventHandler => {
	const event = item.read('event', 'Event', codeSchema);
	const delivery = item.read('delivery', 'Delivery', z.enum(['online', 'offline']));
	if (delivery === 'offline') return { event, handler: '', offline: true };
	return { event, handler: item.read('handler', 'Address', addressSchema), offline: false };
};

export const bindEvent: ItemOperation<Bitrix24Client> = {
	value: 'bindEvent',
	name: 'Bind Event',
	action: 'Bind an event',
	description: 'Have the portal announce an event; Bitrix24 Trigger does this by itself',
	properties: fields,
	forEach: async (client, item) =>
		await settleBindings(
			client,
			eventHandlers,
			[readHandler(item)],
			() => false,
			item.read('dryRun', 'Dry Run', z.boolean()),
		),
};

export const unbindEvent: ItemOperation<Bitrix24Client> = {
	value: 'unbindEvent',
	name: 'Unbind Event',
	action: 'Unbind an event',
	description: 'Have the portal announce an event no more',
	properties: fields,
	async forEach(client, item) {
		const unwanted = readHandler(item);
		return await settleBindings(
			client,
			eventHandlers,
			[],
			(bound) => eventHandlers.isSame(bound, unwanted),
			item.read('dryRun', 'Dry Run', z.boolean()),
		);
	},
};

export const getEvents: ItemOperation<Bitrix24Client> = {
	value: 'getEvents',
	name: 'Get Many Events',
	action: 'Get many event handlers of the application',
	description: 'The events this application is told of, and where',
	properties: [],
	forEach: async (client) =>
		(await readBindings(client, eventHandlers)).map((bound) => ({ ...bound })),
};
