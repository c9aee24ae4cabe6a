/** Fields that several operations share, and how they are read. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemParameters } from '../../shared/parameters';
import { idSchema } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';
import { momentOf, type Period } from '../period';

const timeSchema = z
	.unknown()
	.transform((value) => (value instanceof Object ? JSON.stringify(value) : String(value ?? '')))
	.transform((text) => text.replaceAll('"', '').trim())
	.pipe(z.string().min(1, 'is empty'));

export const periodFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '={{ $now.minus({ days: 7 }).startOf("day") }}',
		required: true,
		description: 'A time without a zone is one of the account',
	},
	{
		displayName: 'Till',
		name: 'till',
		type: 'dateTime',
		default: '={{ $now }}',
		required: true,
		description: 'Periods longer than three months are asked for piece by piece',
	},
];

export const readPeriod = async (client: CoMagicClient, item: ItemParameters): Promise<Period> => {
	const timeZone = await client.timeZone();
	return {
		from: momentOf(item.read('from', 'From', timeSchema), timeZone, 'From'),
		till: momentOf(item.read('till', 'Till', timeSchema), timeZone, 'Till'),
	};
};

export const readMoment = async (
	client: CoMagicClient,
	item: ItemParameters,
	name: string,
	label: string,
): Promise<number> => momentOf(item.read(name, label, timeSchema), await client.timeZone(), label);

export const communicationId: INodeProperties = {
	displayName: 'Communication ID',
	name: 'communicationId',
	type: 'string',
	default: '={{ $json.communicationId }}',
	required: true,
	description: 'ID of the communication itself, not of the call, chat or request it was',
};

/** In the words of the API; ids are unique only within a type. */
export const communicationType = (
	types: Array<[value: string, name: string]>,
): INodeProperties => ({
	displayName: 'Communication Type',
	name: 'communicationType',
	type: 'options',
	options: types.map(([value, name]) => ({ name, value })),
	default: 'call',
	required: true,
});

export const readCommunicationId = (item: ItemParameters): number =>
	item.read('communicationId', 'Communication ID', idSchema);
