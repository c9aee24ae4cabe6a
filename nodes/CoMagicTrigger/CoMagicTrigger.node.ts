import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { COMAGIC_CREDENTIAL, connect } from '../CoMagic/connect';
import type { ContactJson } from '../CoMagic/toContact';
import { KINDS, type ContactKind } from '../exchange/contactKind';
import { noSubscription } from '../shared/noSubscription';
import { polled } from '../shared/polled';
import { contactIn, isGenuine, readBody, readQuery, type Body } from './notification';
import { TEMPLATE } from './template';
import { isWanted, watch, type WatchState } from './watch';

const MINUTE = 60_000;

const KIND_OPTIONS = [
	{ name: 'Call', value: 'call' },
	{ name: 'Callback', value: 'callback' },
	{ name: 'Chat', value: 'chat' },
	{ name: 'Email', value: 'email' },
	{ name: 'Site Request', value: 'site_request' },
] satisfies Array<{ name: string; value: ContactKind }>;

/** Plain data: what goes out is what CoMagic sent and what was read from it. */
const asItem = (contact: ContactJson, { broken }: Partial<Body> = {}): INodeExecutionData => {
	const marks = broken === undefined ? {} : { _parseError: true, _raw: broken };
	return { json: { ...contact, ...marks } as INodeExecutionData['json'] };
};

/** n8n keeps the text of the body beside what it may have read from it. */
interface Received {
	readRawBody?(): Promise<void>;
	rawBody?: Buffer;
	body?: unknown;
}

const bodyText = async (request: Received): Promise<string> => {
	await request.readRawBody?.();
	if (request.rawBody) return request.rawBody.toString('utf8');
	return typeof request.body === 'string' ? request.body : JSON.stringify(request.body ?? {});
};

const kindsIn = (value: unknown): ContactKind[] =>
	KINDS.filter((kind) => Array.isArray(value) && value.includes(kind));

export class CoMagicTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CoMagic Trigger',
		name: 'coMagicTrigger',
		icon: { light: 'file:../CoMagic/coMagic.svg', dark: 'file:../CoMagic/coMagic.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["mode"] === "notification" ? "HTTP notifications" : "new and changed contacts" }}',
		description:
			'Starts when somebody calls, asks for a callback, writes, chats or sends a request',
		defaults: { name: 'CoMagic Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: COMAGIC_CREDENTIAL, required: true }],
		webhooks: [
			{
				name: 'default',
				// n8n registers no webhook for an empty method; polling by hand works only where none is registered.
				httpMethod: '={{ $parameter["mode"] === "notification" ? "POST" : "" }}',
				responseMode: 'onReceived',
				path: 'comagic',
				ndvHideMethod: true,
				ndvHideUrl: '={{ $parameter["mode"] !== "notification" }}',
			},
			{
				name: 'setup',
				httpMethod: '={{ $parameter["mode"] === "notification" ? "GET" : "" }}',
				responseMode: 'onReceived',
				path: 'comagic',
				ndvHideUrl: true,
			},
		],
		properties: [
			{
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'HTTP Notification',
						value: 'notification',
						description: 'Start at once; a notification is sent once at most, so poll too',
					},
					{
						name: 'Poll',
						value: 'poll',
						description: 'Look regularly at the reports; loses nothing and knows more',
					},
				],
				default: 'poll',
			},
			{
				displayName:
					'In CoMagic: Уведомления → Добавить, one for each event you need. Method POST to the URL above, header <code>X-Secret</code> with the secret of the credential, and as the body the template below. Method GET works too: with the variables after the address, such as <code>?communication_type={{communication_type}}</code>. A lost notification is never sent again, so keep a polling trigger beside this one. Poll Times mean nothing here.',
				name: 'notificationNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { mode: ['notification'] } },
			},
			{
				displayName: 'Template to Paste',
				name: 'template',
				type: 'string',
				typeOptions: { rows: 8 },
				noDataExpression: true,
				default: TEMPLATE,
				description:
					'Copy it into the body of the notification, without quotes around the placeholders. Changing it here changes nothing.',
				displayOptions: { show: { mode: ['notification'] } },
			},
			{
				displayName: 'Contacts',
				name: 'kinds',
				type: 'multiOptions',
				options: KIND_OPTIONS,
				default: ['call', 'callback', 'chat', 'site_request'],
				description:
					'Polling for letters needs the option «Data API для настройки». Each kind but Callback costs a point or two a look.',
			},
			{
				displayName: 'Outgoing Calls',
				name: 'outgoing',
				type: 'boolean',
				default: false,
				description: 'Whether calls that employees make count as contacts',
			},
			{
				displayName: 'Options',
				name: 'more',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				displayOptions: { show: { mode: ['poll'] } },
				options: [
					{
						displayName: 'Look Back (Minutes)',
						name: 'overlap',
						type: 'number',
						typeOptions: { minValue: 5 },
						default: 60,
						description: 'CoMagic fills in records, sources and tags some time after the contact',
					},
					{
						displayName: 'Points to Leave',
						name: 'reserve',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 50,
						description: 'Polling stops for the day when so many points are left',
					},
					{
						displayName: 'Say Again',
						name: 'repeats',
						type: 'boolean',
						default: false,
						description:
							'Whether to emit a contact again, with growing pauses, while it is looked back at. For workflows that do no harm when they run twice and must not miss a contact because the CRM was down.',
					},
				],
			},
			// Makes n8n hand the body over as text: it answers broken JSON with an error before any node sees it.
			{
				displayName: 'Options',
				name: 'options',
				type: 'hidden',
				default: { binaryData: true },
			},
		],
	};

	/** Notifications are set up by hand in the account: its API has no method for that. */
	webhookMethods = { default: noSubscription };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getNodeParameter('mode') !== 'poll') return null;
		const isManual = this.getMode() === 'manual';
		const state = this.getWorkflowStaticData('node') as WatchState;
		const more = this.getNodeParameter('more', {}) as Record<string, unknown>;
		const watching = {
			kinds: kindsIn(this.getNodeParameter('kinds')),
			outgoing: this.getNodeParameter('outgoing') === true,
			overlap: Number(more.overlap ?? 60) * MINUTE,
			reserve: Number(more.reserve ?? 50),
			repeats: more.repeats === true,
		};
		return await polled(this, async () => {
			const watched = await watch(await connect(this), watching, isManual ? {} : state);
			if (isManual && watched.problems.length > 0) throw watched.problems[0];
			for (const { message } of watched.problems) this.logger.warn(`CoMagic Trigger: ${message}`);
			if (!isManual) Object.assign(state, watched.state);
			return watched.contacts.map((contact) => asItem(contact));
		});
	}

	/** The answer goes out at once: CoMagic waits for nobody, and what the workflow does is none of its business. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { notificationSecret } = await this.getCredentials(COMAGIC_CREDENTIAL);
		const response = this.getResponseObject();
		const caller = {
			headers: this.getHeaderData(),
			query: this.getQueryData() as Record<string, unknown>,
		};
		if (!isGenuine(caller, String(notificationSecret ?? ''))) {
			response.status(403).end();
			return { noWebhookResponse: true };
		}
		const body =
			this.getWebhookName() === 'setup'
				? readQuery(caller.query)
				: readBody(await bodyText(this.getRequestObject() as Received));
		response.status(200).end();
		const contact = contactIn(body, Date.now());
		const isMeant = isWanted({
			kinds: kindsIn(this.getNodeParameter('kinds')),
			outgoing: this.getNodeParameter('outgoing') === true,
		});
		// What cannot be read is shown to the analyst; what was read and is not meant is left out.
		if (!isMeant(contact) && body.broken === undefined) return { noWebhookResponse: true };
		return { noWebhookResponse: true, workflowData: [[asItem(contact, body)]] };
	}
}
