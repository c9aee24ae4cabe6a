/**
 * Write if different: the current state is read first, and only what differs is sent. So an operation that runs
 * twice changes nothing the second time, and fires no event that would start the chain again.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { attempt } from '../../shared/runner';
import type { Json, Outcome } from '../../shared/operation';
import type { Bitrix24Client, Reply } from './client';
import { harmless } from './harmless';
import { itemGet, itemUpdate } from './items';
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
}

const objectSchema = itemOf(z.record(z.unknown()));

const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/;

/** A date comes back as a midnight in some zone, a moment in the zone of the portal [Bitrix24 docs, crm.item.get]. */
const sameTime = (left: string, right: string): boolean =>
	(MOMENT.test(left) && DATE.test(right) && left.startsWith(right)) ||
	(MOMENT.test(left) && MOMENT.test(right) && Date.parse(left) === Date.parse(right));

/**
 * Bitrix24 tells nothing from an empty string or an empty list, and a number from its text, so neither does the
 * comparison.
 */
export const same = (a: unknown, b: unknown): boolean => {
	const [left, right] = [a, b].map((value) =>
		value === null || value === undefined || (Array.isArray(value) && value.length === 0)
			? ''
			: value,
	);
	if (Array.isArray(left) && Array.isArray(right)) {
		return left.length === right.length && left.every((one, index) => same(one, right[index]));
	}
	if (typeof left === 'object' || typeof right === 'object')
		return JSON.stringify(left) === JSON.stringify(right);
	if (sameTime(String(left), String(right))) return true;
	if (String(left) === String(right)) return true;
	return left !== '' && right !== '' && Number(left) === Number(right);
};

/** The fields whose values would change. */
export const differences = (current: Fields, wanted: Fields): Fields =>
	Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !same(current[name], value)));

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
		return { current, fields: differences(current, harmless(want.change(current))) };
	} catch (problem) {
		return { problem: problem as Error };
	}
};

/** Bitrix24 ignores a field it does not know, without a word [Bitrix24 docs, crm.item.update]. */
export const refuseIgnored = (fields: Fields, written: Fields): void => {
	const ignored = Object.keys(fields).filter((name) => !(name in written));
	if (ignored.length === 0) return;
	throw new Problem(
		`Bitrix24 has no field ${ignored.join(', ')}, so nothing was written to it.`,
		'Create the fields: run the portal setup workflow.',
		`В Битрикс24 нет поля ${ignored.join(', ')}. Интегратору: запустите настройку портала.`,
	);
};

/**
 * Reads all objects in batches, then writes those that differ.
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
	return await Promise.all(
		plans.map(
			async (plan, index) =>
				await attempt(() => {
					if (plan.problem) throw plan.problem;
					const { entityTypeId, id } = wanted[index];
					const reply = written[writing.indexOf(index)];
					if (reply === undefined) return asJson(entityTypeId, id, false, plan.current ?? {});
					const { item } = required(reply, objectSchema);
					refuseIgnored(plan.fields ?? {}, item);
					return asJson(entityTypeId, id, true, item);
				}),
		),
	);
};
