/**
 * The commands that make a card what 1C says: only what differs. They come in three steps, the card, its requisite, and
 * what belongs to both, because each step needs the numbers that the one before has brought: a reference to a refused
 * command would write to somebody else's card.
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
import { REQUISITE } from '../rest/entityTypes';
import { itemAdd } from '../rest/items';
import { cardUpdate } from './cardUpdate';
import * as fields from '../setup/fields';
import { addressTrace, entryTrace, tracesIn } from './imprint';
import {
	changedEntries,
	entryKey,
	newEntries,
	type Communication,
	type Element,
} from '../cards/communications';
import { usualType, type TypeOf } from '../cards/fieldTypes';
import { columnType, cutNames } from '../requisites/columns';
import { differences } from '../rest/write';

export interface Target {
	type: CardType;
	/** Null makes a card. */
	id: number | null;
	present: Present | null;
	/** What the card remembers of the last writing. */
	imprint: string;
	/** Requisite preset of this kind of buyer; 0 where no requisite is made. */
	preset: number;
}

/** A change whose repetition does harm, such as an addition. */
const once = (method: string, params: Record<string, unknown>): Command => ({ method, params });

/** Writing the same values once more does no harm. */
const state = (method: string, params: Record<string, unknown>): Command => ({
	method,
	params,
	repeatable: true,
});

const changed = (
	stored: Record<string, unknown>,
	wanted: Fields,
	typeOf: TypeOf = columnType,
): Fields | null => {
	const fields = differences(stored, wanted, typeOf);
	return Object.keys(fields).length > 0 ? fields : null;
};

const communicationsOf = ({ phones, emails }: Party): Communication[] => [
	...phones.map((value): Communication => ({ type: 'PHONE', value })),
	...emails.map((value): Communication => ({ type: 'EMAIL', value })),
];

/**
 * Phones and e-mails that the card lacks, and those to be taken off: 1C gave them once and has them no more. What a
 * manager has added stays.
 */
const communications = (
	party: Party,
	present: MultiField[],
	traces: Set<string>,
): Record<string, Element> | null => {
	const wanted = communicationsOf(party);
	const kept = new Set(wanted.map(({ type, value }) => entryKey({ typeId: type, value })));
	const dropped = present.filter(
		(entry) => !kept.has(entryKey(entry)) && traces.has(entryTrace(entry)),
	);
	return changedEntries(present, wanted, dropped);
};

const addCard = ({ type }: Target, party: Party): Command => {
	const fm = newEntries(communicationsOf(party));
	const fields = { ...cardFields(type, party), ...(fm.length > 0 ? { fm } : {}) };
	return itemAdd(ENTITY_TYPE[type], fields);
};

const updateCard = (
	{ type, imprint }: Target,
	id: number,
	party: Party,
	present: Present,
): Command[] => {
	const fm = communications(party, present.multiFields, tracesIn(imprint));
	const wanted = changed(present.card, cardFields(type, party), usualType);
	if (!wanted && !fm) return [];
	const fields = { ...wanted, ...(fm ? { fm } : {}) };
	/** Adding a phone twice would show it twice. */
	return cardUpdate({ type, id }, fields, fm === null);
};

export const cardCommands = (party: Party, target: Target): Command[] =>
	target.id !== null && target.present
		? updateCard(target, target.id, party, target.present)
		: [addCard(target, party)];

/** @param id of the card */
export const requisiteCommands = (party: Party, target: Target, id: number): Command[] => {
	const wanted = requisiteFields(party);
	const stored = target.present?.requisite;
	if (stored) {
		const fields = changed(stored, wanted);
		return fields ? [state('crm.requisite.update', { id: stored.ID, fields })] : [];
	}
	if (!needsRequisite(party)) return [];
	const owner = { ENTITY_TYPE_ID: ENTITY_TYPE[target.type], ENTITY_ID: id };
	return [
		once('crm.requisite.add', {
			fields: {
				...owner,
				PRESET_ID: target.preset,
				...cutNames({ NAME: party.name }, ['NAME']),
				...wanted,
			},
		}),
	];
};

const isOf1C = ({ ORIGINATOR_ID }: Stored): boolean => ORIGINATOR_ID === fields.ORIGINATOR;

const accountCommands = (party: Party, { present }: Target, requisite: number): Command[] => {
	const stored = present?.accounts ?? [];
	const used = new Set<Stored>();
	const written = party.accounts.flatMap((account): Command[] => {
		const wanted = accountFields(account);
		const own =
			stored.find(({ XML_ID }) => XML_ID.toLowerCase() === account.ref) ??
			stored.find((one) => !isOf1C(one) && one.RQ_ACC_NUM === account.number);
		if (!own) {
			return [
				once('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: requisite, ...wanted } }),
			];
		}
		used.add(own);
		const fields = changed(own, wanted);
		return fields ? [state('crm.requisite.bankdetail.update', { id: own.ID, fields })] : [];
	});
	/** Accounts a manager has added are not 1C's to delete. */
	const gone = stored.filter((one) => isOf1C(one) && !used.has(one));
	return [...written, ...gone.map(({ ID }) => once('crm.requisite.bankdetail.delete', { id: ID }))];
};

const addressCommands = (
	party: Party,
	{ present, imprint }: Target,
	requisite: number,
): Command[] => {
	const traces = tracesIn(imprint);
	return addressesOf(party).flatMap(({ type, fields }): Command[] => {
		const key = { TYPE_ID: type, ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisite };
		const stored = present?.addresses.find(({ TYPE_ID }) => TYPE_ID === type);
		if (!stored) return fields ? [once('crm.address.add', { fields: { ...key, ...fields } })] : [];
		if (fields) {
			const wanted = changed(stored, fields);
			return wanted ? [state('crm.address.update', { fields: { ...key, ...wanted } })] : [];
		}
		return traces.has(addressTrace(type)) ? [once('crm.address.delete', { fields: key })] : [];
	});
};

/** A mark for deletion is told in the timeline too, when it comes and when it goes. */
const stateComments = (party: Party, { type, id, present }: Target): Command[] => {
	const before = String(present?.card[fields.STATE] ?? '');
	if (!id || party.deletionMark === (before === MARKED)) return [];
	if (!party.deletionMark && before === GONE) return [];
	const said = party.deletionMark ? 'помечен на удаление' : 'больше не помечен на удаление';
	return [
		once('crm.timeline.comment.add', {
			fields: {
				ENTITY_TYPE: type,
				ENTITY_ID: id,
				COMMENT: `1С: контрагент «${party.name}» (код ${party.code}) ${said}.`,
			},
		}),
	];
};

/** @param requisite its number; null when the buyer has none */
export const partCommands = (party: Party, target: Target, requisite: number | null): Command[] => [
	...(requisite === null
		? []
		: [...accountCommands(party, target, requisite), ...addressCommands(party, target, requisite)]),
	...stateComments(party, target),
];
