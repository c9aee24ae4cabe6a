/** The counterparties a manager most likely means: those of the deal's company, and those chosen in deals lately. */
import { z } from 'zod';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { COMPANY, DEAL } from '../Bitrix24/rest/entityTypes';
import { itemGet, itemList } from '../Bitrix24/rest/items';
import { COUNTERPARTIES, COUNTERPARTY, ORIGINATOR } from '../Bitrix24/setup/fields';
import { optional, required } from '../Bitrix24/rest/reply';
import { isGuid } from '../exchange/reference';
import { isInn } from '../exchange/identity';
import { findByInn } from '../OneC/catalogs/counterparties';
import { readCounterparties, type CounterpartyRow } from '../OneC/catalogs/counterpartySearch';
import type { Session } from '../OneC/session';
import { readCard } from './dealSide';
import type { NearJson } from './wire';

const dealsSchema = z.object({ items: z.array(z.record(z.unknown())) });

/** So many fit on the page without scrolling. */
const MOST = 8;

const chosenIn = (reply: Parameters<typeof required>[0]): string[] =>
	required(reply, dealsSchema)
		.items.map((deal) => String(deal[COUNTERPARTY] ?? '').toLowerCase())
		.filter(isGuid);

const companySchema = z.object({
	item: z.object({
		originatorId: z.string().nullish(),
		originId: z.string().nullish(),
		[COUNTERPARTIES]: z.array(z.string()).catch([]),
	}),
});

/** The counterparties a company was loaded from: its own one, and further ones in other folders. */
const linkedTo = (reply: Parameters<typeof required>[0]): string[] => {
	const company = optional(reply, companySchema)?.item;
	if (!company) return [];
	const own = company.originatorId === ORIGINATOR ? [company.originId ?? ''] : [];
	return [...own, ...company[COUNTERPARTIES]].map((ref) => ref.toLowerCase()).filter(isGuid);
};

/** Deals of a company, or of a user, in which a counterparty was chosen; the latest first. */
const dealsWith = (filter: Record<string, unknown>) =>
	itemList({
		entityTypeId: DEAL,
		filter: { ...filter, [`!${COUNTERPARTY}`]: '' },
		select: ['id', COUNTERPARTY],
		order: { id: 'DESC' },
	});

export const readNear = async (
	portal: Bitrix24Client,
	session: Session,
	deal: number,
	user: number,
): Promise<NearJson> => {
	const { deal: card, sale } = await readCard(portal, deal);
	const { companyId } = card;
	const [ofCompany, ofUser, company] = await portal.batch([
		dealsWith(companyId > 0 ? { companyId } : { id: deal }),
		dealsWith(user > 0 ? { assignedById: user } : {}),
		itemGet({ entityTypeId: COMPANY, id: companyId }),
	]);
	const { ref, inn, kpp } = sale.buyer;
	const sameInn = inn && isInn(inn) ? await findByInn(session, inn, '') : [];
	const suited = kpp
		? [...sameInn].sort((a, b) => Number(b.kpp === kpp) - Number(a.kpp === kpp))
		: sameInn;
	const linked = [
		...new Set([
			...(ref ? [ref] : []),
			...linkedTo(company),
			...suited.map((one) => one.ref),
			...chosenIn(ofCompany),
		]),
	];
	const recent = [...new Set(chosenIn(ofUser))].filter((one) => !linked.includes(one));
	const wanted = [...linked, ...recent.slice(0, MOST)];
	const rows = new Map(
		(await readCounterparties(session.client, wanted)).map((row) => [row.ref, row]),
	);
	const living = (refs: readonly string[]): CounterpartyRow[] =>
		refs.flatMap((one) => rows.get(one) ?? []).filter(({ deletionMark }) => !deletionMark);
	return { linked: living(linked), recent: living(recent) };
};
