/**
 * placement.bind, .unbind, .get, .list
 * Imitates: W/placement-{bind,unbind,get,list}.md (reference §4): administrators only, a missing argument is an
 * error under HTTP status 200, `unbind` counts every handler twice.
 * Does not imitate: OPTIONS, which the placements of cards do not keep; USER_ID; errors of lonely placements.
 */
import { applicationOf } from '../call';
import type { Answer, Call, Methods } from '../call';
import { STANDARD_TYPES } from '../entityTypes';
import type { Placement } from '../oauth/applications';
import { Refusal } from '../refusal';
import { asMap, asText, upperKeys } from '../values';
import type { Fields } from '../values';

const SPOTS = [
	'LIST_MENU',
	'LIST_TOOLBAR',
	'DETAIL_TAB',
	'DETAIL_ACTIVITY',
	'DETAIL_TOOLBAR',
	'ACTIVITY_TIMELINE_MENU',
	'DOCUMENTGENERATOR_BUTTON',
	'ROBOT_DESIGNER_TOOLBAR',
];
export const PLACEMENTS = [
	...STANDARD_TYPES.flatMap((type) => SPOTS.map((spot) => `CRM_${type.name}_${spot}`)),
	'CRM_DETAIL_SEARCH',
	'CRM_REQUISITE_AUTOCOMPLETE',
	'CRM_BANK_DETAIL_AUTOCOMPLETE',
	'USERFIELD_TYPE',
	'LEFT_MENU',
	'PAGE_BACKGROUND_WORKER',
	'REST_APP_URI',
];
/** Smart processes have the same spots under CRM_DYNAMIC_{entityTypeId}_. */
const DYNAMIC = new RegExp(`^CRM_DYNAMIC_\\d+_(${SPOTS.join('|')})$`);

export const placementMethods: Methods = {
	'placement.bind': bind,
	'placement.unbind': unbind,
	'placement.get': (call) => ({
		result: applicationOf(call).placements.map((known) => ({
			placement: known.placement,
			userId: 0,
			handler: known.handler,
			options: [],
			title: known.title,
			description: known.description,
			langAll: known.langAll,
		})),
	}),
	'placement.list': () => ({ result: PLACEMENTS }),
};

function bind(call: Call): Answer {
	const application = applicationOf(call);
	refuseOthers(call);
	const params = upperKeys(call.params);
	const code = argument(params, 'PLACEMENT', 200).toUpperCase();
	const handler = argument(params, 'HANDLER', 200);
	if (!PLACEMENTS.includes(code) && !DYNAMIC.test(code)) {
		throw new Refusal(400, 'ERROR_PLACEMENT_NOT_FOUND', 'Placement not found');
	}
	const known = application.placements.some(
		(other) => other.placement === code && other.handler === handler,
	);
	if (known) {
		throw new Refusal(400, 'ERROR_CORE', 'Unable to set placement handler: Handler already binded');
	}
	const texts = {
		title: asText(params.TITLE) || application.name,
		description: asText(params.DESCRIPTION),
		groupName: asText(params.GROUP_NAME),
	};
	const langAll = asMap(params.LANG_ALL) ?? {
		ru: { TITLE: texts.title, DESCRIPTION: texts.description, GROUP_NAME: texts.groupName },
	};
	const placement: Placement = { placement: code, handler, ...texts, langAll };
	application.placements.push(placement);
	return { result: true };
}

function unbind(call: Call): Answer {
	const application = applicationOf(call);
	refuseOthers(call);
	const params = upperKeys(call.params);
	const code = argument(params, 'PLACEMENT', 400).toUpperCase();
	const handler = asText(params.HANDLER);
	const rest = application.placements.filter(
		(known) => known.placement !== code || (handler !== '' && known.handler !== handler),
	);
	const removed = application.placements.length - rest.length;
	application.placements = rest;
	// The page says so: one for a handler found, one more for a handler removed.
	return { result: { count: removed * 2 } };
}

function refuseOthers({ user }: Call): void {
	if (!user.admin) throw new Refusal(403, 'ACCESS_DENIED', 'Access denied!');
}

function argument(params: Fields, name: string, status: number): string {
	const value = asText(params[name]);
	if (value !== '') return value;
	throw new Refusal(status, 'ERROR_ARGUMENT', `Argument '${name}' is null or empty`, {
		argument: name,
	});
}
