/** Access, errors, languages, what a portal tells of itself. */
import type { Answer } from '../contract';
import { isMap } from '../shape';
import {
	accepts,
	card,
	codeOf,
	DEAL,
	isRefused,
	JS_SDK_TESTS,
	page,
	refusalOr,
	refuses,
	resultOf,
	reversedBy,
	SEEN_IN_SERVERS,
	valueAt,
	type PortalCase,
} from './portalCase';

const ERRORS = page('settings/how-to-call-rest-api/error-codes');

const listIn = (answer: Answer): unknown[] => {
	const result = resultOf(answer);
	return Array.isArray(result) ? result : [];
};

export const SYSTEM_CASES: PortalCase[] = [
	{
		fact: 'A webhook acts for a user, whom profile names',
		source: [page('api-reference/common/users/profile')],
		questions: [{ method: 'profile' }],
		observe: ([answer]) => {
			const profile = resultOf(answer);
			return isMap(profile) && typeof profile.ID === 'string' && typeof profile.ADMIN === 'boolean'
				? 'ID as text, ADMIN as a flag'
				: refusalOr(answer, 'something else');
		},
		expected: 'ID as text, ADMIN as a flag',
		reversed: reversedBy('profile', () => ({ result: { ID: 1, ADMIN: 'Y' } })),
	},
	{
		fact: 'app.info answers a webhook too, without ID and CODE',
		source: [JS_SDK_TESTS, SEEN_IN_SERVERS],
		questions: [{ method: 'app.info' }],
		observe: ([answer]) => {
			const info = resultOf(answer);
			if (!isMap(info)) return refusalOr(answer, 'something else');
			return 'ID' in info || 'CODE' in info ? 'an application' : 'no ID and no CODE';
		},
		expected: 'no ID and no CODE',
		reversed: refuses('app.info', 'ACCESS_DENIED'),
	},
	{
		fact: 'A wrong code of a webhook is refused with INVALID_CREDENTIALS',
		source: [JS_SDK_TESTS, SEEN_IN_SERVERS],
		questions: [{ method: 'profile', code: 'wrong' }],
		observe: ([answer]) => String(codeOf(answer)),
		expected: 'INVALID_CREDENTIALS',
		settles: {
			switch: 'wrongWebhookCode',
			positions: { INVALID_CREDENTIALS: 'INVALID_CREDENTIALS', NO_AUTH_FOUND: 'NO_AUTH_FOUND' },
		},
	},
	{
		fact: 'An unknown method is refused under status 404',
		source: [ERRORS],
		questions: [{ method: 'no.such.method' }],
		observe: (answers) => `${answers[0].status} ${String(codeOf(answers[0]))}`,
		expected: '404 ERROR_METHOD_NOT_FOUND',
		reversed: accepts('no.such.method', true),
	},
	{
		fact: 'Numeric codes of errors are texts',
		source: [SEEN_IN_SERVERS, JS_SDK_TESTS],
		questions: [{ method: 'crm.item.list' }],
		observe: ([answer]) => `${typeof codeOf(answer)} ${String(codeOf(answer))}`,
		expected: 'string 100',
		reversed: reversedBy(
			'crm.item.list',
			() => ({ error: 100 }),
			(params) => !('entityTypeId' in params),
		),
	},
	{
		fact: 'scope names what the webhook may use, with full: true what the portal knows',
		source: [page('api-reference/common/system/scope'), JS_SDK_TESTS],
		questions: [{ method: 'scope' }, { method: 'scope', params: { full: true } }],
		observe: ([own, full]) => {
			const known = listIn(full);
			if (!listIn(own).every((name) => known.includes(name))) return 'something else';
			return known.length > listIn(own).length ? 'more with full' : 'the same with full';
		},
		expected: 'more with full',
		reversed: reversedBy('scope', () => ({ result: ['crm'] })),
	},
	{
		fact: 'method.get tells whether a method exists and may be called',
		source: [page('api-reference/common/system/method-get')],
		questions: [
			{ method: 'method.get', params: { name: 'crm.item.list' } },
			{ method: 'method.get', params: { name: 'no.such.method' } },
		],
		observe: (answers) =>
			answers.map((answer) => String(valueAt(answer, 'result', 'isExisting'))).join(', '),
		expected: 'true, false',
		reversed: reversedBy('method.get', () => ({ result: { isExisting: true, isAvailable: true } })),
	},
	{
		fact: 'The portal speaks the language of its people, in refusals too',
		source: [SEEN_IN_SERVERS],
		questions: [card('get', { entityTypeId: DEAL, id: 999_999_999 })],
		observe: ([answer]) => {
			if (!isRefused(answer)) return null;
			return /[а-яё]/i.test(String(valueAt(answer, 'error_description'))) ? 'Russian' : 'English';
		},
		expected: 'Russian',
		settles: { switch: 'language', positions: { Russian: 'ru', English: 'en' } },
	},
	{
		fact: 'A card that does not exist is refused with NOT_FOUND, whatever the language',
		source: [page('api-reference/crm/universal/crm-item-get')],
		questions: [card('get', { entityTypeId: DEAL, id: 999_999_999 })],
		observe: ([answer]) => refusalOr(answer, 'a card'),
		expected: 'refused with NOT_FOUND',
		reversed: reversedBy(
			'crm.item.get',
			() => ({ error: '' }),
			({ id }) => id === 999_999_999,
		),
	},
	{
		fact: 'Parameters may travel in the query as PHP writes them',
		source: [page('settings/how-to-call-rest-api/index')],
		questions: [{ method: 'method.get', params: { name: 'profile' }, as: 'query' }],
		observe: ([answer]) => String(valueAt(answer, 'result', 'isExisting')),
		expected: 'true',
		reversed: refuses('method.get', '100', ({ name }) => name === 'profile'),
	},
];
