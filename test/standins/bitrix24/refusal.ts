/**
 * An answer in which the portal declines a call.
 * Imitates: the error pairs of b24restdocs `_includes/system-errors.md` and of the methods' own pages. A code that is a
 * number is sent as text (`"100"`, `"200040300000"`), as the server does.
 * Does not imitate: anything itself; texts are written here in English, `texts.ts` puts them into the portal's language.
 */
import { translated } from './texts';
import type { Language } from './texts';

export class Refusal extends Error {
	/** May be a number written as text (`0`, `100`), or empty. */
	readonly code: string;

	constructor(
		readonly status: number,
		code: string | number,
		/** In English. */
		readonly description: string,
		/** Keys a few methods show beside the pair. */
		readonly beside: Record<string, unknown> = {},
	) {
		super(`${code}: ${description}`);
		this.name = 'Refusal';
		this.code = String(code);
	}

	/** The pair of keys every refusal is written with: in an answer, in a batch, in a row of an import. */
	shown(language: Language): { error: string; error_description: string } {
		return {
			error: this.code,
			error_description: translated(language, this.code, this.description),
		};
	}
}

/** Most classic crm.* methods leave the code blank and only describe the failure. */
export function blank(description: string): Refusal {
	return new Refusal(400, '', description);
}

export function missing(parameter: string): Refusal {
	return new Refusal(400, 100, `Could not find value for parameter {${parameter}}`);
}

export function invalidArgument(description: string): Refusal {
	return new Refusal(400, 'INVALID_ARG_VALUE', description);
}

export function invalidField(field: string): Refusal {
	return new Refusal(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', `Invalid value of field "${field}"`);
}

/** @param title of the field, as people see it in the card */
export function required(title: string): Refusal {
	return new Refusal(400, 'CRM_FIELD_ERROR_REQUIRED', `The field "${title}" is required.`);
}
