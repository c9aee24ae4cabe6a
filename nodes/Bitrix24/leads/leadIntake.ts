/**
 * A contact becomes a lead, or enriches the one there is. The same contact may come any number of times, by
 * notification and by polling, at once and much later: it always finds its lead.
 */
import { z } from 'zod';
import { contactKey, UTM, type Contact } from '../../exchange/contact';
import { KIND_NAMES } from '../../exchange/contactKind';
import { contactNews, firstTouchUtm, leadTitle, sourceDescription } from '../../exchange/leadRules';
import { UnknownOutcome } from '../../shared/http';
import { inTurn } from '../../shared/inTurn';
import { plainText } from '../../exchange/plainText';
import { settled } from '../../shared/settled';
import { Refusal } from '../rest/answer';
import { changedEntries, newEntries } from '../cards/communications';
import type { Bitrix24Client } from '../rest/client';
import { writeComment } from '../deals/comment';
import { LEAD } from '../rest/entityTypes';
import { itemAdd } from '../rest/items';
import * as fields from '../setup/leadFields';
import { findLeads, reachedBy, type Found } from './leadSearch';
import { itemOf } from '../deals/schemas';
import { writeDifferences } from '../rest/write';

export interface Intake {
	contact: Contact;
	/** "enrich" leaves the making of leads to somebody else, such as the stock integration. */
	mode: 'createOrEnrich' | 'enrich';
	/** Value of the source field for a lead that has none; empty when the portal has no fitting one. */
	source: string;
	assignedById?: number;
}

type Fields = Record<string, unknown>;

export interface Taken {
	outcome: 'created' | 'enriched' | 'unchanged' | 'notFound';
	leadId: number | null;
	/** Several open leads, or several clients, could have been meant. */
	ambiguous: boolean;
	/** Open leads that were not chosen. */
	otherLeads: number[];
	lead: Fields | null;
}

const utmField = (label: (typeof UTM)[number]): string =>
	`utm${label[0].toUpperCase()}${label.slice(1)}`;

/** What Bitrix24 shows for nothing. */
const isEmpty = (value: unknown): boolean =>
	value === null || value === undefined || value === '' || value === 0;

const keysIn = (value: unknown): string[] =>
	(Array.isArray(value) ? value : []).filter((key): key is string => typeof key === 'string');

/** What the contact has to say, field by field, for whoever has nothing in that field. */
const offersOf = ({ contact, source }: Intake): Fields => ({
	name: contact.name,
	originatorId: fields.ORIGINATOR,
	...(source ? { sourceId: source, sourceDescription: sourceDescription(contact) } : {}),
});

/** The visit the lead began with: what a later contact says of another visit is not mixed into it. */
const visitOf = ({ contact }: Intake): Fields => ({
	[fields.KIND]: KIND_NAMES[contact.kind],
	[fields.SITE]: contact.site,
	[fields.CAMPAIGN]: contact.campaign,
	[fields.PAGE]: contact.page,
	[fields.VISITOR]: contact.visitorId,
	[fields.SESSION]: contact.sessionId,
});

/**
 * What a lead should have after this contact. The source and its description are one statement, like the labels; a lead
 * made by somebody else keeps its own origin.
 */
const touched =
	(intake: Intake) =>
	(lead: Fields): Fields => {
		const { contact } = intake;
		const key = contactKey(contact);
		const keys = keysIn(lead[fields.CONTACTS]);
		const isFirst = keys.length === 0 || keys[0] === key;
		const offers = { ...offersOf(intake), ...(isFirst ? visitOf(intake) : {}) };
		if (!isEmpty(lead.sourceId)) offers.sourceDescription = '';
		const wanted = Object.fromEntries(
			Object.entries(offers).filter(([name, value]) => value !== '' && isEmpty(lead[name])),
		);
		const utm = firstTouchUtm(contact, (label) => !isEmpty(lead[utmField(label)]));
		const fm = changedEntries(lead.fm, reachedBy(contact));
		return {
			...wanted,
			...('originatorId' in wanted && isEmpty(lead.originId) ? { originId: key } : {}),
			...(utm ? Object.fromEntries(UTM.map((label) => [utmField(label), utm[label]])) : {}),
			...(keys.includes(key) ? {} : { [fields.CONTACTS]: [...keys, key] }),
			...(fm ? { fm } : {}),
		};
	};

/** The only client of its kind; which of several is meant, a person has to say. */
const onlyOne = (ids: number[]): number | undefined => (ids.length === 1 ? ids[0] : undefined);

const newLead = (intake: Intake, { contacts, companies }: Found): Fields => {
	const client = onlyOne(contacts);
	const company = onlyOne(companies);
	return {
		...touched(intake)({}),
		title: plainText(leadTitle(intake.contact)),
		fm: newEntries(reachedBy(intake.contact)),
		...(client === undefined ? {} : { contactIds: [client] }),
		...(company === undefined ? {} : { companyId: company }),
		...(intake.assignedById === undefined ? {} : { assignedById: intake.assignedById }),
	};
};

const addedSchema = itemOf(z.object({ id: z.coerce.number() }));

/** @returns the number of the new lead; undefined when the answer was lost */
const add = async (client: Bitrix24Client, lead: Fields): Promise<number | undefined> => {
	const { value, error } = await settled(async () => await client.call(itemAdd(LEAD, lead)));
	if (error && !(error instanceof UnknownOutcome)) throw error;
	return error ? undefined : addedSchema.parse(value).item.id;
};

/** What is gone already, because an answer was lost, is gone. */
const remove = async (client: Bitrix24Client, id: number): Promise<void> => {
	const { error } = await settled(
		async () =>
			await client.call({
				method: 'crm.item.delete',
				params: { entityTypeId: LEAD, id },
				repeatable: true,
			}),
	);
	if (error && !(error instanceof Refusal && error.code === 'NOT_FOUND')) throw error;
};

/**
 * Makes the lead and looks again: whoever was quicker with the same contact, or with another one of the same person,
 * has the lead that stays, and ours goes before anybody has seen it.
 */
const create = async (client: Bitrix24Client, intake: Intake, before: Found): Promise<number> => {
	const added = await add(client, newLead(intake, before));
	const after = await findLeads(client, intake.contact);
	const own = added ?? after.same.at(0);
	if (own === undefined) {
		throw new UnknownOutcome(
			`Bitrix24 did not make the lead of ${contactKey(intake.contact)}, or does not show it yet.`,
			'The contact may be sent again: it makes no second lead.',
		);
	}
	const earlier = Math.min(...after.same, ...after.open);
	if (added === undefined || earlier >= own) return own;
	await remove(client, own);
	return earlier;
};

const enrich = async (
	client: Bitrix24Client,
	id: number,
	intake: Intake,
): Promise<{ lead: Fields; changed: boolean }> => {
	const [outcome] = await writeDifferences(client, [
		{ entityTypeId: LEAD, id, change: touched(intake) },
	]);
	if ('problem' in outcome) throw outcome.problem;
	const { item, changed } = outcome.items[0].json;
	return { lead: item as Fields, changed: changed === true };
};

const tell = async (client: Bitrix24Client, id: number, contact: Contact): Promise<boolean> => {
	const text = contactNews(contact);
	if (text === '') return false;
	const { outcome } = await writeComment(client, { entity: 'lead', id, text, once: true });
	return outcome === 'created';
};

const takeInNow = async (client: Bitrix24Client, intake: Intake): Promise<Taken> => {
	const found = await findLeads(client, intake.contact);
	const existing = found.same.at(0) ?? found.open.at(-1);
	const isKnown = found.same.length > 0;
	const unclear = isKnown
		? false
		: found.open.length > 1 ||
			(existing === undefined && Math.max(found.contacts.length, found.companies.length) > 1) ||
			found.incomplete;
	if (existing === undefined && intake.mode === 'enrich') {
		return { outcome: 'notFound', leadId: null, ambiguous: unclear, otherLeads: [], lead: null };
	}
	const id = existing ?? (await create(client, intake, found));
	const { lead, changed } = await enrich(client, id, intake);
	const told = await tell(client, id, intake.contact);
	const enriched = changed || told ? 'enriched' : 'unchanged';
	return {
		outcome: existing === undefined ? 'created' : enriched,
		leadId: id,
		ambiguous: unclear,
		otherLeads: isKnown ? [] : found.open.filter((other) => other !== id),
		lead,
	};
};

/** A call is told of several times within a second, and whoever calls may be chatting too. */
export const takeIn = async (client: Bitrix24Client, intake: Intake): Promise<Taken> => {
	const { phone, email } = intake.contact;
	const person = phone || email || contactKey(intake.contact);
	return await inTurn(`${client.portal} ${person}`, async () => await takeInNow(client, intake));
};
