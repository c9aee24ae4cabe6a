/**
 * What an application has hung into the portal: pages in its placements, handlers of its events. Compared with what
 * should hang there, changed where it differs, and compared again: so a run that is repeated changes nothing, and a
 * lost answer does no harm. Bitrix24 refuses to bind what is bound, and forgets everything when the application is
 * updated [Bitrix24 docs, event.bind, placement.bind].
 */
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client, Command } from '../rest/client';

export interface BindingKind<T> {
	/** What a person calls it. */
	name: string;
	list: Command;
	read(listed: unknown): T[];
	isSame(one: T, other: T): boolean;
	bind(wanted: T): Command;
	unbind(bound: T): Command;
}

/** A dry run says "missing" and "superfluous" of what a real run would bind and unbind. */
export type BindingState = 'exists' | 'missing' | 'bound' | 'superfluous' | 'unbound';

export type Settled<T> = T & { state: BindingState };

export const readBindings = async <T>(client: Bitrix24Client, kind: BindingKind<T>): Promise<T[]> =>
	kind.read(await client.call(kind.list));

const without = <T>(kind: BindingKind<T>, some: T[], others: T[]): T[] =>
	some.filter((one) => !others.some((other) => kind.isSame(one, other)));

/** Commands that come too late or too early are refused, which does not matter once everything is as it should be. */
const change = async <T>(
	client: Bitrix24Client,
	kind: BindingKind<T>,
	missing: T[],
	superfluous: T[],
): Promise<void> => {
	const commands = [...superfluous.map(kind.unbind), ...missing.map(kind.bind)];
	const replies = await client.batch(commands.map((command) => ({ ...command, repeatable: true })));
	const now = await readBindings(client, kind);
	const undone = without(kind, superfluous, without(kind, superfluous, now));
	if (without(kind, missing, now).length === 0 && undone.length === 0) return;
	const refused = replies.find((reply) => 'problem' in reply);
	if (refused && 'problem' in refused) throw refused.problem;
	throw new Problem(
		`Bitrix24 accepted every ${kind.name}, but does not show them all.`,
		'Finish the installation of the application in the portal, and try again.',
	);
};

/** @param isSuperfluous which bindings have to go, unless they are wanted */
export const settleBindings = async <T>(
	client: Bitrix24Client,
	kind: BindingKind<T>,
	wanted: T[],
	isSuperfluous: (bound: T) => boolean,
	dryRun = false,
): Promise<Array<Settled<T>>> => {
	const bound = await readBindings(client, kind);
	const missing = without(kind, wanted, bound);
	const superfluous = without(kind, bound.filter(isSuperfluous), wanted);
	if (!dryRun && missing.length + superfluous.length > 0) {
		await change(client, kind, missing, superfluous);
	}
	const [gone, come]: BindingState[] = dryRun ? ['superfluous', 'missing'] : ['unbound', 'bound'];
	return [
		...superfluous.map((one) => ({ ...one, state: gone })),
		...wanted.map(
			(one): Settled<T> => ({
				...one,
				state: missing.includes(one) ? come : 'exists',
			}),
		),
	];
};
