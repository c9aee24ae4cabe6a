/**
 * Records of talks. CoMagic gives a link that opens for whoever has it, so nothing secret goes along, and it may send
 * on to a store of files (what it does is not documented).
 */
import { Problem } from '../exchange/problem';
import { fileNameIn } from '../shared/fileName';
import type { Http, HttpResponse } from '../shared/http';
import type { NamedFile } from '../shared/parameters';

export interface Media {
	http: Http;
	/** The service the credential is for; a proxy of one's own may stand there. */
	root: string;
}

const SERVICES = /(^|\.)(comagic\.ru|uiscom\.ru|callgear\.com)$/;

const REDIRECTS = 3;

const isOfService = (link: URL, root: string): boolean =>
	link.origin === new URL(root).origin ||
	(link.protocol === 'https:' && SERVICES.test(link.hostname));

const NO_RECORD =
	'Calls nobody answered have none, and a record is ready some time after the call has ended.';

const addressIn = (text: string, { root }: Media): URL => {
	if (!URL.canParse(text)) throw new Problem('There is no link to a record.', NO_RECORD);
	const link = new URL(text);
	if (isOfService(link, root)) return link;
	throw new Problem(
		`The link leads to ${link.host}, which is not CoMagic, so it was not followed.`,
		'Take full_record_file_link of Call → Get Many, or recordUrl of a contact.',
	);
};

const nextOf = ({ status, location }: HttpResponse, asked: URL): URL | null => {
	if (status < 300 || status > 399 || !location) return null;
	const next = new URL(location, asked);
	if (next.protocol === 'https:' || next.origin === asked.origin) return next;
	throw new Problem(`The record was sent on to ${next.host}, which is not safe to follow.`);
};

const fileIn = ({ status, file }: HttpResponse, link: URL): NamedFile => {
	if (status === 200 && file && !/html|json/.test(file.type)) {
		const [last] = link.pathname.split('/').filter(Boolean).slice(-1);
		return {
			name: fileNameIn(file.disposition) ?? `${last ?? 'record'}.mp3`,
			type: file.type.split(';')[0] || 'audio/mpeg',
			bytes: file.bytes,
		};
	}
	throw new Problem(`CoMagic did not give the record (HTTP ${status}).`, NO_RECORD);
};

export const downloadRecord = async (media: Media, text: string): Promise<NamedFile> => {
	const link = addressIn(text.trim(), media);
	let asked = link;
	for (let redirects = 0; ; redirects += 1) {
		const response = await media.http({ method: 'GET', path: asked.href, isFile: true });
		const next = redirects < REDIRECTS ? nextOf(response, asked) : null;
		if (!next) return fileIn(response, link);
		asked = next;
	}
};
