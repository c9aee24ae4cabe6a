/** How a node reaches its portal: through an inbound webhook or as a local application. */
import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeCredentialDescription,
	INodeProperties,
} from 'n8n-workflow';
import { Problem } from '../../exchange/problem';
import type { Http } from '../../shared/http';
import { n8nClock, n8nHttp } from '../../shared/n8nHttp';
import { readAccess, type Access } from './access';
import { applicationHttp } from './application';
import { Bitrix24Client } from './client';
import { PATIENCE } from './operatingTime';
import { passKeyOf } from '../picker/pass';

export const WEBHOOK_CREDENTIAL = 'bitrix24WebhookApi';
export const APPLICATION_CREDENTIAL = 'bitrix24OAuth2Api';

const APPLICATION = 'oAuth2';

/**
 * Workflows from before the choice have no such parameter; they go on with their webhook. The editor does not show it:
 * it lists credentials of both kinds together and sets it by the one that is chosen.
 */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Inbound Webhook', value: 'webhook' },
		{ name: 'OAuth2 App', value: APPLICATION },
	],
	default: 'webhook',
};

export const forWebhook = { show: { authentication: ['webhook'] } };
export const forApplication = { show: { authentication: [APPLICATION] } };

export const portalCredentials: INodeCredentialDescription[] = [
	{
		name: WEBHOOK_CREDENTIAL,
		displayName: 'Bitrix24',
		required: true,
		displayOptions: forWebhook,
	},
	{
		name: APPLICATION_CREDENTIAL,
		displayName: 'Bitrix24',
		required: true,
		displayOptions: forApplication,
	},
];

type Context = Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'> & { getNode(): INode };

export const isApplication = (context: Pick<Context, 'getNode'>): boolean =>
	context.getNode().parameters.authentication === APPLICATION;

/** A self-hosted portal may live on a port or in a folder of its own. Only the host leaves the secret address. */
const hostOf = (address: unknown): string => {
	const [, host] =
		/^https?:\/\/([^/\s@]+)(?:\/[^/\s?#]+)*\/rest\/\d+\/[^/\s?#]+\/?$/.exec(
			String(address).trim(),
		) ?? [];
	if (host) return host;
	throw new Problem(
		'The inbound webhook URL in the credential is not the address of a webhook.',
		'Copy it whole from Bitrix24, such as https://company.bitrix24.ru/rest/1/…/.',
	);
};

/** Their workflows have to look again before they write: what they were called with may be ten minutes old by then. */
const REPEATING = /\.(bitrix24Trigger|oneCTrigger|coMagicTrigger|oneCPickerTrigger)$/;

/**
 * Polls, webhooks and pick-lists are answered soon, or not at all. Triggers of this package give what is wanted again
 * and again until it is done, so an execution behind one of them that waited would be overtaken by the next, and then
 * write once more what that has written; of a workflow called by another nobody knows what is behind it. All other
 * executions are alone with their work.
 */
const patienceOf = (context: Context): number => {
	if (!('getInputData' in context)) return PATIENCE.ofOthers;
	const execution = context as Context & IExecuteFunctions;
	const before = execution.getParentNodes(execution.getNode().name);
	const isRepeated = before.some(({ type }) => REPEATING.test(type));
	return isRepeated || execution.getMode() === 'integrated'
		? PATIENCE.ofOthers
		: PATIENCE.ofExecution;
};

const connectByWebhook = async (context: Context): Promise<Bitrix24Client> => {
	const { secretUrl } = await context.getCredentials(WEBHOOK_CREDENTIAL);
	const [host, passKey] = [hostOf(secretUrl), passKeyOf(String(secretUrl))];
	const http = n8nHttp(context, WEBHOOK_CREDENTIAL);
	return new Bitrix24Client(host, http, n8nClock, undefined, '', passKey, patienceOf(context));
};

export interface Application {
	access: Access;
	clientId: string;
	clientSecret: string;
	/** What the credential's own changes and its event queue are known by; empty when it has no name. */
	connector: string;
	ignoreSslIssues: boolean;
}

const credentialName = (context: Pick<Context, 'getNode'>): string =>
	context.getNode().credentials?.[APPLICATION_CREDENTIAL]?.name ?? '';

export const readApplication = async (
	context: Pick<Context, 'getCredentials' | 'getNode'>,
): Promise<Application> => {
	const stored: IDataObject = await context.getCredentials(APPLICATION_CREDENTIAL);
	return {
		access: readAccess(stored.oauthTokenData, credentialName(context)),
		clientId: String(stored.clientId ?? ''),
		clientSecret: String(stored.clientSecret ?? ''),
		connector: String(stored.connector ?? '').trim(),
		ignoreSslIssues: stored.ignoreSslIssues === true,
	};
};

/**
 * n8n's own renewal on 401 is switched off, because it repeats the request with the old token in its body; its
 * renewal by itself is used, which reads the stored tokens again, holds a lock and stores what it gets.
 */
const connectAsApplication = async (context: Context): Promise<Bitrix24Client> => {
	const { access, clientSecret, connector, ignoreSslIssues } = await readApplication(context);
	const httpTo = (endpoint: string): Http =>
		n8nHttp(context, APPLICATION_CREDENTIAL, {
			baseURL: endpoint,
			skipSslCertificateValidation: ignoreSslIssues,
			credentialOptions: { oauth2: { skipTokenRefresh: true } },
		});
	const http = applicationHttp(
		async (endpoint, request) => await httpTo(endpoint)(request),
		{
			name: credentialName(context),
			read: async () => (await readApplication(context)).access,
			renew: async () => {
				await context.helpers.refreshOAuth2Token.call(
					context as IAllExecuteFunctions,
					APPLICATION_CREDENTIAL,
				);
			},
		},
		n8nClock,
	);
	const { host } = new URL(access.endpoint);
	return new Bitrix24Client(
		host,
		http,
		n8nClock,
		undefined,
		connector,
		passKeyOf(clientSecret),
		patienceOf(context),
	);
};

export const connect = async (context: Context): Promise<Bitrix24Client> =>
	isApplication(context) ? await connectAsApplication(context) : await connectByWebhook(context);

/** What is needed to let people of the portal in who come with tokens of their own. */
export interface Door {
	/** Address of the portal's REST, such as https://company.bitrix24.ru/rest/. */
	endpoint: string;
	passKey: Buffer;
	/** What is known of the application whose frames are let in; empty where the credential does not tell. */
	frameToken: string;
	clientId: string;
	memberId: string;
	ignoreSslIssues: boolean;
}

export const readDoor = async (
	context: Pick<Context, 'getCredentials' | 'getNode'>,
): Promise<Door> => {
	if (isApplication(context)) {
		const { access, clientId, clientSecret, ignoreSslIssues } = await readApplication(context);
		const { endpoint, memberId } = access;
		const passKey = passKeyOf(clientSecret);
		return { endpoint, passKey, frameToken: '', clientId, memberId, ignoreSslIssues };
	}
	const stored = await context.getCredentials(WEBHOOK_CREDENTIAL);
	const address = String(stored.secretUrl).trim();
	hostOf(address);
	return {
		endpoint: address.replace(/\/rest\/\d+\/[^/]+\/?$/, '/rest/'),
		passKey: passKeyOf(String(stored.secretUrl)),
		frameToken: String(stored.frameToken ?? ''),
		clientId: '',
		memberId: '',
		ignoreSslIssues: stored.ignoreSslIssues === true,
	};
};
