/**
 * Which methods there are, and who may call them.
 * Imitates: unknown methods are 404, a scope that was not granted is 403, webhooks are refused what needs an
 * application, each family with its own code (reference §1.2).
 * Does not imitate: robots, triggers and field types of applications, which nobody has here.
 */
import type { Caller, Method, Methods } from './call';
import { inAnyCase } from './classic';
import { applicationMethods, featureMethods } from './methods/application';
import { priceMethods } from './methods/catalog/price';
import { productMethods } from './methods/catalog/product';
import { catalogReferenceMethods } from './methods/catalog/reference';
import { sectionMethods } from './methods/catalog/section';
import { categoryMethods } from './methods/category';
import { classicDealPartMethods } from './methods/classicDealParts';
import { classicItemMethods } from './methods/classicItem';
import { documentMethods } from './methods/document';
import { documentTemplateMethods } from './methods/documentTemplate';
import { duplicateMethods } from './methods/duplicate';
import { eventMethods } from './methods/event';
import { itemMethods } from './methods/item';
import { offlineEventMethods } from './methods/offlineEvent';
import { paymentMethods } from './methods/payment';
import { placementMethods } from './methods/placement';
import { productRowMethods } from './methods/productRow';
import { requisiteMethods } from './methods/requisite';
import { requisiteLinkMethods } from './methods/requisiteLink';
import { salePaymentMethods } from './methods/salePayment';
import { settingsMethods } from './methods/settings';
import { smartProcessMethods } from './methods/smartProcess';
import { statusMethods } from './methods/status';
import { systemMethods } from './methods/system';
import { timelineMethods } from './methods/timeline';
import { userMethods } from './methods/user';
import { userFieldMethods } from './methods/userField';
import { Refusal } from './refusal';

const METHODS = named({
	...itemMethods,
	...productRowMethods,
	...categoryMethods,
	...duplicateMethods,
	...timelineMethods,
	...catalogReferenceMethods,
	...sectionMethods,
	...productMethods,
	...priceMethods,
	...paymentMethods,
	...smartProcessMethods,
	...documentMethods,
	...documentTemplateMethods,
	...salePaymentMethods,
	...settingsMethods,
	...userMethods,
	...featureMethods,
	...systemMethods(availability),
	...inAnyCase({
		...statusMethods,
		...requisiteMethods,
		...requisiteLinkMethods,
		...userFieldMethods,
		...classicItemMethods,
		...classicDealPartMethods,
	}),
});
const APPLICATION_METHODS = named({
	...applicationMethods,
	...eventMethods,
	...offlineEventMethods,
	...placementMethods,
});

/** Names are not case-sensitive. */
function named(methods: Methods): Map<string, Method> {
	return new Map(Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]));
}

/** How a webhook is refused what only applications may do: by family (reference §1.2). */
const REFUSALS: Array<[family: RegExp, refusal: Refusal]> = [
	[
		/^(event\.|events$|placement\.|userfieldtype\.)/,
		new Refusal(
			403,
			'WRONG_AUTH_TYPE',
			'Current authorization type is denied for this method Application context required',
		),
	],
	[/^app\.option\./, new Refusal(400, 'AccessException', 'Application context required')],
	[
		/^(bizproc\.(robot|activity)\.|crm\.automation\.trigger)/,
		new Refusal(403, 'ACCESS_DENIED', 'Access denied! Application context required'),
	],
];

/** Any of the scopes opens the family; what is not listed needs none. */
const SCOPES: Array<[family: RegExp, scopes: string[]]> = [
	[/^crm\./, ['crm']],
	[/^catalog\./, ['catalog']],
	[/^sale\./, ['sale']],
	[/^placement\./, ['placement']],
	[/^userfieldconfig\./, ['userfieldconfig']],
	[/^user\./, ['user', 'user_basic', 'user_brief']],
];

export function methodFor(name: string, caller: Caller): Method {
	const lower = name.toLowerCase();
	if (!caller.application) {
		const refusal = REFUSALS.find(([family]) => family.test(lower))?.[1];
		if (refusal) throw refusal;
	}
	const method = METHODS.get(lower) ?? APPLICATION_METHODS.get(lower);
	if (!method) throw new Refusal(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
	const needed = SCOPES.find(([family]) => family.test(lower))?.[1];
	if (needed && !needed.some((scope) => caller.scopes.includes(scope))) {
		const token = caller.application ? 'access' : 'webhook';
		throw new Refusal(
			403,
			'insufficient_scope',
			`The request requires higher privileges than provided by the ${token} token`,
		);
	}
	return method;
}

/** What `method.get` says: a method may exist and still be out of reach. */
function availability(name: string, caller: Caller): { isExisting: boolean; isAvailable: boolean } {
	const lower = name.toLowerCase();
	const isExisting = METHODS.has(lower) || APPLICATION_METHODS.has(lower);
	try {
		methodFor(name, caller);
		return { isExisting, isAvailable: true };
	} catch {
		return { isExisting, isAvailable: false };
	}
}
