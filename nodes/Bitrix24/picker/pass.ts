/**
 * Passes for the page inside the deal card: who came, to which deal, until when. A pass is sealed (AES-256-GCM) and
 * not merely signed, because it carries the visitor's own token, so that what the page asks for is done in the
 * visitor's name and with the visitor's rights; the page itself cannot read it, and a changed one does not open.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const claimsSchema = z.object({
	/** A link waits in a deal field for days, a visit lasts as long as the page is open. */
	kind: z.enum(['link', 'visit']),
	portal: z.string(),
	deal: z.number().int().positive(),
	/** User of the portal; 0 is whoever holds the link. */
	user: z.number().int().nonnegative(),
	/** Milliseconds since 1970. */
	until: z.number(),
	/** The visitor's token; without it the page works with the rights of the credential. */
	token: z.string().optional(),
});

export type Claims = z.output<typeof claimsSchema>;

const IV = 12;
const TAG = 16;

/** The key is made of the credential's secret, so nothing more has to be kept anywhere. */
export const passKeyOf = (secret: string): Buffer =>
	Buffer.from(hkdfSync('sha256', secret, '', 'n8n-nodes-bitrix24-1c pass', 32));

export const sealPass = (key: Buffer, claims: Claims): string => {
	const iv = randomBytes(IV);
	const cipher = createCipheriv('aes-256-gcm', key, iv);
	const sealed = Buffer.concat([cipher.update(JSON.stringify(claims), 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
};

const unsealed = (key: Buffer, pass: string): unknown => {
	const bytes = Buffer.from(pass, 'base64url');
	if (bytes.length <= IV + TAG) return null;
	try {
		const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV));
		decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
		const text = Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]);
		return JSON.parse(text.toString('utf8')) as unknown;
	} catch {
		return null;
	}
};

/** @returns null for a pass that this credential never gave out; whether it has run out is for the caller to ask */
export const openPass = (key: Buffer, pass: string): Claims | null => {
	const claims = claimsSchema.safeParse(unsealed(key, pass));
	return claims.success ? claims.data : null;
};
