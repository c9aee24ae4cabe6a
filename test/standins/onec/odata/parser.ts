/**
 * Grammar of $filter, of Condition in virtual tables and of lambda bodies (reference 1c-ut103.md §2 "$filter").
 * Precedence from loose to tight: or, and, not, comparison, add/sub, mul/div/mod.
 */
import { badOption } from './errors';
import { tokensOf, type Token } from './lexer';
import type { Literal } from './literals';

export type Expression =
	| { kind: 'literal'; literal: Literal }
	| { kind: 'path'; names: string[] }
	| { kind: 'call'; name: string; args: Expression[]; then: string[] }
	| { kind: 'lambda'; mode: 'any' | 'all'; path: string[]; variable: string; body?: Expression }
	| { kind: 'not'; operand: Expression }
	| { kind: 'negative'; operand: Expression }
	| { kind: 'logic'; op: 'and' | 'or'; left: Expression; right: Expression }
	| { kind: 'compare'; op: string; left: Expression; right: Expression }
	| { kind: 'arithmetic'; op: string; left: Expression; right: Expression };

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const MAX_DEPTH = 200;

class Parser {
	private position = 0;
	private depth = 0;

	constructor(
		private readonly tokens: Token[],
		private readonly option: string,
	) {}

	parse(): Expression {
		const expression = this.or();
		if (this.peek().kind !== 'end') throw this.error();
		return expression;
	}

	private error() {
		return badOption(this.option);
	}

	private peek(): Token {
		return this.tokens[this.position];
	}

	private takeName(...names: string[]): string | undefined {
		const token = this.peek();
		if (token.kind !== 'name' || !names.includes(token.text)) return undefined;
		this.position += 1;
		return token.text;
	}

	private takeSign(sign: string): boolean {
		const token = this.peek();
		if (token.kind !== 'sign' || token.text !== sign) return false;
		this.position += 1;
		return true;
	}

	private name(): string {
		const token = this.peek();
		if (token.kind !== 'name') throw this.error();
		this.position += 1;
		return token.text;
	}

	private expectSign(sign: string): void {
		if (!this.takeSign(sign)) throw this.error();
	}

	/** A hostile address of a thousand parentheses must end as a refusal, not as a stack overflow. */
	private deeper(read: () => Expression): Expression {
		this.depth += 1;
		if (this.depth > MAX_DEPTH) throw this.error();
		const expression = read();
		this.depth -= 1;
		return expression;
	}

	private or(): Expression {
		return this.deeper(() => {
			let left = this.and();
			while (this.takeName('or')) left = { kind: 'logic', op: 'or', left, right: this.and() };
			return left;
		});
	}

	private and(): Expression {
		let left = this.not();
		while (this.takeName('and')) left = { kind: 'logic', op: 'and', left, right: this.not() };
		return left;
	}

	private not(): Expression {
		let negations = 0;
		while (this.takeName('not')) negations += 1;
		let expression = this.comparison();
		for (; negations > 0; negations -= 1) expression = { kind: 'not', operand: expression };
		return expression;
	}

	private comparison(): Expression {
		const left = this.sum();
		const op = this.takeName(...COMPARISONS);
		return op ? { kind: 'compare', op, left, right: this.sum() } : left;
	}

	private sum(): Expression {
		let left = this.product();
		for (let op = this.takeName('add', 'sub'); op; op = this.takeName('add', 'sub')) {
			left = { kind: 'arithmetic', op, left, right: this.product() };
		}
		return left;
	}

	private product(): Expression {
		let left = this.primary();
		for (let op = this.takeName('mul', 'div'); op; op = this.takeName('mul', 'div')) {
			left = { kind: 'arithmetic', op, left, right: this.primary() };
		}
		return left;
	}

	private primary(): Expression {
		if (this.takeSign('-')) return { kind: 'negative', operand: this.deeper(() => this.primary()) };
		const token = this.peek();
		if (token.kind === 'literal') {
			this.position += 1;
			return { kind: 'literal', literal: token.literal };
		}
		if (this.takeSign('(')) {
			const inner = this.or();
			this.expectSign(')');
			return inner;
		}
		return this.pathOrCall();
	}

	private pathOrCall(): Expression {
		const names = [this.name()];
		if (this.takeSign('(')) return this.call(names[0]);
		while (this.takeSign('/')) {
			const name = this.name();
			if ((name === 'any' || name === 'all') && this.takeSign('(')) return this.lambda(name, names);
			names.push(name);
		}
		return { kind: 'path', names };
	}

	private call(name: string): Expression {
		const args: Expression[] = [];
		if (!this.takeSign(')')) {
			do args.push(this.or());
			while (this.takeSign(','));
			this.expectSign(')');
		}
		const then: string[] = [];
		while (this.takeSign('/')) then.push(this.name());
		return { kind: 'call', name, args, then };
	}

	private lambda(mode: 'any' | 'all', path: string[]): Expression {
		if (this.takeSign(')')) return { kind: 'lambda', mode, path, variable: '' };
		const variable = this.name();
		this.expectSign(':');
		const body = this.or();
		this.expectSign(')');
		return { kind: 'lambda', mode, path, variable, body };
	}
}

export const parseExpression = (source: string, option: string): Expression =>
	new Parser(tokensOf(source, option), option).parse();
