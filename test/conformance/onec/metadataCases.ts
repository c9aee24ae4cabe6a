/** $metadata: how sets, registers, functions and references are described. */
import type { Answer } from '../contract';
import {
	CONFIGURATION,
	get,
	GUIDE,
	instead,
	isOk,
	READING_PROBE,
	RECORDINGS,
	refusalOr,
	textOf,
	type BaseCase,
} from './baseCase';

/** Real lines of the $metadata of a base of УТ 11. */
const LINES =
	'https://github.com/Romandredan/odata1c-gate/blob/main/tests/fixtures/edmx/ut-real.edmx';

const METADATA = get('$metadata');

const xmlOf = (answer: Answer): string => textOf(answer).replace(/>\s+</g, '><').trim();

const AS_RECORDED = 'as recorded';

/** Parts of the description, each under a name for the report. */
const partsCase = (
	fact: string,
	source: readonly string[],
	parts: Record<string, string>,
): BaseCase => ({
	fact,
	source,
	questions: [METADATA],
	observe: ([answer]) => {
		if (!isOk(answer)) return refusalOr(answer, '');
		const xml = xmlOf(answer);
		const missing = Object.entries(parts).filter(([, part]) => !xml.includes(part));
		return missing.length === 0 ? AS_RECORDED : `not ${missing.map(([name]) => name).join(', ')}`;
	},
	expected: AS_RECORDED,
	reversed: instead(METADATA, '<edmx:Edmx/>'),
});

const property = (name: string, edm: string, nullable = true): string =>
	`<Property Name="${name}" Type="Edm.${edm}" Nullable="${String(nullable)}"/>`;
const parameter = (name: string, edm: string): string =>
	`<Parameter Name="${name}" Type="Edm.${edm}"/>`;
const key = (...names: string[]): string =>
	`<Key>${names.map((name) => `<PropertyRef Name="${name}"/>`).join('')}</Key>`;

const ORDERS = 'AccumulationRegister_ЗаказыПокупателей';
const PRICES = 'InformationRegister_ЦеныНоменклатуры';
const RATES = 'InformationRegister_КурсыВалют';
const SHIPMENTS = 'Document_РеализацияТоваровУслуг';

const bound = (name: string, to: string, returns?: string): string =>
	`<FunctionImport Name="${name}" IsBindable="true" IsSideEffecting="${String(returns === undefined)}"${
		returns === undefined ? '' : ` ReturnType="Collection(StandardODATA.${returns})"`
	}><Parameter Name="bindingParameter" Type="StandardODATA.${to}"/>`;

type Attribute = [set: string, attribute: string, edm: string];

const ATTRIBUTES: Attribute[] = [
	['Catalog_Контрагенты', 'ИНН', 'String'],
	['Catalog_Контрагенты', 'ОсновнойБанковскийСчет_Key', 'Guid'],
	['Catalog_ДоговорыКонтрагентов', 'ТипЦен_Type', 'String'],
	['Catalog_БанковскиеСчета', 'Owner_Type', 'String'],
	['Catalog_ЕдиницыИзмерения', 'Owner_Type', 'String'],
	['Document_СчетНаОплатуПокупателю', 'Контрагент_Type', 'String'],
	['Document_СчетНаОплатуПокупателю', 'СтруктурнаяЕдиница_Type', 'String'],
	['Document_СчетНаОплатуПокупателю', 'ЗаказПокупателя_Key', 'Guid'],
	['Document_ЗаказПокупателя', 'Контрагент_Key', 'Guid'],
	['Document_ЗаказПокупателя', 'СкладГруппа_Type', 'String'],
	['Document_ЗаказПокупателя', 'КратностьВзаиморасчетов', 'Int64'],
	['Document_ЗаказПокупателя', 'КурсВзаиморасчетов', 'Double'],
	['Document_ПриходныйКассовыйОрдер', 'Контрагент_Type', 'String'],
	['Document_ЗакрытиеЗаказовПокупателей_Заказы', 'ЗаказПокупателя_Type', 'String'],
	['InformationRegister_КонтактнаяИнформация', 'Вид_Type', 'String'],
];

export const METADATA_CASES: BaseCase[] = [
	partsCase('$metadata is a schema of OData 3 with one container', [LINES, RECORDINGS], {
		'the frame':
			'<edmx:DataServices xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0"><Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">',
		'the container': '<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">',
	}),
	partsCase('$metadata describes rows of tables as types and as sets', [LINES, GUIDE], {
		'the type of a row': `<ComplexType Name="${SHIPMENTS}_Товары_RowType">${property('Ref_Key', 'Guid', false)}${property('LineNumber', 'Int64', false)}`,
		'the key of a row': `<EntityType Name="Catalog_Контрагенты_ВидыДеятельности">${key('Ref_Key', 'LineNumber')}`,
	}),
	partsCase('$metadata describes registers as sets of records and as single records', [LINES], {
		'a set by several recorders': `<EntityType Name="${ORDERS}" OpenType="true">${key('Recorder', 'Recorder_Type')}${property('Recorder', 'String', false)}<Property Name="RecordSet" Type="Collection(StandardODATA.${ORDERS}_RowType)" Nullable="false"/>${property('Recorder_Type', 'String', false)}</EntityType>`,
		'a record by several recorders': `<EntityType Name="${ORDERS}_RecordType" OpenType="true">${key('Recorder', 'LineNumber', 'Recorder_Type')}${property('Recorder', 'String', false)}${property('Period', 'DateTime')}${property('LineNumber', 'Int64', false)}${property('Active', 'Boolean')}${property('RecordType', 'String')}`,
		'a set by one recorder': `<EntityType Name="${PRICES}">${key('Recorder_Key')}${property('Recorder_Key', 'Guid', false)}<Property Name="RecordSet" Type="Collection(StandardODATA.${PRICES}_RowType)" Nullable="false"/></EntityType>`,
		'a record by period and dimensions': `<EntityType Name="${PRICES}_RecordType">${key('Period', 'ТипЦен_Key', 'Номенклатура_Key', 'ХарактеристикаНоменклатуры_Key')}`,
	}),
	partsCase('$metadata binds functions to what they are asked of', [LINES, RECORDINGS], {
		'a balance': `${bound('Balance', ORDERS, `${ORDERS}_Balance`)}${parameter('Condition', 'String')}${parameter('Dimensions', 'String')}${parameter('Period', 'DateTime')}</FunctionImport>`,
		posting: `${bound('Post', SHIPMENTS)}${parameter('PostingModeOperational', 'Boolean')}</FunctionImport>`,
		'a slice of independent records': bound('SliceLast', RATES, RATES),
		'a slice of records of documents': bound(
			'SliceLast',
			`${PRICES}_RecordType`,
			`${PRICES}_RecordType`,
		),
	}),
	partsCase(
		'$metadata describes references as associations and enumerations without values',
		[RECORDINGS],
		{
			'a reference':
				'<Association Name="Document_ЗаказПокупателя_Контрагент"><End Role="Begin" Type="StandardODATA.Document_ЗаказПокупателя" Multiplicity="*"/><End Role="End" Type="StandardODATA.Catalog_Контрагенты" Multiplicity="0..1"/></Association>',
			'an enumeration':
				'<EnumType Name="ЮрФизЛицо" UnderlyingType="Edm.Int32"><Member Name="ЮрЛицо"/><Member Name="ФизЛицо"/></EnumType>',
		},
	),
	{
		fact: '$metadata gives attributes the types of the configuration',
		source: [CONFIGURATION],
		questions: [METADATA],
		observe: ([answer]) => {
			if (!isOk(answer)) return refusalOr(answer, '');
			const xml = xmlOf(answer);
			const typeOf = (set: string): string =>
				new RegExp(`<EntityType Name="${set}"[^]*?</EntityType>`).exec(xml)?.[0] ?? '';
			const other = ATTRIBUTES.filter(
				([set, name, edm]) => !typeOf(set).includes(`<Property Name="${name}" Type="Edm.${edm}"`),
			);
			return other.length === 0
				? AS_RECORDED
				: `not ${other.map(([set, name]) => `${set}.${name}`).join(', ')}`;
		},
		expected: AS_RECORDED,
		reversed: instead(METADATA, '<edmx:Edmx/>'),
	},
	{
		fact: '$metadata tells no lengths of texts',
		source: [READING_PROBE],
		questions: [METADATA],
		observe: ([answer]) => {
			if (!isOk(answer)) return null;
			return /MaxLength="\d/.test(textOf(answer)) ? 'lengths' : 'no lengths';
		},
		expected: 'no lengths',
		settles: {
			switch: 'metadataShowsLengths',
			positions: { 'no lengths': false, lengths: true },
		},
	},
];
