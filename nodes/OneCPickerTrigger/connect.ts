/** What one request of the page needs: the portal as the exchange sees it and as the visitor does, and the 1C base. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { connect as connectPortal, readDoor, type Door } from '../Bitrix24/rest/connect';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { visitorClient } from '../Bitrix24/picker/visitor';
import { connect as connectBase } from '../OneC/connect';
import type { Session } from '../OneC/session';
import { n8nClock, plainHttp } from '../shared/n8nHttp';

export interface Desk {
	door: Door;
	/** Host of the portal. */
	portal: string;
	/** Where the portal is, such as https://company.bitrix24.ru. */
	origin: string;
	now(): number;
	/** With the rights of the credential. */
	exchange(): Promise<Bitrix24Client>;
	/** With the rights of the person whose token it is. */
	visitor(token: string): Bitrix24Client;
	base(): Promise<Session>;
}

export const openDesk = async (context: IWebhookFunctions): Promise<Desk> => {
	const door = await readDoor(context);
	const { host, origin } = new URL(door.endpoint);
	const http = plainHttp(context, {
		baseURL: door.endpoint,
		skipSslCertificateValidation: door.ignoreSslIssues,
	});
	return {
		door,
		portal: host,
		origin,
		now: n8nClock.now,
		exchange: async () => await connectPortal(context),
		visitor: (token) => visitorClient(host, http, token, n8nClock),
		base: async () => await connectBase(context),
	};
};
