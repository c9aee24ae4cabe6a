/** Buyers from 1C to Bitrix24, page by page: at no time more than one page of them is held. */
import { countLinked, linkedCards, type CardType } from '../Bitrix24/buyers/buyerCards';
import { BuyerSync, type BuyerSettings } from '../Bitrix24/buyers/buyerSync';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { cutLinks } from '../Bitrix24/buyers/goneBuyers';
import { knownParties, readParties } from '../OneC/catalogs/parties';
import type { Session } from '../OneC/session';
import type { Report } from './report';

export interface CounterpartiesWanted extends BuyerSettings {
	folder: string | null;
	pageSize: number;
}

const TYPES: CardType[] = ['company', 'contact'];

/**
 * Cards whose counterparty has gone are looked for only when the portal counts more links than the run has met, because
 * counting is one request and looking is one for every fifty cards.
 */
const followGone = async (
	client: Bitrix24Client,
	{ client: onec }: Session,
	dryRun: boolean,
	report: Report,
): Promise<void> => {
	for (const type of TYPES) {
		for await (const cards of linkedCards(client, type)) {
			const known = await knownParties(
				onec,
				cards.map(({ ref }) => ref),
			);
			const gone = cards.filter(({ ref }) => !known.has(ref));
			if (gone.length > 0) report.gone(await cutLinks(client, gone, dryRun));
		}
	}
};

export const syncCounterparties = async (
	client: Bitrix24Client,
	session: Session,
	{ folder, pageSize, ...settings }: CounterpartiesWanted,
	report: Report,
): Promise<void> => {
	const sync = await BuyerSync.open(client, settings);
	let met = 0;
	for await (const parties of readParties(session.client, folder, pageSize)) {
		const outcomes = await sync.page(parties);
		met += outcomes.filter(({ isOwnCard }) => isOwnCard).length;
		report.page(outcomes);
	}
	if (folder !== null) return;
	let linked = 0;
	for (const type of TYPES) linked += await countLinked(client, type);
	if (linked > met) await followGone(client, session, settings.dryRun, report);
};
