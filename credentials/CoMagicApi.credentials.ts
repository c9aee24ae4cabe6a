import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { dataApiRoot } from '../nodes/CoMagic/address';
import { answersWith, ignoreSslField, sslOptions } from '../nodes/shared/credentialParts';

/**
 * A user of a CoMagic (UIS, CallGear) account. The key goes into the body of every call, not into a header, so the
 * client puts it there; this class only knows the address.
 */
export class CoMagicApi implements ICredentialType {
	name = 'coMagicApi';

	displayName = 'CoMagic API';

	documentationUrl = 'https://comagic.github.io/data_api/';

	icon = {
		light: 'file:../nodes/CoMagic/coMagic.svg',
		dark: 'file:../nodes/CoMagic/coMagic.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'The account lets nobody in until the address of n8n is allowed: Администратор → Аккаунт → Правила и настройки безопасности → API.',
			name: 'addressNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Service',
			name: 'service',
			type: 'options',
			options: [
				{ name: 'CallGear', value: 'callgear.com' },
				{ name: 'CoMagic', value: 'comagic.ru' },
				{ name: 'Own Address', value: 'own' },
				{ name: 'UIS', value: 'uiscom.ru' },
			],
			default: 'comagic.ru',
			description: 'Accounts of one service are unknown to the others',
		},
		{
			displayName: 'Address',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'https://dataapi.comagic.ru',
			displayOptions: { show: { service: ['own'] } },
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Login and Password', value: 'login' },
			],
			default: 'apiKey',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'Аккаунт → Управление пользователями → the user → API key',
		},
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'Notification Secret',
			name: 'notificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Any long text. HTTP notifications are not signed, so they have to carry it: in the header X-Secret, or as ?secret= in the address. Leave empty if you use polling only.',
		},
		ignoreSslField(),
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return {
			...options,
			baseURL: dataApiRoot(credentials),
			...sslOptions(credentials),
		};
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: 'v2.0',
			body: {
				jsonrpc: '2.0',
				id: 1,
				method: '={{ $credentials.authentication === "login" ? "login.user" : "get.account" }}',
				params:
					'={{ $credentials.authentication === "login" ? { login: $credentials.login, password: $credentials.password } : { access_token: $credentials.apiKey } }}',
			},
		},
		rules: answersWith(
			'result',
			'CoMagic refused. Check the key or the login, the service, and that the address of n8n is allowed in the settings of the account.',
		),
	};
}
