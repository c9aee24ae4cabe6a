import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeCredentialDescription,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { authenticationField, portalCredentials } from '../Bitrix24/rest/connect';
import { oneCCredentialBesidePortal } from '../OneC/connect';
import { settled } from '../shared/settled';
import { noSubscription } from '../shared/noSubscription';
import { admitFrame, admitLink, admitPage } from './admission';
import { openDesk, type Desk } from './connect';
import { denialFrom } from './denial';
import { closedDoor, pageFor, type Document, type Surroundings } from './page';
import { answer, type Happening } from './reception';
import { askSchema, type VisitJson } from './wire';

const CREDENTIALS: INodeCredentialDescription[] = [
	...portalCredentials,
	oneCCredentialBesidePortal,
];

const UNANSWERED: IWebhookResponseData = { noWebhookResponse: true };

const send = (
	context: IWebhookFunctions,
	status: number,
	headers: Record<string, string>,
	body: string,
): void => {
	const response = context.getResponseObject();
	response.status(status);
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	response.end(body);
};

const sendJson = (context: IWebhookFunctions, status: number, value: unknown): void =>
	send(
		context,
		status,
		{
			'Content-Type': 'application/json; charset=utf-8',
			'Cache-Control': 'no-store',
			'X-Content-Type-Options': 'nosniff',
		},
		JSON.stringify(value),
	);

const posted = (context: IWebhookFunctions): unknown => ({
	...context.getQueryData(),
	...context.getBodyData(),
});

const surroundings = (context: IWebhookFunctions, desk: Desk): Surroundings => ({
	portal: desk.origin,
	address: context.getNodeWebhookUrl('default') ?? desk.origin,
	isolated: context.getNodeParameter('isolated', true) as boolean,
});

const showPage = async (
	context: IWebhookFunctions,
	desk: Desk,
	admit: () => Promise<VisitJson> | VisitJson,
): Promise<void> => {
	const around = surroundings(context, desk);
	const admitted = await settled(admit);
	const denial = admitted.error && denialFrom(admitted.error);
	const { html, headers }: Document = admitted.value
		? pageFor(admitted.value, around)
		: closedDoor(denial?.text ?? '', around);
	send(context, denial?.status ?? 200, headers, html);
};

/** @returns what has happened, for the workflow to go on with */
const answerPage = async (
	context: IWebhookFunctions,
	desk: Desk,
	authorization: string,
): Promise<Happening[]> => {
	const answered = await settled(async () => {
		const claims = admitPage(desk, authorization);
		return await answer(desk, claims, askSchema.parse(context.getBodyData()));
	});
	if (answered.value) {
		sendJson(context, 200, answered.value.json);
		return answered.value.happenings;
	}
	const denial = denialFrom(answered.error);
	sendJson(context, denial.status, denial.json);
	return [];
};

export class OneCPickerTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C Picker Trigger',
		name: 'oneCPickerTrigger',
		icon: { light: 'file:../OneC/oneC.svg', dark: 'file:../OneC/oneC.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'page inside the deal card',
		description:
			'Serves the tab «1С» inside the deal card: choose the counterparty, contract and products of 1C; starts when something was chosen',
		defaults: { name: '1C Picker Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: CREDENTIALS,
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'picker' },
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'picker',
				ndvHideUrl: true,
			},
		],
		properties: [
			authenticationField,
			{
				displayName:
					'The POST URL above is the handler of the tab CRM_DEAL_DETAIL_TAB of an application. Where no application can be had, the operation "Write Picker Link" of the Bitrix24 node puts a link to this page into a field of the deal.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Isolate the Page',
				name: 'isolated',
				type: 'boolean',
				default: true,
				description:
					'Whether the page is cut off from the address it comes from, as n8n does with pages of webhooks. Switch it off only where webhooks have a host of their own: then Bitrix24 fits its frame to the page.',
			},
		],
	};

	/** The tab is bound by an application, and links are written by an operation; nothing is registered from here. */
	webhookMethods = { default: noSubscription };

	/** The node answers by itself: the headers that guard the page are then its own, and no execution is needed to look. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const desk = await openDesk(this);
		if (this.getWebhookName() === 'setup') {
			const { pass } = this.getQueryData() as { pass?: unknown };
			await showPage(this, desk, () => admitLink(desk, String(pass ?? '')));
			return UNANSWERED;
		}
		const { authorization } = this.getHeaderData();
		if (typeof authorization !== 'string') {
			await showPage(this, desk, async () => await admitFrame(desk, posted(this)));
			return UNANSWERED;
		}
		const happenings = await answerPage(this, desk, authorization);
		if (happenings.length === 0) return UNANSWERED;
		return {
			...UNANSWERED,
			workflowData: [happenings.map((json) => ({ json: json as IDataObject }))],
		};
	}
}
