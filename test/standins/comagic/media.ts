/**
 * GET /{communication}/{key}: the record of a talk, for whoever has its link.
 * Imitates: the links of `full_record_file_link` on media.comagic.ru, here on the account's own address.
 * Does not imitate: real sound; how long a record stays. Whether the link sends on is a switch, nothing says.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Records } from './desk';
import { answerPage } from './http';
import { recordOf } from './reports/calls';

const PATH = /^\/(stored\/)?(\d+)\/([0-9a-z]{24,})$/;

/** @returns whether a record was asked for */
export const servesRecord = (
	{ store, switches }: Records,
	request: IncomingMessage,
	response: ServerResponse,
): boolean => {
	const [, stored, id, key] = PATH.exec(request.url ?? '') ?? [];
	if (request.method !== 'GET' || key === undefined) return false;
	const call = store.communications.find((one) => one.id === Number(id));
	if (call?.type !== 'call' || call.talk === 0 || recordOf(call).key !== key) {
		answerPage(response, 404);
	} else if (switches.recordLink === 'sends on' && !stored) {
		response.writeHead(302, { location: `/stored/${id}/${key}` }).end();
	} else {
		response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(`ID3 talk of ${call.talk} s`);
	}
	return true;
};
