/** Documents of cards, as the document generator of the CRM keeps them. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { limitFields, readLimit } from '../../shared/limitFields';
import { UnknownOutcome } from '../../shared/http';
import type { ItemOperation, Resource } from '../../shared/operation';
import { settled } from '../../shared/settled';
import { CARD_KINDS } from '../cards/cardKinds';
import { withoutTokens } from '../cards/withoutTokens';
import type { Bitrix24Client } from '../rest/client';
import type { Caller } from '../rest/gather';
import { readPages } from '../rest/pages';
import { ownerFields, ownerJson, readOwner, type Owner } from './card/cardFields';
import { sideBySide } from './sideBySide';

const documentSchema = z
	.object({ id: z.coerce.number(), title: z.coerce.string(), number: z.coerce.string().nullish() })
	.passthrough();

type Document = z.output<typeof documentSchema>;

const listSchema = z.object({ documents: z.array(documentSchema) });

const documentsOf = async (
	client: Caller,
	{ entityTypeId, id }: Owner,
	limit?: number,
): Promise<Document[]> =>
	await readPages(
		client,
		{
			method: 'crm.documentgenerator.document.list',
			params: { filter: { entityTypeId, entityId: id }, order: { id: 'DESC' } },
		},
		({ result }) => listSchema.parse(result).documents,
		limit,
	);

const documentJson = (card: Owner, { id, ...document }: Document): IDataObject => ({
	...ownerJson(card),
	documentId: id,
	...(withoutTokens(document) as IDataObject),
});

const getMany = sideBySide(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many documents',
		description: 'Documents of a card, newest first, with links for people',
		properties: [...ownerFields(CARD_KINDS), ...limitFields],
	},
	async (client, item) => {
		const card = readOwner(item);
		const documents = await documentsOf(client, card, readLimit(item));
		return documents.map((document) => documentJson(card, document));
	},
);

const uploadedSchema = z.object({ document: documentSchema });

const name = z.string().trim().min(1, 'is empty');

/** One item after the other: the files are large, and no batch takes them. */
const upload: ItemOperation<Bitrix24Client> = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload a document',
	description:
		'Put a ready document, such as a printed form of 1C, into a card; DOCX, and a PDF of it',
	properties: [
		...ownerFields(CARD_KINDS),
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			description: 'Name of the document',
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			description: 'Number of the document; one of this number and title is not uploaded twice',
		},
		{
			displayName: 'DOCX Field Name',
			name: 'docxProperty',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the input binary field containing the DOCX file',
		},
		{
			displayName: 'PDF Field Name',
			name: 'pdfProperty',
			type: 'string',
			default: '',
			hint: 'The name of the input binary field containing a PDF of the same; the portal makes one when empty',
		},
	],
	async forEach(client, item) {
		const card = readOwner(item);
		const title = item.read('title', 'Title', name);
		const number = item.read('number', 'Number', z.coerce.string().trim());
		const find = async (): Promise<Document | undefined> =>
			(await documentsOf(client, card)).find(
				(one) => one.title === title && (one.number ?? '') === number,
			);
		const existing = number ? await find() : undefined;
		if (existing) return { ...documentJson(card, existing), outcome: 'found' };
		const docx = await item.takeFile(item.read('docxProperty', 'DOCX Field Name', name));
		const pdfProperty = item.read('pdfProperty', 'PDF Field Name', z.string().trim());
		const pdf = pdfProperty ? await item.takeFile(pdfProperty) : null;
		const fields = {
			entityTypeId: card.entityTypeId,
			entityId: card.id,
			region: 'ru',
			title,
			number,
			fileContent: docx.bytes.toString('base64'),
			...(pdf ? { pdfContent: pdf.bytes.toString('base64') } : {}),
		};
		const sent = await settled(
			async () =>
				await client.call({ method: 'crm.documentgenerator.document.upload', params: { fields } }),
		);
		if (sent.error && !(sent.error instanceof UnknownOutcome && number)) throw sent.error;
		const document = sent.error ? await find() : uploadedSchema.parse(sent.value).document;
		if (!document) throw sent.error;
		return { ...documentJson(card, document), outcome: 'created' };
	},
};

export const document: Resource<Bitrix24Client> = {
	value: 'document',
	name: 'Document (Документ)',
	operations: [getMany, upload],
};
