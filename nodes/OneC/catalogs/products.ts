/** What the lines of a sale sell, in 1C's own products. */
import { Problem } from '../../exchange/problem';
import type { Sale, SaleLine } from '../../exchange/sale';
import type { Product } from './catalogs';
import type { Session } from '../session';

/** A line of the sale with the product it sells. */
export interface Position {
	line: SaleLine;
	product: Product;
	/** How many base units one unit of storage holds; registers count in units of storage. */
	factor: number;
}

/** Reads in few requests what the lines of many sales will ask for. */
export const fetchProducts = async (
	{ shelves }: Session,
	sales: readonly Sale[],
): Promise<void> => {
	const refs = sales.flatMap(({ lines }) => lines.map(({ product }) => product));
	await shelves.products.fetch(refs);
	const units: Array<string | null> = [];
	for (const ref of refs) {
		const product = ref ? await shelves.products.get(ref) : null;
		if (product?.told) shelves.units.put([product.told]);
		units.push(product && !product.isService ? product.unit : null);
	}
	await shelves.units.fetch(units);
};

/** In English, and in Russian. */
type Flaw = readonly [string, string];

const flawOf = (line: SaleLine, product: Product | null): Flaw | null => {
	if (!line.product) return ['is not tied to a 1C product', 'не связан с номенклатурой 1С'];
	if (!product) {
		return [
			'is tied to a 1C product that this base does not have',
			'связан с номенклатурой, которой в этой базе 1С нет',
		];
	}
	if (product.isFolder) {
		return ['is tied to a folder of 1C products', 'связан с папкой номенклатуры 1С'];
	}
	if (product.deletionMark) {
		return [
			'is tied to a 1C product that is marked for deletion',
			'связан с номенклатурой, помеченной на удаление',
		];
	}
	if (product.isService || product.unit !== null) return null;
	return [
		'is tied to a 1C product without «Единица хранения остатков»',
		'связан с номенклатурой без единицы хранения остатков',
	];
};

/** Every flaw of every line is told at once, so that they are mended in one go. */
export const positionsOf = async (session: Session, sale: Sale): Promise<Position[]> => {
	if (sale.lines.length === 0) {
		throw new Problem(
			'The deal has no products.',
			'Add products to the deal.',
			'В сделке нет товаров. Добавьте товары в сделку.',
		);
	}
	await fetchProducts(session, [sale]);
	const positions: Position[] = [];
	const flaws: string[] = [];
	const russian: string[] = [];
	for (const [index, line] of sale.lines.entries()) {
		const product = line.product ? await session.shelves.products.get(line.product) : null;
		const flaw = flawOf(line, product);
		if (flaw || !product) {
			flaws.push(`Line ${index + 1} «${line.name}» ${flaw?.[0]}`);
			russian.push(`Товар «${line.name}» (строка ${index + 1}) ${flaw?.[1]}`);
			continue;
		}
		const unit = product.unit ? await session.shelves.units.get(product.unit) : null;
		positions.push({ line, product, factor: unit?.factor ?? 1 });
	}
	if (flaws.length === 0) return positions;
	throw new Problem(
		`${flaws.join('. ')}.`,
		'Choose products that came from 1C in the deal, or restore them in 1C.',
		`${russian.join('. ')}. Подберите товары из 1С или восстановите их в 1С.`,
	);
};
