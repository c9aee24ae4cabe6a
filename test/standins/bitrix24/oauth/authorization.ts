/**
 * The two pages of OAuth 2.0: /oauth/authorize/ of the portal and /oauth/token/ of the authorization server.
 * Imitates: settings/oauth/{index,auto-renewal,error-codes}.md (reference §1.3): the return address comes from
 * the application's card, a refusal is a page without any redirect, `domain` of the token answer is the
 * authorization server and not the portal, errors are {error, error_description}.
 * Does not imitate: the login form itself; `people.logsIn` decides whose browser comes.
 */
import { Refusal } from '../refusal';
import { domainOf, endpoints } from '../site';
import type { Site } from '../site';
import type { PortalSwitches } from '../switches';
import { asText } from '../values';
import type { Fields } from '../values';
import type { Application, Applications } from './applications';
import { ACCESS_SECONDS } from './tokens';
import type { Grant, Tokens } from './tokens';

/** A local application; market ones are F, D, T or P (app-info.md). */
export const LOCAL = 'L';

export class Authorization {
	/** Whose browser is logged in to the portal, if anybody's. */
	visitor: number | undefined;

	constructor(
		private readonly site: Site,
		private readonly applications: Applications,
		private readonly tokens: Tokens,
		private readonly switches: PortalSwitches,
	) {}

	/** The address the browser is sent back to, or undefined when the portal shows a page of its own. */
	returnAddress(params: Fields): string | undefined {
		const application = this.applications.byClientId(asText(params.client_id));
		if (!application?.installed || this.visitor === undefined) return undefined;
		const address = new URL(application.handler);
		const added = {
			code: this.tokens.code(application, this.visitor),
			state: asText(params.state),
			domain: domainOf(this.site.origin),
			member_id: this.site.memberId,
			scope: application.scopes.join(','),
			server_domain: domainOf(this.site.oauthOrigin),
		};
		for (const [name, value] of Object.entries(added)) address.searchParams.set(name, value);
		return address.href;
	}

	token(params: Fields): Fields {
		const grantType = asText(params.grant_type);
		if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
			throw this.refusal('invalid_request', 'Invalid grant_type parameter or parameter missing');
		}
		const application = this.client(params);
		if (grantType === 'authorization_code') {
			const grant = this.tokens.exchange(application, asText(params.code));
			if (!grant) throw this.refusal('invalid_grant', 'Invalid authorization code');
			return answer(this.site, grant);
		}
		const grant = this.tokens.renew(application, asText(params.refresh_token));
		if (!grant) throw this.refusal('invalid_grant', 'Invalid refresh token');
		const { accessUntil, userId } = grant;
		return {
			...answer(this.site, grant),
			expires: Math.floor(accessUntil / 1000),
			user_id: userId,
		};
	}

	private client(params: Fields): Application {
		const application = this.applications.byClientId(asText(params.client_id));
		const known = application?.clientSecret === asText(params.client_secret);
		if (!application?.installed || !known) {
			throw this.refusal('invalid_client', 'The client credentials are invalid');
		}
		return application;
	}

	private refusal(code: string, description: string): Refusal {
		return new Refusal(this.switches.oauthErrorStatus, code, description);
	}
}

function answer(site: Site, grant: Grant): Fields {
	return {
		access_token: grant.accessToken,
		...endpoints(site),
		domain: domainOf(site.oauthOrigin),
		expires_in: ACCESS_SECONDS,
		member_id: site.memberId,
		refresh_token: grant.refreshToken,
		scope: grant.application.scopes.join(','),
		status: LOCAL,
	};
}
