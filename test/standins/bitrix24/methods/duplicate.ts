/**
 * crm.duplicate.findbycomm
 * Imitates: crm-duplicate-find-by-comm.md and reference §1.8, §2.10: only types with hits appear, twenty
 * values at most, the twenty oldest hits; a type that reaches twenty silences the types after it. The refusal without
 * a type has an empty code (issue 223 of bitrix-tools/b24-rest-docs; its page shows the text as the code).
 * Does not imitate: the order of types on a real portal (unknown; here LEAD, CONTACT, COMPANY).
 */
import type { Call, Methods } from '../call';
import { COMPANY, CONTACT, LEAD } from '../entityTypes';
import { blank, Refusal } from '../refusal';
import { communicationKey } from '../store';
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
	if (type === '') throw blank('Communication type is not defined.');
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
	const wanted = values
		.slice(0, MOST)
		.map((value) => communicationKey(type, value, switches.phoneSearch));
	const only = asText(params.entity_type).toUpperCase();
	const found: Array<[string, number[]]> = [];
	for (const [name, entityTypeId] of TYPES) {
		if (only !== '' && only !== name) continue;
		const table = store.table(entityTypeId);
		const items = wanted.flatMap((key) => table.under('communication', key));
		const ids = [...new Set(items.map((item) => item.id))].sort((a, b) => a - b).slice(0, MOST);
		if (ids.length > 0) found.push([name, ids]);
		if (ids.length >= MOST) break;
	}
	if (found.length === 0) return { result: switches.emptyFindByComm === 'array' ? [] : {} };
	return { result: Object.fromEntries(found) };
}
