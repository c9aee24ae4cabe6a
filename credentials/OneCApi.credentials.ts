import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { basicAuthorization, serviceRoot } from '../nodes/OneC/odata/address';
import { answersWith, ignoreSslField, sslOptions } from '../nodes/shared/credentialParts';

/** A user of the 1C base whose roles limit what the exchange may read and write. */
export class OneCApi implements ICredentialType {
	name = 'oneCApi';

	displayName = '1C:UT 10.3 API';

	documentationUrl = 'https://github.com/n8n-nodes-bitrix24-1c/n8n-nodes-bitrix24-1c#readme';

	icon = {
		light: 'file:../nodes/OneC/oneC.svg',
		dark: 'file:../nodes/OneC/oneC.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Publication URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'http://server/ut',
			description:
				'Address of the base on the web server. OData must be switched on in its publication.',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			required: true,
			description: 'User of the 1C base with authentication by 1C',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Time Zone of the 1C Server',
			name: 'timeZone',
			type: 'string',
			default: 'Europe/Moscow',
			required: true,
			description: 'Dates of 1C carry no zone, they are local time of the server',
		},
		{
			displayName: 'Marker',
			name: 'marker',
			type: 'string',
			default: 'B24',
			required: true,
			description:
				'What documents made by the exchange are marked with, one per portal: B24 marks documents of deal 123 as B24-123. Never change it once documents are made.',
		},
		{
			displayName: 'Push Token',
			name: 'pushToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What 1C proves itself by when it calls 1C UT Trigger; make up a long one. Nobody may call while it is empty.',
		},
		ignoreSslField(),
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { url, user, password } = credentials;
		return {
			...options,
			baseURL: options.baseURL || serviceRoot(String(url)),
			headers: {
				...options.headers,
				Authorization: basicAuthorization(String(user), String(password ?? '')),
			},
			...sslOptions(credentials),
		};
	}

	test: ICredentialTestRequest = {
		request: { url: '?$format=json' },
		rules: answersWith(
			'value',
			'The address answers, but not as OData of 1C does. Check the address and the user.',
		),
	};
}
