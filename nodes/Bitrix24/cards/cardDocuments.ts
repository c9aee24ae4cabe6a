/**
 * Documents in cards, as the document generator of the CRM keeps them. They have no key of the caller's own, so one is
 * found again by its title and number.
 */
import { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { Refusal } from '../rest/answer';
import type { Bitrix24Client } from '../rest/client';
import type { Caller } from '../rest/gather';
import { readPages } from '../rest/pages';

const documentSchema = z
	.object({ id: z.coerce.number(), title: z.coerce.string(), number: z.coerce.string().nullish() })
	.passthrough();

export type Document = z.output<typeof documentSchema>;

const listSchema = z.object({ documents: z.array(documentSchema) });

const uploadedSchema = z.object({ document: documentSchema });

interface Card {
	entityTypeId: number;
	id: number;
}

/** Newest first. */
export const documentsOf = async (
	client: Caller,
	{ entityTypeId, id }: Card,
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

export interface WantedDocument {
	title: string;
	number: string;
	docx: Buffer;
	pdf: Buffer | null;
}

const namesakes = async (
	client: Bitrix24Client,
	card: Card,
	{ title, number }: Pick<WantedDocument, 'title' | 'number'>,
): Promise<Document[]> =>
	(await documentsOf(client, card)).filter(
		(one) => one.title === title && (one.number ?? '') === number,
	);

/** @returns the new document; after a lost answer the one that was not there before */
const upload = async (
	client: Bitrix24Client,
	card: Card,
	{ title, number, docx, pdf }: WantedDocument,
	before: Document[],
): Promise<Document> => {
	const fields = {
		entityTypeId: card.entityTypeId,
		entityId: card.id,
		region: 'ru',
		title,
		number,
		fileContent: docx.toString('base64'),
		...(pdf ? { pdfContent: pdf.toString('base64') } : {}),
	};
	const sent = await settled(
		async () =>
			await client.call({ method: 'crm.documentgenerator.document.upload', params: { fields } }),
	);
	if (!sent.error) return uploadedSchema.parse(sent.value).document;
	if (!(sent.error instanceof UnknownOutcome)) throw sent.error;
	const known = before.map(({ id }) => id);
	const made = (await namesakes(client, card, { title, number })).find(
		({ id }) => !known.includes(id),
	);
	if (!made) throw sent.error;
	return made;
};

/** The generator refuses what is not there and much else under one code, so the portal is asked what it has. */
const isGone = async (
	client: Bitrix24Client,
	kind: 'document' | 'template',
	id: number,
): Promise<boolean> => {
	const answer = await client.answer({
		method: `crm.documentgenerator.${kind}.list`,
		params: { filter: { id }, select: ['id'] },
	});
	return answer.total === 0;
};

/** Codes of a refusal that may mean that there is no such thing [Bitrix24 docs, crm.documentgenerator]. */
const MAYBE_GONE = ['0', ''];

/** Removes documents or templates. One that is gone already, as after a lost answer, is no failure. */
export const removeGenerated = async (
	client: Bitrix24Client,
	kind: 'document' | 'template',
	ids: number[],
): Promise<void> => {
	for (const id of ids) {
		const command = { method: `crm.documentgenerator.${kind}.delete`, params: { id } };
		const { error } = await settled(
			async () => await client.call({ ...command, repeatable: true }),
		);
		if (!error) continue;
		const mayBeGone = error instanceof Refusal && MAYBE_GONE.includes(error.code);
		if (!mayBeGone || !(await isGone(client, kind, id))) throw error;
	}
};

export interface PlacedDocument {
	document: Document;
	outcome: 'created' | 'found' | 'replaced';
}

/** @param make called only when a document is to be uploaded */
export const placeDocument = async (
	client: Bitrix24Client,
	card: Card,
	named: Pick<WantedDocument, 'title' | 'number'>,
	whenExists: 'keep' | 'replace',
	make: () => Promise<Pick<WantedDocument, 'docx' | 'pdf'>>,
): Promise<PlacedDocument> => {
	const isReplaced = whenExists === 'replace';
	/** Without a number a document that is to be kept apart cannot be told from others of its title. */
	const before = named.number || isReplaced ? await namesakes(client, card, named) : [];
	if (before.length > 0 && !isReplaced) return { document: before[0], outcome: 'found' };
	const document = await upload(client, card, { ...named, ...(await make()) }, before);
	/** The new one comes first, so that the card is never without; what a failure leaves over goes the next time. */
	await removeGenerated(
		client,
		'document',
		before.map(({ id }) => id),
	);
	return { document, outcome: before.length > 0 ? 'replaced' : 'created' };
};
