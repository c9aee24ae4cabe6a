/** Fields of a set for the editor's field mapping, with the types the base gives them. */
import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { chosenSet } from './chosenSet';
import { connect } from './connect';
import { readShape } from './metadata/readShape';
import type { Field, FieldType } from './metadata/shape';

/** 1C keeps these by itself. */
const OWN = ['Ref_Key', 'DataVersion', 'Predefined', 'PredefinedDataName', 'Posted', 'IsFolder'];

const TYPES: Partial<Record<FieldType, ResourceMapperField['type']>> = {
	string: 'string',
	number: 'number',
	boolean: 'boolean',
	date: 'dateTime',
	reference: 'string',
	composite: 'string',
	compositeType: 'string',
	rows: 'array',
};

const WORDS: Partial<Record<FieldType, string>> = {
	reference: 'reference',
	composite: 'composite: GUID or value',
	compositeType: 'kind of the composite, such as Document_ЗаказПокупателя',
	rows: 'rows',
};

const titled = ({ name, type, of }: Field): string => {
	const words = of && type === 'reference' ? `reference to ${of}` : WORDS[type];
	return words ? `${name} (${words})` : name;
};

export async function getObjectFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const shape = await readShape((await connect(this)).client);
	return {
		fields: shape
			.fields(chosenSet(this))
			.filter(({ name, type }) => TYPES[type] && !OWN.includes(name))
			.map((field) => ({
				id: field.name,
				displayName: titled(field),
				type: TYPES[field.type],
				required: false,
				defaultMatch: false,
				display: true,
			})),
	};
}
