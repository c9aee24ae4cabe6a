/** An invoice put into a Word template. What the template asks for and the invoice does not know is named. */
import Docxtemplater from 'docxtemplater';
import { Problem } from '../../exchange/problem';
import type { Paper } from '../paper';
import { picturesOf, valuesOf, type Values } from './placeholders';
import { openTemplate } from './template';
import { putPictures } from './wordPictures';

interface Flaw {
	properties?: { explanation?: string; xtag?: string; errors?: Flaw[] };
}

/** Tags that open and do not close, or the other way round, in the words of the library. */
const syntaxProblem = (error: unknown): Problem => {
	const { properties } = error as Flaw;
	const flaws = properties?.errors ?? [error as Flaw];
	const told = flaws.map(({ properties: flaw }) => flaw?.explanation ?? String(error)).slice(0, 5);
	return new Problem(
		`Word Template: ${told.join('; ')}.`,
		'Correct the placeholders: each is {Name}, repeated parts are {#Name}…{/Name}.',
	);
};

const namesIn = (values: Values): Set<string> => {
	const rows = Object.values(values).flatMap((value) => (Array.isArray(value) ? value : []));
	return new Set([...Object.keys(values), ...rows.flatMap((row) => Object.keys(row))]);
};

const listed = (names: Iterable<string>): string =>
	[...names].map((name) => `{${name}}`).join(', ');

export const invoiceDocx = (paper: Paper, template: Buffer): Buffer => {
	const zip = openTemplate(template);
	const values = valuesOf(paper);
	const known = namesIn(values);
	const unknown = new Set<string>();
	const misplaced = new Set<string>();
	/** The library looks a name up in the innermost scope that has it; what none has stands outside of its rows. */
	const parser = (tag: string) => {
		if (!known.has(tag)) unknown.add(tag);
		return {
			get: (scope: Record<string, unknown>, { num }: { num: number }): unknown => {
				if (num === 0 && known.has(tag) && !(tag in scope)) misplaced.add(tag);
				return scope[tag];
			},
		};
	};
	let document: Docxtemplater;
	try {
		document = new Docxtemplater(zip, {
			paragraphLoop: true,
			linebreaks: true,
			errorLogging: false,
			parser,
			nullGetter: () => '',
		});
	} catch (error) {
		throw syntaxProblem(error);
	}
	if (unknown.size > 0) {
		throw new Problem(
			`Word Template: unknown placeholder ${listed(unknown)}.`,
			`Known are ${listed(known)}.`,
		);
	}
	try {
		document.render(values);
	} catch (error) {
		throw syntaxProblem(error);
	}
	if (misplaced.size > 0) {
		throw new Problem(
			`Word Template: ${listed(misplaced)} stands outside of its rows.`,
			'Put it between {#Строки} and {/Строки}, or {#Итоги} and {/Итоги}, in one row of a table.',
		);
	}
	const filled = document.getZip() as ReturnType<typeof openTemplate>;
	putPictures(filled, picturesOf(paper.pictures));
	return filled.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
};
