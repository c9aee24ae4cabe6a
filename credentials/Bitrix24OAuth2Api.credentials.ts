import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { ignoreSslField } from '../nodes/shared/credentialParts';

/** `{{ $self.x }}` without slashes at its end; expressions of credentials know the other fields as $self. */
const addressBelow = (field: string, path: string): string =>
	`={{ String($self["${field}"]).trim().replace(/\\/+$/, "") }}${path}`;

/**
 * A local application of the portal. n8n leads through the consent, stores the tokens and renews them under a lock;
 * it can put a token into a header or into `access_token` only, and Bitrix24 reads it from the parameter `auth`
 * [Bitrix24 docs, how to call REST], so nodes/Bitrix24/application.ts does that.
 */
export class Bitrix24OAuth2Api implements ICredentialType {
	name = 'bitrix24OAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Bitrix24 OAuth2 API';

	documentationUrl = 'https://apidocs.bitrix24.com/local-integrations/local-apps.html';

	icon = {
		light: 'file:../nodes/Bitrix24/bitrix24.svg',
		dark: 'file:../nodes/Bitrix24/bitrix24.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'Bitrix24 → Developer resources → Other → Local application → Server. Put the OAuth Redirect URL above into "Your handler path", leave the installation path empty, and copy client_id and client_secret from the saved application.',
			name: 'applicationNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Portal URL',
			name: 'portalUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'https://company.bitrix24.ru',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: addressBelow('portalUrl', '/oauth/authorize/'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: addressBelow('authorizationServer', '/oauth/token/'),
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Authorization Server',
			name: 'authorizationServer',
			type: 'string',
			default: 'https://oauth.bitrix24.tech',
			required: true,
			description:
				'Where tokens come from: https://oauth.bitrix24.tech for Russian portals, https://oauth.bitrix.info for the others',
		},
		{
			displayName: 'Queue Name',
			name: 'connector',
			type: 'string',
			default: '',
			placeholder: 'n8n',
			description:
				'Changes made with this credential do not come back through the event queue of this name (auth_connector). Needs the Professional plan; leave empty on smaller ones.',
		},
		ignoreSslField('. The authorization server is validated all the same.'),
	];
}
