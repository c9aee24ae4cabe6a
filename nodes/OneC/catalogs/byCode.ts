/** An object of a catalog as people name it: by its reference or by its code. Codes never look like references. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { guidSchema, isGuid } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { quoted } from '../odata/odata';

const codedSchema = z.object({ Ref_Key: guidSchema }).transform((raw) => raw.Ref_Key);

/** @param what for a person: «counterparty» */
export const refByCode = async (
	client: OneCClient,
	set: string,
	what: string,
	text: string,
): Promise<string> => {
	if (isGuid(text)) return text.toLowerCase();
	const found = await client.list(set, codedSchema, {
		filter: `Code eq ${quoted(text)}`,
		select: ['Ref_Key'],
		top: 2,
	});
	if (found.length === 1) return found[0];
	throw new Problem(
		`1C has ${found.length === 0 ? 'no' : 'more than one'} ${what} with the code "${text}".`,
		'Choose it from the list, or write its GUID.',
	);
};
