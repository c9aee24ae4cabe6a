/** A client for the portal of a node's credential. Only the host leaves the secret address. */
import type { IAllExecuteFunctions } from 'n8n-workflow';
import { Problem } from '../exchange/problem';
import { n8nClock, n8nHttp } from '../shared/n8nHttp';
import { Bitrix24Client } from './client';

export const WEBHOOK_CREDENTIAL = 'bitrix24WebhookApi';

const hostOf = (address: unknown): string => {
	const [, host] =
		/^https?:\/\/([^/\s@]+)\/rest\/\d+\/[^/\s]+\/?$/.exec(String(address).trim()) ?? [];
	if (host) return host;
	throw new Problem(
		'The inbound webhook URL in the credential is not the address of a webhook.',
		'Copy it whole from Bitrix24, such as https://company.bitrix24.ru/rest/1/…/.',
	);
};

export const connect = async (
	context: Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'>,
): Promise<Bitrix24Client> => {
	const { secretUrl } = await context.getCredentials(WEBHOOK_CREDENTIAL);
	return new Bitrix24Client(hostOf(secretUrl), n8nHttp(context, WEBHOOK_CREDENTIAL), n8nClock);
};
