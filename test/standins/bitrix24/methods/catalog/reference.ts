/**
 * The short tables of the catalogue: catalogues, measures, VAT rates, properties of products.
 * Imitates: api-reference/catalog/{catalog,measure,vat,product-property}/*.md (reference §2.8).
 * Does not imitate: changing them, but for adding properties; lists of values of a property.
 */
import { isoAt } from '../../clock';
import type { Call, Methods } from '../../call';
import { missing, Refusal } from '../../refusal';
import { checkAdmin } from '../../rights';
import { rowPage, WITH_IN } from '../../rowTable';
import { IBLOCK_ID, OFFERS_IBLOCK_ID } from '../../store';
import type { ProductProperty } from '../../store';
import { asFlag, asMap, asText, asWhole } from '../../values';
import type { Fields } from '../../values';

export const catalogReferenceMethods: Methods = {
	'catalog.catalog.list': (call) => {
		const page = rowPage(call, CATALOGS);
		return { result: { catalogs: page.rows }, ...page.counted };
	},
	'catalog.measure.list': (call) => {
		const measures = call.store.measures.map((measure): Fields => ({ ...measure }));
		const page = rowPage(call, measures, WITH_IN);
		const body = { measures: page.rows };
		if (call.switches.catalogMeasureEnvelope === 'result.measures') {
			return { result: body, ...page.counted };
		}
		return { result: undefined, beside: body, ...page.counted };
	},
	'catalog.vat.list': (call) => {
		const rows = call.store.vats.map((vat): Fields => ({ ...vat, active: 'Y' }));
		const page = rowPage(call, rows, WITH_IN);
		const result = call.switches.catalogVatEnvelope === 'result' ? page.rows : { vats: page.rows };
		return { result, ...page.counted };
	},
	'catalog.productProperty.list': (call) => {
		const page = rowPage(call, call.store.productProperties.map(shown), WITH_IN);
		return { result: { productProperties: page.rows }, ...page.counted };
	},
	'catalog.productProperty.get': ({ params, store }) => {
		if (params.id === undefined) throw missing('id');
		const property = store.productProperties.find((known) => known.id === asWhole(params.id));
		if (!property) throw new Refusal(400, '', 'productProperty does not exist.');
		return { result: { productProperty: shown(property) } };
	},
	'catalog.productProperty.delete': ({ params, store }) => {
		const at = store.productProperties.findIndex(({ id }) => id === asWhole(params.id));
		if (at < 0) throw new Refusal(400, '', 'productProperty does not exist.');
		store.productProperties.splice(at, 1);
		return { result: true };
	},
	'catalog.productProperty.add': (call) => ({
		result: { productProperty: shown(addProperty(call)) },
	}),
};

const CATALOGS: Fields[] = [
	{
		iblockId: IBLOCK_ID,
		iblockTypeId: 0,
		id: IBLOCK_ID,
		lid: 's1',
		name: 'Товарный каталог CRM',
		productIblockId: null,
		skuPropertyId: null,
		subscription: 'N',
		vatId: null,
	},
	{
		iblockId: OFFERS_IBLOCK_ID,
		iblockTypeId: 0,
		id: OFFERS_IBLOCK_ID,
		lid: 's1',
		name: 'Товарный каталог CRM (предложения)',
		productIblockId: IBLOCK_ID,
		skuPropertyId: 97,
		subscription: 'N',
		vatId: null,
	},
];

const PROPERTY_TYPES = ['S', 'N', 'L', 'F', 'E', 'G'];

function addProperty(call: Call): ProductProperty {
	const fields = asMap(call.params.fields);
	if (!fields) throw missing('fields');
	checkAdmin(call.user, 0, 'Access Denied');
	const absent = ['iblockId', 'name', 'propertyType'].filter((name) => asText(fields[name]) === '');
	if (absent.length > 0) throw new Refusal(400, 0, `Required fields: ${absent.join(', ')}`);
	if (![IBLOCK_ID, OFFERS_IBLOCK_ID].includes(asWhole(fields.iblockId) ?? 0)) {
		throw new Refusal(400, 0, 'The specified iblock is not a product catalog');
	}
	const propertyType = asText(fields.propertyType);
	if (!PROPERTY_TYPES.includes(propertyType)) {
		throw new Refusal(400, 0, 'Invalid property type specified');
	}
	const code = asText(fields.code);
	if (/^\d/.test(code)) throw new Refusal(400, 0, 'Property code cannot start with a digit');
	const property: ProductProperty = {
		id: call.store.nextId('productProperty', 258),
		iblockId: asWhole(fields.iblockId) ?? IBLOCK_ID,
		name: asText(fields.name),
		code: code || null,
		propertyType,
		multiple: asFlag(fields.multiple) ?? 'N',
		xmlId: asText(fields.xmlId) || null,
		timestampX: isoAt(call.now()),
	};
	call.store.productProperties.push(property);
	return property;
}

function shown(property: ProductProperty): Fields {
	return {
		active: 'Y',
		colCount: 30,
		defaultValue: null,
		fileType: null,
		filtrable: 'N',
		hint: null,
		isRequired: 'N',
		linkIblockId: null,
		listType: 'L',
		multipleCnt: null,
		rowCount: 1,
		searchable: 'N',
		sort: 500,
		userType: null,
		userTypeSettings: null,
		withDescription: null,
		...property,
	};
}
