/** The JSON body of a write. Broken JSON is an internal error of 1C, not a 400 (seen live). */
import { isBody, type Body } from './decode';
import { badRequestFormat, brokenJson } from './odata/errors';

export function readBody(source: string): Body {
	const body = parse(source.replace(/^\uFEFF/, ''));
	if (!isBody(body)) throw badRequestFormat();
	return body;
}

function parse(source: string): unknown {
	try {
		return JSON.parse(source);
	} catch {
		throw brokenJson();
	}
}
