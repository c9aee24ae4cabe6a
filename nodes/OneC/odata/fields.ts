/** How single values of 1C look in JSON [live probes of УТ 11], as zod schemas to build the others from. */
import { z } from 'zod';
import { kopecks } from '../../exchange/money';

/** Edm.Int64 travels as a string, the other numbers as numbers; which is which depends on the base's metadata. */
export const number = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number);

export const money = number.transform((value) => kopecks(value));

/** Strings of a fixed length, such as codes and numbers, are padded with spaces. */
export const string = z
	.string()
	.nullish()
	.transform((value) => (value ?? '').trim());

/** «StandardODATA.Document_ЗаказПокупателя» without the prefix. */
export const setName = z
	.string()
	.nullish()
	.transform((value) => (value ?? '').replace(/^StandardODATA\./, ''));

/** A composite field: the value, and the set it leads to. */
export interface Link {
	ref: string;
	set: string;
}

/** Whether a composite field, read as its two halves, leads to this object. */
export const leadsTo = (link: Link, ref: string | undefined, set: string): boolean =>
	ref !== undefined && link.ref.toLowerCase() === ref && link.set === set;

/** The two properties by which a composite field is written. */
export const composite = (name: string, ref: string, set: string): Record<string, string> => ({
	[name]: ref,
	[`${name}_Type`]: `StandardODATA.${set}`,
});
