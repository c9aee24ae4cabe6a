/**
 * Makes the products of the portal's catalogue what 1C says, a page of them at a time: compared field by field, because
 * a product has no place for an imprint, and written where they differ. A product knows 1C by `xmlId`, as 1C's own
 * exchange with Bitrix writes it.
 *
 * Services are written as ordinary products: they are sold in the same lines, and one list finds them all.
 */
import { z } from 'zod';
import type { Goods, GoodsFolder } from '../../exchange/goods';
import { kopecks, roubles, type UnitPrice } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import type { Outcome } from '../../exchange/syncReport';
import { chunks } from '../../shared/chunks';
import { grouped } from '../../shared/grouped';
import { UnknownOutcome } from '../../shared/http';
import { readCatalogSettings, type CatalogSettings } from './catalogSettings';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { runGroups } from '../rest/commandGroups';
import { writeSections, type SectionsWritten } from './goodsSections';
import { harmless } from '../rest/harmless';
import { isLost, required } from '../rest/reply';
import { differences } from '../rest/write';
import { productType } from './productTypes';

export interface GoodsSettings {
	dryRun: boolean;
}

const id = z.coerce.number().int();
const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? ''));

const productSchema = z.object({ id, xmlId: text }).passthrough();
type Product = z.output<typeof productSchema>;

const priceSchema = z.object({
	id,
	productId: id,
	catalogGroupId: id,
	price: z.coerce.number(),
	currency: z.string(),
});
type StoredPrice = z.output<typeof priceSchema>;

/** A price list may keep no more than kopecks, so that counts as the price too [guess]. */
const holds = ({ price }: StoredPrice, amount: UnitPrice): boolean =>
	price === amount || price === roubles(kopecks(amount));

/** Ids a list; two products may wrongly have one xmlId. */
const IDS_A_LIST = 40;

interface Present {
	products: Map<string, Product[]>;
	prices: Map<number, StoredPrice>;
}

const PASSES = 4;

const about = ({ ref, code, name }: Goods) => ({ ref, code, name });

const propertyValue = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'value' in value ? value.value : value;

const refused = (goods: Goods, problem: Problem): Outcome => ({
	...about(goods),
	fate: 'failed',
	reason: problem.message,
	remedy: problem.remedy,
});

/** A product that has to be written, or whose price has. */
interface Writing {
	goods: Goods;
	product: Product | null;
	/** Null when nothing but the price differs. */
	command: Command | null;
	stored: StoredPrice | undefined;
}

const addedSchema = z.object({ element: z.object({ id }).passthrough() });

export class GoodsSync {
	/** A portal that keeps stock itself does not take it from outside, and one answer is enough to know. */
	private takesStock = true;

	private constructor(
		private readonly client: Bitrix24Client,
		private readonly settings: GoodsSettings,
		private readonly catalog: CatalogSettings,
		readonly sections: SectionsWritten,
	) {}

	static async open(
		client: Bitrix24Client,
		settings: GoodsSettings,
		folders: readonly GoodsFolder[],
	): Promise<GoodsSync> {
		const catalog = await readCatalogSettings(client);
		const sections = await writeSections(
			client,
			catalog.iblockId,
			folders.map(harmless),
			settings.dryRun,
		);
		return new GoodsSync(client, settings, catalog, sections);
	}

	async page(read: readonly Goods[]): Promise<Outcome[]> {
		const goods = read.map(harmless);
		const outcomes = new Map<string, Outcome>();
		let waiting = [...goods];
		for (let pass = 1; waiting.length > 0 && pass <= PASSES; pass += 1) {
			for (const outcome of await this.pass(waiting)) outcomes.set(outcome.ref, outcome);
			waiting = waiting.filter(({ ref }) => !outcomes.has(ref));
		}
		return goods.map(
			(one) =>
				outcomes.get(one.ref) ?? {
					...about(one),
					fate: 'failed',
					reason: 'Bitrix24 did not confirm that the product was written.',
					remedy: 'The next run looks what became of it.',
				},
		);
	}

	private async pass(goods: readonly Goods[]): Promise<Outcome[]> {
		const present = await this.read(goods);
		const outcomes: Outcome[] = [];
		const writing: Writing[] = [];
		for (const one of goods) {
			const [product = null, ...others] = present.products.get(one.ref) ?? [];
			if (product && others.length > 0) {
				outcomes.push(this.inDoubt(one, [product, ...others]));
				continue;
			}
			const stored = product ? present.prices.get(product.id) : undefined;
			const command = this.productCommand(one, product);
			const isSame =
				product && !command && this.priceCommands(one, product.id, stored).length === 0;
			if (product ? isSame : one.deletionMark) {
				outcomes.push({
					...about(one),
					fate: 'skipped',
					...(product ? this.cardOf(product.id) : {}),
				});
			} else if (this.settings.dryRun) {
				outcomes.push(this.written(one, product?.id, !product));
			} else writing.push({ goods: one, product, command, stored });
		}
		return [...outcomes, ...(await this.write(writing))];
	}

	/** A price needs the number of its product, so products go first, and prices of those that came out follow. */
	private async write(writing: readonly Writing[]): Promise<Outcome[]> {
		const replies = await runGroups(
			this.client,
			writing.map(({ command }) => (command ? [command] : [])),
		);
		const outcomes: Outcome[] = [];
		const made: Array<Writing & { id: number }> = [];
		for (const [index, one] of writing.entries()) {
			const reply = replies[index].at(0);
			if (reply && 'problem' in reply) {
				/** After a lost answer the next pass looks what became of the product. */
				if (!isLost(reply)) outcomes.push(refused(one.goods, reply.problem));
				continue;
			}
			const id = one.product?.id ?? (reply && this.added(one.goods, reply));
			if (id !== undefined) made.push({ ...one, id });
		}
		const priced = await runGroups(
			this.client,
			made.map(({ goods, id, stored }) => this.priceCommands(goods, id, stored)),
		);
		return [
			...outcomes,
			...made.flatMap(({ goods, product, id }, index) => {
				const problem = priced[index].flatMap((reply) =>
					'problem' in reply ? [reply.problem] : [],
				)[0];
				if (problem instanceof UnknownOutcome) return [];
				return [problem ? refused(goods, problem) : this.written(goods, id, product === null)];
			}),
		];
	}

	/** @returns the number of the new product */
	private added(goods: Goods, reply: Reply): number {
		const { element } = required(reply, addedSchema);
		if (goods.stock !== null && this.takesStock) {
			this.takesStock = Number(element.quantity ?? 0) === goods.stock;
		}
		return element.id;
	}

	private cardOf(productId: number): Pick<Outcome, 'card'> {
		return { card: { type: 'product', id: productId } };
	}

	private written(goods: Goods, productId: number | undefined, isNew: boolean): Outcome {
		const notices = this.noticesOf(goods);
		return {
			...about(goods),
			fate: isNew ? 'created' : 'updated',
			...(productId ? this.cardOf(productId) : {}),
			...(notices.length > 0 ? { notices } : {}),
		};
	}

	private noticesOf({ unit, vatRate, deletionMark, stock }: Goods): string[] {
		const { measures, vats } = this.catalog;
		return [
			...(deletionMark ? ['marked for deletion in 1C'] : []),
			...(unit && !measures.has(unit.okei)
				? [`the portal has no unit ${unit.name} (${unit.okei})`]
				: []),
			...(vats.has(vatRate) ? [] : [`the portal has no VAT rate ${vatRate ?? 'without VAT'}`]),
			...(stock !== null && !this.takesStock ? ['the portal keeps the stock itself'] : []),
		];
	}

	private inDoubt(goods: Goods, products: Product[]): Outcome {
		return {
			...about(goods),
			fate: 'inDoubt',
			reason: `${products.length} products of the portal have the GUID of «${goods.name}» (код ${goods.code}).`,
			remedy: 'Clear XML_ID of all but one of them.',
			candidates: products.map((product) => ({
				type: 'product',
				id: product.id,
				title: String(product.name ?? ''),
				why: 'has this GUID in XML_ID',
			})),
		};
	}

	private async read(goods: readonly Goods[]): Promise<Present> {
		const { iblockId, article, basePrice } = this.catalog;
		const select = [
			...['id', 'iblockId', 'xmlId', 'name', 'active', 'iblockSectionId', 'measure'],
			...['vatId', 'vatIncluded', 'quantity', ...(article ? [article] : [])],
		];
		const lists = chunks(
			goods.map(({ ref }) => ref),
			IDS_A_LIST,
		).map(
			(xmlId): Command => ({
				method: 'catalog.product.list',
				params: { select, filter: { iblockId, xmlId }, order: { id: 'ASC' }, start: -1 },
			}),
		);
		const productsSchema = z.object({ products: z.array(productSchema) });
		const products = (await this.client.batch(lists)).flatMap(
			(reply) => required(reply, productsSchema).products,
		);
		const priceLists = chunks(
			products.map((product) => product.id),
			IDS_A_LIST,
		).map(
			(productId): Command => ({
				method: 'catalog.price.list',
				params: {
					filter: { productId, catalogGroupId: basePrice },
					order: { id: 'ASC' },
					start: -1,
				},
			}),
		);
		const pricesSchema = z.object({ prices: z.array(priceSchema) });
		const prices = (await this.client.batch(priceLists)).flatMap(
			(reply) => required(reply, pricesSchema).prices,
		);
		return {
			products: grouped(products, ({ xmlId }) => xmlId.toLowerCase()),
			prices: new Map(
				prices
					.filter(({ catalogGroupId }) => catalogGroupId === basePrice)
					.map((price) => [price.productId, price]),
			),
		};
	}

	/** What the portal has no words for is left as it is there, and told of in the notices. */
	private fieldsOf(goods: Goods): Record<string, unknown> {
		const { measures, vats, article } = this.catalog;
		const measure = goods.unit ? measures.get(goods.unit.okei) : undefined;
		const vat = vats.get(goods.vatRate);
		return {
			name: goods.name,
			active: goods.deletionMark ? 'N' : 'Y',
			iblockSectionId: (goods.folder && this.sections.sections.get(goods.folder)) || 0,
			...(measure ? { measure } : {}),
			...(vat ? { vatId: vat } : {}),
			...(goods.price ? { vatIncluded: goods.price.includesVat ? 'Y' : 'N' } : {}),
			...(article ? { [article]: goods.article } : {}),
			...(goods.stock !== null && this.takesStock ? { quantity: goods.stock } : {}),
		};
	}

	/** The portal writes "no section" as nothing and a property as an object. */
	private changes(product: Product, goods: Goods): Record<string, unknown> {
		const { article } = this.catalog;
		return differences(
			{
				...product,
				iblockSectionId: product.iblockSectionId ?? 0,
				quantity: product.quantity ?? 0,
				...(article ? { [article]: propertyValue(product[article]) } : {}),
			},
			this.fieldsOf(goods),
			productType,
		);
	}

	/** An update takes a property as an object; without `valueId` its value is replaced. */
	private sent(fields: Record<string, unknown>): Record<string, unknown> {
		const { article } = this.catalog;
		return article && article in fields
			? { ...fields, [article]: { value: fields[article] } }
			: fields;
	}

	/** Null when the product is as it should be. */
	private productCommand(goods: Goods, product: Product | null): Command | null {
		if (!product) {
			const { iblockId } = this.catalog;
			const fields = { iblockId, xmlId: goods.ref, ...this.fieldsOf(goods) };
			return { method: 'catalog.product.add', params: { fields } };
		}
		const fields = this.changes(product, goods);
		if (Object.keys(fields).length === 0) return null;
		return {
			method: 'catalog.product.update',
			params: { id: product.id, fields: this.sent(fields) },
			repeatable: true,
		};
	}

	private priceCommands(
		goods: Goods,
		productId: number,
		stored: StoredPrice | undefined,
	): Command[] {
		if (!goods.price) return [];
		const { amount, currency } = goods.price;
		const price = { price: amount, currency };
		if (!stored) {
			const fields = { productId, catalogGroupId: this.catalog.basePrice, ...price };
			return [{ method: 'catalog.price.add', params: { fields } }];
		}
		if (holds(stored, amount) && stored.currency === currency) return [];
		return [
			{
				method: 'catalog.price.update',
				params: { id: stored.id, fields: price },
				repeatable: true,
			},
		];
	}
}
