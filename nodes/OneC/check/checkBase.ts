/** All that can be asked of a base without writing anything, in the order an integrator would ask. */
import type { Probe } from '../../exchange/connectionReport';
import type { Session } from '../session';
import { payments, settlements, sides, vatRates } from './bookkeeping';
import { changePlans, ownKeys, siteExchange } from './otherExchanges';
import {
	clock,
	described,
	fields,
	longAddresses,
	objects,
	pages,
	platform,
	reached,
	readable,
	timeZone,
	writing,
} from './publication';

/** A base that does not answer, or is another one, is not asked any further. */
export const checkBase = async (session: Session): Promise<Probe[]> => {
	const { client } = session;
	const { probe, published } = await reached(client);
	if (!published) return [probe];
	const ofPublication = [probe, platform(published), objects(published)];
	const { probe: metadata, xml } = await described(client);
	return [
		...ofPublication,
		metadata,
		...(xml === null ? [] : [fields(xml, published), vatRates(xml)]),
		await readable(client, published),
		writing(),
		clock(client),
		await timeZone(client),
		await longAddresses(client),
		await pages(client),
		await sides(session),
		await settlements(client),
		await payments(client),
		await ownKeys(client),
		await siteExchange(client, published),
		changePlans(published),
	];
};
