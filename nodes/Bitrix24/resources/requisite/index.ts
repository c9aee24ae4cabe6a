/** Requisites of companies and contacts, and the bank details and addresses that hang on a requisite. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../../exchange/problem';
import type { ListOperation, Outcome, Resource } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { together } from '../../../shared/together';
import { fieldValueSchema, idSchema } from '../../../shared/valueSchemas';
import { COMPANY_CARD, CONTACT_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { REQUISITE } from '../../rest/entityTypes';
import { readPresets, type Presets } from '../../buyers/requisitePresets';
import {
	ADDRESSES,
	BANK_DETAILS,
	listRows,
	REQUISITES,
	writeRows,
	type Row,
	type RowMethods,
	type WantedRow,
} from '../../requisites/requisiteRows';
import { ownerFields, readOwner } from '../card/cardFields';

const owner = ownerFields([COMPANY_CARD, CONTACT_CARD]);

const requisiteId: INodeProperties = {
	displayName: 'Requisite ID',
	name: 'requisiteId',
	type: 'string',
	default: '={{ $json.requisiteId }}',
	required: true,
	description: 'Number of the requisite, as the resource Requisite gives it',
};

const mapping: INodeProperties = {
	displayName: 'Fields',
	name: 'mapping',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		loadOptionsDependsOn: ['resource'],
		resourceMapper: {
			resourceMapperMethod: 'getRequisiteMapping',
			mode: 'upsert',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: true,
			supportAutoMap: true,
		},
	},
};

const mappingSchema = z.object({
	mappingMode: z.string(),
	value: z.record(fieldValueSchema).nullish(),
	matchingColumns: z.array(z.string()).nullish(),
});

/** Names of these tables are upper-case words; whatever else an input holds is none of theirs. */
const isColumn = (name: string): boolean =>
	/^(NAME|CODE|XML_ID|ORIGINATOR_ID|ACTIVE|SORT|COMMENTS|PRESET_ID|(RQ|UF)_[A-Z0-9_]+)$/.test(name);

const valuesOf = (item: ItemParameters) => {
	const { mappingMode, value, matchingColumns } = item.read('mapping', 'Fields', mappingSchema);
	const source =
		mappingMode === 'autoMapInputData'
			? Object.entries(item.json).filter(([name]) => isColumn(name))
			: Object.entries(value ?? {});
	const fields: Row = Object.fromEntries(
		source.filter(([, one]) => one !== null && one !== undefined),
	);
	return { fields, columns: matchingColumns ?? [] };
};

/** The chosen columns; without a choice, whatever of these the values hold first. */
const keyOf = (fields: Row, columns: string[], usual: string[][]): Row => {
	const names =
		columns.length > 0
			? columns
			: (usual.find((some) => some.every((name) => name in fields)) ?? usual[0]);
	const empty = names.filter((name) => (fields[name] ?? '') === '');
	if (empty.length === 0) return Object.fromEntries(names.map((name) => [name, fields[name]]));
	throw new Problem(
		`The field to match on is empty: ${empty.join(', ')}.`,
		'Give it a value, or choose another field under Columns to Match On.',
	);
};

const getManyOf = (
	methods: RowMethods,
	plural: string,
	properties: INodeProperties[],
	ownerOf: (item: ItemParameters) => Row,
	toJson: (row: Row) => IDataObject,
): ListOperation<Bitrix24Client> => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${plural}`,
	description: `All ${plural} of their owner, one item each`,
	properties,
	forAll: async (client, items) =>
		await together(items, ownerOf, async (owners) => {
			const read = await listRows(client, methods, owners);
			return read.map(
				(rows): Outcome =>
					rows instanceof Error
						? { problem: rows }
						: { items: rows.map((row) => ({ json: toJson(row) })) },
			);
		}),
});

/** What a new row needs is asked of the portal once, however many rows there are. */
type PresetsReader = () => Promise<Presets>;

const upsertOf = (
	methods: RowMethods,
	properties: INodeProperties[],
	wantedOf: (item: ItemParameters, presets: PresetsReader) => WantedRow,
	toJson: (row: Row) => IDataObject,
): ListOperation<Bitrix24Client> => ({
	value: 'upsert',
	name: 'Create or Update',
	action: `Create or update ${methods.singular === 'address' ? 'an' : 'a'} ${methods.singular}`,
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties,
	async forAll(client, items) {
		let read: Promise<Presets> | undefined;
		const presets: PresetsReader = async () => await (read ??= readPresets(client));
		return await together(
			items,
			(item) => wantedOf(item, presets),
			async (wanted) => {
				const all = await writeRows(client, methods, wanted);
				return all.map(({ value, error }): Outcome => {
					if (error) return { problem: error };
					const { row, outcome } = value;
					const json = { ...toJson(row), outcome, changed: outcome !== 'unchanged' };
					return { items: [{ json }] };
				});
			},
		);
	},
});

const requisiteJson = (row: Row): IDataObject => ({
	requisiteId: Number(row.ID),
	...(row as IDataObject),
});

const ownerOfRequisite = (item: ItemParameters): Row => {
	const { entityTypeId, id } = readOwner(item);
	return { ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: id };
};

/** Twelve digits of ИНН are a person's: an entrepreneur's where there is a firm, else anybody's. */
const presetOf = (presets: Presets, { RQ_INN }: Row, owner: Row): number => {
	if (String(RQ_INN ?? '').length === 12) return presets.of('entrepreneur');
	return presets.of(owner.ENTITY_TYPE_ID === CONTACT_CARD.entityTypeId ? 'person' : 'legal');
};

const upsertRequisite = upsertOf(
	REQUISITES,
	[...owner, mapping],
	(item, presets) => {
		const { fields, columns } = valuesOf(item);
		const own = ownerOfRequisite(item);
		const { PRESET_ID, ...written } = fields;
		const NAME = fields.NAME ?? fields.RQ_COMPANY_NAME ?? fields.RQ_NAME ?? 'Реквизиты';
		return {
			owner: own,
			key: keyOf(fields, columns, [['XML_ID'], ['RQ_INN', 'RQ_KPP'], ['RQ_INN']]),
			fields: written,
			atFirst: async () => {
				const known = await presets();
				const isChosen = (PRESET_ID ?? '') !== '';
				return {
					NAME,
					PRESET_ID: isChosen ? known.chosen(PRESET_ID) : presetOf(known, fields, own),
				};
			},
		};
	},
	requisiteJson,
);

export const requisite: Resource<Bitrix24Client> = {
	value: 'requisite',
	name: 'Requisite (Реквизиты)',
	operations: [
		getManyOf(REQUISITES, 'requisites', owner, ownerOfRequisite, requisiteJson),
		upsertRequisite,
	],
};

const readRequisiteId = (item: ItemParameters): number =>
	item.read('requisiteId', 'Requisite ID', idSchema);

const ownerOfBankDetail = (item: ItemParameters): Row => ({ ENTITY_ID: readRequisiteId(item) });

const bankDetailJson = (row: Row): IDataObject => ({
	bankDetailId: Number(row.ID),
	requisiteId: Number(row.ENTITY_ID),
	...(row as IDataObject),
});

export const bankDetail: Resource<Bitrix24Client> = {
	value: 'bankDetail',
	name: 'Bank Detail (Банковские Реквизиты)',
	operations: [
		getManyOf(BANK_DETAILS, 'bank details', [requisiteId], ownerOfBankDetail, bankDetailJson),
		upsertOf(
			BANK_DETAILS,
			[requisiteId, mapping],
			(item) => {
				const { fields, columns } = valuesOf(item);
				return {
					owner: ownerOfBankDetail(item),
					key: keyOf(fields, columns, [['XML_ID'], ['RQ_ACC_NUM', 'RQ_BIK'], ['RQ_ACC_NUM']]),
					fields,
					atFirst: () => ({ NAME: fields.RQ_BANK_NAME ?? 'Счет' }),
				};
			},
			bankDetailJson,
		),
	],
};

const addressType: INodeProperties = {
	displayName: 'Type',
	name: 'addressType',
	type: 'options',
	options: [
		{ name: 'Actual (Фактический)', value: 1 },
		{ name: 'Beneficiary (Бенефициара)', value: 9 },
		{ name: 'Correspondence (Для Корреспонденции)', value: 8 },
		{ name: 'Delivery (Доставки)', value: 11 },
		{ name: 'Legal (Юридический)', value: 6 },
		{ name: 'Registration (Регистрации)', value: 4 },
	],
	default: 6,
};

const ADDRESS_PARTS: Array<[column: string, label: string, description: string]> = [
	['ADDRESS_1', 'Street', 'Street and house'],
	['ADDRESS_2', 'Flat or Office', 'Flat, office, floor'],
	['CITY', 'City', 'City or settlement'],
	['POSTAL_CODE', 'Postal Code', 'Six digits in Russia'],
	['REGION', 'District', 'District of a province (район)'],
	['PROVINCE', 'Province', 'Province or region (область)'],
	['COUNTRY', 'Country', 'Name of the country'],
];

const addressParts: INodeProperties = {
	displayName: 'Address',
	name: 'address',
	type: 'collection',
	placeholder: 'Add Part',
	default: {},
	options: ADDRESS_PARTS.map(
		([name, displayName, description]): INodeProperties => ({
			displayName,
			name,
			type: 'string',
			default: '',
			description,
		}),
	).sort((a, b) => a.displayName.localeCompare(b.displayName)),
};

const ownerOfAddress = (item: ItemParameters): Row => ({
	ENTITY_TYPE_ID: REQUISITE,
	ENTITY_ID: readRequisiteId(item),
});

const addressJson = (row: Row): IDataObject => ({
	requisiteId: Number(row.ENTITY_ID),
	...(row as IDataObject),
});

export const address: Resource<Bitrix24Client> = {
	value: 'address',
	name: 'Address (Адрес)',
	operations: [
		getManyOf(ADDRESSES, 'addresses', [requisiteId], ownerOfAddress, addressJson),
		upsertOf(
			ADDRESSES,
			[requisiteId, addressType, addressParts],
			(item) => ({
				owner: ownerOfAddress(item),
				key: { TYPE_ID: item.read('addressType', 'Type', idSchema) },
				fields: item.read('address', 'Address', z.record(z.string())),
				atFirst: () => ({}),
			}),
			addressJson,
		),
	],
};
