/** The tab «1С» as the real n8n serves it: opened by the portal, asked by a page that has no origin. */
import axios from 'axios';
import {
	ADMINISTRATOR_USER,
	MANAGER_USER,
	SALESMAN_USER,
	type Portal,
} from '../standins/bitrix24/portal';
import type { RealN8n } from './n8n';

const TRIGGER = 'Вкладка «1С»';
const PLACEMENT = 'CRM_DEAL_DETAIL_TAB';

export interface SeenTab {
	/** The answers to the manager who may see the deal and to the salesman who may not. */
	statuses: [number, number];
	policy: string;
	/** What n8n itself says to a page without an origin that wants to send a pass. */
	preflight: string | undefined;
	/** The deal as the page is told of it. */
	deal: Record<string, unknown>;
	/** The page's question with a pass that nobody gave out. */
	guessed: number;
}

/** @returns the client_id of the application whose tab it is */
const bind = async (portal: Portal, handler: string): Promise<string> => {
	const application = portal.admin.registersApplication({
		scopes: ['crm', 'placement'],
		handler,
		onlyApi: true,
	});
	const auth = application.tokensOf(ADMINISTRATOR_USER).accessToken;
	const params = { PLACEMENT, HANDLER: handler, TITLE: '1С', auth };
	await axios.post(`${portal.origin}/rest/placement.bind`, params);
	return application.clientId;
};

export const tabAddress = async (n8n: RealN8n, workflow: string): Promise<string> => {
	const { nodes } = await n8n.api.workflow(workflow);
	const trigger = nodes.find(({ name }) => name === TRIGGER);
	return `${n8n.url}/webhook/${String(trigger?.webhookId)}/picker`;
};

export const looksAtTab = async (
	portal: Portal,
	address: string,
	deal: number,
): Promise<SeenTab> => {
	const clientId = await bind(portal, address);
	const opens = async (user: number) =>
		await portal.people.opensPlacement({ user, placement: PLACEMENT, id: deal, clientId });
	const [opened, foreign] = [await opens(MANAGER_USER), await opens(SALESMAN_USER)];
	const visit = /id="visit">(.*?)<\/script>/.exec(opened.page)?.[1] ?? '{}';
	const { pass } = JSON.parse(visit) as { pass?: string };
	const asks = async (authorization: string) =>
		await axios.post<Record<string, unknown>>(
			address,
			{ ask: 'deal' },
			{
				headers: { Authorization: `Bearer ${authorization}`, Origin: 'null' },
				validateStatus: () => true,
			},
		);
	const preflight = await axios.options(address, {
		headers: {
			Origin: 'null',
			'Access-Control-Request-Method': 'POST',
			'Access-Control-Request-Headers': 'authorization,content-type',
		},
	});
	const { headers } = preflight;
	return {
		statuses: [opened.status, foreign.status],
		policy: opened.headers.get('content-security-policy') ?? '',
		preflight: `${String(headers['access-control-allow-origin'])} ${String(headers['access-control-allow-headers'])}`,
		deal: (await asks(pass ?? '')).data,
		guessed: (await asks('guessed')).status,
	};
};
