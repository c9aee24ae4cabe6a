/**
 * No pattern takes long, whatever it is given: every regular expression in the nodes is tried on long monotonous texts
 * made of what it looks for itself. One that goes back and forth over them stops n8n for minutes (ReDoS).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

jest.setTimeout(120_000);

const NODES = join(__dirname, '../../nodes');
const LENGTH = 20_000;
/** A linear pattern takes about a millisecond; a quadratic one more than a hundred. */
const LONGEST = 100;

const patternsIn = (file: string): Array<{ at: string; pattern: RegExp }> => {
	const text = readFileSync(join(NODES, file), 'utf8');
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
	const found: Array<{ at: string; pattern: RegExp }> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const [, body, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
			const { line } = source.getLineAndCharacterOfPosition(node.pos);
			found.push({ at: `${file}:${line + 1} ${node.text}`, pattern: new RegExp(body, flags) });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
};

const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
	.sort();

const COMMON = [
	' ',
	'\n',
	'\t',
	'a',
	'A',
	'я',
	'0',
	'.',
	',',
	'<',
	'[',
	'(',
	'/',
	'-',
	'_',
	'"',
	"'",
];

/** Given short texts only, by code of our own or by a field of 1C that holds eleven signs. */
const SHORT = ['exchange/money.ts', 'exchange/print/typography.ts'];

/** One sign, or two in turn, over and over, then something that fits nowhere. */
const hostileTo = ({ source }: RegExp): string[] => {
	const signs = [...new Set([...COMMON, ...source.replace(/[\\^$|?*+{}]/g, '')])].slice(0, 60);
	const own = /[a-zа-я<[({:"=-]{2,8}/gi;
	const words = source.replace(/\\/g, '').match(own) ?? [];
	return [...signs, ...words.slice(0, 10)].map(
		(sign) => `${sign.repeat(Math.ceil(LENGTH / sign.length))}\u0000`,
	);
};

const takes = (pattern: RegExp, text: string): number => {
	const started = performance.now();
	pattern.lastIndex = 0;
	text.replace(pattern, '');
	return performance.now() - started;
};

/** A busy machine may interrupt one try, not three. */
const isSlow = (pattern: RegExp, text: string): boolean =>
	[1, 2, 3].every(() => takes(pattern, text) > LONGEST);

test('every pattern of the nodes is done with long monotonous texts at once', () => {
	const patterns = files.filter((file) => !SHORT.includes(file)).flatMap(patternsIn);
	expect(patterns.length).toBeGreaterThan(100);
	const slow = patterns.filter(({ pattern }) =>
		hostileTo(pattern).some((text) => isSlow(pattern, text)),
	);
	expect(slow.map(({ at }) => at)).toEqual([]);
});

test('and one that is not done at once is found', () => {
	const pattern = /(\s*\w+\s*)+;/;
	expect(hostileTo(/\s+$/).some((text) => isSlow(/\s+$/, text))).toBe(true);
	expect(isSlow(pattern, 'a'.repeat(24))).toBe(true);
});
