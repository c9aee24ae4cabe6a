import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { CoMagicClient } from '../client';
import { COMMUNICATIONS } from '../columns';
import { CONTACT_TYPES, readContacts, type ContactType } from '../contacts';
import type { ContactJson } from '../toContact';
import {
	communicationId,
	communicationType,
	periodFields,
	readCommunicationId,
	readPeriod,
} from './fields';
import { reportOperation } from './reportOperation';

const TYPE_NAMES: Array<[ContactType, string]> = [
	['call', 'Call'],
	['chat', 'Chat'],
	['email', 'Email'],
	['offline_message', 'Site Request'],
];

const asJson = (contact: ContactJson): IDataObject => ({ ...contact }) as unknown as IDataObject;

const get: ItemOperation<CoMagicClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get a communication with all its details',
	description: 'Who got in touch, how, from where, and what was said, in one shape for all types',
	properties: [communicationType(TYPE_NAMES), communicationId, ...periodFields],
	async forEach(client, item) {
		const type = item.read('communicationType', 'Communication Type', z.enum(CONTACT_TYPES));
		const id = readCommunicationId(item);
		const period = await readPeriod(client, item);
		const [found] = await readContacts(client, type, { period, communicationId: id });
		if (found) return asJson(found);
		throw new Problem(
			`CoMagic shows no communication ${id} of the type ${type} in this period.`,
			'Check the ID and the period; a communication is shown some time after it happened, a call after its end.',
		);
	},
};

const getContacts: ItemOperation<CoMagicClient> = {
	value: 'getContacts',
	name: 'Get Many Contacts',
	action: 'Get many contacts in one shape',
	description: 'Calls, chats, site requests and letters with phone, email, text and labels alike',
	properties: [
		{
			displayName: 'Types',
			name: 'types',
			type: 'multiOptions',
			options: TYPE_NAMES.map(([value, name]) => ({ name, value })),
			default: ['call', 'chat', 'offline_message'],
			description: 'Letters need the option «Data API для настройки»',
		},
		...periodFields,
		...limitFields,
	],
	async forEach(client, item) {
		const types = item.read('types', 'Types', z.array(z.enum(CONTACT_TYPES)).min(1, 'are empty'));
		const period = await readPeriod(client, item);
		const contacts: ContactJson[] = [];
		for (const type of types) contacts.push(...(await readContacts(client, type, { period })));
		return contacts
			.sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
			.slice(0, readLimit(item))
			.map(asJson);
	},
};

export const communication: Resource<CoMagicClient> = {
	value: 'communication',
	name: 'Communication (Обращение)',
	operations: [
		reportOperation(
			COMMUNICATIONS,
			'communications',
			'Everything people did, without phones and texts: those are in the reports of each type',
		),
		get,
		getContacts,
	],
};
