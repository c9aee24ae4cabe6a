/** A deal as a sale. Never fails: what a sale lacks is said by whoever needs it. */
import { unitPrice, withoutVat, type UnitPrice } from '../../exchange/money';
import { isGuid } from '../../exchange/reference';
import type { SaleJson } from '../../exchange/sale';
import type { DealParts } from './dealParts';
import type { ProductRefs } from './productRefs';
import * as fields from '../setup/fields';
import type { Buyer, Deal, Row } from './schemas';

export interface SaleSource extends DealParts {
	portal: string;
	productRefs: ProductRefs;
}

const refIn = (deal: Deal, field: string): string | null => {
	const value = deal[field];
	return typeof value === 'string' && isGuid(value.trim()) ? value.trim() : null;
};

const nameOf = (buyer: Buyer | null): string =>
	buyer?.title || [buyer?.lastName, buyer?.name, buyer?.secondName].filter(Boolean).join(' ');

/** Counterparties that are this buyer: the one its card was loaded from, then those the card names besides. */
const linksOf = (buyer: Buyer | null): string[] => {
	if (!buyer) return [];
	const cameFrom1c = buyer.originatorId === fields.ORIGINATOR;
	const further = buyer[fields.COUNTERPARTIES];
	const all = [cameFrom1c ? buyer.originId : '', ...(Array.isArray(further) ? further : [])];
	return [...new Set(all.map((ref) => String(ref).trim().toLowerCase()).filter(isGuid))];
};

/** The explicit choice in the deal comes first, then the only counterparty there is; of several none is guessed. */
const counterpartyOf = (
	deal: Deal,
	buyer: Buyer | null,
): { ref: string | null; choices: string[] } => {
	const chosen = refIn(deal, fields.COUNTERPARTY);
	const links = linksOf(buyer);
	if (chosen) return { ref: chosen, choices: [] };
	return links.length > 1 ? { ref: null, choices: links } : { ref: links[0] ?? null, choices: [] };
};

/**
 * A 1C document has one flag for all its lines. Where every line has its tax on top, prices go without it;
 * where the flags differ, the price with taxes, which Bitrix24 always gives, is right for all of them.
 */
export const pricesIncludeVat = (rows: Row[]): boolean =>
	!rows.every(({ taxIncluded }) => !taxIncluded);

/**
 * The price of a row as a document with that flag has it. What the buyer owes follows from the price with taxes, so the
 * one without them is counted from it: `priceExclusive` is rounded already.
 */
export const priceOf = ({ price, taxRate }: Row, includesVat: boolean): UnitPrice =>
	includesVat ? unitPrice(price) : withoutVat(unitPrice(price), taxRate ?? 0);

/** What the deal itself knows of its documents in 1C. */
export const linksIn = (deal: Deal): Pick<SaleJson, 'created' | 'invoice' | 'order'> => ({
	created: deal.createdTime ?? null,
	invoice: refIn(deal, fields.INVOICE),
	order: refIn(deal, fields.ORDER),
});

export const toSale = ({
	portal,
	deal,
	rows,
	buyer,
	requisite,
	productRefs,
}: SaleSource): SaleJson => {
	const includeVat = pricesIncludeVat(rows);
	return {
		dealId: deal.id,
		portal,
		...linksIn(deal),
		title: deal.title,
		currency: deal.currencyId || 'RUB',
		total: deal.isManualOpportunity ? null : deal.opportunity,
		pricesIncludeVat: includeVat,
		buyer: {
			...counterpartyOf(deal, buyer),
			name: nameOf(buyer),
			inn: requisite?.RQ_INN ?? '',
			kpp: requisite?.RQ_KPP ?? '',
		},
		contract: refIn(deal, fields.CONTRACT),
		organization: refIn(deal, fields.ORGANIZATION),
		warehouse: refIn(deal, fields.WAREHOUSE),
		lines: rows.map((row) => ({
			name: row.productName,
			product: productRefs.get(row.productId) ?? null,
			quantity: row.quantity,
			price: priceOf(row, includeVat),
			vatRate: row.taxRate,
		})),
	};
};
