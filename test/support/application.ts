/** A credential of a local application that a user of the portal has connected, as n8n stores it. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Portal, RegisteredApplication } from '../standins/bitrix24/portal';

/** The answer of the authorization server: its `domain` is not the portal's. */
export const tokensFor = (
	portal: Portal,
	application: RegisteredApplication,
	userId: number,
): IDataObject => {
	const { accessToken, refreshToken } = application.tokensOf(userId);
	return {
		access_token: accessToken,
		refresh_token: refreshToken,
		expires_in: 3600,
		client_endpoint: `${portal.origin}/rest/`,
		domain: new URL(portal.oauthOrigin).host,
		member_id: portal.memberId,
	};
};

export const applicationCredential = (
	portal: Portal,
	application: RegisteredApplication,
	userId: number,
): ICredentialDataDecryptedObject => ({
	portalUrl: portal.origin,
	clientId: application.clientId,
	clientSecret: application.clientSecret,
	authorizationServer: portal.oauthOrigin,
	connector: '',
	ignoreSslIssues: false,
	oauthTokenData: tokensFor(portal, application, userId),
});
