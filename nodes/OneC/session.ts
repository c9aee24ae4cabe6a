/** One execution of a node against one base: the client, and what was read from the catalogs so far. */
import { z } from 'zod';
import type { Clock, Http } from '../shared/http';
import { parse } from '../shared/parameters';
import { serviceRoot } from './odata/address';
import {
	ORGANIZATIONS,
	type Contract,
	type Counterparty,
	type Organization,
} from './catalogs/catalogs';
import { OneCClient } from './odata/client';
import type { AllPayments } from './progress/payments';
import { openShelves, type Shelves } from './catalogs/shelves';

/** The marker and a deal number share 20 characters, and the marker goes into searches. */
const credentialSchema = z.object({
	url: z.string().trim().url('must be an address such as http://server/ut'),
	timeZone: z.string().trim().min(1, 'is empty'),
	marker: z
		.string()
		.trim()
		.regex(/^[A-Za-z0-9]{1,8}$/, 'must be 1 to 8 Latin letters or digits'),
});

export interface Session {
	client: OneCClient;
	shelves: Shelves;
	/** All organizations of the base that are not marked for deletion: there are only a few. */
	organizations(): Promise<Organization[]>;
	/** Answers by ИНН and by owner are kept here for the whole execution. */
	byInn: Map<string, Counterparty[]>;
	contractsOf: Map<string, Contract[]>;
	currencies: Map<string, string>;
	/** By the set they stand in, where everybody's payments were read. */
	allPayments: Map<string, AllPayments>;
}

export const openSession = (credential: unknown, http: Http, clock: Clock): Session => {
	const { url, timeZone, marker } = parse(
		credentialSchema,
		credential,
		'Credential 1C:UT 10.3 API',
		'Correct the credential.',
	);
	const client = new OneCClient({ root: serviceRoot(url), timeZone, marker }, http, clock);
	let organizations: Promise<Organization[]> | undefined;
	const readOrganizations = async (): Promise<Organization[]> =>
		await client.list(ORGANIZATIONS.set, ORGANIZATIONS.schema, {
			filter: 'DeletionMark eq false',
			select: ORGANIZATIONS.select,
			orderby: 'Description',
		});
	return {
		client,
		shelves: openShelves(client),
		organizations: async () => await (organizations ??= readOrganizations()),
		byInn: new Map(),
		contractsOf: new Map(),
		currencies: new Map(),
		allPayments: new Map(),
	};
};
