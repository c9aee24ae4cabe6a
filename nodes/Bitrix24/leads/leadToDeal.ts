/**
 * A lead becomes a deal. REST converts nothing: moving a lead to its success stage creates neither deal nor client
 * [Bitrix24 docs, leads], so the deal is made here with all the lead knows, and the lead is moved when the deal is there.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { hasAny, searchedValues, type Communication } from '../cards/communications';
import type { Bitrix24Client, Command } from '../rest/client';
import { allRows, rowsCommand } from '../deals/dealParts';
import { CONTACT, DEAL, DEAL_ROWS, LEAD, LEAD_ROWS } from '../rest/entityTypes';
import { itemAdd, itemFields, itemGet, itemList } from '../rest/items';
import { required } from '../rest/reply';
import { settingRows } from '../deals/rowCopies';
import { dealSchema, itemOf, itemsOf, rowsSchema, type Deal, type Row } from '../deals/schemas';
import { readStages, stageListOf, stagesCommand } from '../deals/stages';
import { writeDifferences } from '../rest/write';

export interface Conversion {
	leadId: number;
	pipeline: string;
	/** Empty for the first one of the pipeline. */
	stage: string;
	/** Whether a lead of nobody known becomes a contact too. */
	makesContact: boolean;
}

export interface Converted {
	deal: Deal;
	outcome: 'created' | 'found';
	/** Several contacts of the CRM have the lead's phone or e-mail, so none was bound. */
	ambiguous: boolean;
}

type Fields = Record<string, unknown>;

const leadSchema = z
	.object({
		id: z.coerce.number(),
		title: z.string().nullish(),
		stageSemanticId: z.string().nullish(),
		contactId: z.coerce.number().nullish(),
		companyId: z.coerce.number().nullish(),
		fm: z
			.array(z.object({ typeId: z.string(), valueType: z.string(), value: z.string() }))
			.nullish()
			.catch([]),
	})
	.passthrough();

type Lead = z.output<typeof leadSchema>;

const fieldsSchema = z.object({
	fields: z.record(
		z.object({ type: z.string(), isDynamic: z.boolean(), isMultiple: z.boolean() }).passthrough(),
	),
});

type Known = z.output<typeof fieldsSchema>['fields'];

interface State {
	lead: Lead;
	rows: Row[];
	deals: Deal[];
	leadFields: Known;
	dealFields: Known;
}

const dealsOf = (leadId: number): Command =>
	itemList({ entityTypeId: DEAL, filter: { leadId }, order: { id: 'ASC' } });

const look = async (client: Bitrix24Client, leadId: number): Promise<State> => {
	const [lead, rows, deals, leadFields, dealFields] = await client.batch([
		itemGet({ entityTypeId: LEAD, id: leadId }),
		rowsCommand(LEAD_ROWS, leadId, 0),
		dealsOf(leadId),
		itemFields(LEAD),
		itemFields(DEAL),
	]);
	const { productRows } = required(rows, rowsSchema);
	return {
		lead: required(lead, itemOf(leadSchema)).item,
		rows: await allRows(client, leadId, productRows, LEAD_ROWS),
		deals: required(deals, itemsOf(dealSchema)).items,
		leadFields: required(leadFields, fieldsSchema).fields,
		dealFields: required(dealFields, fieldsSchema).fields,
	};
};

/** Standard fields that mean the same on both cards. */
const SAME = [
	'title',
	'assignedById',
	'currencyId',
	'sourceId',
	'sourceDescription',
	'utmSource',
	'utmMedium',
	'utmCampaign',
	'utmContent',
	'utmTerm',
	'originatorId',
	'originId',
	'comments',
] as const;

/** Values of other types are numbers of things that belong to one card only, such as values of its own lists. */
const CARRIED = ['string', 'integer', 'double', 'boolean', 'date', 'datetime', 'money', 'url'];

const isFilled = (value: unknown): boolean =>
	Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';

/** User fields that both cards have under one name and of one type. */
const userFields = ({ lead, leadFields, dealFields }: State): string[] =>
	Object.entries(leadFields)
		.filter(([name, own]) => {
			const other = Object.hasOwn(dealFields, name) ? dealFields[name] : undefined;
			return (
				own.isDynamic &&
				other?.isDynamic === true &&
				other.type === own.type &&
				other.isMultiple === own.isMultiple &&
				CARRIED.includes(own.type) &&
				isFilled(lead[name])
			);
		})
		.map(([name]) => name);

/** A sum that does not come from rows stays what a person has written. */
const amount = ({ lead, rows }: State): Fields =>
	rows.length > 0 && lead.isManualOpportunity !== 'Y'
		? {}
		: { opportunity: lead.opportunity ?? 0, isManualOpportunity: 'Y' };

const dealFieldsFrom = (state: State, { pipeline, stage }: Conversion, contact: number): Fields => {
	const { lead } = state;
	const carried = [...SAME, ...userFields(state)].filter((name) => isFilled(lead[name]));
	return {
		...Object.fromEntries(carried.map((name) => [name, lead[name]])),
		...amount(state),
		leadId: lead.id,
		categoryId: Number(pipeline),
		...(stage ? { stageId: stage } : {}),
		...(lead.companyId ? { companyId: lead.companyId } : {}),
		...(contact ? { contactIds: [contact] } : {}),
	};
};

const communicationsOf = ({ fm }: Lead) =>
	(fm ?? []).filter(({ typeId }) => typeId === 'PHONE' || typeId === 'EMAIL');

const waysOf = (lead: Lead): Communication[] =>
	communicationsOf(lead).map(({ typeId, value }) => ({
		type: typeId === 'PHONE' ? 'PHONE' : 'EMAIL',
		value,
	}));

const contactsSchema = itemsOf(z.object({ id: z.coerce.number(), fm: z.unknown() }));

const peopleSchema = z.union([
	z.object({ CONTACT: z.array(z.coerce.number()).default([]) }),
	z.array(z.unknown()).transform(() => ({ CONTACT: [] as number[] })),
]);

const peopleOf = async (client: Bitrix24Client, lead: Lead): Promise<number[]> => {
	const ways = waysOf(lead);
	const replies = await client.batch(
		ways.map((way) => ({
			method: 'crm.duplicate.findbycomm',
			params: { type: way.type, values: searchedValues([way]), entity_type: 'CONTACT' },
		})),
	);
	const ids = [...new Set(replies.flatMap((reply) => required(reply, peopleSchema).CONTACT))];
	if (ids.length === 0) return [];
	const query = itemList({
		entityTypeId: CONTACT,
		select: ['id', 'fm'],
		filter: { '@id': ids },
		order: { id: 'ASC' },
	});
	const { items } = contactsSchema.parse(await client.call(query));
	return items.filter(({ fm }) => hasAny(fm, ways)).map(({ id }) => id);
};

const addedSchema = itemOf(z.object({ id: z.coerce.number() }));

const addContact = async (client: Bitrix24Client, lead: Lead): Promise<number> => {
	const { name, lastName, secondName, sourceId, assignedById } = lead;
	const person = { name: name || lead.title, lastName, secondName, sourceId, assignedById };
	const { value, error } = await settled(
		async () => await client.call(itemAdd(CONTACT, { ...person, fm: communicationsOf(lead) })),
	);
	if (!error) return addedSchema.parse(value).item.id;
	const [made] = error instanceof UnknownOutcome ? await peopleOf(client, lead) : [];
	if (made === undefined) throw error;
	return made;
};

interface Person {
	id: number;
	ambiguous: boolean;
}

/** The lead's own contact, the only one with its phone or e-mail, or a new one; of several, none. */
const personOf = async (
	client: Bitrix24Client,
	lead: Lead,
	makesContact: boolean,
): Promise<Person> => {
	const own = lead.contactId ?? 0;
	if (own > 0 || communicationsOf(lead).length === 0) return { id: own, ambiguous: false };
	const people = await peopleOf(client, lead);
	if (people.length > 1) return { id: 0, ambiguous: true };
	if (people.length === 1) return { id: people[0], ambiguous: false };
	return { id: makesContact ? await addContact(client, lead) : 0, ambiguous: false };
};

/** @returns the number of the new deal; undefined when the answer was lost */
const addDeal = async (client: Bitrix24Client, fields: Fields): Promise<number | undefined> => {
	const { value, error } = await settled(async () => await client.call(itemAdd(DEAL, fields)));
	if (error && !(error instanceof UnknownOutcome)) throw error;
	return error ? undefined : addedSchema.parse(value).item.id;
};

/**
 * Makes the deal and looks again: of deals made at once the oldest stays, and ours goes before anybody has seen it.
 * Nobody else's deal is ever deleted: a lead may have several that a manager has made.
 */
const makeDeal = async (client: Bitrix24Client, leadId: number, fields: Fields): Promise<Deal> => {
	const own = await addDeal(client, fields);
	const [deal] = itemsOf(dealSchema).parse(await client.call(dealsOf(leadId))).items;
	if (deal === undefined) {
		throw new UnknownOutcome(
			`Bitrix24 did not make the deal of lead ${leadId}, or does not show it yet.`,
			'Convert the lead again: it makes no second deal.',
		);
	}
	if (own !== undefined && own !== deal.id) {
		await client.call({
			method: 'crm.item.delete',
			params: { entityTypeId: DEAL, id: own },
		});
	}
	return deal;
};

/** Whoever was cut off between adding the deal and its rows is finished here; a deal with rows is a person's matter. */
const completeRows = async (client: Bitrix24Client, deal: Deal, rows: Row[]): Promise<void> => {
	if (rows.length === 0) return;
	const shown = rowsSchema.parse(await client.call(rowsCommand(DEAL_ROWS, deal.id, 0)));
	if (shown.productRows.length === 0) await client.call(settingRows(DEAL_ROWS, deal.id, rows));
};

/** Final stages are left as they are. */
const isOpen = ({ stageSemanticId: semantics }: Lead): boolean =>
	semantics !== 'S' && semantics !== 'F';

/** The success stage is found by its semantics: its ID and name differ from portal to portal. */
const moveLead = async (client: Bitrix24Client, lead: Lead, contact: number): Promise<void> => {
	const list = stageListOf(LEAD, 0);
	const stages = readStages(await client.call(stagesCommand(list)), list);
	const success = stages.find(({ semantics }) => semantics === 'success');
	if (!success)
		throw new Problem('Leads have no success stage.', 'Restore it in the CRM settings.');
	const change = (): Fields => ({
		...(isOpen(lead) ? { stageId: success.id } : {}),
		...(contact > 0 ? { contactIds: [contact] } : {}),
	});
	const [outcome] = await writeDifferences(client, [{ entityTypeId: LEAD, id: lead.id, change }]);
	if ('problem' in outcome) throw outcome.problem;
};

export const convertLead = async (
	client: Bitrix24Client,
	conversion: Conversion,
): Promise<Converted> => {
	const state = await look(client, conversion.leadId);
	const { lead, rows, deals } = state;
	if (deals.length === 0 && lead.stageSemanticId === 'F') {
		throw new Problem(
			`Lead ${lead.id} was turned down, so no deal is made of it.`,
			'Move the lead back to a working stage first.',
		);
	}
	const isNew = deals.length === 0;
	const person = await personOf(client, lead, isNew && conversion.makesContact);
	const deal =
		deals.at(0) ?? (await makeDeal(client, lead.id, dealFieldsFrom(state, conversion, person.id)));
	await completeRows(client, deal, rows);
	await moveLead(client, lead, person.id);
	return {
		deal,
		outcome: isNew ? 'created' : 'found',
		ambiguous: person.ambiguous,
	};
};
