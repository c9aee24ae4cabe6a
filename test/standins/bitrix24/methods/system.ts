/**
 * profile, scope, method.get, server.time
 * Imitates: api-reference/common/system/*.md and common/users/profile.md.
 * Does not imitate: users other than the owner of the webhook.
 */
import { isoAt } from '../clock';
import type { Method, Methods } from '../call';
import { missing } from '../refusal';
import { asText } from '../values';

const SCOPES = ['catalog', 'crm', 'userfieldconfig', 'user_brief'];

/** `method.get` has to know all the others, so they are handed in. */
export function systemMethods(find: (name: string) => Method | undefined): Methods {
	return {
		profile: ({ userId }) => ({
			result: {
				ID: String(userId),
				ADMIN: true,
				NAME: 'Интеграция',
				LAST_NAME: '',
				PERSONAL_GENDER: '',
				TIME_ZONE: '',
			},
		}),
		scope: () => ({ result: SCOPES }),
		'method.get': ({ params }) => {
			if (params.name === undefined) throw missing('name');
			const known = find(asText(params.name)) !== undefined;
			return { result: { isExisting: known, isAvailable: known } };
		},
		'server.time': ({ now }) => ({ result: isoAt(now()) }),
	};
}
