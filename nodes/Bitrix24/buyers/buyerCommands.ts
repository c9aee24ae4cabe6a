/**
 * The commands that make a card what 1C says: only what differs, and for a new buyer the card, its requisite, bank
 * details and addresses at once, each naming the one before by its result.
 */
import type { Party } from '../../exchange/party';
import {
	addressesOf,
	accountFields,
	cardFields,
	GONE,
	MARKED,
	needsRequisite,
	requisiteFields,
	type Fields,
} from './buyerFacts';
import { ENTITY_TYPE, type CardType } from './buyerCards';
import type { MultiField, Present, Stored } from './buyerPresent';
import type { Command } from '../rest/client';
import type { Group } from '../rest/commandGroups';
import { REQUISITE } from '../rest/entityTypes';
import { itemAdd, itemUpdate } from '../rest/items';
import * as fields from '../setup/fields';
import { addressTrace, traceOf, tracesIn } from './imprint';
import { phoneKey } from '../../exchange/identity';
import { differences } from '../rest/write';

export interface Target {
	type: CardType;
	/** Null makes a card. */
	id: number | null;
	present: Present | null;
	/** What the card remembers of the last writing. */
	imprint: string;
	/** Requisite preset of this kind of buyer. */
	preset: number;
}

/** Collects commands and gives out numbers that later ones refer to. */
class Collected {
	readonly commands: Command[] = [];

	put(command: Command): number {
		this.commands.push(command);
		return this.commands.length - 1;
	}

	add(method: string, params: Record<string, unknown>): number {
		return this.put({ method, params });
	}

	/** Writing the same values once more does no harm. */
	state(method: string, params: Record<string, unknown>): void {
		this.commands.push({ method, params, repeatable: true });
	}
}

const changed = (stored: Record<string, unknown>, wanted: Fields): Fields | null => {
	const fields = differences(stored, wanted);
	return Object.keys(fields).length > 0 ? fields : null;
};

const multiField = (typeId: string, value: string) => ({ typeId, valueType: 'WORK', value });

const keyOf = ({ typeId, value }: { typeId: string; value: string }): string =>
	typeId === 'PHONE' ? (phoneKey(value) ?? value) : value.toLowerCase();

/**
 * Phones and e-mails that the card lacks, and those to be taken off: 1C gave them once and has them no more. What a
 * manager has added stays.
 */
const communications = (
	party: Party,
	present: MultiField[],
	traces: Set<string>,
): Fields | null => {
	const wanted = [
		...party.phones.map((value) => multiField('PHONE', value)),
		...party.emails.map((value) => multiField('EMAIL', value)),
	];
	const known = new Set(present.map(keyOf));
	const kept = new Set(wanted.map(keyOf));
	const added = wanted.filter((field) => !known.has(keyOf(field)));
	const dropped = present.filter(
		(field) => !kept.has(keyOf(field)) && traces.has(traceOf(keyOf(field))),
	);
	if (added.length + dropped.length === 0) return null;
	return Object.fromEntries([
		...added.map((field, index) => [`n${index}`, field]),
		...dropped.map(({ id }) => [String(id), { value: '' }]),
	]);
};

const addCard = (into: Collected, { type }: Target, party: Party): number => {
	const fm = [
		...party.phones.map((value) => multiField('PHONE', value)),
		...party.emails.map((value) => multiField('EMAIL', value)),
	];
	const fields = { ...cardFields(type, party), ...(fm.length > 0 ? { fm } : {}) };
	return into.put(itemAdd(ENTITY_TYPE[type], fields));
};

const updateCard = (
	into: Collected,
	{ type, imprint }: Target,
	id: number,
	party: Party,
	present: Present,
): void => {
	const fm = communications(party, present.multiFields, tracesIn(imprint));
	const wanted = changed(present.card, cardFields(type, party));
	if (!wanted && !fm) return;
	const card = { entityTypeId: ENTITY_TYPE[type], id };
	const fields = { ...wanted, ...(fm ? { fm } : {}) };
	/** Adding a phone twice would show it twice. */
	into.put(itemUpdate(card, fields, fm === null));
};

const writeRequisite = (
	into: Collected,
	party: Party,
	target: Target,
	owner: number | string,
	result: (index: number) => string,
): number | string => {
	const wanted = requisiteFields(party);
	const stored = target.present?.requisite;
	if (!stored) {
		const made = into.add('crm.requisite.add', {
			fields: {
				ENTITY_TYPE_ID: ENTITY_TYPE[target.type],
				ENTITY_ID: owner,
				PRESET_ID: target.preset,
				NAME: party.name,
				...wanted,
			},
		});
		return result(made);
	}
	const fields = changed(stored, wanted);
	if (fields) into.state('crm.requisite.update', { id: stored.ID, fields });
	return stored.ID;
};

const isOf1C = ({ ORIGINATOR_ID }: Stored): boolean => ORIGINATOR_ID === fields.ORIGINATOR;

const writeAccounts = (
	into: Collected,
	party: Party,
	present: Present | null,
	requisite: number | string,
): void => {
	const stored = present?.accounts ?? [];
	const used = new Set<Stored>();
	for (const account of party.accounts) {
		const wanted = accountFields(account);
		const own =
			stored.find(({ XML_ID }) => XML_ID.toLowerCase() === account.ref) ??
			stored.find((one) => !isOf1C(one) && one.RQ_ACC_NUM === account.number);
		if (!own) {
			into.add('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: requisite, ...wanted } });
			continue;
		}
		used.add(own);
		const fields = changed(own, wanted);
		if (fields) into.state('crm.requisite.bankdetail.update', { id: own.ID, fields });
	}
	/** Accounts a manager has added are not 1C's to delete. */
	for (const gone of stored.filter((one) => isOf1C(one) && !used.has(one))) {
		into.add('crm.requisite.bankdetail.delete', { id: gone.ID });
	}
};

const writeAddresses = (
	into: Collected,
	party: Party,
	{ present, imprint }: Target,
	requisite: number | string,
): void => {
	const traces = tracesIn(imprint);
	for (const { type, fields } of addressesOf(party)) {
		const key = { TYPE_ID: type, ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisite };
		const stored = present?.addresses.find(({ TYPE_ID }) => TYPE_ID === type);
		if (!stored) {
			if (fields) into.add('crm.address.add', { fields: { ...key, ...fields } });
		} else if (fields) {
			const wanted = changed(stored, fields);
			if (wanted) into.state('crm.address.update', { fields: { ...key, ...wanted } });
		} else if (traces.has(addressTrace(type))) {
			into.add('crm.address.delete', { fields: key });
		}
	}
};

/** A mark for deletion is told in the timeline too, when it comes and when it goes. */
const tellState = (into: Collected, party: Party, { type, id, present }: Target): void => {
	const before = String(present?.card[fields.STATE] ?? '');
	if (!id || party.deletionMark === (before === MARKED)) return;
	if (!party.deletionMark && before === GONE) return;
	const said = party.deletionMark ? 'помечен на удаление' : 'больше не помечен на удаление';
	into.add('crm.timeline.comment.add', {
		fields: {
			ENTITY_TYPE: type,
			ENTITY_ID: id,
			COMMENT: `1С: контрагент «${party.name}» (код ${party.code}) ${said}.`,
		},
	});
};

export const buyerGroup =
	(party: Party, target: Target): Group =>
	(result) => {
		const into = new Collected();
		const { id, present } = target;
		if (id !== null && present) updateCard(into, target, id, party, present);
		const owner = id ?? result(addCard(into, target, party), 'item', 'id');
		if (present?.requisite || needsRequisite(party)) {
			const requisite = writeRequisite(into, party, target, owner, result);
			writeAccounts(into, party, present, requisite);
			writeAddresses(into, party, target, requisite);
		}
		tellState(into, party, target);
		return into.commands;
	};
