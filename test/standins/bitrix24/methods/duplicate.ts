/**
 * crm.duplicate.findbycomm
 * Imitates: crm-duplicate-find-by-comm.md and reference §1.8, §2.10: only types with hits appear, twenty
 * values at most, the twenty oldest hits; a type that reaches twenty silences the types after it.
 * Does not imitate: the order of types on a real portal (unknown; here LEAD, CONTACT, COMPANY).
 */
import type { Call, Methods } from '../call';
import { COMPANY, CONTACT, LEAD } from '../entityTypes';
import { multiFields } from '../itemView';
import { Refusal } from '../refusal';
import type { Item } from '../store';
import { asList, asText } from '../values';

const MOST = 20;
const TYPES: Array<[name: string, entityTypeId: number]> = [
	['LEAD', LEAD],
	['CONTACT', CONTACT],
	['COMPANY', COMPANY],
];

export const duplicateMethods: Methods = { 'crm.duplicate.findbycomm': findByComm };

function findByComm({ params, store, switches }: Call): { result: unknown } {
	const type = asText(params.type).toUpperCase();
	if (type === '')
		throw new Refusal(400, 'Communication type is not defined', "Parameter 'type' is required.");
	if (type !== 'PHONE' && type !== 'EMAIL') {
		const text = `Communication type '${type}' is not supported in current context`;
		throw new Refusal(400, text, text);
	}
	const values = (asList(params.values) ?? []).map(asText).filter((value) => value !== '');
	if (values.length === 0) {
		throw new Refusal(
			400,
			'Communication values is not defined',
			"Parameter 'values' is required.",
		);
	}
	const wanted = values.slice(0, MOST).map((value) => normal(type, value));
	const only = asText(params.entity_type).toUpperCase();
	const found: Array<[string, number[]]> = [];
	for (const [name, entityTypeId] of TYPES) {
		if (only !== '' && only !== name) continue;
		const items = [...store.table(entityTypeId).values()];
		const ids = items
			.filter((item) => reachable(item, type, wanted))
			.map((item) => item.id)
			.slice(0, MOST);
		if (ids.length > 0) found.push([name, ids]);
		if (ids.length >= MOST) break;
	}
	if (found.length === 0) return { result: switches.emptyFindByComm === 'array' ? [] : {} };
	return { result: Object.fromEntries(found) };
}

function reachable(item: Item, type: string, wanted: string[]): boolean {
	return multiFields(item).some(
		(field) => field.typeId === type && wanted.includes(normal(type, field.value)),
	);
}

function normal(type: string, value: string): string {
	if (type === 'EMAIL') return value.trim().toLowerCase();
	const digits = value.replace(/\D/g, '');
	return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}
