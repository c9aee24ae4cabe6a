import {
	emailsIn,
	isAccountOf,
	isKpp,
	isOgrn,
	phoneKey,
	phonesIn,
} from '../nodes/exchange/identity';
import { partyKind, personName } from '../nodes/exchange/party';

test.each([
	['773601001', true],
	['7736AB001', true],
	['77360100', false],
	['773601ab1', false],
])('КПП %s is right: %s', (kpp, right) => expect(isKpp(kpp)).toBe(right));

test.each([
	['1027700132195', true],
	['1027700132196', false],
	['304500116000157', true],
	['304500116000158', false],
	['102770013219', false],
])('ОГРН %s is right: %s', (ogrn, right) => expect(isOgrn(ogrn)).toBe(right));

test.each([
	['044525225', '40702810938000000001', true],
	['044525225', '40702810938000000002', false],
	['044525974', '40702810938000000001', false],
	['04452522', '40702810938000000001', false],
])('of bank %s the account %s is right: %s', (bik, account, right) =>
	expect(isAccountOf(bik, account)).toBe(right),
);

test.each([
	['8 (495) 123-45-67', '+74951234567'],
	['+7 495 123 45 67 доб. 12', '+74951234567'],
	['4951234567', '+74951234567'],
	['+375 29 123-45-67', '+375291234567'],
	['123-45-67', null],
	['звонить после обеда', null],
])('the phone %s is %s', (text, key) => expect(phoneKey(text)).toBe(key));

test('one line holds several phones, one with its extension, and several e-mails', () => {
	expect(phonesIn('8 495 123-45-67, доб. 12; 123-45-67 или 89261112233')).toEqual([
		'+74951234567',
		'123-45-67',
		'+79261112233',
	]);
	expect(emailsIn('Buh@Rose.ru, <shop@rose.ru>; нет')).toEqual(['buh@rose.ru', 'shop@rose.ru']);
});

test.each([
	[true, 'ИП Петров', '', '', 'entrepreneur'],
	[true, 'Иванов Иван', '500100732259', '', 'person'],
	[true, 'Ипатова Анна', '', '', 'person'],
	[false, 'Сидоров', '500100732259', '', 'entrepreneur'],
	[false, 'ООО «ИП»', '7707083893', '', 'legal'],
	[true, 'Петров', '', '304500116000157', 'entrepreneur'],
])('person %s «%s», ИНН %s, ОГРН %s: %s', (isPerson, name, inn, ogrn, kind) =>
	expect(partyKind(isPerson, { name, fullName: name, inn, ogrn })).toBe(kind),
);

test('a name has three parts, and a single word is a first name', () => {
	expect(personName(' Иванов  Иван Иванович оглы ')).toEqual({
		last: 'Иванов',
		first: 'Иван',
		second: 'Иванович оглы',
	});
	expect(personName('Роза')).toEqual({ last: '', first: 'Роза', second: '' });
});
