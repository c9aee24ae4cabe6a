/** What the resource mapper and the option beside it say of a card. */
import { z } from 'zod';
import { Problem } from '../../../exchange/problem';
import type { ItemParameters } from '../../../shared/parameters';
import { settled, type Settled } from '../../../shared/settled';
import { fieldValueSchema, objectSchema } from '../../../shared/valueSchemas';
import { isWritable, readCardFields, type CardFields } from '../../cards/cardFields';
import type { CardKind } from '../../cards/cardKinds';
import { toCardValues, type CardValues } from '../../cards/cardValues';
import type { Bitrix24Client } from '../../rest/client';
import { readOption, readTypeId } from './cardFields';

const mappingSchema = z.object({
	mappingMode: z.string(),
	value: z
		.record(fieldValueSchema)
		.nullish()
		.transform((value) => value ?? {}),
	matchingColumns: z
		.array(z.string())
		.nullish()
		.transform((columns) => columns ?? []),
});

type Known = (entityTypeId: number) => CardFields;

/** The fields of each kind the items speak of, read before the items are. */
export const knownFields = async (
	client: Bitrix24Client,
	kind: CardKind,
	items: ItemParameters[],
): Promise<Known> => {
	const read = new Map<number, Settled<CardFields>>();
	for (const item of items) {
		const { value: typeId } = await settled(() => readTypeId(kind, item));
		if (typeId === undefined || read.has(typeId)) continue;
		read.set(typeId, await settled(async () => await readCardFields(client, typeId)));
	}
	return (entityTypeId) => {
		const fields = read.get(entityTypeId);
		if (fields?.value) return fields.value;
		throw fields?.error ?? new Problem(`The fields of type ${entityTypeId} were not read.`);
	};
};

/** What was left empty in the editor is left alone in the card; an empty text empties the field. */
const given = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
	);

const autoMapped = (item: ItemParameters, known: CardFields): Record<string, unknown> =>
	given(Object.fromEntries(Object.entries(item.json).filter(([name]) => isWritable(known, name))));

export interface Mapped extends CardValues {
	/** As they were given, by the names of their fields. */
	given: Record<string, unknown>;
	matchingColumns: string[];
}

export const readMapped = (kind: CardKind, item: ItemParameters, knownOf: Known): Mapped => {
	const entityTypeId = readTypeId(kind, item);
	const known = knownOf(entityTypeId);
	const { mappingMode, value, matchingColumns } = item.read('mapping', 'Fields', mappingSchema);
	const values = {
		...(mappingMode === 'autoMapInputData' ? autoMapped(item, known) : given(value)),
		...readOption(item, 'otherFields', 'Other Fields (JSON)', objectSchema),
	};
	return {
		...toCardValues(entityTypeId, kind.singular, known, values),
		given: values,
		matchingColumns,
	};
};
