/**
 * People in front of a browser who log in and open applications inside the portal.
 * Imitates: settings/oauth/simple-way.md and W/crm/detail-tab.md (reference §4): the portal posts fresh tokens of
 * the user to the handler, half of the parameters in the address and half in the body.
 * Does not imitate: the frame and its JavaScript; a test reads the page the handler answered.
 */
import { randomBytes } from 'node:crypto';
import type { Desk } from './call';
import { formOf } from './delivery';
import type { Application } from './oauth/applications';
import { LOCAL } from './oauth/authorization';
import type { Authorization } from './oauth/authorization';
import { ACCESS_SECONDS } from './oauth/tokens';
import type { Tokens } from './oauth/tokens';
import { domainOf, endpoints } from './site';
import { userById } from './users';
import type { Fields } from './values';

export interface Opened {
	/** What the portal sent to the handler. */
	url: string;
	sent: Record<string, string>;
	/** What the handler showed in the frame. */
	status: number;
	headers: Headers;
	page: string;
}

export interface PlacementVisit {
	user: number;
	placement: string;
	/** The card it is opened in. */
	id?: number;
	/** More of PLACEMENT_OPTIONS, such as searchQuery. */
	options?: Fields;
	/** Whose tab is opened where several applications have one; the first that has without it. */
	clientId?: string;
}

export interface Visitors {
	/** From now on /oauth/authorize/ is opened by this user's browser. */
	logsIn(userId: number): void;
	logsOut(): void;
	opensApplication(visit: { user: number; clientId: string }): Promise<Opened>;
	/** The first handler bound to the placement gets the visit. */
	opensPlacement(visit: PlacementVisit): Promise<Opened>;
}

export function visitorsOf(desk: Desk, tokens: Tokens, authorization: Authorization): Visitors {
	const open = (
		application: Application,
		handler: string,
		user: number,
		placement: string,
		options: Fields,
	): Promise<Opened> => opens(desk, tokens, { application, handler, user, placement, options });
	return {
		logsIn: (userId) => {
			authorization.visitor = userById(desk.store, userId).id;
		},
		logsOut: () => {
			authorization.visitor = undefined;
		},
		opensApplication: async ({ user, clientId }) => {
			const application = desk.applications.byClientId(clientId);
			if (!application) throw new Error(`The portal has no application ${clientId}`);
			return await open(application, application.handler, user, 'DEFAULT', {});
		},
		opensPlacement: async ({ user, placement, id, options, clientId }) => {
			for (const application of desk.applications.all) {
				const bound = application.placements.find((known) => known.placement === placement);
				if (!bound || !application.installed) continue;
				if (clientId !== undefined && application.clientId !== clientId) continue;
				const context = { ...cardOf(placement, id), ...options };
				return await open(application, bound.handler, user, placement, context);
			}
			throw new Error(`Nobody has bound ${placement}`);
		},
	};
}

/** Toolbars of quotes, invoices and smart processes say ENTITY_ID, everything else ID (reference §4). */
function cardOf(placement: string, id: number | undefined): Fields {
	if (id === undefined) return {};
	const named = /_(QUOTE|SMART_INVOICE|DYNAMIC_\d+)_DETAIL_TOOLBAR$/.test(placement);
	const kind = /^CRM_(.+?)_(DETAIL|ACTIVITY|DOCUMENT|ROBOT)/.exec(placement)?.[1] ?? 'DEAL';
	const uri = `/crm/${kind.toLowerCase()}/details/${id}/?IFRAME=Y&IFRAME_TYPE=SIDE_SLIDER`;
	return { [named ? 'ENTITY_ID' : 'ID']: String(id), URI: uri };
}

interface Opening {
	application: Application;
	handler: string;
	user: number;
	placement: string;
	options: Fields;
}

async function opens(
	{ site, store }: Desk,
	tokens: Tokens,
	{ application, handler, user, placement, options }: Opening,
): Promise<Opened> {
	const grant = tokens.issue(application, userById(store, user).id);
	const url = new URL(handler);
	url.searchParams.set('DOMAIN', domainOf(site.origin));
	url.searchParams.set('PROTOCOL', site.origin.startsWith('https') ? '1' : '0');
	url.searchParams.set('LANG', 'ru');
	url.searchParams.set('APP_SID', randomBytes(16).toString('hex'));
	const sent = {
		AUTH_ID: grant.accessToken,
		AUTH_EXPIRES: String(ACCESS_SECONDS),
		REFRESH_ID: grant.refreshToken,
		SERVER_ENDPOINT: endpoints(site).server_endpoint,
		APPLICATION_TOKEN: application.applicationToken,
		APPLICATION_SCOPE: application.scopes.join(','),
		member_id: site.memberId,
		status: LOCAL,
		PLACEMENT: placement,
		PLACEMENT_OPTIONS: JSON.stringify(options).replace(/\//g, '\\/'),
	};
	const response = await fetch(url, { method: 'POST', body: formOf(sent) });
	return {
		url: url.href,
		sent,
		status: response.status,
		headers: response.headers,
		page: await response.text(),
	};
}
