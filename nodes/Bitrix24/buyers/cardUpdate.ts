/**
 * The commands that change a buyer's card. An empty value of a company may do nothing in crm.item.update, though the
 * answer is a success; crm.company.update does empty the field
 * [https://github.com/bitrix-tools/b24-rest-docs/issues/145], so what is to be emptied goes that way.
 */
import { isNothing } from '../../exchange/equality';
import type { Command } from '../rest/client';
import { itemUpdate } from '../rest/items';
import { ENTITY_TYPE, type CardType } from './buyerCards';

type Fields = Record<string, unknown>;

const isEmptied = (value: unknown): boolean =>
	Array.isArray(value) ? value.every(isNothing) : isNothing(value);

/** User fields have the same names in both methods, and no other field of a company is ever emptied. */
const emptying = (id: number, fields: Fields): Command => ({
	method: 'crm.company.update',
	params: { id, fields },
	repeatable: true,
});

/** @returns one command or two */
export const cardUpdate = (
	{ type, id }: { type: CardType; id: number },
	fields: Fields,
	repeatable = true,
): Command[] => {
	const isOld = ([name, value]: [string, unknown]): boolean =>
		type === 'company' && name.startsWith('UF_') && isEmptied(value);
	const entries = Object.entries(fields);
	const [emptied, others] = [entries.filter(isOld), entries.filter((entry) => !isOld(entry))];
	const address = { entityTypeId: ENTITY_TYPE[type], id };
	return [
		...(others.length > 0 ? [itemUpdate(address, Object.fromEntries(others), repeatable)] : []),
		...(emptied.length > 0 ? [emptying(id, Object.fromEntries(emptied))] : []),
	];
};
