import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { phoneKey } from '../../exchange/identity';
import type { ItemOperation, Resource } from '../../shared/operation';
import { textSchema } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';
import { SITE_REQUESTS } from '../columns';
import { reportOperation } from './reportOperation';

const text = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

const idText = textSchema.pipe(z.string().regex(/^-?\d*$/, 'must be a number'));

/** What is empty is left out: CoMagic takes no empty texts for numbers. */
const filled = (fields: Record<string, string | number | undefined>): IDataObject =>
	Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined),
	);

const create: ItemOperation<CoMagicClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create a site request',
	description: 'Upload a request that came by another way, so that analytics count it too',
	properties: [
		{ ...text('Phone', 'phone', 'Phone or email is needed'), placeholder: '+74951234567' },
		text('Email', 'email', 'Phone or email is needed'),
		text('Name', 'name', 'Who asks'),
		text('Text', 'text', 'What they ask'),
		text('Form', 'form', 'Name of the form'),
		text('Visitor Session ID', 'visitorSessionId', 'A visit, a campaign or a site is needed'),
		{
			displayName: 'Campaign Name or ID',
			name: 'campaignId',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getCampaigns' },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		{
			displayName: 'Site Name or ID',
			name: 'siteId',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSites' },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		text('External ID', 'externalId', 'Keeps the same request from being uploaded twice'),
	],
	async forEach(client, item) {
		const read = (name: string, label: string): string => item.read(name, label, textSchema);
		const id = (name: string, label: string): number | undefined => {
			const value = item.read(name, label, idText);
			return value === '' ? undefined : Number(value);
		};
		const phone = read('phone', 'Phone');
		const key = phoneKey(phone);
		if (phone && !key) {
			throw new Problem('Phone: is not a whole number.', 'Write it such as +74951234567.');
		}
		const request = filled({
			phone: key ?? '',
			email: read('email', 'Email'),
			name: read('name', 'Name'),
			message: read('text', 'Text'),
			form_name: read('form', 'Form'),
			visitor_session_id: id('visitorSessionId', 'Visitor Session ID'),
			campaign_id: id('campaignId', 'Campaign'),
			site_id: id('siteId', 'Site'),
			ext_id: read('externalId', 'External ID'),
		});
		const { data } = await client.call({
			method: 'upload.offline_messages',
			params: { offline_messages: [request] },
			repeatable: false,
		});
		const [created] = z.array(z.object({ id: z.number() })).parse(data);
		return { ...request, ...created };
	},
};

export const siteRequest: Resource<CoMagicClient> = {
	value: 'siteRequest',
	name: 'Site Request (Заявка)',
	operations: [
		reportOperation(
			SITE_REQUESTS,
			'site requests',
			'Requests of forms, and those that were uploaded',
		),
		create,
	],
};
