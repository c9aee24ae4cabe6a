/**
 * Turning what a caller sends into what an item stores.
 * Imitates: the types of crm.item.* (reference §1.4 and §2.2): numbers, Y/N, dates with a shift, `fm`. A date that is
 * none is dropped, and the answer is a success all the same (seen in public copies of the server's modules).
 * Does not imitate: checks of linked ids (a company that does not exist is stored).
 */
import { dateField, dayOf, isoAt, momentOf } from './clock';
import type { ItemField } from './itemFields';
import { invalidField, Refusal } from './refusal';
import { decoded, machineUrl } from './files';
import type { StoredFile } from './files';
import { CURRENCIES } from './seed';
import type { MultiField, Store } from './store';
import { asFlag, asList, asMap, asNumber, asText, asWhole, isEmpty } from './values';

/** Types whose absence crm.item.* shows as 0 (crm-item-get.md: companyId 0, contactId 0). */
const LINKS = ['crm_company', 'crm_contact', 'user'];

export function emptyValue(field: ItemField): unknown {
	if (field.multiple) return [];
	if (LINKS.includes(field.type) && !field.userField) return 0;
	return null;
}

/** Undefined leaves the field as it is. */
export function storedValue(store: Store, field: ItemField, raw: unknown): unknown {
	if (!field.multiple) return single(store, field, raw);
	if (raw === null || raw === undefined) return [];
	const list = asList(raw);
	if (!list) {
		throw new Refusal(
			400,
			100,
			`Expected iterable value for multiple field, but got \`${typeof raw}\` instead`,
		);
	}
	return list
		.map((value) => single(store, field, value))
		.filter((value) => value !== undefined && value !== null);
}

function single(store: Store, field: ItemField, raw: unknown): unknown {
	if (isEmpty(raw) && field.type !== 'boolean') return emptyOf(field);
	if (field.type === 'file') return fileOf(store, field, raw);
	if (typeof raw === 'object' && raw !== null) throw invalidField(field.name);
	switch (field.type) {
		case 'string':
		case 'text':
		case 'url':
		case 'crm_status':
		case 'location':
			return asText(raw);
		case 'double':
			return settled(field, asNumber(raw));
		case 'boolean':
			return field.userField ? settled(field, asFlag(raw)) : flagOf(raw);
		case 'date': {
			const day = dayOf(asText(raw));
			return day === undefined ? undefined : dateField(day);
		}
		case 'datetime': {
			const moment = momentOf(asText(raw));
			return moment === undefined ? undefined : isoAt(moment);
		}
		case 'crm_currency':
			return settled(
				field,
				CURRENCIES.find((currency) => currency === raw),
			);
		case 'money':
			return moneyOf(field, asText(raw));
		default:
			return settled(field, asWhole(raw));
	}
}

/** A flag of the card itself is on by `Y` and by true; the "1" that a query makes of true is not among them [b24phpsdk issue 319]. */
function flagOf(raw: unknown): 'Y' | 'N' {
	return raw === true || asText(raw).toUpperCase() === 'Y' ? 'Y' : 'N';
}

function emptyOf(field: ItemField): unknown {
	if (LINKS.includes(field.type) && !field.userField) return 0;
	if (field.type === 'double' && !field.userField) return 0;
	const isText = field.type === 'string' || field.type === 'text';
	return isText ? '' : null;
}

function settled<T>(field: ItemField, value: T | undefined): T {
	if (value === undefined) throw invalidField(field.name);
	return value;
}

function moneyOf(field: ItemField, text: string): string {
	const [amount, currency = 'RUB'] = text.split('|');
	if (asNumber(amount) === undefined || !CURRENCIES.includes(currency))
		throw invalidField(field.name);
	return `${amount}|${currency}`;
}

/** `[name, base64]`, or `{id}` of a file that stays. */
function fileOf(store: Store, field: ItemField, raw: unknown): unknown {
	const kept = asWhole(asMap(raw)?.id);
	const keptFile = kept === undefined ? undefined : store.files.find(kept);
	if (keptFile) return fileLinks(store, keptFile);
	const [name, content] = (asList(raw) ?? []).map(asText);
	const bytes = decoded(content ?? '');
	if (!bytes) throw invalidField(field.name);
	return fileLinks(store, store.files.keep(name, bytes));
}

function fileLinks({ site }: Store, file: StoredFile): unknown {
	return {
		id: file.id,
		url: `${site.origin}/bitrix/components/bitrix/crm.show_file.php?fileId=${file.id}`,
		urlMachine: machineUrl(site, 'crm.controller.item.getFile', file),
	};
}

/**
 * Phones and e-mails (how-to-change-email-or-phone.md, issues 264 and 265 of bitrix-tools/b24-rest-docs). The key of an
 * element says what is done: the id of an entry of this card changes it, or deletes it when `value` is empty; any other
 * key adds, and so does every element of a list, which is how duplicates appear. An element without `typeId` does
 * nothing, a text instead of elements does nothing either, and types are stored unchecked: the answer is a success.
 */
export function mergedMultiFields(store: Store, current: MultiField[], raw: unknown): MultiField[] {
	if (Array.isArray(raw)) return [...current, ...raw.flatMap((entry) => added(store, entry))];
	let merged = [...current];
	for (const [key, entry] of Object.entries(asMap(raw) ?? {})) {
		const change = asMap(entry) ?? {};
		if (asText(change.typeId) === '') continue;
		const known = merged.find((field) => String(field.id) === key);
		if (!known) merged.push(...added(store, entry));
		else if (change.value === '') merged = merged.filter((field) => field !== known);
		else merged = merged.map((field) => (field === known ? changed(field, change) : field));
	}
	return merged;
}

function changed(field: MultiField, change: Record<string, unknown>): MultiField {
	return {
		...field,
		typeId: asText(change.typeId),
		valueType: change.valueType === undefined ? field.valueType : asText(change.valueType),
		value: change.value === undefined ? field.value : asText(change.value),
	};
}

function added(store: Store, entry: unknown): MultiField[] {
	const given = asMap(entry);
	const value = asText(given?.value);
	const typeId = asText(given?.typeId);
	if (value === '' || typeId === '') return [];
	const valueType = asText(given?.valueType) || 'WORK';
	return [{ id: store.nextId('fm', 101), typeId, valueType, value }];
}
