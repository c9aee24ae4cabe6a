/**
 * What an application has hung into the portal: pages in its placements, handlers of its events. Compared with what
 * should hang there, changed where it differs, and compared again: so a run that is repeated changes nothing, and a
 * lost answer does no harm. Bitrix24 refuses to bind what is bound, and forgets everything when the application is
 * updated [Bitrix24 docs, event.bind, placement.bind].
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client, Command } from '../rest/client';
import { required } from '../rest/reply';

export interface BindingKind<T> {
	/** What a person calls it. */
	name: string;
	list: Command;
	read(listed: unknown): T[];
	isSame(one: T, other: T): boolean;
	bind(wanted: T): Command;
	unbind(bound: T): Command;
	/** Whether the list may leave out what other users have bound, when an ordinary user asks. */
	hidesOthers: boolean;
}

/** A dry run says "missing" and "superfluous" of what a real run would bind and unbind. */
export type BindingState = 'exists' | 'missing' | 'bound' | 'superfluous' | 'unbound';

export type Settled<T> = T & { state: BindingState };

export const readBindings = async <T>(client: Bitrix24Client, kind: BindingKind<T>): Promise<T[]> =>
	kind.read(await client.call(kind.list));

const without = <T>(kind: BindingKind<T>, some: T[], others: T[]): T[] =>
	some.filter((one) => !others.some((other) => kind.isSame(one, other)));

const profileSchema = z.object({ ADMIN: z.boolean() });

const isAdministrator = async (client: Bitrix24Client): Promise<boolean> =>
	profileSchema.parse(await client.call({ method: 'profile' })).ADMIN;

/**
 * What the list may not show is taken off and bound again, and the answers alone tell how that went: so nothing is bound
 * twice, and what was bound already is no failure.
 */
const bindAnew = async <T>(
	client: Bitrix24Client,
	kind: BindingKind<T>,
	unseen: T[],
): Promise<void> => {
	const commands = unseen.flatMap((one) => [kind.unbind(one), kind.bind(one)]);
	const replies = await client.batch(commands.map((command) => ({ ...command, repeatable: true })));
	for (const [index, reply] of replies.entries()) if (index % 2 === 1) required(reply, z.unknown());
};

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
	const unseen = without(kind, missing, now);
	if (unseen.length === 0 && undone.length === 0) return;
	if (kind.hidesOthers && !(await isAdministrator(client)))
		return await bindAnew(client, kind, unseen);
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
