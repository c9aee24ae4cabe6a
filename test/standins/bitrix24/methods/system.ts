/**
 * scope, method.get, server.time
 * Imitates: api-reference/common/system/*.md.
 * Does not imitate: the parameter `full` of `scope`.
 */
import { isoAt } from '../clock';
import type { Caller, Methods } from '../call';
import { missing } from '../refusal';
import { asText } from '../values';
import type { Fields } from '../values';

/** `method.get` has to know all the others, so their list is handed in. */
export function systemMethods(availability: (name: string, caller: Caller) => Fields): Methods {
	return {
		scope: ({ scopes }) => ({ result: scopes }),
		'method.get': (call) => {
			if (call.params.name === undefined) throw missing('name');
			return { result: availability(asText(call.params.name), call) };
		},
		'server.time': ({ now }) => ({ result: isoAt(now()) }),
	};
}
