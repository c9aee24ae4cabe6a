/**
 * scope, method.get, server.time
 * Imitates: api-reference/common/system/*.md.
 * Does not imitate: scopes of modules the stand-in has no methods of are named, and nothing more.
 */
import { isoAt } from '../clock';
import type { Caller, Methods } from '../call';
import { missing } from '../refusal';
import { asText } from '../values';
import type { Fields } from '../values';

/** What the portal knows (scopes/permissions.md), granted or not. */
const ALL_SCOPES = [
	'ai_admin bizproc calendar call catalog contact_center crm delivery department disk documentgenerator entity',
	'forum im imbot imconnector imopenlines landing lists log mailservice messageservice mobile pay_system placement',
	'pull rating rpa sale sonet_group task tasks telephony timeman user user_basic user_brief user.userfield',
	'userconsent userfieldconfig',
]
	.join(' ')
	.split(' ');

/** JSON brings a flag, a form brings text. */
const isYes = (flag: unknown): boolean => [true, 'true', 'Y', '1', 1].includes(flag as string);

/** `method.get` has to know all the others, so their list is handed in. */
export function systemMethods(availability: (name: string, caller: Caller) => Fields): Methods {
	return {
		scope: ({ scopes, params }) => ({ result: isYes(params.full) ? ALL_SCOPES : scopes }),
		'method.get': (call) => {
			if (call.params.name === undefined) throw missing('name');
			return { result: availability(asText(call.params.name), call) };
		},
		'server.time': ({ now }) => ({ result: isoAt(now()) }),
	};
}
