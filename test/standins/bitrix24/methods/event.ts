/**
 * events, event.bind, event.unbind, event.get
 * Imitates: E/event-{bind,unbind,get}.md (reference §3.3): anybody binds online events, administrators bind
 * offline ones and those under another user's tokens. Who is no administrator sees only the handlers that are
 * registered for himself (event-get.md, issue 343 of bitrix-tools/b24-rest-docs; that his own without AUTH_TYPE are none
 * of these is a guess).
 * Does not imitate: parameters SCOPE and FULL of `events`.
 */
import { applicationOf } from '../call';
import type { Answer, Call, Methods } from '../call';
import { applicationEvents } from '../eventNames';
import type { Binding } from '../oauth/applications';
import { Refusal } from '../refusal';
import { asMap, asText, asWhole, upperKeys } from '../values';
import type { Fields } from '../values';

export const eventMethods: Methods = {
	events: ({ switches }) => ({ result: applicationEvents(switches) }),
	'event.bind': bind,
	'event.unbind': unbind,
	'event.get': (call) => ({
		result: applicationOf(call)
			.bindings.filter(({ authType }) => call.user.admin || authType === call.userId)
			.map((binding) => ({
				event: binding.event,
				handler: binding.handler,
				auth_type: String(binding.authType),
				offline: binding.offline ? 1 : 0,
			})),
	}),
};

interface Wish {
	event: string;
	handler: string;
	offline: boolean;
	authType: number | undefined;
}

function wishOf(call: Call, params: Fields, action: string): Wish {
	const event = asText(params.EVENT).toUpperCase();
	const offline = asText(params.EVENT_TYPE).toLowerCase() === 'offline';
	const given = 'AUTH_TYPE' in params ? (asWhole(params.AUTH_TYPE) ?? 0) : undefined;
	if (!applicationEvents(call.switches).includes(event)) {
		throw new Refusal(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found');
	}
	if (offline && !call.user.admin) {
		throw denied(`Offline events ${action} requires administrator access rights`);
	}
	const foreign = given !== undefined && given !== 0 && given !== call.userId;
	if (foreign && !call.user.admin) {
		throw denied(`Event ${action} with AUTH_TYPE requires administrator access rights`);
	}
	return { event, handler: asText(params.HANDLER), offline, authType: given };
}

function bind(call: Call): Answer {
	const params = upperKeys(call.params);
	const { event, handler, offline, authType = 0 } = wishOf(call, params, 'binding');
	if (!offline && !URL.canParse(handler)) {
		throw new Refusal(400, 'ERROR_ARGUMENT', "Argument 'HANDLER' is null or empty");
	}
	const binding: Binding = {
		id: call.events.nextHandlerId(),
		event,
		handler: offline ? '' : handler,
		authType,
		offline,
		connector: offline ? asText(params.AUTH_CONNECTOR) : '',
		minTimeout: asWhole(asMap(params.OPTIONS)?.minTimeout) ?? 1,
		wokenAt: -Infinity,
	};
	const { bindings } = applicationOf(call);
	if (bindings.some((known) => same(known, binding))) {
		throw new Refusal(400, 'ERROR_CORE', 'Unable to set event handler: Handler already binded');
	}
	bindings.push(binding);
	return { result: true };
}

function same(a: Binding, b: Binding): boolean {
	return (
		a.event === b.event &&
		a.handler === b.handler &&
		a.authType === b.authType &&
		a.offline === b.offline &&
		a.connector === b.connector
	);
}

function unbind(call: Call): Answer {
	const { event, handler, offline, authType } = wishOf(call, upperKeys(call.params), 'unbinding');
	const application = applicationOf(call);
	const rest = application.bindings.filter(
		(binding) =>
			binding.event !== event ||
			binding.offline !== offline ||
			(!offline && binding.handler !== handler) ||
			(authType !== undefined && binding.authType !== authType),
	);
	const count = application.bindings.length - rest.length;
	application.bindings = rest;
	return { result: { count } };
}

function denied(reason: string): Refusal {
	return new Refusal(403, 'ACCESS_DENIED', `Access denied! ${reason}`);
}
