/** Leads, contacts and companies that have a phone or an e-mail, by the portal's own search. */
import { z } from 'zod';
import type { Resource } from '../../shared/operation';
import { emailsIn, phonesIn } from '../../exchange/identity';
import { Problem } from '../../exchange/problem';
import { MOST_SEARCHED, searchedValues } from '../cards/communications';
import type { Bitrix24Client } from '../rest/client';
import { oneCommand } from './oneCommand';
import { textSchema } from '../../shared/valueSchemas';

/** An empty answer is a list, because PHP writes an empty map so. */
const foundSchema = z
	.record(z.array(z.coerce.number()))
	.or(z.array(z.unknown()).transform((): Record<string, number[]> => ({})));

const KINDS = ['LEAD', 'CONTACT', 'COMPANY'] as const;

const find = oneCommand(
	{
		value: 'find',
		name: 'Find',
		action: 'Find cards by phone or email',
		description: 'Numbers of the leads, contacts and companies that have a phone or an e-mail',
		properties: [
			{
				displayName: 'Search By',
				name: 'by',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Email', value: 'EMAIL' },
					{ name: 'Phone', value: 'PHONE' },
				],
				default: 'PHONE',
			},
			{
				displayName: 'Values',
				name: 'values',
				type: 'string',
				default: '',
				required: true,
				placeholder: '+7 495 123-45-67',
				description: 'One or up to twenty, between commas; phones may be written in any way',
			},
			{
				displayName: 'Look Among',
				name: 'among',
				type: 'options',
				options: [
					{ name: 'All', value: 'ALL' },
					{ name: 'Companies', value: 'COMPANY' },
					{ name: 'Contacts', value: 'CONTACT' },
					{ name: 'Leads', value: 'LEAD' },
				],
				default: 'ALL',
			},
		],
	},
	(item) => {
		const by = item.read('by', 'Search By', z.enum(['PHONE', 'EMAIL']));
		const text = item.read('values', 'Values', textSchema);
		const values = by === 'PHONE' ? phonesIn(text) : emailsIn(text);
		if (values.length === 0) {
			throw new Problem(`There is no ${by === 'PHONE' ? 'phone' : 'e-mail'} in "${text}".`);
		}
		if (values.length > MOST_SEARCHED) {
			throw new Problem(
				`Bitrix24 looks for ${MOST_SEARCHED} values at a time, not for ${values.length}.`,
			);
		}
		const searched = searchedValues(values.map((value) => ({ type: by, value })));
		const among = item.read('among', 'Look Among', z.enum(['ALL', ...KINDS]));
		return {
			command: {
				method: 'crm.duplicate.findbycomm',
				params: { type: by, values: searched, ...(among === 'ALL' ? {} : { entity_type: among }) },
			},
			toJson: (result) => {
				const found = foundSchema.parse(result);
				const [leads, contacts, companies] = KINDS.map((kind) => found[kind] ?? []);
				const isFound = leads.length + contacts.length + companies.length > 0;
				return { values, isFound, leads, contacts, companies };
			},
		};
	},
);

export const duplicate: Resource<Bitrix24Client> = {
	value: 'duplicate',
	name: 'Duplicate (Дубликат)',
	operations: [find],
};
