/**
 * Write if different: the current state is read first, and only what differs is sent. So an operation that runs
 * twice changes nothing the second time, and fires no event that would start the chain again.
 */
import { z } from 'zod';
import { holds } from '../../exchange/equality';
import { attempt } from '../../shared/runner';
import type { Json, Outcome } from '../../shared/operation';
import { usualType, type TypeOf } from '../cards/fieldTypes';
import type { Bitrix24Client, Reply } from './client';
import { harmless } from './harmless';
import { itemGet, itemUpdate } from './items';
import { refuseIgnored, seemsEmptied } from './readBack';
import { replies } from './replies';
import { required } from './reply';
import { itemOf } from '../deals/schemas';

export type Fields = Record<string, unknown>;

/** What one item wants written; `change` gets the object as it is and returns the fields it should have. */
export interface Wanted {
	entityTypeId: number;
	id: number;
	change(current: Fields): Fields;
	/** The object as it is, where it has just been read. */
	current?: Fields;
	/** What its fields hold; without it, what the fields of all portals and of the exchange hold. */
	typeOf?: TypeOf;
}

const objectSchema = itemOf(z.record(z.unknown()));

/** The fields whose values would change. Phones and e-mails (`fm`) say what to do, so they always would. */
export const differences = (current: Fields, wanted: Fields, typeOf: TypeOf): Fields =>
	Object.fromEntries(
		Object.entries(wanted).filter(
			([name, value]) => name === 'fm' || !holds(typeOf(name), current[name], value),
		),
	);

const asJson = (entityTypeId: number, id: number, changed: boolean, item: Fields): Json => ({
	entityTypeId,
	id,
	changed,
	item: item as Json,
});

interface Plan {
	current?: Fields;
	/** What has to be written. */
	fields?: Fields;
	problem?: Error;
}

const planOf = (want: Wanted, read: Reply): Plan => {
	try {
		const current = required(read, objectSchema).item;
		const wanted = harmless(want.change(current));
		return { current, fields: differences(current, wanted, want.typeOf ?? usualType) };
	} catch (problem) {
		return { problem: problem as Error };
	}
};

/**
 * Reads all objects in batches, then writes those that differ, and compares the answers with what was sent. The answer
 * to emptying a list field of several values may show it empty though nothing was done [issue 269 of
 * bitrix-tools/b24-rest-docs], so these cards are read once more.
 * @returns for each wanted change the object as it is now, and whether it was written
 */
export const writeDifferences = async (
	client: Bitrix24Client,
	wanted: Wanted[],
): Promise<Outcome[]> => {
	const unread = wanted.filter(({ current }) => current === undefined);
	const read = await client.batch(unread.map(itemGet));
	const plans = wanted.map((want) =>
		planOf(want, want.current ? { value: { item: want.current } } : read[unread.indexOf(want)]),
	);
	const writing = plans.flatMap((plan, index) =>
		Object.keys(plan.fields ?? {}).length > 0 ? [index] : [],
	);
	const written = await replies(
		client,
		writing.map((index) => itemUpdate(wanted[index], plans[index].fields ?? {})),
	);
	const emptied = writing.filter((index) => seemsEmptied(plans[index].fields ?? {}));
	const reread = await replies(
		client,
		emptied.map((index) => itemGet(wanted[index])),
	);
	return await Promise.all(
		plans.map(
			async (plan, index) =>
				await attempt(() => {
					if (plan.problem) throw plan.problem;
					const { entityTypeId, id, typeOf = usualType } = wanted[index];
					const { current = {}, fields = {} } = plan;
					const reply = written[writing.indexOf(index)];
					if (reply === undefined) return asJson(entityTypeId, id, false, current);
					required(reply, objectSchema);
					const { item } = required(reread[emptied.indexOf(index)] ?? reply, objectSchema);
					refuseIgnored({ fields, before: current, after: item, typeOf });
					return asJson(entityTypeId, id, true, item);
				}),
		),
	);
};
