/** The basket of the page becomes product rows of the deal. Prices come from the page, names and taxes from 1C. */
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { transferBasket, type BasketLine } from '../Bitrix24/picker/basket';
import { unitPrice, withVat, type UnitPrice } from '../exchange/money';
import { readPriceTypes } from '../OneC/catalogs/priceTypes';
import { readProducts, type ProductRow } from '../OneC/catalogs/productSearch';
import type { Session } from '../OneC/session';
import { Denial } from './denial';
import type { AskOf } from './wire';

type Basket = AskOf<'transfer'>;

/** A row of the CRM has its price with taxes; a price type of 1C may be without them. */
const priceWithVat = (price: number, { vatRate }: ProductRow, included: boolean): UnitPrice =>
	included ? unitPrice(price) : withVat(unitPrice(price), vatRate ?? 0);

const lineOf = (
	line: Basket['lines'][number],
	product: ProductRow | undefined,
	vatIncluded: boolean,
): BasketLine => {
	if (!product || product.deletionMark) {
		throw new Denial(404, 'gone', 'Одного из товаров корзины в 1С больше нет. Уберите его.');
	}
	return {
		...line,
		name: product.name,
		price: priceWithVat(line.price, product, vatIncluded),
		vatRate: product.vatRate,
		vatIncluded,
	};
};

export interface Transferred {
	changed: boolean;
	lines: Array<Pick<BasketLine, 'ref' | 'name' | 'quantity' | 'price'>>;
}

export const transfer = async (
	visitor: Bitrix24Client,
	exchange: Bitrix24Client,
	session: Session,
	deal: number,
	{ lines: asked, priceType }: Basket,
): Promise<Transferred> => {
	const [products, types] = await Promise.all([
		readProducts(session.client, [...new Set(asked.map(({ ref }) => ref))]),
		readPriceTypes(session.client),
	]);
	const included = types.find(({ ref }) => ref === priceType)?.includesVat ?? true;
	const byRef = new Map(products.map((product) => [product.ref, product]));
	const lines = asked.map((line) => lineOf(line, byRef.get(line.ref), included));
	const changed = await transferBasket(visitor, exchange, deal, lines);
	return {
		changed,
		lines: lines.map(({ ref, name, quantity, price }) => ({ ref, name, quantity, price })),
	};
};
