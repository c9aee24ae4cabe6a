/** Files in fields of cards. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { fileNameIn } from '../../shared/fileName';
import { inTurn } from '../../shared/inTurn';
import type { Bitrix24Client } from '../rest/client';
import type { Caller } from '../rest/gather';
import { itemGet, itemUpdate } from '../rest/items';
import { itemOf } from '../deals/schemas';
import { readCardFields } from './cardFields';

export interface FileField {
	entityTypeId: number;
	id: number;
	/** Name of the field. */
	field: string;
}

const fileSchema = z.object({ id: z.coerce.number(), urlMachine: z.string() });

export type StoredFile = z.output<typeof fileSchema>;

const cardSchema = itemOf(z.record(z.unknown()));

const readCard = async (client: Caller, card: FileField): Promise<Record<string, unknown>> =>
	cardSchema.parse(await client.call(itemGet(card))).item;

/** Of a card that was just read: an empty field holds nothing or an empty list. */
const filesIn = (card: Record<string, unknown>, { field }: FileField): StoredFile[] => {
	if (!(field in card)) {
		throw new Problem(`The card has no field ${field}.`, 'Choose the field from the list again.');
	}
	const value = card[field];
	const parsed = z.array(fileSchema).safeParse(Array.isArray(value) ? value : [value]);
	return parsed.success ? parsed.data : [];
};

export interface DownloadedFile {
	id: number;
	name: string;
	type: string;
	bytes: Buffer;
}

export const download = async (
	client: Bitrix24Client,
	link: string,
	fallback: string,
): Promise<Omit<DownloadedFile, 'id'>> => {
	const { bytes, type, disposition } = await client.download(link);
	return { bytes, type: type.split(';')[0], name: fileNameIn(disposition) ?? fallback };
};

export const filesOf = async (client: Caller, field: FileField): Promise<StoredFile[]> =>
	filesIn(await readCard(client, field), field);

export const downloadFiles = async (
	client: Bitrix24Client,
	stored: StoredFile[],
): Promise<DownloadedFile[]> => {
	const files: DownloadedFile[] = [];
	for (const { id, urlMachine } of stored) {
		files.push({ id, ...(await download(client, urlMachine, `file-${id}`)) });
	}
	return files;
};

type SentFile = [name: string, base64: string];

/** A write of another program meanwhile is rare, and three in a row are no accident. */
const ATTEMPTS = 3;

/**
 * The whole list of files is sent, and Bitrix24 deletes what is not in it
 * [https://github.com/bitrix-tools/b24-rest-docs/commit/f2cb4dc659327f6c3d589f437e6aa907c18a5f12]: uploads of this
 * process follow one another, and after each the card is read again, because another program may have written a list
 * that does not have the new file yet.
 */
const join = async (
	client: Bitrix24Client,
	field: FileField,
	file: SentFile,
): Promise<StoredFile[]> => {
	let kept = (await filesOf(client, field)).map(({ id }) => id);
	for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
		const list = [...kept.map((id) => ({ id })), file];
		const written = await client.call(itemUpdate(field, { [field.field]: list }, false));
		const answered = filesIn(cardSchema.parse(written).item, field);
		const own = answered.map(({ id }) => id).filter((id) => !kept.includes(id));
		const now = await filesOf(client, field);
		if (own.length > 0 && own.every((id) => now.some((stored) => stored.id === id))) return now;
		kept = now.map(({ id }) => id);
	}
	throw new Problem(
		`The file did not stay in the field ${field.field}: another program writes the same field.`,
		'Run the node again when the other program has finished.',
	);
};

/**
 * A file joins those of a multiple field and replaces the one of a single field. Batches take no files, so it goes
 * alone [Bitrix24 docs, batch].
 */
export const uploadFile = async (
	client: Bitrix24Client,
	field: FileField,
	{ name, bytes }: { name: string; bytes: Buffer },
): Promise<StoredFile[]> => {
	const known = (await readCardFields(client, field.entityTypeId)).get(field.field);
	if (known?.type !== 'file') {
		throw new Problem(
			`The card has no field ${field.field} for files.`,
			'Choose the field from the list again.',
		);
	}
	const file: SentFile = [name, bytes.toString('base64')];
	if (known.isMultiple) {
		const key = `${client.portal} ${field.entityTypeId} ${field.id} ${field.field}`;
		return await inTurn(key, async () => await join(client, field, file));
	}
	const written = await client.call(itemUpdate(field, { [field.field]: file }));
	return filesIn(cardSchema.parse(written).item, field);
};
