/**
 * The nodes decide by codes, never by the words of an answer: a portal writes them in its own language and changes them
 * as it likes. Every comparison of a told text with anything is found here; 1C alone has nothing but words.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const NODES = join(__dirname, '../nodes');
const FOLDERS = /^(Bitrix24\w*|CoMagic\w*|CatalogSync|ExchangeCheck|OneCPickerTrigger|shared)\//;

const COMPARING = ['includes', 'startsWith', 'endsWith', 'indexOf', 'match', 'matchAll', 'search'];
const MATCHING = ['test', 'exec'];

/** What answers and failures call their words. */
const TOLD = /^(message|description|errorDescription|error_description|russian)$/;

/** Two words in a row. */
const PROSE = /\p{L}{2,}(?: |\\s[+*]?)\p{L}{2,}/u;

/** The name at the end of `refusal.problem.message.toLowerCase()` is `message`. */
const nameOf = (node: ts.Expression): string => {
	if (ts.isIdentifier(node)) return node.text;
	if (ts.isCallExpression(node)) {
		if (ts.isPropertyAccessExpression(node.expression)) return nameOf(node.expression.expression);
		return node.arguments.length > 0 ? nameOf(node.arguments[0]) : '';
	}
	if (ts.isPropertyAccessExpression(node)) return node.name.text;
	if (ts.isElementAccessExpression(node)) return nameOf(node.argumentExpression);
	if (ts.isStringLiteral(node)) return node.text;
	if (ts.isBinaryExpression(node)) return nameOf(node.left);
	if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return nameOf(node.expression);
	return ts.isNonNullExpression(node) ? nameOf(node.expression) : '';
};

const isTold = (node: ts.Expression): boolean => TOLD.test(nameOf(node));

const literalOf = (node: ts.Node): string =>
	ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node) ? node.text : '';

const isProse = (node: ts.Node): boolean => PROSE.test(literalOf(node));

const comparesByMethod = (node: ts.Node): boolean => {
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
	const { expression: receiver, name } = node.expression;
	const [given] = node.arguments;
	if (given === undefined) return false;
	if (COMPARING.includes(name.text)) return isTold(receiver) || isProse(given);
	return MATCHING.includes(name.text) && (isTold(given) || isProse(receiver));
};

const EQUALITY = [
	ts.SyntaxKind.EqualsEqualsEqualsToken,
	ts.SyntaxKind.ExclamationEqualsEqualsToken,
];

const comparesByEquality = (node: ts.Node): boolean => {
	if (!ts.isBinaryExpression(node) || !EQUALITY.includes(node.operatorToken.kind)) return false;
	return [
		[node.left, node.right],
		[node.right, node.left],
	].some(([one, other]) => isTold(one) && literalOf(other) !== '');
};

const comparisonsIn = (text: string): string[] => {
	const source = ts.createSourceFile('a.tsx', text, ts.ScriptTarget.ES2022, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (comparesByMethod(node) || comparesByEquality(node)) found.push(node.getText());
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
};

test('no node compares the words of an answer', () => {
	const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' }).filter(
		(name) => FOLDERS.test(name) && /\.tsx?$/.test(name),
	);
	expect(files.length).toBeGreaterThan(200);
	const found = files.flatMap((name) =>
		comparisonsIn(readFileSync(join(NODES, name), 'utf8')).map((text) => `${name}: ${text}`),
	);
	expect(found).toEqual([]);
});

test.each([
	"if (error.message.includes('not found')) return;",
	"refusal.description.toLowerCase().startsWith('access')",
	'/not found/i.test(error.message)',
	'words.test(description)',
	'WORDS.exec(String(reply.problem.message))',
	'problem.message.includes(FIELD)',
	"body.error_description === 'Not found'",
	"(body['error_description'] ?? '').match(/x/)",
	"answer.endsWith('уже существует')",
	'/уже существует/i.test(answer)',
])('and this one would be found: %s', (text) => {
	expect(comparisonsIn(text)).toHaveLength(1);
});

test.each([
	"error.code === 'NOT_FOUND'",
	"['ACCESS_DENIED', 'NOT_FOUND'].includes(error.code)",
	"address.startsWith('https:')",
	'const text = `${error.message}: ${description}`;',
])('but not this: %s', (text) => {
	expect(comparisonsIn(text)).toEqual([]);
});
