import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { limitFields, readLimit } from '../../shared/limitFields';
import { Problem } from '../../exchange/problem';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import type { Counterparty } from '../catalogs/catalogs';
import { browseCounterparties, foldersJson } from '../catalogs/browse';
import { findByInn, folderPath } from '../catalogs/counterparties';
import { COUNTERPARTY_SET } from '../catalogs/counterpartySearch';
import { currencyOf } from '../catalogs/currencies';
import { makeCounterparty } from '../catalogs/makeCounterparty';
import { organizationOf } from '../documents/saleContext';
import type { Session } from '../session';
import { locator, required } from './locators';
import {
	dealIdOf,
	folder,
	IN_BRANCH,
	ref,
	refParameter,
	requiredRef,
	saleFields,
	searchText,
	words,
} from './parameters';

const string = (name: string, displayName: string, description?: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...(description ? { description } : {}),
});

const inn = string('inn', 'INN', 'ИНН: 10 digits of an organization or 12 of a person');
const kpp = string('kpp', 'KPP', 'КПП; narrows the search when several have the same INN');
const shownFor = (findBy: string) => ({ show: { findBy: [findBy] } });

const text = z.string().trim();

const asJson = async (session: Session, found: Counterparty): Promise<IDataObject> => ({
	ref: found.ref,
	code: found.code,
	name: found.name,
	inn: found.inn,
	kpp: found.kpp,
	path: await folderPath(session, found),
	mainContract: found.mainContract,
	deletionMark: found.deletionMark,
});

const listed = async (session: Session, all: Counterparty[]): Promise<IDataObject[]> => {
	const items: IDataObject[] = [];
	for (const one of all) items.push(await asJson(session, one));
	return items;
};

const readOne = async ({ shelves }: Session, wanted: string): Promise<Counterparty> => {
	const found = await shelves.counterparties.get(wanted);
	if (found) return found;
	throw new Problem(`1C has no counterparty ${wanted}.`, 'Check the GUID.');
};

const find: ItemOperation<Session> = {
	value: 'find',
	name: 'Find',
	action: 'Find counterparties',
	description: 'By GUID, or by INN in all folders; gives every match, and none when there is none',
	properties: [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'GUID', value: 'ref' },
				{ name: 'INN', value: 'inn' },
			],
			default: 'inn',
		},
		{ ...ref, displayOptions: shownFor('ref') },
		{ ...inn, required: true, displayOptions: shownFor('inn') },
		{ ...kpp, displayOptions: shownFor('inn') },
	],
	forEach: async (session, item) => {
		if (item.read('findBy', 'Find By', z.enum(['ref', 'inn'])) === 'inn') {
			const wanted = item.read('inn', 'INN', text.min(1, 'is empty'));
			return await listed(session, await findByInn(session, wanted, item.read('kpp', 'KPP', text)));
		}
		const wanted = item.read('ref', 'GUID', requiredRef);
		return await asJson(session, await readOne(session, wanted));
	},
};

const get: ItemOperation<Session> = {
	value: 'get',
	name: 'Get',
	action: 'Get a counterparty',
	description: 'One counterparty with the way through its folders',
	properties: [locator('counterparty', { required: true })],
	forEach: async (session, item) =>
		await asJson(session, await readOne(session, await required(session, item, 'counterparty'))),
};

const getMany: ItemOperation<Session> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many counterparties',
	description:
		'By words of the name, an INN, a KPP, a code or a telephone, by folder, or all of them',
	properties: [searchText, { ...folder, hint: IN_BRANCH }, ...limitFields],
	forEach: async ({ client }, item) =>
		(
			await browseCounterparties(client, {
				text: item.read('search', 'Search', words),
				folder: item.read('folder', 'Folder', refParameter),
				limit: readLimit(item),
			})
		).map((one) => ({ ...one })),
};

const getFolders: ItemOperation<Session> = {
	value: 'getFolders',
	name: 'Get Folders',
	action: 'Get the folders of counterparties',
	description: 'Every folder with the way to it',
	properties: [],
	forEach: async ({ client }) =>
		(await foldersJson(client, COUNTERPARTY_SET)).map((one) => ({ ...one })),
};

/** A contract is made with an organization, so one has to be known. */
const contractParties = async (session: Session, item: ItemParameters) => {
	const isWanted = item.read('withContract', 'With Main Contract', z.boolean());
	if (!isWanted) return { contractWith: null, currency: '' };
	const chosen = item.read('organization', 'Organization', refParameter);
	const { ref: contractWith } = await organizationOf(session, chosen);
	return { contractWith, currency: await currencyOf(session, 'RUB') };
};

const create: ItemOperation<Session> = {
	value: 'create',
	name: 'Create',
	action: 'Create a counterparty',
	description: 'Counterparties with the same INN in any folder are returned instead of a new one',
	properties: [
		{ ...string('name', 'Name'), required: true },
		string('fullName', 'Full Name', 'For printed documents; the name when empty'),
		inn,
		kpp,
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Legal Entity (Юрлицо)', value: 'ЮрЛицо' },
				{ name: 'Person (Физлицо)', value: 'ФизЛицо' },
			],
			default: 'ЮрЛицо',
		},
		folder,
		{
			displayName: 'With Main Contract',
			name: 'withContract',
			type: 'boolean',
			default: true,
			description: 'Whether to make a main contract of the kind «С покупателем» in roubles',
		},
		{
			...saleFields[1],
			typeOptions: { loadOptionsMethod: 'getContractOrganizations' },
			displayOptions: { show: { withContract: [true] } },
			hint: 'The contract is made with it; may be left out when 1C has only one',
		},
		{
			displayName: 'Create Even If INN Is Known',
			name: 'evenIfFound',
			type: 'boolean',
			default: false,
			description: 'Whether to make one more counterparty, such as one in another folder',
		},
	],
	forEach: async (session, item) => {
		const made = await makeCounterparty(session, {
			name: item.read('name', 'Name', text),
			fullName: item.read('fullName', 'Full Name', text),
			inn: item.read('inn', 'INN', text),
			kpp: item.read('kpp', 'KPP', text),
			kind: item.read('kind', 'Kind', z.enum(['ЮрЛицо', 'ФизЛицо'])),
			folder: item.read('folder', 'Folder', refParameter),
			evenIfFound: item.read('evenIfFound', 'Create Even If INN Is Known', z.boolean()),
			...(await contractParties(session, item)),
		});
		return {
			...dealIdOf(item.json),
			outcome: made.outcome,
			contract: made.contract,
			counterparties: await listed(session, made.counterparties),
		};
	},
};

export const counterparty: Resource<Session> = {
	value: 'counterparty',
	name: 'Counterparty (Контрагент)',
	operations: [find, create, get, getFolders, getMany],
};
