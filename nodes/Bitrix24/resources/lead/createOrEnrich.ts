import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { contactKey, contactSchema } from '../../../exchange/contact';
import { KIND_NAMES, KINDS, type ContactKind } from '../../../exchange/contactKind';
import { SOURCES, sourceFor } from '../../../exchange/leadRules';
import type { ListOperation, Outcome } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { attempt } from '../../../shared/runner';
import { together } from '../../../shared/together';
import { idSchema, jsonSchema } from '../../../shared/valueSchemas';
import type { Bitrix24Client } from '../../rest/client';
import { takeIn, type Intake, type Taken } from '../../leads/leadIntake';
import { existingSources } from '../../leads/leadSources';

const ENGLISH: Record<ContactKind, string> = {
	call: 'Call',
	callback: 'Callback',
	site_request: 'Site Request',
	chat: 'Chat',
	email: 'Email',
};

const sourcesSchema = z
	.object(
		Object.fromEntries(KINDS.map((kind) => [kind, z.string().trim().optional()])) as Record<
			ContactKind,
			z.ZodOptional<z.ZodString>
		>,
	)
	.catch({});

type Wish = Omit<Intake, 'source'> & { chosenSource: string };

const read = (item: ItemParameters): Wish => {
	const contact = item.read('contact', 'Contact', jsonSchema.pipe(contactSchema));
	const more = item.read(
		'more',
		'Options',
		z.object({ assignedById: z.union([z.literal(''), idSchema]).optional() }).default({}),
	);
	const sources = item.read('sources', 'Sources', sourcesSchema);
	return {
		contact,
		mode: item.read('mode', 'Mode', z.enum(['createOrEnrich', 'enrich'])),
		chosenSource: sources[contact.kind] ?? '',
		assignedById: more.assignedById === '' ? undefined : more.assignedById,
	};
};

/** Later nodes need the lead's place and the contact's key, whichever contact it was made of. */
const asJson = ({ contact }: Wish, { lead, ...taken }: Taken): IDataObject => ({
	...taken,
	contact: contactKey(contact),
	kind: contact.kind,
	title: String(lead?.title ?? ''),
	stageId: String(lead?.stageId ?? ''),
	createdTime: String(lead?.createdTime ?? ''),
	movedTime: String(lead?.movedTime ?? ''),
	originId: contactKey(contact),
	lead: (lead ?? {}) as IDataObject,
});

/** One after another: contacts of the same person in one run have to find each other's lead. */
const takeAll = async (client: Bitrix24Client, wishes: Wish[]): Promise<Outcome[]> => {
	const wanted = wishes.flatMap(({ contact, chosenSource }) => [
		chosenSource,
		...SOURCES[contact.kind],
	]);
	const sources = await existingSources(client, wanted);
	const outcomes: Outcome[] = [];
	for (const wish of wishes) {
		const source = sourceFor(wish.contact.kind, sources, wish.chosenSource);
		outcomes.push(
			await attempt(async () => asJson(wish, await takeIn(client, { ...wish, source }))),
		);
	}
	return outcomes;
};

export const createOrEnrich: ListOperation<Bitrix24Client> = {
	value: 'createOrEnrich',
	name: 'Create or Enrich',
	action: 'Create or enrich a lead of a contact',
	description:
		'One lead for a contact: the one it made before, an open one of the same phone or email, or a new one',
	properties: [
		{
			displayName: 'Contact',
			name: 'contact',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'Who got in touch and how, as the CoMagic Trigger gives it',
		},
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{
					name: 'Create or Enrich',
					value: 'createOrEnrich',
					description: 'Make a lead when there is none',
				},
				{
					name: 'Only Enrich',
					value: 'enrich',
					description: 'Leave the making of leads to the integration of CoMagic itself',
				},
			],
			default: 'createOrEnrich',
		},
		{
			displayName: 'Sources',
			name: 'sources',
			type: 'collection',
			placeholder: 'Add Source',
			default: {},
			description: 'What the source field of a new lead says of each kind, if not the usual value',
			options: KINDS.map((kind) => ({
				displayName: `${ENGLISH[kind]} Source Name or ID`,
				name: kind,
				type: 'options' as const,
				typeOptions: { loadOptionsMethod: 'getSources' },
				default: '',
				description: `${KIND_NAMES[kind]}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
			})),
		},
		{
			displayName: 'Options',
			name: 'more',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Responsible User ID',
					name: 'assignedById',
					type: 'string',
					default: '',
					description: 'Who gets new leads; the owner of the webhook if left empty',
				},
			],
		},
	],
	forAll: async (client, items) =>
		await together(items, read, async (wishes) => await takeAll(client, wishes)),
};
