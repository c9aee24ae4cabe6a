/** Fields people add to cards of a kind. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { readCardFields, type CardField } from '../cards/cardFields';
import {
	COMPANY,
	CONTACT,
	DEAL,
	FIRST_PROCESS,
	LEAD,
	QUOTE,
	SMART_INVOICE,
} from '../rest/entityTypes';
import type { Caller } from '../rest/gather';

export interface UserField {
	name: string;
	title: string;
	type: string;
	isMultiple: boolean;
	isRequired: boolean;
	values: string[];
}

const asUserField = ([name, field]: [string, CardField]): UserField => ({
	name,
	title: field.title ?? name,
	type: field.type,
	isMultiple: field.isMultiple,
	isRequired: field.isRequired,
	values: field.items?.map(({ VALUE }) => VALUE) ?? [],
});

export const readUserFields = async (client: Caller, entityTypeId: number): Promise<UserField[]> =>
	[...(await readCardFields(client, entityTypeId))]
		.filter(([name]) => name.startsWith('UF_'))
		.map(asUserField);

/** What the portal calls the owners of user fields [Bitrix24 docs, CRM data types]. */
const OWNERS: Record<number, string> = {
	[LEAD]: 'CRM_LEAD',
	[DEAL]: 'CRM_DEAL',
	[CONTACT]: 'CRM_CONTACT',
	[COMPANY]: 'CRM_COMPANY',
	[QUOTE]: 'CRM_QUOTE',
	[SMART_INVOICE]: 'CRM_SMART_INVOICE',
};

const typeSchema = z.object({ type: z.object({ id: z.coerce.number() }) });

/** A smart process owns fields under the number of its type, which is not its entityTypeId. */
const ownerOf = async (client: Caller, entityTypeId: number): Promise<string> => {
	if (entityTypeId < FIRST_PROCESS) return OWNERS[entityTypeId];
	const params = { entityTypeId };
	const { type } = typeSchema.parse(
		await client.call({ method: 'crm.type.getByEntityTypeId', params }),
	);
	return `CRM_${type.id}`;
};

export interface NewUserField {
	/** With or without the prefix the portal demands. */
	code: string;
	title: string;
	type: string;
	isMultiple: boolean;
	values: string[];
}

/** Longer names are refused [Bitrix24 docs, userfieldconfig.add]. */
const LONGEST = 50;

const nameOf = (owner: string, code: string): string => {
	const upper = code.trim().toUpperCase();
	const name = upper.startsWith('UF_') ? upper : `UF_${owner}_${upper}`;
	if (/^UF_[A-Z0-9_]+$/.test(name) && name.length <= LONGEST) return name;
	throw new Problem(
		`"${code}" is not a name for a user field.`,
		`Use Latin letters, digits and underscores, and not more than ${LONGEST} together with the prefix.`,
	);
};

export interface MadeUserField {
	field: UserField;
	outcome: 'created' | 'found';
}

/** Finds the field by its name, or makes it. */
export const makeUserField = async (
	client: Caller,
	entityTypeId: number,
	{ code, title, type, isMultiple, values }: NewUserField,
): Promise<MadeUserField> => {
	const owner = await ownerOf(client, entityTypeId);
	const name = nameOf(owner, code);
	const find = async (): Promise<UserField | undefined> =>
		(await readUserFields(client, entityTypeId)).find((field) => field.name === name);
	const existing = await find();
	if (existing) return { field: existing, outcome: 'found' };
	const added = await settled(
		async () =>
			await client.call({
				method: 'userfieldconfig.add',
				params: {
					moduleId: 'crm',
					field: {
						entityId: owner,
						fieldName: name,
						userTypeId: type,
						xmlId: name,
						multiple: isMultiple ? 'Y' : 'N',
						showFilter: 'Y',
						editFormLabel: { ru: title, en: title },
						...(values.length > 0 ? { enum: values.map((value) => ({ value })) } : {}),
					},
				},
				repeatable: false,
			}),
	);
	if (added.error && !(added.error instanceof UnknownOutcome)) throw added.error;
	const made = await find();
	if (made) return { field: made, outcome: 'created' };
	throw (
		added.error ??
		new Problem(
			`Bitrix24 accepted the field ${name}, but does not show it.`,
			'Give the webhook owner the right to change CRM settings, and run it again.',
		)
	);
};
