/** References to objects of 1C: a GUID, or nothing. 1C writes "nothing" as a GUID of zeros or an empty string. */
import { z } from 'zod';

export const EMPTY_REF = '00000000-0000-0000-0000-000000000000';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isGuid = (value: string): boolean => GUID.test(value.toLowerCase());

export const guidSchema = z
	.string()
	.trim()
	.toLowerCase()
	.regex(GUID, 'must be a 1C reference, a GUID such as 7c9d1f2e-3b4a-11ef-9c11-00155d01c802');

/** A reference that may be missing: empty string, null and the GUID of zeros all mean "none". */
export const optionalRefSchema = z.preprocess(
	(value) => (value === undefined || value === '' || value === EMPTY_REF ? null : value),
	guidSchema.nullable(),
);
