/**
 * The whole model of the base, assembled from the compact sources: standard fields of every kind of object, tabular
 * sections, registers with their record and balance shapes (reference 1c-ut103.md §2 "Standard fields", "Keys").
 * $metadata is not served yet; when it comes, it is generated from here.
 */
import { catalogs } from './catalogs';
import * as orderDocuments from './orderDocuments';
import * as paymentDocuments from './paymentDocuments';
import { accumulationRegisters, informationRegisters } from './registers';
import * as shipmentDocuments from './shipmentDocuments';
import {
	parseAttributes,
	propertiesOf,
	type AttributeType,
	type CatalogSource,
	type DocumentSource,
	type Property,
	type RegisterSource,
	type RowType,
} from './types';

export interface ObjectType extends RowType {
	kind: 'Catalog' | 'Document';
	/** The part of the set's name after the prefix. */
	object: string;
	title: string;
	posting: 'Allow' | 'Deny';
	realTimePosting: 'Allow' | 'Deny';
	codeLength: number;
	autonumbering: boolean;
	foldersAllowed: boolean;
}

export interface RegisterType {
	name: string;
	set: string;
	source: RegisterSource;
	accumulation: boolean;
	record: RowType;
	recordSet: RowType;
	balance?: RowType;
	dimensions: readonly string[];
	resources: readonly string[];
}

function rowType(
	name: string,
	fixed: string,
	attributes: string,
	sections: RowType[] = [],
): RowType {
	const properties = new Map<string, Property>();
	const navigation = new Map<string, string>();
	const add = (source: string, isSystem: boolean) => {
		for (const { name: attribute, type } of parseAttributes(source)) {
			for (const property of propertiesOf(attribute, type)) {
				properties.set(property.name, { ...property, system: isSystem });
			}
			if (type.kind === 'ref') navigation.set(attribute, type.set);
		}
	};
	add(fixed, true);
	add(attributes, false);
	const tables = new Map(sections.map((table) => [table.name.slice(name.length + 1), table]));
	return { name, properties, navigation, tables };
}

function sectionsOf(set: string, tables: Readonly<Record<string, string>> = {}): RowType[] {
	return Object.entries(tables).map(([name, attributes]) =>
		rowType(`${set}_${name}`, 'Ref_Key:uuid LineNumber:n10.0', attributes),
	);
}

const OBJECT_FIELDS = 'Ref_Key:uuid DataVersion:s0 DeletionMark:bool';

function catalogType(source: CatalogSource): ObjectType {
	const set = `Catalog_${source.name}`;
	const hierarchy = source.hierarchy ? ` Parent:@${source.name}` : '';
	const folders = source.hierarchy === 'folders' ? ' IsFolder:bool' : '';
	const owner = source.owners ? ` Owner:${source.owners}` : '';
	const fixed =
		`${OBJECT_FIELDS}${owner}${hierarchy}${folders} Code:s${source.codeLength} ` +
		`Description:s${source.descriptionLength} Predefined:bool PredefinedDataName:s0`;
	return {
		...rowType(set, fixed, source.attributes, sectionsOf(set, source.tables)),
		kind: 'Catalog',
		object: source.name,
		title: source.name,
		posting: 'Deny',
		realTimePosting: 'Deny',
		codeLength: source.codeLength,
		autonumbering: source.autonumbering ?? true,
		foldersAllowed: source.hierarchy === 'folders',
	};
}

function documentType(source: DocumentSource): ObjectType {
	const set = `Document_${source.name}`;
	const fixed = `${OBJECT_FIELDS} Number:s11 Date:datetime Posted:bool`;
	return {
		...rowType(set, fixed, source.attributes, sectionsOf(set, source.tables)),
		kind: 'Document',
		object: source.name,
		title: source.title,
		posting: source.posting,
		realTimePosting: source.realTimePosting,
		codeLength: 11,
		autonumbering: true,
		foldersAllowed: false,
	};
}

const documentSources: DocumentSource[] = [
	...Object.values(orderDocuments),
	...Object.values(shipmentDocuments),
	...Object.values(paymentDocuments),
];

function recorderField({ recorders }: RegisterSource): string {
	if (recorders === 'none') return '';
	if (recorders === 'one') return 'Recorder_Key:uuid';
	return `Recorder:${documentSources.map(({ name }) => `#${name}`).join('|')}`;
}

function buildRegister(source: RegisterSource, accumulation: boolean): RegisterType {
	const set = `${accumulation ? 'AccumulationRegister' : 'InformationRegister'}_${source.name}`;
	const recorder = recorderField(source);
	const fixed = [
		recorder,
		source.periodic ? 'Period:datetime' : '',
		source.recorders === 'none' ? '' : 'LineNumber:n10.0 Active:bool',
		accumulation ? 'RecordType:s0' : '',
	].join(' ');
	const record = rowType(`${set}_RecordType`, fixed, `${source.dimensions} ${source.resources}`);
	const rows = { ...record, name: `${set}_RecordSet` };
	const independent = source.recorders === 'none';
	const balances = source.resources.replace(/(\S+?):/g, '$1Balance:');
	const names = (attributes: string) => parseAttributes(attributes).map(({ name }) => name);
	return {
		name: source.name,
		set,
		source,
		accumulation,
		record,
		recordSet: independent ? { ...record, name: set } : rowType(set, recorder, '', [rows]),
		balance: accumulation ? rowType(`${set}_Balance`, source.dimensions, balances) : undefined,
		dimensions: names(source.dimensions),
		resources: names(source.resources),
	};
}

export const objectTypes: ReadonlyMap<string, ObjectType> = new Map(
	[...catalogs.map(catalogType), ...documentSources.map(documentType)].map((type) => [
		type.name,
		type,
	]),
);

export const registerTypes: ReadonlyMap<string, RegisterType> = new Map(
	[
		...accumulationRegisters.map((source) => buildRegister(source, true)),
		...informationRegisters.map((source) => buildRegister(source, false)),
	].map((register) => [register.set, register]),
);

export function objectType(set: string): ObjectType {
	const type = objectTypes.get(set);
	if (!type) throw new Error(`The stand-in has no object ${set}`);
	return type;
}

export function registerType(set: string): RegisterType {
	const type = registerTypes.get(set);
	if (!type) throw new Error(`The stand-in has no register ${set}`);
	return type;
}

/** The name of a type as it is written in `_Type`. */
export function typeName(type: AttributeType): string {
	if (type.kind === 'ref') return `StandardODATA.${type.set}`;
	if (type.kind === 'enum') return `StandardODATA.${type.name}`;
	return propertiesOf('', type)[0].edm;
}
