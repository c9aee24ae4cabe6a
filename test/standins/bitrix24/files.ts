/**
 * Files the portal keeps: contents of file fields, attachments of comments, generated documents.
 * Imitates: links for machines carry a live token of their own (reference §5); links for people need a
 * session in the browser.
 * Does not imitate: Drive, quotas, signed links that expire.
 */
import { randomBytes } from 'node:crypto';
import type { Site } from './site';

export interface StoredFile {
	id: number;
	name: string;
	type: string;
	bytes: Buffer;
	token: string;
}

const TYPES: Record<string, string> = {
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	png: 'image/png',
	jpg: 'image/jpeg',
	txt: 'text/plain',
};

export class Files {
	private readonly byId = new Map<number, StoredFile>();

	keep(name: string, bytes: Buffer): StoredFile {
		const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
		const file: StoredFile = {
			id: 271 + this.byId.size * 2,
			name,
			type: Object.hasOwn(TYPES, extension) ? TYPES[extension] : 'application/octet-stream',
			bytes,
			token: randomBytes(24).toString('hex'),
		};
		this.byId.set(file.id, file);
		return file;
	}

	byToken(token: string): StoredFile | undefined {
		if (token === '') return undefined;
		return [...this.byId.values()].find((file) => file.token === token);
	}

	find(id: number): StoredFile | undefined {
		return this.byId.get(id);
	}
}

/** Bytes of a `[name, base64]` pair's second part; undefined when it is not base64 at all. */
export function decoded(base64: string): Buffer | undefined {
	if (base64 === '' || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(base64)) return undefined;
	return Buffer.from(base64, 'base64');
}

export function machineUrl({ origin }: Site, method: string, file: StoredFile): string {
	return `${origin}/rest/${method}.json?token=${file.token}`;
}

export function personUrl({ origin }: Site, action: string, id: number): string {
	return `${origin}/bitrix/services/main/ajax.php?action=${action}&SITE_ID=s1&id=${id}`;
}
