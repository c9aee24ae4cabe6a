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
import { runGroups, type Group } from '../rest/commandGroups';
import { writeSections, type SectionsWritten } from './goodsSections';
import { harmless } from '../rest/harmless';
import { required } from '../rest/reply';
import { differences } from '../rest/write';

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
		const writing: Array<{ goods: Goods; product: Product | null; group: Group }> = [];
		for (const one of goods) {
			const [product, ...others] = present.products.get(one.ref) ?? [];
			if (others.length > 0) {
				outcomes.push(this.inDoubt(one, [product, ...others]));
				continue;
			}
			const group = this.groupFor(one, product ?? null, present.prices.get(product?.id ?? 0));
			const isNew = !product;
			if (isNew ? one.deletionMark : group(() => '').length === 0) {
				outcomes.push({
					...about(one),
					fate: 'skipped',
					...(product ? this.cardOf(product.id) : {}),
				});
			} else if (this.settings.dryRun) {
				outcomes.push(this.written(one, product?.id, isNew));
			} else writing.push({ goods: one, product: product ?? null, group });
		}
		const replies = await runGroups(
			this.client,
			writing.map(({ group }) => group),
		);
		return [
			...outcomes,
			...writing.flatMap(({ goods: one, product }, index) =>
				this.outcomeOf(one, product, replies[index]),
			),
		];
	}

	private outcomeOf(goods: Goods, product: Product | null, replies: readonly Reply[]): Outcome[] {
		const problems = replies.flatMap((reply) => ('problem' in reply ? [reply.problem] : []));
		if (problems.some((problem) => problem instanceof UnknownOutcome)) return [];
		const [problem] = problems;
		if (problem) {
			const remedy = problem instanceof Problem ? problem.remedy : undefined;
			return [{ ...about(goods), fate: 'failed', reason: problem.message, remedy }];
		}
		const stored = addedSchema.safeParse('value' in replies[0] ? replies[0].value : null);
		const element = stored.success ? stored.data.element : null;
		if (element && goods.stock !== null && this.takesStock) {
			this.takesStock = Number(element.quantity ?? 0) === goods.stock;
		}
		return [this.written(goods, product?.id ?? element?.id, product === null)];
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
		);
	}

	/** An update takes a property as an object; without `valueId` its value is replaced. */
	private sent(fields: Record<string, unknown>): Record<string, unknown> {
		const { article } = this.catalog;
		return article && article in fields
			? { ...fields, [article]: { value: fields[article] } }
			: fields;
	}

	private groupFor(goods: Goods, product: Product | null, stored: StoredPrice | undefined): Group {
		return (result) => {
			const commands: Command[] = [];
			const { iblockId, basePrice } = this.catalog;
			if (!product) {
				commands.push({
					method: 'catalog.product.add',
					params: { fields: { iblockId, xmlId: goods.ref, ...this.fieldsOf(goods) } },
				});
			} else {
				const fields = this.changes(product, goods);
				if (Object.keys(fields).length > 0) {
					commands.push({
						method: 'catalog.product.update',
						params: { id: product.id, fields: this.sent(fields) },
						repeatable: true,
					});
				}
			}
			if (!goods.price) return commands;
			const { amount, currency } = goods.price;
			const price = { price: amount, currency };
			if (!stored) {
				const productId = product?.id ?? result(0, 'element', 'id');
				commands.push({
					method: 'catalog.price.add',
					params: { fields: { productId, catalogGroupId: basePrice, ...price } },
				});
			} else if (!holds(stored, amount) || stored.currency !== currency) {
				commands.push({
					method: 'catalog.price.update',
					params: { id: stored.id, fields: price },
					repeatable: true,
				});
			}
			return commands;
		};
	}
}
