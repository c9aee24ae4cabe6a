/** An invoice of 1C with everything its printed form says. Sums are those of the document. */
import { less, roubles, times } from '../../../exchange/money';
import type { PrintedInvoiceJson } from '../../../exchange/print/printedInvoice';
import { Problem } from '../../../exchange/problem';
import { dayOf } from '../../../exchange/summary';
import { withOffset } from '../../../shared/wallTime';
import { vatPercent } from '../rows';
import { COUNTERPARTY_SET, ORGANIZATION_SET, type PrintedCatalogs } from './printedCatalogs';
import type { PrintedDocument, PrintedRow } from './printedDocument';

type PartyJson = PrintedInvoiceJson['buyer'];

const partyOf = async (
	catalogs: PrintedCatalogs,
	set: string,
	ref: string | null,
): Promise<PartyJson | null> => {
	if (!ref) return null;
	const shelf = set === ORGANIZATION_SET ? catalogs.organizations : catalogs.counterparties;
	const party = await shelf.get(ref);
	if (!party) return null;
	const { name, inn, kpp } = party;
	return { name, inn, kpp, ...(await catalogs.contactsOf({ set, ref })) };
};

const accountOf = async (
	{ accounts, banks }: PrintedCatalogs,
	ref: string | null,
): Promise<PrintedInvoiceJson['account']> => {
	const account = ref ? await accounts.get(ref.toLowerCase()) : null;
	if (!account) return null;
	const bank = account.bank ? await banks.get(account.bank) : null;
	return {
		number: account.number,
		bank: bank?.name,
		city: bank?.city,
		bik: bank?.bik,
		correspondent: bank?.correspondent,
	};
};

/** «Договор № 15 от 12.01.2026» where the contract has a number, else its name. */
const basisOf = async ({ contracts }: PrintedCatalogs, ref: string | null): Promise<string> => {
	const contract = ref ? await contracts.get(ref) : null;
	if (!contract?.number) return contract?.name ?? '';
	const date = contract.date ? ` от ${dayOf(contract.date)}` : '';
	return `Договор № ${contract.number}${date}`;
};

const nameOf = async (shelf: PrintedCatalogs['units'], ref: string | null): Promise<string> =>
	(ref && (await shelf.get(ref))?.name) || '';

const lineOf = async (
	catalogs: PrintedCatalogs,
	row: PrintedRow,
	isTaxed: boolean,
): Promise<PrintedInvoiceJson['lines'][number]> => {
	const product = row.product ? await catalogs.products.get(row.product) : null;
	const feature = await nameOf(catalogs.features, row.feature);
	const name = row.content || (product?.name ?? '');
	const whole = times(row.price, row.quantity);
	return {
		article: product?.article,
		name: feature ? `${name} (${feature})` : name,
		quantity: row.quantity,
		unit: await nameOf(catalogs.units, row.unit),
		price: roubles(row.price),
		discount: row.isDiscounted ? roubles(less(whole, row.amount)) : 0,
		amount: roubles(row.amount),
		vatRate: isTaxed ? vatPercent(row.rate) : null,
		vat: isTaxed ? roubles(row.vat) : 0,
	};
};

/** Reads in few requests what the lines will ask for. */
const fetchRows = async (
	{ products, units, features }: PrintedCatalogs,
	rows: readonly PrintedRow[],
): Promise<void> => {
	await products.fetch(rows.map(({ product }) => product));
	await units.fetch(rows.map(({ unit }) => unit));
	await features.fetch(rows.map(({ feature }) => feature));
};

const consigneeOf = async (
	catalogs: PrintedCatalogs,
	ref: string | null,
	same: string | null,
): Promise<PartyJson | null> =>
	ref === same ? null : await partyOf(catalogs, COUNTERPARTY_SET, ref);

export const toPrintedInvoice = async (
	document: PrintedDocument,
	catalogs: PrintedCatalogs,
	timeZone: string,
): Promise<PrintedInvoiceJson> => {
	const { number, date, rows, isTaxed, buyer, currency } = document;
	if (rows.length === 0) {
		throw new Problem(`Invoice ${number} has no goods and no services.`, 'Fill it in 1C.');
	}
	await fetchRows(catalogs, rows);
	const lines: PrintedInvoiceJson['lines'] = [];
	for (const row of rows) lines.push(await lineOf(catalogs, row, isTaxed));
	const letters = await catalogs.currencyLetters();
	return {
		number,
		date: withOffset(date, timeZone),
		currency: (currency && letters.get(currency)) || 'RUB',
		pricesIncludeVat: document.includesVat || !isTaxed,
		supplier: (await partyOf(catalogs, ORGANIZATION_SET, document.organization)) ?? {},
		account: await accountOf(catalogs, document.account),
		buyer: (await partyOf(catalogs, COUNTERPARTY_SET, buyer)) ?? { name: document.buyerName },
		consignor: await partyOf(catalogs, COUNTERPARTY_SET, document.consignor),
		consignee: await consigneeOf(catalogs, document.consignee, buyer),
		basis: await basisOf(catalogs, document.contract),
		lines,
		total: roubles(document.amount),
		payUntil: document.payUntil,
		manager: await nameOf(catalogs.users, document.manager),
	};
};
