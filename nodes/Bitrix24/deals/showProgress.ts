/**
 * What 1C says of a sale, shown in its deal: sums, news in the timeline, the stages of the deal and of its invoice.
 * Everything that differs travels in one request, ten deals at least; what does not differ is not written at all.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { runGroups } from '../rest/commandGroups';
import { DEAL, SMART_INVOICE } from '../rest/entityTypes';
import { harmless } from '../rest/harmless';
import { optional, required } from '../rest/reply';
import { itemGet, itemUpdate } from '../rest/items';
import { usualType } from '../cards/fieldTypes';
import { refuseIgnored } from '../rest/readBack';
import { differences, type Fields } from '../rest/write';
import { addition, DEAL_TIMELINE } from './comment';
import { readDealStates } from './dealState';
import { invoiceProblem } from './dealProblem';
import { saidCommand, saidListSchema, twinOf, unsaying, words } from './said';
import { itemOf } from './schemas';

/** What a deal shows now. */
export interface Shown {
	deal: Fields;
	invoice: { id: number; stageId: string } | null;
	/** What the timeline said last of 1C, and the comments that only repeat it. */
	news: string;
	repeated: number[];
}

/** A card that somebody has moved since the decision stays where it is. */
export interface Move {
	from: string;
	to: string;
}

export interface ProgressWish {
	dealId: number;
	/** What the deal's fields should hold. */
	fields: Fields;
	dealMove: Move | null;
	invoiceMove: Move | null;
	/** Null says nothing. */
	news: string | null;
	/** The deal as it has just been read; null when it has to be read. */
	shown: Shown | null;
}

export interface ProgressShown {
	/** The fields of the deal that were written, with its stage. */
	deal: Fields;
	invoice: Fields;
	comment: 'created' | 'found' | null;
}

/** What has to be written, and the commands that do it. */
interface Plan extends ProgressShown {
	wish: ProgressWish;
	/** The deal as it was. */
	before: Fields;
	commands: Command[];
}

const stageAfter = (stageId: unknown, move: Move | null): Fields =>
	move && stageId === move.from ? { stageId: move.to } : {};

const changing = (entityTypeId: number, id: number, fields: Fields): Command[] =>
	Object.keys(fields).length > 0 ? [itemUpdate({ entityTypeId, id }, fields)] : [];

/**
 * The deal is moved by a command of its own: a portal that requires a field from the next stage on refuses the whole
 * command, and the sums would not be shown either.
 */
const planOf = (wish: ProgressWish, shown: Shown): Plan => {
	const { dealId: id } = wish;
	const { deal: card, invoice: invoiceCard } = shown;
	const sums = differences(card, harmless(wish.fields), usualType);
	const move = stageAfter(card.stageId, wish.dealMove);
	const invoice = invoiceCard ? stageAfter(invoiceCard.stageId, wish.invoiceMove) : {};
	const text = harmless(wish.news);
	const isNews = text !== null && words(text) !== words(shown.news);
	const told = text === null ? null : 'found';
	const isSame = Object.keys({ ...sums, ...move }).length === 0;
	return {
		wish,
		before: card,
		deal: { ...sums, ...move },
		invoice,
		comment: isNews ? 'created' : told,
		commands: [
			...(isNews ? [addition(DEAL_TIMELINE, { id, text }), saidCommand(DEAL_TIMELINE, id)] : []),
			...(text === null ? [] : shown.repeated.map(unsaying)),
			...(invoiceCard ? changing(SMART_INVOICE, invoiceCard.id, invoice) : []),
			...changing(DEAL, id, sums),
			...changing(DEAL, id, move),
			/** A deal that is gone takes the comment all the same [Bitrix24 docs, how to add a comment]. */
			...(isNews && isSame ? [itemGet({ entityTypeId: DEAL, id })] : []),
		],
	};
};

const objectSchema = itemOf(z.record(z.unknown()));

/** Whether another run has said the same is looked at again next time. */
const UNIMPORTANT = ['crm.timeline.comment.list', 'crm.timeline.comment.delete'];

/** Says what the portal has refused or ignored; the other things are done all the same. */
const check = ({ before, commands }: Plan, replies: Reply[]): void => {
	for (const [index, { method, params }] of commands.entries()) {
		if (UNIMPORTANT.includes(method)) continue;
		const reply = replies[index];
		if (params?.entityTypeId === SMART_INVOICE && 'problem' in reply) {
			throw invoiceProblem(reply.problem);
		}
		const value = required(reply, z.unknown());
		if (params?.entityTypeId !== DEAL) continue;
		const fields = (params.fields ?? {}) as Fields;
		const after = objectSchema.parse(value).item;
		refuseIgnored({ fields, before, after, typeOf: usualType });
	}
};

/** Another run may have told the same news since the timeline was looked at: what was said first stays. */
const youngerTwins = (plan: Plan, [own, said]: Reply[]): number[] => {
	const { wish, comment } = plan;
	const id = comment === 'created' ? optional(own, z.coerce.number()) : null;
	const all = id === null ? null : optional(said, saidListSchema);
	return id !== null && all && twinOf(all, id, harmless(wish.news ?? '')) !== undefined ? [id] : [];
};

const write = async (
	client: Bitrix24Client,
	plans: Plan[],
): Promise<Array<Settled<ProgressShown>>> => {
	const writing = plans.filter(({ commands }) => commands.length > 0);
	const { value: groups, error } = await settled(
		async () =>
			await runGroups(
				client,
				writing.map(({ commands }) => commands),
			),
	);
	if (error) {
		return plans.map((plan) => (plan.commands.length > 0 ? { error } : { value: plan }));
	}
	const twins = writing.flatMap((plan, index) => youngerTwins(plan, groups[index]));
	await settled(async () => await client.batch(twins.map(unsaying)));
	return await Promise.all(
		plans.map(async (plan) => {
			const replies = groups[writing.indexOf(plan)] ?? [];
			return await settled(() => {
				check(plan, replies);
				return plan;
			});
		}),
	);
};

const look = async (
	client: Bitrix24Client,
	wishes: ProgressWish[],
): Promise<Array<Settled<Plan>>> => {
	const unread = wishes.filter(({ shown }) => shown === null).map(({ dealId }) => dealId);
	const states = await readDealStates(client, unread);
	return await Promise.all(
		wishes.map(async (wish) => {
			const { dealId, shown } = wish;
			return await settled(() => {
				const state = shown ?? states.get(dealId);
				if (state instanceof Problem) throw state;
				if (state === undefined) throw new Problem(`Deal ${dealId} was not read.`);
				return planOf(wish, state);
			});
		}),
	);
};

/** Where an answer was lost, the deal is looked at again, and what is still missing is written once more. */
export const showProgress = async (
	client: Bitrix24Client,
	wishes: ProgressWish[],
	attempts = 2,
): Promise<Array<Settled<ProgressShown>>> => {
	const plans = await look(client, wishes);
	const planned = plans.flatMap(({ value }) => (value ? [value] : []));
	const written = await write(client, planned);
	const outcomes = plans.map(
		({ value, error }): Settled<ProgressShown> =>
			error ? { error } : written[planned.indexOf(value)],
	);
	const lost = outcomes.flatMap(({ error }, index) =>
		error instanceof UnknownOutcome ? [index] : [],
	);
	if (lost.length === 0 || attempts === 1) return outcomes;
	const again = await showProgress(
		client,
		lost.map((index) => ({ ...wishes[index], shown: null })),
		attempts - 1,
	);
	lost.forEach((index, at) => {
		outcomes[index] = again[at];
	});
	return outcomes;
};
