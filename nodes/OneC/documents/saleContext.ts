/** Everything of 1C that a document for a sale refers to, looked up and checked before anything is written. */
import { inRoubles } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import { saleTotal, strayFromTotal, type Sale } from '../../exchange/sale';
import type { Contract, Counterparty, Organization } from '../catalogs/catalogs';
import { contractFor, fetchContracts } from '../catalogs/contracts';
import { buyerOf, fetchBuyers } from '../catalogs/counterparties';
import { currencyOf } from '../catalogs/currencies';
import { fetchProducts, positionsOf, type Position } from '../catalogs/products';
import type { Session } from '../session';
import { checkColumns } from './columnLimits';

/** What the node's own fields say where the deal says nothing. */
export interface Defaults {
	organization: string | null;
	warehouse: string | null;
}

export interface SaleContext {
	marker: string;
	/** Wall time of the 1C server. */
	now: string;
	buyer: Counterparty;
	organization: Organization;
	contract: Contract;
	currency: string;
	warehouse: string | null;
	positions: Position[];
}

export const organizationOf = async (
	session: Session,
	wanted: string | null,
): Promise<Organization> => {
	if (wanted) {
		const found = await session.shelves.organizations.get(wanted);
		if (found && !found.deletionMark) return found;
		throw new Problem(
			`1C has no organization ${wanted}, or it is marked for deletion.`,
			'Choose another organization in the deal or in the node.',
			'Организации, выбранной для сделки, в 1С нет, или она помечена на удаление. Выберите другую организацию.',
		);
	}
	const all = await session.organizations();
	if (all.length === 1) return all[0];
	throw new Problem(
		`1C has ${all.length} organizations: ${all.map(({ name }) => `«${name}»`).join(', ')}.`,
		'Choose one in the field Organization of the node, or in the deal.',
		`В 1С несколько организаций: ${all.map(({ name }) => `«${name}»`).join(', ')}. Выберите организацию на вкладке «1С» сделки.`,
	);
};

/** 1C stores a reference that leads nowhere without a word [live probes of УТ 11], so it is looked at first. */
const checkWarehouse = async ({ shelves }: Session, ref: string): Promise<string> => {
	const warehouse = await shelves.warehouses.get(ref);
	const wrong = (what: string, russian: string): Problem =>
		new Problem(
			what,
			'Choose another warehouse in the deal or in the node.',
			`${russian} Выберите другой склад.`,
		);
	if (!warehouse) {
		throw wrong(`1C has no warehouse ${ref}.`, 'Склада, выбранного для сделки, в 1С нет.');
	}
	const { name, deletionMark, isFolder } = warehouse;
	if (isFolder) {
		throw wrong(`«${name}» is a folder of warehouses.`, `«${name}» — это папка складов.`);
	}
	if (!deletionMark) return ref;
	throw wrong(
		`Warehouse «${name}» is marked for deletion in 1C.`,
		`Склад «${name}» помечен в 1С на удаление.`,
	);
};

const checkTotal = (sale: Sale): void => {
	const stray = strayFromTotal(sale);
	if (stray === null || sale.total === null) return;
	throw new Problem(
		`The products of the deal make ${inRoubles(saleTotal(sale))}, but the sum of the deal is ${inRoubles(sale.total)}.`,
		'Recalculate the sum of the deal by its products.',
		`Товары сделки дают ${inRoubles(saleTotal(sale))}, а сумма сделки ${inRoubles(sale.total)}. Пересчитайте сумму сделки по товарам.`,
	);
};

/**
 * Reads in few requests what many sales will ask for; what is missing is told sale by sale. Contracts come first: with them
 * come the buyers that are known by reference.
 */
export const fetchFor = async (session: Session, sales: readonly Sale[]): Promise<void> => {
	await fetchContracts(
		session,
		sales.flatMap(({ buyer }) => (buyer.ref ? [buyer.ref] : [])),
	);
	await fetchBuyers(session, sales);
	await fetchProducts(session, sales);
	const found = sales.flatMap(({ buyer }) => {
		const [one, ...others] = session.byInn.get(buyer.inn) ?? [];
		return !buyer.ref && one && others.length === 0 ? [one.ref] : [];
	});
	await fetchContracts(session, found);
};

export const contextFor = async (
	session: Session,
	sale: Sale,
	defaults: Defaults,
): Promise<SaleContext> => {
	checkColumns(sale);
	const positions = await positionsOf(session, sale);
	checkTotal(sale);
	const buyer = await buyerOf(session, sale);
	const organization = await organizationOf(session, sale.organization ?? defaults.organization);
	const currency = await currencyOf(session, sale.currency);
	const contract = await contractFor(session, {
		buyer,
		organization,
		currency: { ref: currency, letters: sale.currency },
		chosen: sale.contract,
	});
	const warehouse = sale.warehouse ?? defaults.warehouse;
	return {
		marker: session.client.base.marker,
		now: session.client.now(),
		buyer,
		organization,
		contract,
		currency,
		warehouse: warehouse ? await checkWarehouse(session, warehouse) : null,
		positions,
	};
};
