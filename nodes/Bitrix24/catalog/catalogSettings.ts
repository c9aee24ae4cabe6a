/** What the portal's catalogue is made of: its information block, units, VAT rates, price type and article property. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { Answer } from '../rest/answer';
import type { Bitrix24Client } from '../rest/client';

const id = z.coerce.number().int();

/** Beside the result, in it, or the result itself: the pages of the documentation do not agree with each other. */
const rowsIn = ({ result, ...beside }: Answer, name: string): unknown[] => {
	const inside = z.object({ [name]: z.array(z.unknown()) }).safeParse(result);
	const found = inside.success
		? inside.data[name]
		: (result ?? (beside as Record<string, unknown>)[name]);
	return z.array(z.unknown()).parse(found);
};

/** All rows of a list of the catalogue. */
export const catalogRows = async <Schema extends z.ZodTypeAny>(
	client: Bitrix24Client,
	method: string,
	name: string,
	schema: Schema,
	params: Record<string, unknown> = {},
): Promise<Array<z.output<Schema>>> => {
	const rows: Array<z.output<Schema>> = [];
	for (let start = 0; ; ) {
		const answer = await client.answer({ method, params: { ...params, start } });
		rows.push(...z.array(schema).parse(rowsIn(answer, name)));
		if (answer.next === undefined || answer.next <= start) return rows;
		start = answer.next;
	}
};

const catalogSchema = z.object({ iblockId: id, productIblockId: id.nullish() });
const measureSchema = z.object({ id, code: z.coerce.string() });
const vatSchema = z.object({
	id,
	rate: z.coerce.number().nullable(),
	active: z.string().optional(),
});
const priceTypeSchema = z.object({ id, base: z.string() });
const propertySchema = z.object({
	id,
	iblockId: id,
	name: z.string(),
	code: z.string().nullish(),
	propertyType: z.string(),
});

export interface CatalogSettings {
	iblockId: number;
	/** Measures by their code in ОКЕИ. */
	measures: Map<string, number>;
	/** VAT rates by their percent; null is «Без НДС». */
	vats: Map<number | null, number>;
	basePrice: number;
	/** `property{N}` that holds the article; null when the catalogue has none. */
	article: string | null;
}

/** The code is the one 1C's own exchange gives the property, the names are those people give it. */
const isArticle = ({ code, name }: z.output<typeof propertySchema>): boolean =>
	['CML2_ARTICLE', 'ARTNUMBER', 'ARTICLE'].includes((code ?? '').toUpperCase()) ||
	/^артикул$/i.test(name.trim());

/** The catalogue of products; variations live in one of their own, which names this one. */
export const readProductCatalog = async (client: Bitrix24Client): Promise<number> => {
	const catalogs = await catalogRows(client, 'catalog.catalog.list', 'catalogs', catalogSchema);
	const catalog = catalogs.find(({ productIblockId }) => !productIblockId);
	if (catalog) return catalog.iblockId;
	throw new Problem(
		'The portal shows no product catalogue.',
		'Give the webhook the scope catalog, and its owner the right to the catalogue.',
	);
};

export const readCatalogSettings = async (client: Bitrix24Client): Promise<CatalogSettings> => {
	const iblockId = await readProductCatalog(client);
	const measures = await catalogRows(client, 'catalog.measure.list', 'measures', measureSchema);
	const vats = await catalogRows(client, 'catalog.vat.list', 'vats', vatSchema);
	const types = await catalogRows(client, 'catalog.priceType.list', 'priceTypes', priceTypeSchema);
	const properties = await catalogRows(
		client,
		'catalog.productProperty.list',
		'productProperties',
		propertySchema,
		{ filter: { iblockId } },
	);
	const article = properties.find((one) => one.iblockId === iblockId && isArticle(one));
	const base = types.find((type) => type.base === 'Y') ?? types[0];
	if (!base) throw new Problem('The portal has no price type.', 'Restore the base price type.');
	return {
		iblockId,
		measures: new Map(measures.map((measure) => [measure.code, measure.id])),
		vats: new Map(vats.filter(({ active }) => active !== 'N').map((vat) => [vat.rate, vat.id])),
		basePrice: base.id,
		article: article ? `property${article.id}` : null,
	};
};
