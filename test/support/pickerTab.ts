/**
 * The tab «1С» of a deal card: the example workflow behind an address of its own, hung into the portal by a local
 * application, and the people who open it.
 */
import axios from 'axios';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Base } from '../standins/onec/base';
import {
	ADMINISTRATOR_USER,
	MANAGER_USER,
	type Opened,
	type Portal,
	type RegisteredApplication,
} from '../standins/bitrix24/portal';
import { applicationCredential } from './application';
import { RunningWorkflow, workflowFile } from './engine';
import { WebhookServer } from './webhookServer';
import { oneCCredential } from './oneCCredential';

const TRIGGER = 'Вкладка «1С»';
const PLACEMENT = 'CRM_DEAL_DETAIL_TAB';

export interface Asked {
	status: number;
	json: Record<string, unknown>;
}

export interface TabOptions {
	/** Whether the node works as the application, and not through the inbound webhook. */
	asApplication?: boolean;
	isolated?: boolean;
}

export class PickerTab {
	private constructor(
		private readonly portal: Portal,
		readonly server: WebhookServer,
		readonly application: RegisteredApplication,
	) {}

	static async open(
		portal: Portal,
		base: Pick<Base, 'url' | 'login' | 'password'>,
		{ asApplication = false, isolated = true }: TabOptions = {},
	): Promise<PickerTab> {
		const application = portal.admin.registersApplication({
			scopes: ['crm', 'placement', 'catalog', 'user_brief'],
			handler: 'https://n8n.example.test/rest/oauth2-credential/callback',
			onlyApi: true,
		});
		const file = workflowFile('picker.json');
		for (const node of file.nodes) {
			if (node.name !== TRIGGER) continue;
			node.parameters.isolated = isolated;
			if (!asApplication) continue;
			node.parameters.authentication = 'oAuth2';
			node.credentials = {
				...node.credentials,
				bitrix24OAuth2Api: { id: 'application', name: 'Приложение' },
			};
		}
		const workflow = new RunningWorkflow(file, credentialsOf(portal, base, application));
		const server = await WebhookServer.open(workflow, TRIGGER);
		const { accessToken } = application.tokensOf(ADMINISTRATOR_USER);
		await axios.post(`${portal.origin}/rest/placement.bind`, {
			PLACEMENT,
			HANDLER: server.url,
			TITLE: '1С',
			auth: accessToken,
		});
		return new PickerTab(portal, server, application);
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	/** The portal opens the tab in front of a person. */
	async opens(deal: number, user: number = MANAGER_USER): Promise<Opened> {
		return await this.portal.people.opensPlacement({ user, placement: PLACEMENT, id: deal });
	}

	/** What a page that was let in carries with it. */
	passOf(page: string): string {
		const data = /<script type="application\/json" id="visit">(.*?)<\/script>/.exec(page)?.[1];
		if (!data) throw new Error(`There is no visit in this page: ${page.slice(-400)}`);
		return (JSON.parse(data) as { pass: string }).pass;
	}

	/** A person in front of the tab. */
	async visitor(deal: number, user?: number): Promise<(ask: object) => Promise<Asked>> {
		const { page, status } = await this.opens(deal, user);
		if (status !== 200) throw new Error(`The tab did not open: ${status}`);
		const pass = this.passOf(page);
		return async (ask) => await this.asks(pass, ask);
	}

	async asks(pass: string, ask: unknown): Promise<Asked> {
		const { status, data } = await axios.post<Record<string, unknown>>(this.server.url, ask, {
			headers: { Authorization: `Bearer ${pass}`, Origin: 'null' },
			validateStatus: () => true,
			proxy: false,
		});
		return { status, json: data };
	}
}

const credentialsOf = (
	portal: Portal,
	base: Pick<Base, 'url' | 'login' | 'password'>,
	application: RegisteredApplication,
): Record<string, ICredentialDataDecryptedObject> => {
	return {
		bitrix24WebhookApi: {
			secretUrl: portal.webhookUrl,
			applicationToken: portal.applicationToken,
			frameToken: application.applicationToken,
		},
		bitrix24OAuth2Api: applicationCredential(portal, application, ADMINISTRATOR_USER),
		oneCApi: oneCCredential(base),
	};
};
