/**
 * Local applications of the portal.
 * Imitates: the form «Локальное приложение»: handler and installation addresses, chosen scopes, the
 * application token; handlers of events and placements belong to the application.
 * Does not imitate: market applications, versions, uninstalling.
 */
import { randomBytes } from 'node:crypto';

export interface Binding {
	id: number;
	event: string;
	handler: string;
	/** Whose tokens an event carries; 0 is whoever acted. */
	authType: number;
	offline: boolean;
	connector: string;
	/** Seconds between two wake-ups of ONOFFLINEEVENT. */
	minTimeout: number;
	wokenAt: number;
}

export interface Placement {
	placement: string;
	handler: string;
	title: string;
	description: string;
	groupName: string;
	langAll: Record<string, unknown>;
}

export interface ApplicationInput {
	name?: string;
	scopes: string[];
	/** Where users are sent with the code, and what a card opens. */
	handler: string;
	/** Gets ONAPPINSTALL at once when the application has no interface (`onlyApi`). */
	installHandler?: string;
	onlyApi?: boolean;
}

export interface Application {
	id: number;
	name: string;
	clientId: string;
	clientSecret: string;
	applicationToken: string;
	scopes: string[];
	handler: string;
	installHandler: string | undefined;
	installed: boolean;
	bindings: Binding[];
	placements: Placement[];
	options: Map<string, unknown>;
}

export class Applications {
	readonly all: Application[] = [];

	register(input: ApplicationInput): Application {
		const application: Application = {
			id: this.all.length + 5,
			name: input.name ?? 'Обмен с 1С',
			clientId: `local.${randomBytes(7).toString('hex')}.${randomBytes(4).readUInt32BE()}`,
			clientSecret: randomBytes(25).toString('hex'),
			applicationToken: randomBytes(16).toString('hex'),
			scopes: input.scopes,
			handler: input.handler,
			installHandler: input.installHandler,
			installed: input.onlyApi === true,
			bindings: [],
			placements: [],
			options: new Map(),
		};
		this.all.push(application);
		return application;
	}

	byClientId(clientId: string): Application | undefined {
		return this.all.find((application) => application.clientId === clientId);
	}
}
