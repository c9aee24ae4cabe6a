/** Objects of catalogs chosen from a list with a search, by GUID or by code. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemParameters } from '../../shared/parameters';
import { refByCode } from '../catalogs/byCode';
import { COUNTERPARTY_SET } from '../catalogs/counterpartySearch';
import {
	ORGANIZATION_LIST,
	PRICE_TYPE_LIST,
	REASON_LIST,
	WAREHOUSE_LIST,
} from '../catalogs/pickLists';
import { PRODUCT_SET } from '../catalogs/productSearch';
import type { Session } from '../session';
import { textSchema } from '../../shared/valueSchemas';

interface Kind {
	set: string;
	what: string;
	/** As the editor calls it. */
	label: string;
	search: string;
}

const KINDS = {
	counterparty: {
		set: COUNTERPARTY_SET,
		what: 'counterparty',
		label: 'Counterparty (Контрагент)',
		search: 'searchCounterparties',
	},
	product: {
		set: PRODUCT_SET,
		what: 'product',
		label: 'Product (Номенклатура)',
		search: 'searchProducts',
	},
	organization: {
		set: ORGANIZATION_LIST.set,
		what: 'organization',
		label: 'Organization (Организация)',
		search: 'searchOrganizations',
	},
	warehouse: {
		set: WAREHOUSE_LIST.set,
		what: 'warehouse',
		label: 'Warehouse (Склад)',
		search: 'searchWarehouses',
	},
	priceType: {
		set: PRICE_TYPE_LIST.set,
		what: 'price type',
		label: 'Price Type (Тип цен)',
		search: 'searchPriceTypes',
	},
	reason: {
		set: REASON_LIST.set,
		what: 'closing reason',
		label: 'Reason (Причина закрытия)',
		search: 'searchReasons',
	},
} satisfies Record<string, Kind>;

export type LocatorKind = keyof typeof KINDS;

/** The name of the parameter is the kind. */
export const locator = (
	kind: LocatorKind,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName: KINDS[kind].label,
	name: kind,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: KINDS[kind].search, searchable: true },
		},
		{
			displayName: 'By GUID',
			name: 'id',
			type: 'string',
			placeholder: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: '000000012' },
	],
	...more,
});

const chosen = textSchema;

/** @returns null when nothing was chosen */
export const located = async (
	{ client }: Session,
	item: ItemParameters,
	kind: LocatorKind,
): Promise<string | null> => {
	const { set, what, label } = KINDS[kind];
	const text = item.read(kind, label, chosen);
	return text ? await refByCode(client, set, what, text) : null;
};

export const required = async (
	session: Session,
	item: ItemParameters,
	kind: LocatorKind,
): Promise<string> => {
	item.read(kind, KINDS[kind].label, chosen.pipe(z.string().min(1, 'is not chosen')));
	return (await located(session, item, kind)) ?? '';
};
