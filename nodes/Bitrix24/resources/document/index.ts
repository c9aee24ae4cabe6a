/** Documents of cards, as the document generator of the CRM keeps them. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { limitFields, readLimit } from '../../../shared/limitFields';
import type { ItemOperation, Resource } from '../../../shared/operation';
import { documentsOf, placeDocument, type Document } from '../../cards/cardDocuments';
import { CARD_KINDS } from '../../cards/cardKinds';
import { withoutTokens } from '../../cards/withoutTokens';
import type { Bitrix24Client } from '../../rest/client';
import { ownerFields, ownerJson, readOwner, type Owner } from '../card/cardFields';
import { sideBySide } from '../sideBySide';
import { getPrintable } from './getPrintable';
import { uploadTemplate } from './uploadTemplate';
import { textSchema } from '../../../shared/valueSchemas';

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
			description: 'Number of the document; with the title it tells one document from another',
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
		{
			displayName: 'When It Exists',
			name: 'whenExists',
			type: 'options',
			options: [
				{
					name: 'Keep It',
					value: 'keep',
					description: 'A document of this number and title is not uploaded twice',
				},
				{
					name: 'Replace It',
					value: 'replace',
					description:
						'The new one is uploaded, those of this number and title before it are deleted',
				},
			],
			default: 'keep',
		},
	],
	async forEach(client, item) {
		const card = readOwner(item);
		const title = item.read('title', 'Title', name);
		const number = item.read('number', 'Number', textSchema);
		const whenExists = item.read('whenExists', 'When It Exists', z.enum(['keep', 'replace']));
		const files = async () => {
			const docx = await item.takeFile(item.read('docxProperty', 'DOCX Field Name', name));
			const pdfProperty = item.read('pdfProperty', 'PDF Field Name', z.string().trim());
			const pdf = pdfProperty ? await item.takeFile(pdfProperty) : null;
			return { docx: docx.bytes, pdf: pdf?.bytes ?? null };
		};
		const placed = await placeDocument(client, card, { title, number }, whenExists, files);
		return { ...documentJson(card, placed.document), outcome: placed.outcome };
	},
};

export const document: Resource<Bitrix24Client> = {
	value: 'document',
	name: 'Document (Документ)',
	operations: [getMany, getPrintable, upload, uploadTemplate],
};
