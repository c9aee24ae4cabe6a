/** The set whose fields the editor asks about: of an object, of a register, or of what a trigger watches. */
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { z } from 'zod';

/** A resource locator as the editor keeps it, or the bare name of an older workflow. */
const locatorSchema = z
	.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
	.catch('');

export const chosenSet = (context: ILoadOptionsFunctions): string =>
	['entity', 'register']
		.map((name) => locatorSchema.parse(context.getCurrentNodeParameter(name)))
		.find((name) => name !== '') ?? '';
