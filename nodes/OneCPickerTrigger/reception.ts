/** Answers one question of the page. Each kind of question has one small function of its own. */
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { DEAL } from '../Bitrix24/rest/entityTypes';
import { itemGet } from '../Bitrix24/rest/items';
import type { Claims } from '../Bitrix24/picker/pass';
import { WAREHOUSES } from '../OneC/catalogs/catalogs';
import {
	COUNTERPARTY_SET,
	countByInn,
	findCounterparties,
	listCounterparties,
	readCounterparties,
	type CounterpartyRow,
} from '../OneC/catalogs/counterpartySearch';
import { findByInn } from '../OneC/catalogs/counterparties';
import { currencyOf } from '../OneC/catalogs/currencies';
import { folderTree } from '../OneC/catalogs/folderTree';
import { readOffers } from '../OneC/catalogs/offers';
import { readPriceTypes } from '../OneC/catalogs/priceTypes';
import {
	findProducts,
	listProducts,
	PRODUCT_SET,
	readProducts,
} from '../OneC/catalogs/productSearch';
import type { Session } from '../OneC/session';
import { describe, writeChoice } from './choice';
import type { Desk } from './connect';
import { contractJson, readDealSide, readDocuments, saleContracts } from './dealSide';
import { Denial } from './denial';
import { readNear } from './near';
import { transfer } from './transfer';
import type { Answers, Ask, AskOf, CatalogName } from './wire';

/** What a workflow may go on with. */
export type Happening = Record<string, unknown>;

interface Visit {
	claims: Claims;
	/** With the rights of the credential. */
	exchange: Bitrix24Client;
	/** With the rights of the visitor; those of the credential for whoever came by a link. */
	visitor: Bitrix24Client;
	session: Session;
	tells(happening: Happening): void;
}

/** As many rows as a screen or three hold. */
const PAGE = 100;
const FOUND = 60;

const SETS: Record<CatalogName, string> = {
	counterparties: COUNTERPARTY_SET,
	products: PRODUCT_SET,
};
/** Look-alikes stand one below the other, whatever they are called. */
const besideTwins = async (
	...asked: Parameters<typeof findCounterparties>
): Promise<CounterpartyRow[]> => {
	const rows = await findCounterparties(...asked);
	const groups = new Map<string, CounterpartyRow[]>();
	for (const row of rows) {
		const key = row.inn || row.ref;
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()].flat();
};

const LISTS = { counterparties: listCounterparties, products: listProducts };
const SEARCHES = { counterparties: besideTwins, products: findProducts };

type Handler<Kind extends Ask['ask']> = (visit: Visit, ask: AskOf<Kind>) => Promise<Answers[Kind]>;

const details = async (session: Session, ref: string): Promise<Answers['counterparty']> => {
	const [counterparty] = await readCounterparties(session.client, [ref]);
	if (!counterparty) throw new Denial(404, 'gone', 'Такого контрагента в 1С больше нет.');
	const [contracts, own, same] = await Promise.all([
		saleContracts(session, ref),
		session.shelves.counterparties.get(ref),
		counterparty.inn ? findByInn(session, counterparty.inn, '') : [],
	]);
	const others = same.map((one) => one.ref).filter((one) => one !== ref);
	return {
		counterparty,
		contracts: contracts.map((one) => contractJson(one, own?.mainContract ?? null)),
		twins: await readCounterparties(session.client, others),
	};
};

const choices = async (session: Session): Promise<Answers['choices']> => {
	const { set, schema, select } = WAREHOUSES;
	const [organizations, warehouses, priceTypes] = await Promise.all([
		session.organizations(),
		session.client.list(set, schema, {
			filter: 'IsFolder eq false and DeletionMark eq false',
			select,
			orderby: 'Description,Ref_Key',
		}),
		readPriceTypes(session.client),
	]);
	const named = <One extends { ref: string; name: string }>(all: One[]) =>
		all.map(({ ref, name }) => ({ ref, name }));
	return {
		organizations: named(organizations),
		warehouses: named(warehouses),
		priceTypes: named(priceTypes),
	};
};

/**
 * What is said of the deal is read with the rights of the exchange, so the portal is asked each time whether the visitor
 * may still see it: a deal that is taken away from them closes at once.
 */
const whileAllowed = async <Result>(
	{ visitor, exchange, claims }: Visit,
	read: Promise<Result>,
): Promise<Result> => {
	if (visitor === exchange) return await read;
	const card = itemGet({ entityTypeId: DEAL, id: claims.deal });
	const [result] = await Promise.all([read, visitor.call(card)]);
	return result;
};

const HANDLERS: { [Kind in Ask['ask']]: Handler<Kind> } = {
	deal: async (visit) => {
		const { exchange, session, claims } = visit;
		return await whileAllowed(visit, readDealSide(exchange, session, claims.deal));
	},
	documents: async (visit) =>
		await whileAllowed(visit, readDocuments(visit.session, visit.claims.deal)),
	near: async (visit) => {
		const { exchange, session, claims } = visit;
		return await whileAllowed(visit, readNear(exchange, session, claims.deal, claims.user));
	},
	choices: async ({ session }) => await choices(session),
	folders: async ({ session }, { catalog }) => [
		...(await folderTree(session.client, SETS[catalog])).folders,
	],
	list: async ({ session }, { catalog, folder, skip }) => {
		const rows = await LISTS[catalog](session.client, folder, skip, PAGE);
		return { rows, more: rows.length === PAGE };
	},
	find: async ({ session }, { catalog, text, folder }) => {
		const rows = await SEARCHES[catalog](session.client, text, folder, FOUND);
		return { rows, more: rows.length >= FOUND };
	},
	counterparty: async ({ session }, { ref }) => await details(session, ref),
	twins: async ({ session }, { inns }) =>
		Object.fromEntries(await countByInn(session.client, [...new Set(inns)])),
	offers: async ({ session }, { refs, currency: letters, ...terms }) => {
		const products = await readProducts(session.client, refs);
		const currency = await currencyOf(session, letters);
		return await readOffers(session, products, { ...terms, currency });
	},
	choose: async ({ visitor, exchange, session, claims, tells }, wish) => {
		const { changed, fields } = await writeChoice(visitor, exchange, session, claims.deal, wish);
		if (!changed) return { changed };
		const counterparty = wish.counterparty && (await describe(session, wish.counterparty));
		tells({ event: 'chosen', fields, ...(counterparty ? { counterparty } : {}) });
		return { changed };
	},
	transfer: async ({ visitor, exchange, session, claims, tells }, basket) => {
		const { changed, lines } = await transfer(visitor, exchange, session, claims.deal, basket);
		if (changed) tells({ event: 'transferred', lines });
		return { changed };
	},
};

export interface Answer {
	json: unknown;
	happenings: Happening[];
}

export const answer = async (desk: Desk, claims: Claims, ask: Ask): Promise<Answer> => {
	const exchange = await desk.exchange();
	const happenings: Happening[] = [];
	const { deal: dealId, user: userId } = claims;
	const visit: Visit = {
		claims,
		exchange,
		visitor: claims.token ? desk.visitor(claims.token) : exchange,
		session: await desk.base(),
		tells: (happening) => happenings.push({ dealId, userId, ...happening }),
	};
	/** TypeScript cannot see that the handler found by the kind takes questions of that kind. */
	const handler = HANDLERS[ask.ask] as Handler<Ask['ask']>;
	return { json: await handler(visit, ask), happenings };
};
