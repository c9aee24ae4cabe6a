/** Whether the portal has a lead of a contact already, an open one of the same person, or the person as a client. */
import { z } from 'zod';
import { contactKey, type Contact } from '../../exchange/contact';
import { Problem } from '../../exchange/problem';
import { readCardFields } from '../cards/cardFields';
import { hasAny, searchedValues, type Communication } from '../cards/communications';
import { Refusal } from '../rest/answer';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { COMPANY, CONTACT as CONTACT_TYPE, LEAD } from '../rest/entityTypes';
import { itemList } from '../rest/items';
import { CONTACTS, ORIGINATOR } from '../setup/leadFields';
import { required } from '../rest/reply';
import { itemsOf } from '../deals/schemas';

export interface Found {
	/** Leads of this very contact, in any stage, oldest first. */
	same: number[];
	/** Open leads with its phone or e-mail, oldest first. */
	open: number[];
	/** Contacts and companies of the CRM with its phone or e-mail. */
	contacts: number[];
	companies: number[];
	/** There are more than Bitrix24 tells: the oldest twenty of a kind [Bitrix24 docs, crm.duplicate.findbycomm]. */
	incomplete: boolean;
}

const MOST = 20;

/** A kind with twenty hits hides the kinds after it, so each is asked for by itself [the same page]. */
const KINDS = ['LEAD', 'CONTACT', 'COMPANY'] as const;

const leadsBy = (filter: Record<string, unknown>): Command =>
	itemList({
		entityTypeId: LEAD,
		select: ['id', 'stageSemanticId'],
		filter,
		order: { id: 'ASC' },
	});

/** How the person can be reached. */
export const reachedBy = ({ phone, email }: Contact): Communication[] => {
	const ways: Communication[] = [
		{ type: 'PHONE', value: phone },
		{ type: 'EMAIL', value: email },
	];
	return ways.filter(({ value }) => value !== '');
};

const byComm = (way: Communication): Command[] =>
	KINDS.map((kind) => ({
		method: 'crm.duplicate.findbycomm',
		params: { type: way.type, values: searchedValues([way]), entity_type: kind },
	}));

const leadsSchema = itemsOf(
	z.object({ id: z.coerce.number(), stageSemanticId: z.string().nullish() }),
);

/** Nobody is an empty list, or an empty map. */
const foundSchema = z.union([
	z.record(z.array(z.coerce.number())),
	z.array(z.unknown()).transform((): Record<string, number[]> => ({})),
]);

const numbersIn = (replies: Reply[], kind: (typeof KINDS)[number]): number[] =>
	[
		...new Set(
			replies
				.filter((_, index) => KINDS[index % KINDS.length] === kind)
				.flatMap((reply) => required(reply, foundSchema)[kind] ?? []),
		),
	].sort((a, b) => a - b);

/** A filter by a field the portal does not have is refused, as any filter it does not like. */
const refuseMissingField = async (client: Bitrix24Client, reply: Reply): Promise<void> => {
	if (!('problem' in reply) || !(reply.problem instanceof Refusal)) return;
	if ((await readCardFields(client, LEAD)).has(CONTACTS)) throw reply.problem;
	throw new Problem(
		`The portal has no field ${CONTACTS} for leads, so contacts could make a lead twice.`,
		'Run Set Up Lead Intake of the resource Portal, or the workflow that does.',
	);
};

const cardsSchema = itemsOf(
	z.object({
		id: z.coerce.number(),
		stageSemanticId: z.string().nullish(),
		fm: z.unknown(),
	}),
);

type Hit = z.output<typeof cardsSchema>['items'][number];

const isOpen = ({ stageSemanticId: semantics }: Hit): boolean =>
	semantics !== 'S' && semantics !== 'F';

const ENTITY_TYPES: Record<(typeof KINDS)[number], number> = {
	LEAD,
	CONTACT: CONTACT_TYPE,
	COMPANY,
};

/** The search finds everybody with the number, whatever the extension: here only those whom the contact reaches stay. */
const reachedCards = async (
	client: Bitrix24Client,
	contact: Contact,
	replies: Reply[],
): Promise<Record<(typeof KINDS)[number], Hit[]>> => {
	const found = KINDS.map((kind) => ({ kind, ids: numbersIn(replies, kind) }));
	const some = found.filter(({ ids }) => ids.length > 0);
	const read = await client.batch(
		some.map(({ kind, ids }) =>
			itemList({
				entityTypeId: ENTITY_TYPES[kind],
				select: ['id', 'stageSemanticId', 'fm'],
				filter: { '@id': ids },
				order: { id: 'ASC' },
			}),
		),
	);
	const cards: Record<(typeof KINDS)[number], Hit[]> = { LEAD: [], CONTACT: [], COMPANY: [] };
	for (const [index, { kind }] of some.entries()) {
		const { items } = required(read[index], cardsSchema);
		cards[kind] = items.filter(({ fm }) => hasAny(fm, reachedBy(contact)));
	}
	return cards;
};

export const findLeads = async (client: Bitrix24Client, contact: Contact): Promise<Found> => {
	const key = contactKey(contact);
	const [origin, listed, ...comm] = await client.batch([
		leadsBy({ '=originatorId': ORIGINATOR, '=originId': key }),
		leadsBy({ [`=${CONTACTS}`]: key }),
		...reachedBy(contact).flatMap(byComm),
	]);
	await refuseMissingField(client, listed);
	const same = [origin, listed].flatMap((reply) =>
		required(reply, leadsSchema).items.map(({ id }) => id),
	);
	const reached = await reachedCards(client, contact, comm);
	return {
		same: [...new Set(same)].sort((a, b) => a - b),
		open: reached.LEAD.filter(isOpen).map(({ id }) => id),
		contacts: reached.CONTACT.map(({ id }) => id),
		companies: reached.COMPANY.map(({ id }) => id),
		incomplete: numbersIn(comm, 'LEAD').length >= MOST,
	};
};
