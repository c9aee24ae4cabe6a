/** A Word template for the document generator of the portal, for those who print there. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { UnknownOutcome } from '../../../shared/http';
import type { ItemOperation } from '../../../shared/operation';
import { settled } from '../../../shared/settled';
import { removeGenerated } from '../../cards/cardDocuments';
import { withoutTokens } from '../../cards/withoutTokens';
import type { Bitrix24Client } from '../../rest/client';
import { DEAL, QUOTE, SMART_INVOICE } from '../../rest/entityTypes';
import { readPages } from '../../rest/pages';
import { requiredText } from '../../../shared/valueSchemas';

const templateSchema = z.object({ id: z.coerce.number(), name: z.coerce.string() }).passthrough();

type Template = z.output<typeof templateSchema>;

/** PHP writes an empty map as a list, and others keyed by number. */
const templatesSchema = z.object({
	templates: z.union([z.array(templateSchema), z.record(templateSchema)]),
});

const addedSchema = z.object({ template: templateSchema });

const numeratorSchema = z.object({ id: z.coerce.number(), name: z.coerce.string() });
const numeratorsSchema = z.object({ numerators: z.array(numeratorSchema) });

const GENERATOR = 'crm.documentgenerator';

const named = async (client: Bitrix24Client, name: string): Promise<Template[]> =>
	await readPages(
		client,
		{ method: `${GENERATOR}.template.list`, params: { filter: { name }, order: { id: 'DESC' } } },
		({ result }) =>
			Object.values(templatesSchema.parse(result).templates).filter((one) => one.name === name),
	);

const NUMERATOR = 'Счета на оплату';

/** Every template counts by a numerator; one for invoices is made once. */
const numeratorId = async (client: Bitrix24Client): Promise<number> => {
	const find = async () =>
		numeratorsSchema
			.parse(await client.call({ method: `${GENERATOR}.numerator.list` }))
			.numerators.find(({ name }) => name === NUMERATOR)?.id;
	const known = await find();
	if (known !== undefined) return known;
	const fields = { name: NUMERATOR, template: '{NUMBER}' };
	const added = await settled(
		async () => await client.call({ method: `${GENERATOR}.numerator.add`, params: { fields } }),
	);
	if (!added.error) return z.object({ numerator: numeratorSchema }).parse(added.value).numerator.id;
	const made = added.error instanceof UnknownOutcome ? await find() : undefined;
	if (made === undefined) throw added.error;
	return made;
};

const add = async (
	client: Bitrix24Client,
	fields: Record<string, unknown> & { name: string },
	before: Template[],
): Promise<Template> => {
	const sent = await settled(
		async () => await client.call({ method: `${GENERATOR}.template.add`, params: { fields } }),
	);
	if (!sent.error) return addedSchema.parse(sent.value).template;
	if (!(sent.error instanceof UnknownOutcome)) throw sent.error;
	const known = before.map(({ id }) => id);
	const made = (await named(client, fields.name)).find(({ id }) => !known.includes(id));
	if (!made) throw sent.error;
	return made;
};

const text = z.string().trim().min(1, 'is empty');

export const uploadTemplate: ItemOperation<Bitrix24Client> = {
	value: 'uploadTemplate',
	name: 'Upload Template',
	action: 'Upload a document template',
	description:
		'Put a Word template into the document generator of the portal; one of this name is replaced. Needs an administrator.',
	properties: [
		{
			displayName: 'Template Name',
			name: 'templateName',
			type: 'string',
			default: 'Счет на оплату (форма 1С)',
			required: true,
			description: 'As managers see it in the list of documents',
		},
		{
			displayName: 'Template Field Name',
			name: 'templateProperty',
			type: 'string',
			default: 'template',
			required: true,
			hint: 'The name of the input binary field containing the DOCX file, such as Invoice Print → Template → Get gives it',
		},
		{
			displayName: 'Offered In',
			name: 'offeredIn',
			type: 'multiOptions',
			options: [
				{ name: 'Deals', value: DEAL },
				{ name: 'Invoices', value: SMART_INVOICE },
				{ name: 'Quotes', value: QUOTE },
			],
			default: [DEAL, SMART_INVOICE],
			description: 'Cards whose documents can be made by the template',
		},
	],
	async forEach(client, item) {
		const name = item.read('templateName', 'Template Name', text);
		const file = await item.takeFile(item.read('templateProperty', 'Template Field Name', text));
		const offeredIn = item.read('offeredIn', 'Offered In', z.array(requiredText).min(1));
		const before = await named(client, name);
		const fields = {
			name,
			file: [file.name, file.bytes.toString('base64')],
			numeratorId: await numeratorId(client),
			region: 'ru',
			entityTypeId: offeredIn,
			users: ['UA'],
			active: 'Y',
			withStamps: 'Y',
		};
		const template = await add(client, fields, before);
		await removeGenerated(
			client,
			'template',
			before.map(({ id }) => id),
		);
		return {
			templateId: template.id,
			...(withoutTokens(template) as IDataObject),
			outcome: before.length > 0 ? 'replaced' : 'created',
		};
	},
};
