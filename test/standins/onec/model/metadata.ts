/**
 * The whole model of the base, assembled from the compact sources: standard fields of every kind of object, tabular
 * sections (reference 1c-ut103.md §2 "Standard fields", "Keys"); registers are in registerTypes.ts.
 * $metadata is generated from here, see edmx.ts.
 *
 * Catalogs and documents that attributes point to but nobody has described are bystanders: they are there, empty and
 * with standard fields only, because in a real base every reference leads to a type; they cannot be written.
 */
import { catalogs } from './catalogs';
import { characteristics } from './characteristics';
import { classifiers } from './classifiers';
import { contactCatalogs } from './contactCatalogs';
import { exchangePlans } from './exchangePlans';
import * as orderDocuments from './orderDocuments';
import * as paymentDocuments from './paymentDocuments';
import * as priceDocuments from './priceDocuments';
import { accumulationRegisters, informationRegisters } from './registers';
import { rowType } from './rowType';
import * as shipmentDocuments from './shipmentDocuments';
import {
	parseAttributes,
	propertiesOf,
	type AttributeType,
	type CatalogSource,
	type DocumentSource,
	type ExchangePlanSource,
	type Predefined,
	type RowType,
} from './types';

export interface ObjectType extends RowType {
	kind: 'Catalog' | 'Document' | 'ChartOfCharacteristicTypes' | 'ExchangePlan';
	/** The part of the set's name after the prefix. */
	object: string;
	title: string;
	posting: 'Allow' | 'Deny';
	realTimePosting: 'Allow' | 'Deny';
	codeLength: number;
	autonumbering: boolean;
	foldersAllowed: boolean;
	predefined: readonly Predefined[];
	bystander: boolean;
}

function sectionsOf(set: string, tables: Readonly<Record<string, string>> = {}): RowType[] {
	return Object.entries(tables).map(([name, attributes]) =>
		rowType(`${set}_${name}`, ROW_KEY, 'Ref_Key:uuid LineNumber:n10.0', attributes),
	);
}

const OBJECT_KEY = ['Ref_Key'];
const ROW_KEY = ['Ref_Key', 'LineNumber'];
const OBJECT_FIELDS = 'Ref_Key:uuid DataVersion:s0 DeletionMark:bool';
const PREDEFINED_FIELDS = 'Predefined:bool PredefinedDataName:s0';

type ItemKind = 'Catalog' | 'ChartOfCharacteristicTypes';

function itemType(kind: ItemKind, source: CatalogSource, bystander = false): ObjectType {
	const set = `${kind}_${source.name}`;
	const hierarchy = source.hierarchy ? ` Parent:${SIGNS[kind]}${source.name}` : '';
	const folders = source.hierarchy === 'folders' ? ' IsFolder:bool' : '';
	const owner = source.owners ? ` Owner:${source.owners}` : '';
	const code = source.codeLength > 0 ? ` Code:s${source.codeLength}` : '';
	const fixed =
		`${OBJECT_FIELDS}${owner}${hierarchy}${folders}${code} ` +
		`Description:s${source.descriptionLength} ${PREDEFINED_FIELDS}`;
	return {
		...rowType(set, OBJECT_KEY, fixed, source.attributes, sectionsOf(set, source.tables)),
		kind,
		object: source.name,
		title: source.name,
		posting: 'Deny',
		realTimePosting: 'Deny',
		codeLength: source.codeLength,
		autonumbering: source.autonumbering ?? true,
		foldersAllowed: source.hierarchy === 'folders',
		predefined: source.predefined ?? [],
		bystander,
	};
}

const SIGNS: Readonly<Record<ItemKind, string>> = {
	Catalog: '@',
	ChartOfCharacteristicTypes: '^',
};

function documentType(source: DocumentSource, bystander = false): ObjectType {
	const set = `Document_${source.name}`;
	const fixed = `${OBJECT_FIELDS} Number:s11 Date:datetime Posted:bool`;
	return {
		...rowType(set, OBJECT_KEY, fixed, source.attributes, sectionsOf(set, source.tables)),
		kind: 'Document',
		object: source.name,
		title: source.title,
		posting: source.posting,
		realTimePosting: source.realTimePosting,
		codeLength: 11,
		autonumbering: true,
		foldersAllowed: false,
		predefined: [],
		bystander,
	};
}

/** SentNo and ReceivedNo are Int64, so they travel as strings (reference §2 "Standard fields"). */
function exchangePlanType({ name }: ExchangePlanSource): ObjectType {
	const set = `ExchangePlan_${name}`;
	const fixed = `${OBJECT_FIELDS} Code:s3 Description:s100 SentNo:n10.0 ReceivedNo:n10.0 ThisNode:bool`;
	return {
		...rowType(set, OBJECT_KEY, fixed, ''),
		kind: 'ExchangePlan',
		object: name,
		title: name,
		posting: 'Deny',
		realTimePosting: 'Deny',
		codeLength: 3,
		autonumbering: false,
		foldersAllowed: false,
		predefined: [],
		bystander: false,
	};
}

const documentSources: DocumentSource[] = [
	...Object.values(orderDocuments),
	...Object.values(shipmentDocuments),
	...Object.values(paymentDocuments),
	...Object.values(priceDocuments),
];

const described: ObjectType[] = [
	...[...catalogs, ...contactCatalogs, ...classifiers].map((source) => itemType('Catalog', source)),
	...characteristics.map((source) => itemType('ChartOfCharacteristicTypes', source)),
	...documentSources.map((source) => documentType(source)),
	...exchangePlans.map(exchangePlanType),
];

/** Movements may come from documents nobody attaches anything to. */
const RECORDERS_ONLY = ['Document_ОприходованиеТоваров'];

const setsIn = (type: AttributeType): string[] => {
	if (type.kind === 'composite') return type.types.flatMap(setsIn);
	return type.kind === 'ref' ? [type.set] : [];
};

const setsUsedBy = (type: RowType): string[] => [
	...[...type.properties.values()].flatMap((property) => setsIn(property.type)),
	...[...type.tables.values()].flatMap(setsUsedBy),
];

function bystanders(): ObjectType[] {
	const registers = [...accumulationRegisters, ...informationRegisters];
	const usedByRegisters = registers.flatMap(({ dimensions, resources }) =>
		parseAttributes(`${dimensions} ${resources}`).flatMap(({ type }) => setsIn(type)),
	);
	const known = new Set(described.map(({ name }) => name));
	const used = [...described.flatMap(setsUsedBy), ...usedByRegisters, ...RECORDERS_ONLY];
	return [...new Set(used)].filter((set) => !known.has(set)).map(bystander);
}

function bystander(set: string): ObjectType {
	const name = set.slice(set.indexOf('_') + 1);
	if (set.startsWith('Document_')) {
		const rules = { posting: 'Allow', realTimePosting: 'Allow' } as const;
		return documentType({ name, title: name, ...rules, attributes: '', tables: {} }, true);
	}
	return itemType('Catalog', { name, codeLength: 9, descriptionLength: 50, attributes: '' }, true);
}

export const objectTypes: ReadonlyMap<string, ObjectType> = new Map(
	[...described, ...bystanders()].map((type) => [type.name, type]),
);

export function objectType(set: string): ObjectType {
	const type = objectTypes.get(set);
	if (!type) throw new Error(`The stand-in has no object ${set}`);
	return type;
}

/** The name of a type as it is written in `_Type`. */
export function typeName(type: AttributeType): string {
	if (type.kind === 'ref') return `StandardODATA.${type.set}`;
	if (type.kind === 'enum') return `StandardODATA.${type.name}`;
	if (type.kind === 'anyRef') return '';
	return propertiesOf('', type)[0].edm;
}

/** The type a client names in `_Type`, when the composite attribute takes it. */
export function typeNamed(
	types: readonly AttributeType[],
	name: string,
): AttributeType | undefined {
	const exact = types.find((one) => typeName(one) === name);
	if (exact) return exact;
	const set = name.replace(/^StandardODATA\./, '');
	const any = types.some((one) => one.kind === 'anyRef' && set.startsWith(one.prefix));
	return any && objectTypes.has(set) ? { kind: 'ref', set } : undefined;
}
