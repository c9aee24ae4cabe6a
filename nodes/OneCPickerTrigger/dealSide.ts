/** How a deal stands towards 1C: who buys by which contract, what is sold, and which documents there are. */
import { readDealCards, type DealCard } from '../Bitrix24/deals/dealCard';
import { COUNTERPARTY } from '../Bitrix24/setup/fields';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { Problem } from '../exchange/problem';
import type { Progress } from '../exchange/progress';
import { roubles } from '../exchange/money';
import { saleSchema, type Sale } from '../exchange/sale';
import type { Contract } from '../OneC/catalogs/catalogs';
import { contractsOf } from '../OneC/catalogs/contracts';
import { COUNTERPARTY_SET, readCounterparties } from '../OneC/catalogs/counterpartySearch';
import { findByInn } from '../OneC/catalogs/counterparties';
import { folderTree } from '../OneC/catalogs/folderTree';
import { readPriceTypes } from '../OneC/catalogs/priceTypes';
import { findLinked, readProgress } from '../OneC/progress/readProgress';
import type { Session } from '../OneC/session';
import type {
	ContractJson,
	CounterpartyJson,
	DealJson,
	DocumentJson,
	DocumentsJson,
	Named,
} from './wire';

/** The deal's card with its sale as whoever takes it over reads it. */
export type Card = Omit<DealCard, 'sale'> & { sale: Sale };

export const readCard = async (client: Bitrix24Client, deal: number): Promise<Card> => {
	const card = (await readDealCards(client, [deal])).get(deal);
	if (card === undefined) throw new Problem(`Deal ${deal} was not read.`);
	if (card instanceof Problem) throw card;
	return { ...card, sale: saleSchema.parse(card.sale) };
};

export const contractJson = (contract: Contract, mainContract: string | null): ContractJson => ({
	ref: contract.ref,
	name: contract.name,
	code: contract.code,
	organization: contract.organization,
	priceType: contract.priceType,
	isMain: contract.ref === mainContract,
});

/** Those that a sale can go by: with a buyer, and not given up. */
export const saleContracts = async (session: Session, buyer: string): Promise<Contract[]> =>
	(await contractsOf(session, buyer)).filter(
		({ deletionMark, kind }) => !deletionMark && kind === 'СПокупателем',
	);

/** The counterparty of the deal, or the only one that its buyer can be. */
const buyerOf = async (session: Session, { sale }: Card): Promise<string | null> => {
	if (sale.buyer.ref) return sale.buyer.ref;
	if (!sale.buyer.inn) return null;
	const found = await findByInn(session, sale.buyer.inn, sale.buyer.kpp);
	return found.length === 1 ? found[0].ref : null;
};

const namedIn = <One extends Named>(all: readonly One[], ref: string | null): Named | null => {
	const found = all.find((one) => one.ref === ref);
	return found ? { ref: found.ref, name: found.name } : null;
};

interface BuyerSide {
	counterparty: CounterpartyJson | null;
	path: string[];
	contract: ContractJson | null;
}

const buyerSide = async (
	session: Session,
	ref: string | null,
	chosen: string | null,
): Promise<BuyerSide> => {
	if (!ref) return { counterparty: null, path: [], contract: null };
	const { client, shelves } = session;
	const [[counterparty], contracts, tree] = await Promise.all([
		readCounterparties(client, [ref]),
		saleContracts(session, ref),
		folderTree(client, COUNTERPARTY_SET),
	]);
	if (!counterparty) return { counterparty: null, path: [], contract: null };
	const main = (await shelves.counterparties.get(ref))?.mainContract ?? null;
	const contract =
		contracts.find((one) => one.ref === chosen) ??
		contracts.find((one) => one.ref === main) ??
		(contracts.length === 1 ? contracts[0] : undefined);
	return {
		counterparty,
		path: tree.pathOf(counterparty.folder),
		contract: contract ? contractJson(contract, main) : null,
	};
};

const warehouseOf = async ({ shelves }: Session, ref: string | null): Promise<Named | null> => {
	const found = ref ? await shelves.warehouses.get(ref) : null;
	return found ? { ref: found.ref, name: found.name } : null;
};

export const readDealSide = async (
	portal: Bitrix24Client,
	session: Session,
	deal: number,
): Promise<DealJson> => {
	const card = await readCard(portal, deal);
	const { sale, rows } = card;
	const buyer = await buyerOf(session, card);
	const [side, organizations, warehouse, priceTypes] = await Promise.all([
		buyerSide(session, buyer, sale.contract),
		session.organizations(),
		warehouseOf(session, sale.warehouse),
		readPriceTypes(session.client),
	]);
	const only = (all: readonly Named[]): string | null => (all.length === 1 ? all[0].ref : null);
	return {
		id: deal,
		title: card.deal.title,
		currency: sale.currency,
		buyer: { name: sale.buyer.name, inn: sale.buyer.inn },
		...side,
		isChosen: Boolean(card.deal[COUNTERPARTY]),
		organization: namedIn(
			organizations,
			sale.organization ?? side.contract?.organization ?? only(organizations),
		),
		warehouse,
		priceType: namedIn(priceTypes, side.contract?.priceType ?? only(priceTypes)),
		lines: rows.map((row, index) => ({
			row: row.id ?? 0,
			product: sale.lines[index].product,
			name: row.productName,
			quantity: row.quantity,
			price: row.price,
		})),
	};
};

const LEVELS = {
	paid: { none: 'Не оплачен', part: 'Частично оплачен', full: 'Оплачен' },
	shipped: { none: 'Не отгружен', part: 'Отгружен частично', full: 'Отгружен' },
};

const ENDS = { open: null, fulfilled: 'Закрыт', byDocument: 'Закрыт документом' };

const deleted = (mark: boolean): string[] => (mark ? ['Помечен на удаление'] : []);

const invoiceJson = ({ invoice, paid }: Progress): DocumentJson[] => {
	if (!invoice) return [];
	return [
		{
			kind: 'invoice',
			number: invoice.number,
			date: invoice.date,
			amount: roubles(invoice.amount),
			states: [LEVELS.paid[paid.level], ...deleted(invoice.deletionMark)],
			tone: invoice.deletionMark ? 'bad' : paid.level === 'full' ? 'good' : 'plain',
		},
	];
};

const orderJson = ({ order, shipped, closed }: Progress): DocumentJson[] => {
	if (!order) return [];
	const end = ENDS[closed.state];
	return [
		{
			kind: 'order',
			number: order.number,
			date: order.date,
			amount: roubles(order.amount),
			states: [
				order.posted ? 'Проведен' : 'Не проведен',
				LEVELS.shipped[shipped.level],
				...(end ? [end] : []),
				...deleted(order.deletionMark),
			],
			tone: order.deletionMark ? 'bad' : closed.state === 'fulfilled' ? 'good' : 'plain',
		},
	];
};

export const readDocuments = async (session: Session, deal: number): Promise<DocumentsJson> => {
	const read = (await readProgress(session, await findLinked(session, [deal]))).get(deal);
	if (!read) return { documents: [], summary: '' };
	if (read.error) throw read.error;
	const progress = read.value;
	return {
		documents: [...invoiceJson(progress), ...orderJson(progress)],
		summary: progress.summary,
	};
};
