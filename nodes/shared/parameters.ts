/** A node's parameters for one item, checked where they enter. */
import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { z } from 'zod';
import { Problem } from '../exchange/problem';
import { issueInWords } from './issueInWords';

export interface ItemParameters {
	index: number;
	/** The input item. */
	json: IDataObject;
	/** Reads a parameter and checks it; the label is what the editor calls the field. */
	read<Schema extends z.ZodTypeAny>(name: string, label: string, schema: Schema): z.output<Schema>;
	/** A file that came with the item, under this property. */
	takeFile(property: string): Promise<NamedFile>;
	/** Stores a file that leaves with the item. */
	keepFile(file: NamedFile): Promise<IBinaryData>;
}

export interface NamedFile {
	name: string;
	type: string;
	bytes: Buffer;
}

/** Checks a value that came from outside, and says which field is wrong and how. */
export const parse = <Schema extends z.ZodTypeAny>(
	schema: Schema,
	value: unknown,
	label: string,
	remedy?: string,
): z.output<Schema> => {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<Schema>;
	const { where, english, russian } = issueInWords(result.error);
	throw new Problem(
		`${label}${where}: ${english}.`,
		remedy,
		`Технический сбой. Передайте интегратору: поле «${label}${where}» ${russian}.`,
	);
};

const takeFile = async (
	context: IExecuteFunctions,
	index: number,
	property: string,
): Promise<NamedFile> => {
	const stored = context.getInputData()[index].binary?.[property];
	if (!stored) {
		throw new Problem(
			`The item has no file in the binary property "${property}".`,
			'Choose the property the node before puts its file into.',
		);
	}
	const bytes = await context.helpers.getBinaryDataBuffer(index, property);
	return { name: stored.fileName ?? property, type: stored.mimeType, bytes };
};

export const parametersOf = (context: IExecuteFunctions): ItemParameters[] =>
	context.getInputData().map((item, index) => ({
		index,
		json: item.json,
		read: (name, label, schema) =>
			parse(
				schema,
				context.getNodeParameter(name, index, undefined, { extractValue: true }),
				label,
				'Correct the field, or the data its expression takes.',
			),
		takeFile: async (property) => await takeFile(context, index, property),
		keepFile: async ({ bytes, name, type }) =>
			await context.helpers.prepareBinaryData(bytes, name, type),
	}));
