/**
 * Which method names the portal answers to.
 * Imitates: the scopes of a webhook: unknown methods are 404, those that need an application are refused.
 * Does not imitate: scopes chosen narrower than everything.
 */
import type { Method, Methods } from './call';
import { catalogMethods } from './methods/catalog';
import { categoryMethods } from './methods/category';
import { dealMethods } from './methods/deal';
import { duplicateMethods } from './methods/duplicate';
import { itemMethods } from './methods/item';
import { productRowMethods } from './methods/productRow';
import { requisiteMethods } from './methods/requisite';
import { requisiteLinkMethods } from './methods/requisiteLink';
import { statusMethods } from './methods/status';
import { systemMethods } from './methods/system';
import { timelineMethods } from './methods/timeline';
import { userFieldMethods } from './methods/userField';
import { Refusal } from './refusal';

/** Families an inbound webhook may not call (reference §1.2). */
const APPLICATION_ONLY = /^(event\.|events$|placement\.|userfieldtype\.)/;
const APPLICATION_CONTEXT =
	/^(bizproc\.(robot|activity)\.|crm\.automation\.trigger|app\.(option|info))/;

const METHODS = new Map<string, Method>(
	Object.entries<Method>({
		...itemMethods,
		...productRowMethods,
		...categoryMethods,
		...statusMethods,
		...requisiteMethods,
		...requisiteLinkMethods,
		...duplicateMethods,
		...timelineMethods,
		...userFieldMethods,
		...catalogMethods,
		...dealMethods,
		...systemMethods(lookUp),
	} satisfies Methods).map(([name, method]) => [name.toLowerCase(), method]),
);

/** Names are not case-sensitive. */
function lookUp(name: string): Method | undefined {
	return METHODS.get(name.toLowerCase());
}

export function methodNamed(name: string): Method {
	const method = lookUp(name);
	if (method) return method;
	const lower = name.toLowerCase();
	if (APPLICATION_ONLY.test(lower)) {
		throw new Refusal(
			403,
			'WRONG_AUTH_TYPE',
			'Current authorization type is denied for this method Application context required',
		);
	}
	if (APPLICATION_CONTEXT.test(lower)) {
		throw new Refusal(403, 'ACCESS_DENIED', 'Access denied! Application context required');
	}
	throw new Refusal(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
}
