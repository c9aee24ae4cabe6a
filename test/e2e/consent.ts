/** An application of the portal is connected as its administrator does it in the browser: consent, callback, work. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMINISTRATOR_USER, type Portal } from '../standins/bitrix24/portal';
import type { Execution, Workflow } from './execution';
import { repoDir } from './machine.mjs';
import type { RealN8n } from './n8n';

const CREDENTIAL = 'bitrix24OAuth2Api';
/** The trigger that hears of new deals. */
export const HEARD = 'Битрикс24 сообщает';
export const TAB = 'Вкладка «1С»';

const NAME = 'Битрикс24 (приложение)';

export interface StoredApplication {
	id: string;
	name: string;
}

/** What "Connect" in the credential does: n8n tells the address, the portal asks for consent and sends back a code. */
export const connects = async (n8n: RealN8n, portal: Portal): Promise<StoredApplication> => {
	const application = portal.admin.registersApplication({
		scopes: ['crm', 'placement'],
		handler: `${n8n.url}/rest/oauth2-credential/callback`,
		onlyApi: true,
	});
	const { id } = await n8n.api.rest<{ id: string }>('/credentials', {
		method: 'POST',
		body: {
			name: NAME,
			type: CREDENTIAL,
			data: {
				portalUrl: `${portal.origin}/`,
				clientId: application.clientId,
				clientSecret: application.clientSecret,
				authorizationServer: portal.oauthOrigin,
			},
		},
	});
	await agrees(n8n, portal, id);
	return { id, name: NAME };
};

/** "Connect my account" in a credential that is stored already. */
export const agrees = async (n8n: RealN8n, portal: Portal, id: string): Promise<void> => {
	const address = await n8n.api.rest<string>(`/oauth2-credential/auth?id=${id}`);
	portal.people.logsIn(ADMINISTRATOR_USER);
	const consent = await fetch(address, { redirect: 'manual' });
	const back = new URL(String(consent.headers.get('location')));
	const page = await n8n.api.opens(back.pathname + back.search);
	if (!page.includes('Connection successful')) throw new Error('n8n did not get its tokens.');
};

/** The example workflow with the credential and an address filled in, as whoever installs it does. */
export const installs = async (
	n8n: RealN8n,
	credential: StoredApplication,
	handler: string,
): Promise<Execution> => {
	const text = readFileSync(join(repoDir, 'workflows', 'app-install.json'), 'utf8');
	const { name, nodes, connections, settings } = JSON.parse(text) as Workflow;
	for (const node of nodes) {
		if (node.credentials) node.credentials = { [CREDENTIAL]: credential };
		if (node.name === TAB) Object.assign(node.parameters, { handler, dryRun: false });
	}
	const body = { name, nodes, connections, settings };
	const { id } = await n8n.api.publicApi<{ id: string }>('/workflows', { method: 'POST', body });
	return await n8n.runs(id);
};

/** Passes on the portal's events about new deals for as long as it is published. */
export const listens = async (n8n: RealN8n, credential: StoredApplication): Promise<string> => {
	const trigger = {
		id: 'a7d9f5a2-2f5d-4f0e-9a55-0d5a4f3c6b11',
		name: HEARD,
		type: 'n8n-nodes-bitrix24-1c.bitrix24Trigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId: 'c1a3a6f0-5f43-4be7-a9d8-3f9f8b5b1c77',
		parameters: {
			authentication: 'oAuth2',
			mode: 'appEvents',
			startFor: 'events',
			events: ['ONCRMDEALADD'],
		},
		credentials: { [CREDENTIAL]: credential },
	};
	const body = { name: 'События приложения', nodes: [trigger], connections: {}, settings: {} };
	const { id } = await n8n.api.publicApi<{ id: string }>('/workflows', { method: 'POST', body });
	await n8n.publishes(id);
	return id;
};
