import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { ignoreSslField, sslOptions } from '../nodes/shared/credentialParts';

/** The address of an inbound webhook is itself the secret, so only this class ever puts it on a request. */
export class Bitrix24WebhookApi implements ICredentialType {
	name = 'bitrix24WebhookApi';

	displayName = 'Bitrix24 Webhook API';

	documentationUrl = 'https://apidocs.bitrix24.com/local-integrations/local-webhooks.html';

	icon = {
		light: 'file:../nodes/Bitrix24/bitrix24.svg',
		dark: 'file:../nodes/Bitrix24/bitrix24.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Inbound Webhook URL',
			name: 'secretUrl',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'https://company.bitrix24.ru/rest/1/xxxxxxxxxxxxxxxx/',
			description:
				'Bitrix24 → Developer resources → Other → Inbound webhook. Give it the scopes crm, catalog and userfieldconfig.',
		},
		{
			displayName: 'Outgoing Webhook Token',
			name: 'applicationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Application token of the outgoing webhook that wakes the Bitrix24 Trigger up. Leave empty if you use polling only.',
		},
		{
			displayName: 'Token of the Tab Application',
			name: 'frameToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Application token of the local application that shows 1C Picker Trigger in the deal card, so that frames of other applications are not let in. Leave empty if you use links only.',
		},
		ignoreSslField(', as with a self-hosted portal under its own certificate'),
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const address = String(credentials.secretUrl).trim().replace(/\/*$/, '/');
		return {
			...options,
			baseURL: address,
			...sslOptions(credentials),
		};
	}

	test: ICredentialTestRequest = {
		request: { url: 'profile' },
	};
}
