/**
 * Whether Bitrix24 stored what it was sent. It answers a write with a success also where it has ignored a field: one it
 * does not know, a phone without its type, a date that is none, a list it does not empty, a stage on creation.
 *
 * A false alarm stops a workflow for nothing, so only what cannot be the portal's own way of writing a value counts as
 * ignored: the field is not in the answer, or it is as it was before, or it is empty though something was sent. What
 * the portal has changed on the way (a text cut or with markup, a number rounded, a day moved by a zone, a stage moved
 * on by a robot) does not.
 */
import { holds, isEmpty, type SingleType, type ValueType } from '../../exchange/equality';
import { Problem } from '../../exchange/problem';
import { ignoredEntries } from '../cards/communications';
import type { TypeOf } from '../cards/fieldTypes';

export interface ReadBack {
	/** What was sent. */
	fields: Record<string, unknown>;
	/** The object as it was; null when it is new. */
	before: Record<string, unknown> | null;
	/** The object of the answer. */
	after: Record<string, unknown>;
	typeOf: TypeOf;
}

/** A text without what an editor may have put around or into it. */
const bareText = (value: unknown): string =>
	String(value ?? '')
		.replace(/<[^<>]*>|\[[^\][]*\]|&\w{1,10};|\s/g, '')
		.toLowerCase();

const isAdaptedText = (stored: unknown, sent: unknown): boolean => {
	const [left, right] = [bareText(stored), bareText(sent)];
	return left !== '' && right !== '' && (left.includes(right) || right.includes(left));
};

const isWithin =
	(most: number, read: (value: unknown) => number) =>
	(stored: unknown, sent: unknown): boolean =>
		Math.abs(read(stored) - read(sent)) < most;

const amountOf = (value: unknown): number => Number.parseFloat(String(value));
const isRounded = isWithin(1, amountOf);

const DAY_MS = 86_400_000;
const isShifted = isWithin(DAY_MS + 1, (value) => Date.parse(String(value)));

const never = (): boolean => false;

/** What the portal may legitimately make of a value of each type. */
const ADAPTED: Record<SingleType, (stored: unknown, sent: unknown) => boolean> = {
	text: isAdaptedText,
	phone: isAdaptedText,
	number: isRounded,
	money: isRounded,
	quantity: isRounded,
	sum: isRounded,
	date: isShifted,
	moment: isShifted,
	code: never,
	flag: never,
	reference: never,
};

/** Lists may come back in another order, and without what stood there twice. */
const isReordered = (stored: unknown, sent: unknown): boolean => {
	const [left, right] = [stored, sent].map((value) =>
		JSON.stringify([...new Set([value].flat().map(String))].sort()),
	);
	return left === right;
};

const isAdapted = (type: ValueType, stored: unknown, sent: unknown): boolean => {
	if (typeof type === 'string') return ADAPTED[type](stored, sent);
	return isReordered(stored, sent);
};

/** A file is sent as its content and comes back as a link. */
const isFile = (value: unknown): boolean => {
	const [one] = [value].flat();
	return typeof one === 'object' && one !== null && !Array.isArray(one);
};

const EXACT: readonly ValueType[] = ['code', 'flag', 'reference'];

const isIgnored = (name: string, { fields, before, after, typeOf }: ReadBack): boolean => {
	const [type, sent, stored] = [typeOf(name), fields[name], after[name]];
	if (name === 'fm') return ignoredEntries(sent, stored).length > 0;
	if (!(name in after)) return true;
	if (holds(type, stored, sent) || isFile(stored)) return false;
	if (before === null && EXACT.includes(type)) return true;
	const isUnchanged = before !== null && holds(type, before[name], stored);
	if (!isUnchanged && !isEmpty(type, stored)) return false;
	return !isAdapted(type, stored, sent);
};

const shown = (value: unknown): string => {
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
	return text === '' || text === 'null' ? 'nothing' : `«${text.slice(0, 100)}»`;
};

const inEnglish = (name: string, { fields, after }: ReadBack): string =>
	name === 'fm'
		? `phones and e-mails (${ignoredEntries(fields.fm, after.fm).join(', ')})`
		: `${name} (sent ${shown(fields[name])}, stored ${shown(after[name])})`;

/** @throws Problem that names the fields Bitrix24 has ignored */
export const refuseIgnored = (sent: ReadBack): void => {
	const ignored = Object.keys(sent.fields).filter((name) => isIgnored(name, sent));
	if (ignored.length === 0) return;
	const unknown = ignored.filter((name) => name !== 'fm' && !(name in sent.after));
	if (unknown.length > 0) {
		throw new Problem(
			`Bitrix24 has no field ${unknown.join(', ')}, so nothing was written to it.`,
			'Create the fields: run the portal setup workflow.',
			`В Битрикс24 нет поля ${unknown.join(', ')}. Интегратору: запустите настройку портала.`,
		);
	}
	const { id } = sent.after;
	throw new Problem(
		`Bitrix24 answered with a success, but did not write ${ignored.map((name) => inEnglish(name, sent)).join(', ')}${id === undefined ? '' : ` (ID ${String(id)})`}.`,
		'Check the values: a date must be a date, a value of a list one of its values. What must stay empty may have to be emptied in the card.',
		`Битрикс24 ответил успехом, но не записал: ${ignored.join(', ')}. Проверьте значения или исправьте их в карточке.`,
	);
};

/** Whether a field of several values is to be emptied, of which the answer to a write says nothing certain. */
export const seemsEmptied = (fields: Record<string, unknown>): boolean =>
	Object.entries(fields).some(
		([name, value]) =>
			/^uf_?crm/i.test(name) && Array.isArray(value) && value.every((one) => one === ''),
	);
