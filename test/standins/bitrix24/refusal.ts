/**
 * An answer in which the portal declines a call.
 * Imitates: the error pairs of b24restdocs `_includes/system-errors.md` and of the methods' own pages.
 * Does not imitate: translations. A Russian portal writes its texts in Russian, this one in English,
 * because a client has to branch on codes and statuses.
 */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		/** A real portal also answers with numbers (`0`, `100`) and with an empty string. */
		readonly code: string | number,
		readonly description: string,
		/** Keys a few methods show beside the pair. */
		readonly beside: Record<string, unknown> = {},
	) {
		super(`${code}: ${description}`);
		this.name = 'Refusal';
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
