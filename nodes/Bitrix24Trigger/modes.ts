/** How the trigger comes to know, and what it starts for, as the editor shows it. */
import type { INodeProperties } from 'n8n-workflow';
import { forApplication, forWebhook } from '../Bitrix24/rest/connect';

/** Stored in users' workflows. Never rename. */
export const POLL = 'poll';
export const OUTGOING_WEBHOOK = 'webhook';
export const APP_EVENTS = 'appEvents';
export const APP_QUEUE = 'appQueue';

/** Which modes work with an application; an inbound webhook has the others. */
export const MODES = {
	webhook: [POLL, OUTGOING_WEBHOOK],
	application: [POLL, APP_EVENTS, APP_QUEUE],
};

export const DEMANDS = 'demands';
export const EVENTS = 'events';

/** The events after which a deal may need another document. */
export const DEAL_CHANGES = ['ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDEALMOVETOCATEGORY'];

const pollOption = {
	name: 'Poll',
	value: POLL,
	description: 'Look regularly which deals lack a document; loses nothing',
};

const modeField = (
	options: INodeProperties['options'],
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties => ({
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	noDataExpression: true,
	options,
	default: POLL,
	displayOptions,
});

const notice = (name: string, mode: string, displayName: string): INodeProperties => ({
	displayName,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show: { mode: [mode] } },
});

const eventsField = (show: Record<string, string[]>): INodeProperties => ({
	displayName: 'Event Names or IDs',
	name: 'events',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getEvents' },
	default: [...DEAL_CHANGES],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	displayOptions: { show },
});

export const modeFields: INodeProperties[] = [
	modeField(
		[
			pollOption,
			{
				name: 'Outgoing Webhook',
				value: OUTGOING_WEBHOOK,
				description: 'Be called by a webhook made by hand in the portal',
			},
		],
		forWebhook,
	),
	modeField(
		[
			pollOption,
			{
				name: 'App Events',
				value: APP_EVENTS,
				description: 'Be called at once; subscribes when published and unsubscribes afterwards',
			},
			{
				name: 'App Event Queue',
				value: APP_QUEUE,
				description:
					'Fetch events the portal keeps in a queue; nothing is lost while n8n is down, and n8n need not be reachable',
			},
		],
		forApplication,
	),
	{
		displayName: 'Start For',
		name: 'startFor',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Deals That Lack a 1C Document',
				value: DEMANDS,
				description: 'The deal of the event is looked at, and passed on only if it needs something',
			},
			{ name: 'Every Event', value: EVENTS, description: 'The event itself, of any kind' },
		],
		default: DEMANDS,
		displayOptions: { show: { mode: [OUTGOING_WEBHOOK, APP_EVENTS] } },
	},
	eventsField({ mode: [APP_EVENTS], startFor: [EVENTS] }),
	eventsField({ mode: [APP_QUEUE] }),
	notice(
		'pollNotice',
		POLL,
		'Which stages demand a document is read from the Deal Stage Map that follows this trigger.',
	),
	notice(
		'webhookNotice',
		OUTGOING_WEBHOOK,
		'Make an outgoing webhook in Bitrix24 for the events ONCRMDEALADD and ONCRMDEALUPDATE with the URL above, and put its token into the credential. Bitrix24 never repeats a lost call, so keep a polling trigger beside this one. Poll Times mean nothing here.',
	),
	notice(
		'appEventsNotice',
		APP_EVENTS,
		'Bitrix24 never repeats a lost call: keep a polling trigger beside this one, or use the queue. The portal must be able to reach n8n. Poll Times mean nothing here.',
	),
	notice(
		'queueNotice',
		APP_QUEUE,
		'An event may come twice, never less than once. Let one trigger only fetch an event of a credential. The portal goes on filling the queue when this workflow is no longer published: Bitrix24 → App → Unbind Event stops it.',
	),
];
