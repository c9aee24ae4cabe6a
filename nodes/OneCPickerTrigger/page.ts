/**
 * The page as it is sent: one document with everything inside. Nothing is loaded from elsewhere and nothing but our
 * own script runs; what people have written in both systems comes later as data and is never made into markup.
 */
import { randomBytes } from 'node:crypto';
import { script, style } from './page/built';
import type { VisitJson } from './wire';
import { escaped } from '../shared/html';

export interface Document {
	html: string;
	headers: Record<string, string>;
}

export interface Surroundings {
	/** The portal that may show the page in a frame. */
	portal: string;
	/** Where the page sends its questions. */
	address: string;
	/**
	 * Whether the page is cut off from the address it comes from: where the editor of n8n lives at the same address, a
	 * page with all its rights could act as the person who is signed in there. n8n does the same to its own pages.
	 */
	isolated: boolean;
}

const policy = (nonce: string, { portal, address, isolated }: Surroundings): string =>
	[
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src 'nonce-${nonce}'`,
		`connect-src 'self' ${new URL(address).origin}`,
		"base-uri 'none'",
		"form-action 'none'",
		`frame-ancestors ${portal}`,
		...(isolated ? ['sandbox allow-scripts allow-forms allow-modals'] : []),
	].join('; ');

const headersOf = (csp: string): Record<string, string> => ({
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': csp,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
});

const framed = (nonce: string, inside: string): string =>
	`<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>1С</title><style nonce="${nonce}">${style}</style></head><body>${inside}</body></html>`;

/** Inside a script a closing tag is the only thing that means anything to the parser of HTML. */
const inert = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

export const pageFor = (visit: VisitJson, around: Surroundings): Document => {
	const nonce = randomBytes(16).toString('base64');
	const data = `<script type="application/json" id="visit">${inert(visit)}</script>`;
	const program = `<script nonce="${nonce}">${script}</script>`;
	return {
		html: framed(nonce, `<div id="page"></div>${data}${program}`),
		headers: headersOf(policy(nonce, around)),
	};
};

/** For those who are not let in; no script at all. */
export const closedDoor = (text: string, around: Surroundings): Document => {
	const nonce = randomBytes(16).toString('base64');
	const inside = `<main class="door"><h1>1С</h1><p role="alert">${escaped(text)}</p></main>`;
	return { html: framed(nonce, inside), headers: headersOf(policy(nonce, around)) };
};
