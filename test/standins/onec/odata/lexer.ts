/** Words of the filter language: literals, names, punctuation. Anything else is a parse error (code 14). */
import { badOption } from './errors';
import { readLiteral, type Literal } from './literals';

export type Token =
	| { kind: 'literal'; literal: Literal }
	| { kind: 'name'; text: string }
	| { kind: 'sign'; text: string }
	| { kind: 'end' };

const NAME = /^[\p{L}_][\p{L}\d_]*/u;

export function tokensOf(source: string, option: string): Token[] {
	const tokens: Token[] = [];
	let rest = source.trimStart();
	while (rest !== '') {
		const [token, length] = readToken(rest, option);
		tokens.push(token);
		rest = rest.slice(length).trimStart();
	}
	return [...tokens, { kind: 'end' }];
}

function readToken(rest: string, option: string): [Token, number] {
	const read = readLiteral(rest);
	if (read) return [{ kind: 'literal', literal: read.literal }, read.length];
	const name = NAME.exec(rest)?.[0];
	if (name && rest[name.length] !== "'") return [{ kind: 'name', text: name }, name.length];
	if ('()/,:-'.includes(rest[0])) return [{ kind: 'sign', text: rest[0] }, 1];
	throw badOption(option);
}
