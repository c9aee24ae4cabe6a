/**
 * profile, user.current, user.get
 * Imitates: common/users/profile.md, user/user-{current,get}.md: ids are strings, ADMIN and ACTIVE are booleans,
 * `profile` needs no scope at all. What a user never filled in is null (recorded by `2BAD/bitrix`).
 * Does not imitate: departments, photos, the upper-case filter's prefixes beyond `=`.
 */
import { isoAt } from '../clock';
import type { Call, Methods } from '../call';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { pageOf, sorted } from '../lists';
import type { User } from '../users';
import { upperKeys } from '../values';
import type { Fields } from '../values';

const COLUMNS = new Map<string, Filterable<User>>([
	['ID', { kind: 'number', reads: (user) => user.id }],
	['NAME', { kind: 'text', reads: (user) => user.name }],
	['LAST_NAME', { kind: 'text', reads: (user) => user.lastName }],
	['EMAIL', { kind: 'text', reads: (user) => user.email }],
	['ACTIVE', { kind: 'flag', reads: () => 'Y' }],
	['USER_TYPE', { kind: 'text', reads: () => 'employee' }],
]);

export const userMethods: Methods = {
	profile: ({ user }) => ({
		result: {
			ID: String(user.id),
			ADMIN: user.admin,
			NAME: user.name,
			LAST_NAME: user.lastName,
			PERSONAL_GENDER: '',
			TIME_ZONE: '',
		},
	}),
	'user.current': (call) => ({ result: card(call, call.user) }),
	'user.get': (call) => {
		const params = upperKeys(call.params);
		const filter = params.FILTER ?? own(params);
		const found = call.store.users.filter(filterOf(filter, COLUMNS, { strict: false }));
		const rows = sorted(found, {}, COLUMNS, false, 'ID');
		const page = pageOf(rows, params.START, call.switches, 'classic');
		const result = page.rows.map((user) => ({ ...card(call, user), USER_TYPE: 'employee' }));
		return { result, total: page.total, next: page.next };
	},
};

/** Filter fields may also stand at the top level, as in `user.get?ID=7`. */
function own(params: Fields): Fields {
	return Object.fromEntries(Object.entries(params).filter(([name]) => COLUMNS.has(name)));
}

const NEVER_FILLED_IN = Object.fromEntries(
	['PERSONAL_WWW', 'PERSONAL_MOBILE', 'PERSONAL_PHOTO', 'PERSONAL_CITY', 'WORK_PHONE'].map(
		(name) => [name, null],
	),
);

function card({ now }: Call, user: User): Fields {
	const today = isoAt(now());
	return {
		ID: String(user.id),
		ACTIVE: true,
		NAME: user.name,
		LAST_NAME: user.lastName,
		SECOND_NAME: '',
		EMAIL: user.email,
		LAST_LOGIN: today,
		DATE_REGISTER: '2024-01-15T00:00:00+03:00',
		TIME_ZONE: '',
		IS_ONLINE: 'Y',
		LAST_ACTIVITY_DATE: today.slice(0, 19).replace('T', ' '),
		PERSONAL_GENDER: '',
		PERSONAL_BIRTHDAY: '',
		...NEVER_FILLED_IN,
		WORK_POSITION: user.position,
		UF_EMPLOYMENT_DATE: '',
		UF_DEPARTMENT: [1],
	};
}
