/**
 * A firm that sells office furniture: its Bitrix24 portal, its 1C base and its CoMagic account, filled the way such a
 * firm's would be. A newcomer points any n8n at it; the page of states (`../statePage`) is for looking and acting.
 */
import { openPortal, type Portal } from '../bitrix24/portal';
import { openAccount, type Account } from '../comagic/account';
import { openBase, type Base } from '../onec/base';
import { fillAssortment, fillWarehouse } from './assortment';
import { fillBuyers } from './buyers';
import type { Buyer, Good } from './knownToBoth';
import { Clerk } from './paperwork';
import { contactsComeIn, dealsGoOn } from './workday';

export interface Pipeline {
	id: number;
	name: string;
}

export interface Firm {
	portal: Portal;
	base: Base;
	account: Account;
	pipelines: Pipeline[];
	goods: Good[];
	buyers: Buyer[];
	/** Writes documents of 1C by hand. */
	clerk: Clerk;
	closes(): Promise<void>;
}

export interface FirmOptions {
	ports?: { portal?: number; base?: number; account?: number };
	products?: number;
	/** So many more in the base, besides those with names. */
	counterparties?: number;
}

export const PRODUCTS = 5_000;

export const openFirm = async (options: FirmOptions = {}): Promise<Firm> => {
	const { ports = {}, products = PRODUCTS, counterparties = 0 } = options;
	const opened = await Promise.allSettled([
		openPortal({ port: ports.portal }),
		openBase({ port: ports.base }),
		openAccount({ port: ports.account }),
	]);
	const [portal, base, account] = await all(opened);
	const pipelines = [
		{ id: 0, name: 'Общая' },
		...['Розница', 'Тендеры'].map((name) => ({ id: portal.admin.addsPipeline(name), name })),
	];
	const goods = fillAssortment(portal, base, products);
	fillWarehouse(base, goods);
	const buyers = fillBuyers(portal, base);
	if (counterparties > 0) base.admin.fillsCounterparties(counterparties);
	const firm: Firm = {
		portal,
		base,
		account,
		pipelines,
		goods,
		buyers,
		clerk: new Clerk(portal, base, goods),
		closes: async () => {
			await Promise.all([portal.close(), base.close(), account.close()]);
		},
	};
	await dealsGoOn(firm);
	contactsComeIn(account);
	return firm;
};

/** Three servers or none: what has opened is closed when another could not. */
const all = async (
	opened: [PromiseSettledResult<Portal>, PromiseSettledResult<Base>, PromiseSettledResult<Account>],
): Promise<[Portal, Base, Account]> => {
	const [portal, base, account] = opened;
	if (
		portal.status === 'fulfilled' &&
		base.status === 'fulfilled' &&
		account.status === 'fulfilled'
	)
		return [portal.value, base.value, account.value];
	await Promise.all(
		opened.map((one) => (one.status === 'fulfilled' ? one.value.close() : undefined)),
	);
	throw opened.find((one) => one.status === 'rejected')?.reason;
};
