/** Whether the portal has a lead of a contact already, an open one of the same person, or the person as a client. */
import { z } from 'zod';
import { contactKey, type Contact } from '../../exchange/contact';
import { Problem } from '../../exchange/problem';
import { readCardFields } from '../cards/cardFields';
import { Refusal } from '../rest/answer';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { LEAD } from '../rest/entityTypes';
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

const byComm = (type: 'PHONE' | 'EMAIL', value: string): Command[] =>
	value === ''
		? []
		: KINDS.map((kind) => ({
				method: 'crm.duplicate.findbycomm',
				params: { type, values: [value], entity_type: kind },
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

const openOnes = async (client: Bitrix24Client, ids: number[]): Promise<number[]> => {
	if (ids.length === 0) return [];
	const { items } = leadsSchema.parse(await client.call(leadsBy({ '@id': ids })));
	return items
		.filter(({ stageSemanticId: semantics }) => semantics !== 'S' && semantics !== 'F')
		.map(({ id }) => id);
};

export const findLeads = async (client: Bitrix24Client, contact: Contact): Promise<Found> => {
	const key = contactKey(contact);
	const [origin, listed, ...comm] = await client.batch([
		leadsBy({ '=originatorId': ORIGINATOR, '=originId': key }),
		leadsBy({ [`=${CONTACTS}`]: key }),
		...byComm('PHONE', contact.phone),
		...byComm('EMAIL', contact.email),
	]);
	await refuseMissingField(client, listed);
	const same = [origin, listed].flatMap((reply) =>
		required(reply, leadsSchema).items.map(({ id }) => id),
	);
	const leads = numbersIn(comm, 'LEAD');
	return {
		same: [...new Set(same)].sort((a, b) => a - b),
		open: await openOnes(client, leads),
		contacts: numbersIn(comm, 'CONTACT'),
		companies: numbersIn(comm, 'COMPANY'),
		incomplete: leads.length >= MOST,
	};
};
