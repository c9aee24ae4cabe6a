/** A buyer's card as it stands: the card itself, the requisite that is 1C's, its bank details and addresses. */
import { z } from 'zod';
import { isInn } from '../../exchange/identity';
import type { Party } from '../../exchange/party';
import { settled, type Settled } from '../../shared/settled';
import { ENTITY_TYPE, type Card } from './buyerCards';
import type { Bitrix24Client, Command } from '../rest/client';
import { required } from '../rest/reply';
import { REQUISITE } from '../rest/entityTypes';
import { itemGet } from '../rest/items';
import { itemOf } from '../deals/schemas';

export type Row = Record<string, unknown>;

const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? ''));

const multiFieldSchema = z.object({
	id: z.coerce.string(),
	typeId: z.string(),
	value: text,
});
export type MultiField = z.output<typeof multiFieldSchema>;

const cardSchema = itemOf(z.object({ fm: z.array(multiFieldSchema).catch([]) }).passthrough());

const rowSchema = z
	.object({ ID: z.coerce.number(), XML_ID: text, ORIGINATOR_ID: text })
	.passthrough();
export type Stored = z.output<typeof rowSchema>;

const addressSchema = z
	.object({ TYPE_ID: z.coerce.number(), ADDRESS_1: text, POSTAL_CODE: text })
	.passthrough();
export type StoredAddress = z.output<typeof addressSchema>;

export interface Present {
	card: Row;
	multiFields: MultiField[];
	requisite: Stored | null;
	accounts: Stored[];
	addresses: StoredAddress[];
}

export interface Subject {
	party: Party;
	card: Card;
}

const cardCommands = ({ type, id }: Card): Command[] => [
	itemGet({ entityTypeId: ENTITY_TYPE[type], id }),
	{
		method: 'crm.requisite.list',
		params: {
			filter: { ENTITY_TYPE_ID: ENTITY_TYPE[type], ENTITY_ID: id },
			order: { ID: 'ASC' },
			select: ['*'],
		},
	},
];

const requisiteCommands = (requisite: Stored): Command[] => [
	{
		method: 'crm.requisite.bankdetail.list',
		params: { filter: { ENTITY_ID: requisite.ID }, order: { ID: 'ASC' }, select: ['*'] },
	},
	{
		method: 'crm.address.list',
		params: { filter: { ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisite.ID } },
	},
];

/** The one that names the counterparty; else the one with its keys, so that a card made by hand gets no second one. */
const ownRequisite = ({ ref, inn, kpp }: Party, all: Stored[]): Stored | null => {
	const linked = all.find(({ XML_ID }) => XML_ID.toLowerCase() === ref);
	if (linked || !isInn(inn)) return linked ?? null;
	const same = all.filter(({ RQ_INN, XML_ID }) => RQ_INN === inn && XML_ID === '');
	return same.find(({ RQ_KPP }) => String(RQ_KPP ?? '') === kpp) ?? same[0] ?? null;
};

/** The old lists drop a filter they do not understand, so the rows are checked once more. */
const ownedBy = (id: number, rows: unknown): unknown =>
	Array.isArray(rows) ? rows.filter((row: Row) => Number(row.ENTITY_ID) === id) : rows;

type Read = { subject: Subject; item: Row & { fm: MultiField[] }; requisite: Stored | null };

/** Two batches for twenty-five cards. What cannot be read is that card's own problem. */
export const readPresent = async (
	client: Bitrix24Client,
	subjects: readonly Subject[],
): Promise<Map<Subject, Settled<Present>>> => {
	const cards = await client.batch(subjects.flatMap(({ card }) => cardCommands(card)));
	const present = new Map<Subject, Settled<Present>>();
	const read: Read[] = [];
	for (const [index, subject] of subjects.entries()) {
		const one = await settled(() => {
			const { item } = required(cards[2 * index], cardSchema);
			const rows = ownedBy(subject.card.id, required(cards[2 * index + 1], z.unknown()));
			return {
				subject,
				item,
				requisite: ownRequisite(subject.party, z.array(rowSchema).parse(rows)),
			};
		});
		if (one.error) present.set(subject, { error: one.error });
		else read.push(one.value);
	}
	const requisites = read.flatMap(({ requisite }) => (requisite ? [requisite] : []));
	const parts = await client.batch(requisites.flatMap(requisiteCommands));
	for (const { subject, item, requisite } of read) {
		const at = requisite ? 2 * requisites.indexOf(requisite) : 0;
		const partsOf = (offset: number): unknown =>
			requisite ? ownedBy(requisite.ID, required(parts[at + offset], z.unknown())) : [];
		present.set(
			subject,
			await settled(() => ({
				card: item,
				multiFields: item.fm,
				requisite,
				accounts: z.array(rowSchema).parse(partsOf(0)),
				addresses: z.array(addressSchema).parse(partsOf(1)),
			})),
		);
	}
	return present;
};
