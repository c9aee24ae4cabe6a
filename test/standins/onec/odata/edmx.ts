/**
 * $metadata: EDMX of OData v3, generated from the model. The order of things, their attributes and the shape of bound
 * functions are those of live bases (reference 1c-ut103.md samples/edmx-real-shapes.xml and a recorded $metadata of a
 * demo base): companions `_Type` come last, types that hold them are open, members of enumerations have no values,
 * associations have no sets, strings have no MaxLength (the hand-trimmed samples have one: switch metadataShowsLengths).
 */
import { enums } from '../model/enums';
import { objectTypes } from '../model/metadata';
import { registerTypes, type RegisterType } from '../model/registerTypes';
import type { Property, RowType } from '../model/types';
import { rowTypeOf } from './atom';
import { element, NAMESPACES, XML_HEAD } from './xml';

const NAMESPACE = 'StandardODATA';

export interface MetadataOptions {
	showsLengths: boolean;
	wideIntegers: boolean;
	/** Sets this base does not have. */
	hidden: ReadonlySet<string>;
	vatRates: readonly string[];
}

export function metadataDocument(options: MetadataOptions): string {
	const objects = [...objectTypes.values()].filter(({ name }) => !options.hidden.has(name));
	const registers = [...registerTypes.values()];
	const sections = objects.flatMap(({ tables }) => [...tables.values()]);
	const entities = [...objects, ...sections, ...registers.flatMap(entitiesOf)];
	const functions = [
		...objects.filter(({ kind }) => kind === 'Document').flatMap(({ name }) => commands(name)),
		...registers.flatMap(virtualTables),
	];
	const schema = [
		...entities.map((type) => entityType(type, options)),
		...[...objects, ...registers.map(({ recordSet }) => recordSet)].flatMap((type) =>
			[...type.tables].map(([name, table]) => complexType(rowTypeOf(type, name), table, options)),
		),
		...registers.flatMap(virtualTypes).map((type) => complexType(type.name, type, options)),
		...PLATFORM_TYPES,
		...enumTypes(options.vatRates),
		...entities.flatMap(associations),
		element(
			'EntityContainer',
			{ Name: 'EnterpriseV8', 'm:IsDefaultEntityContainer': 'true' },
			[...entities.map(entitySet), ...functions].join('\n'),
		),
	];
	return wrapped(schema.join('\n'));
}

function wrapped(schema: string): string {
	const services = {
		'xmlns:m': NAMESPACES.metadata,
		'm:DataServiceVersion': '3.0',
		'm:MaxDataServiceVersion': '3.0',
	};
	const content = element('Schema', { xmlns: NAMESPACES.edm, Namespace: NAMESPACE }, schema);
	return (
		XML_HEAD +
		element(
			'edmx:Edmx',
			{ 'xmlns:edmx': NAMESPACES.edmx, Version: '1.0' },
			element('edmx:DataServices', services, content),
		)
	);
}

/** An independent register is one entity, a subordinate one is a set of records and the records by themselves. */
const entitiesOf = ({ source, recordSet, record }: RegisterType): RowType[] =>
	source.recorders === 'none' ? [recordSet] : [recordSet, record];

const isCompanion = ({ type, part }: Property): boolean =>
	type.kind === 'composite' && part === 'type';

const companionsLast = <T>(items: T[], isLast: (item: T) => boolean): T[] => [
	...items.filter((item) => !isLast(item)),
	...items.filter(isLast),
];

function entityType(type: RowType, options: MetadataOptions): string {
	const key = companionsLast([...type.key], (name) => name.endsWith('_Type'));
	const isOpen = [...type.properties.values()].some(isCompanion);
	const content = [
		element('Key', {}, key.map((Name) => element('PropertyRef', { Name })).join('')),
		...propertiesOf(type, new Set(type.key), options),
		...[...type.navigation.keys()].map((Name) =>
			element('NavigationProperty', {
				Name,
				Relationship: `${NAMESPACE}.${associationOf(type, Name)}`,
				FromRole: 'Begin',
				ToRole: 'End',
			}),
		),
	];
	const attributes = { Name: type.name, OpenType: isOpen ? 'true' : undefined };
	return element('EntityType', attributes, content.join('\n'));
}

/** Rows and results keep the identity fields of what they come from, though they have no key. */
function complexType(name: string, type: RowType, options: MetadataOptions): string {
	return element(
		'ComplexType',
		{ Name: name },
		propertiesOf(type, ROW_IDENTITY, options).join('\n'),
	);
}

const ROW_IDENTITY = new Set([
	'Ref_Key',
	'LineNumber',
	'Recorder',
	'Recorder_Key',
	'Recorder_Type',
]);

function propertiesOf(
	type: RowType,
	required: ReadonlySet<string>,
	{ showsLengths, wideIntegers }: MetadataOptions,
): string[] {
	const all = [...type.properties.values()];
	const write = (property: Property) =>
		element('Property', {
			Name: property.name,
			Type: wideIntegers && property.edm === 'Edm.Int32' ? 'Edm.Int64' : property.edm,
			Nullable: String(!required.has(property.name)),
			MaxLength: showsLengths ? lengthOf(property) : undefined,
		});
	const tables = [...type.tables.keys()].map((name) =>
		element('Property', {
			Name: name,
			Type: `Collection(${NAMESPACE}.${rowTypeOf(type, name)})`,
			Nullable: String(name !== 'RecordSet'),
		}),
	);
	return [
		...all.filter((one) => !isCompanion(one)).map(write),
		...tables,
		...all.filter(isCompanion).map(write),
	];
}

const lengthOf = ({ type }: Property): string | undefined =>
	type.kind === 'string' && type.length > 0 ? String(type.length) : undefined;

const associationOf = (type: RowType, name: string): string => `${type.name}_${name}`;

const associations = (type: RowType): string[] =>
	[...type.navigation].map(([name, set]) =>
		element(
			'Association',
			{ Name: associationOf(type, name) },
			element('End', { Role: 'Begin', Type: `${NAMESPACE}.${type.name}`, Multiplicity: '*' }) +
				element('End', { Role: 'End', Type: `${NAMESPACE}.${set}`, Multiplicity: '0..1' }),
		),
	);

const entitySet = ({ name }: RowType): string =>
	element('EntitySet', { Name: name, EntityType: `${NAMESPACE}.${name}` });

type Parameters = Readonly<Record<string, string>>;

function boundFunction(
	name: string,
	bindingParameter: string,
	parameters: Parameters,
	returned?: string,
): string {
	const all = { bindingParameter: `${NAMESPACE}.${bindingParameter}`, ...parameters };
	const content = Object.entries(all).map(([Name, Type]) => element('Parameter', { Name, Type }));
	const attributes = {
		Name: name,
		IsBindable: 'true',
		IsSideEffecting: String(returned === undefined),
		ReturnType: returned && `Collection(${NAMESPACE}.${returned})`,
	};
	return element('FunctionImport', attributes, content.join(''));
}

const commands = (document: string): string[] =>
	['Post', 'Unpost'].map((name) =>
		boundFunction(name, document, { PostingModeOperational: 'Edm.Boolean' }),
	);

const virtualTypes = ({ balance, turnover, balanceAndTurnover }: RegisterType): RowType[] =>
	[balance, turnover, balanceAndTurnover].filter((type) => type !== undefined);

const BETWEEN = { EndPeriod: 'Edm.DateTime', StartPeriod: 'Edm.DateTime' };
const GROUPED = { Condition: 'Edm.String', Dimensions: 'Edm.String' };

function virtualTables(register: RegisterType): string[] {
	const { set, source, accumulation, balance, turnover, balanceAndTurnover } = register;
	if (accumulation) {
		const period = { Period: 'Edm.DateTime' };
		return [
			balance && boundFunction('Balance', set, { ...GROUPED, ...period }, balance.name),
			turnover && boundFunction('Turnovers', set, { ...GROUPED, ...BETWEEN }, turnover.name),
			balanceAndTurnover &&
				boundFunction(
					'BalanceAndTurnovers',
					set,
					{ ...GROUPED, ...BETWEEN },
					balanceAndTurnover.name,
				),
		].filter((one) => one !== undefined);
	}
	if (!source.periodic) return [];
	const bound = source.recorders === 'none' ? set : register.record.name;
	const parameters = { Condition: 'Edm.String', Period: 'Edm.DateTime' };
	return ['SliceFirst', 'SliceLast'].map((name) => boundFunction(name, bound, parameters, bound));
}

const platformType = (name: string, properties: Parameters): string =>
	element(
		'ComplexType',
		{ Name: name },
		Object.entries(properties)
			.map(([Name, Type]) => element('Property', { Name, Type, Nullable: 'false' }))
			.join(''),
	);

/** Complex types every base declares, whether anything uses them or not. */
const PLATFORM_TYPES = [
	platformType('NumberQualifiers', {
		AllowedSign: 'Edm.String',
		Digits: 'Edm.Int16',
		FractionDigits: 'Edm.Int16',
	}),
	platformType('StringQualifiers', { AllowedLength: 'Edm.String', Length: 'Edm.Int64' }),
	platformType('DateQualifiers', { DateFractions: 'Edm.String' }),
	platformType('BinaryDataQualifiers', { AllowedLength: 'Edm.String', Length: 'Edm.Int64' }),
	platformType('TypeDescription', {
		Types: 'Collection(Edm.String)',
		NumberQualifiers: `${NAMESPACE}.NumberQualifiers`,
		StringQualifiers: `${NAMESPACE}.StringQualifiers`,
		DateQualifiers: `${NAMESPACE}.DateQualifiers`,
		BinaryDataQualifiers: `${NAMESPACE}.BinaryDataQualifiers`,
	}),
	platformType('PointInTime', { Ref: 'Edm.String', Date: 'Edm.DateTime' }),
];

const enumType = (name: string, members: readonly string[]): string =>
	element(
		'EnumType',
		{ Name: name, UnderlyingType: 'Edm.Int32' },
		members.map((Name) => element('Member', { Name })).join(''),
	);

const enumTypes = (vatRates: readonly string[]): string[] => [
	enumType('AccumulationRecordType', ['Expense', 'Receipt']),
	enumType('СтавкиНДС', vatRates),
	...Object.entries(enums).map(([name, members]) => enumType(name, members)),
];
