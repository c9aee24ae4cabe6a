/**
 * Makes the companies and contacts of the portal what 1C says of its buyers, a page of them at a time.
 *
 * A card is written first and its imprint last, so a buyer whose writing was cut short anywhere is taken up again by
 * the next run. After a lost answer the page is looked at once more: what was written is found by its GUID.
 */
import { z } from 'zod';
import { partyFlaws, type Party } from '../../exchange/party';
import { Problem } from '../../exchange/problem';
import type { Outcome } from '../../exchange/syncReport';
import { grouped } from '../../shared/grouped';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { ENTITY_TYPE, type Card, type CardType } from './buyerCards';
import { cardCommands, partCommands, requisiteCommands, type Target } from './buyerCommands';
import { cutIn, needsRequisite, requisiteFields } from './buyerFacts';
import { about, decide, type SameInn } from './buyerDecisions';
import { cardUpdate } from './cardUpdate';
import { readPresent, type Subject } from './buyerPresent';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { runGroups } from '../rest/commandGroups';
import { refuseIgnored } from '../rest/readBack';
import { refuseTooLong } from '../requisites/columns';
import { usualType } from '../cards/fieldTypes';
import * as fields from '../setup/fields';
import { harmless } from '../rest/harmless';
import { itemFields, itemUpdate } from '../rest/items';
import { imprintOf } from './imprint';
import { required } from '../rest/reply';
import { readPresets, type Presets } from './requisitePresets';
import { itemOf } from '../deals/schemas';

export interface BuyerSettings {
	people: CardType;
	/** What to do with a buyer whose ИНН a card has already. */
	sameInn: SameInn;
	dryRun: boolean;
}

/** A lost answer is looked into twice; more often the portal has other troubles. */
const PASSES = 4;

const failed = (party: Party, error: Error): Outcome => ({
	...about(party),
	fate: 'failed',
	reason: error.message,
	remedy: error instanceof Problem ? error.remedy : undefined,
});

const noticesOf = (party: Party): string[] => [
	...(party.deletionMark ? ['marked for deletion in 1C'] : []),
	...partyFlaws(party).map((flaw) => `cannot be right: ${flaw}`),
	...cutIn(party).map(([name, most]) => `${name} is cut to ${most} characters`),
];

const written = (
	party: Party,
	fate: 'created' | 'updated',
	card: { type: CardType; id: number } | undefined,
): Outcome => {
	const notices = noticesOf(party);
	return { ...about(party), fate, card, ...(notices.length > 0 ? { notices } : {}) };
};

const addedSchema = itemOf(z.object({ id: z.coerce.number() }));

const requisiteSchema = z.coerce.number();

/** A buyer that is being written, and the numbers known of it so far. */
interface Writing {
	party: Party;
	target: Target;
	/** Of the card; zero while it is not made. */
	id: number;
	requisite: number | null;
}

const firstProblem = (replies: readonly Reply[]): Error | null => {
	const problems = replies.flatMap((reply) => ('problem' in reply ? [reply.problem] : []));
	return problems.find((problem) => problem instanceof UnknownOutcome) ?? problems[0] ?? null;
};

const cardSchema = itemOf(z.record(z.unknown()));

/** @throws Problem about what the portal has ignored of the card, though it answered with a success */
const refuseIgnoredOf = (
	{ present }: Target,
	[command]: readonly Command[],
	[reply]: readonly Reply[],
): void => {
	/** The old method answers nothing but that it is done. */
	if (!command || command.method === 'crm.company.update') return;
	const fields = (command.params?.fields ?? {}) as Record<string, unknown>;
	const { item } = required(reply, cardSchema);
	refuseIgnored({ fields, before: present?.card ?? null, after: item, typeOf: usualType });
};

const fieldsSchema = z.object({ fields: z.record(z.unknown()) });

/** Bitrix24 drops fields it does not have without a word, so they are looked for before anything is written. */
const checkFields = async (client: Bitrix24Client, types: CardType[]): Promise<void> => {
	const replies = await client.batch(types.map((type) => itemFields(ENTITY_TYPE[type])));
	for (const [index, type] of types.entries()) {
		const known = required(replies[index], fieldsSchema).fields;
		const missing = fields.BUYER_FIELDS.filter(({ name }) => !(name in known));
		if (missing.length === 0) continue;
		throw new Problem(
			`The ${type} has no field ${missing.map(({ name }) => name).join(', ')}.`,
			'Create the fields: run the portal setup workflow.',
		);
	}
};

interface Link {
	kind: 'link' | 'unlink';
	party: Party;
	card: Card;
}

/** @param ofCard those that join or leave one card */
const linkCommand = (ofCard: readonly Link[]): Command => {
	const [{ card }] = ofCard;
	const refs = (wanted: Link['kind']): string[] =>
		ofCard.filter(({ kind }) => kind === wanted).map(({ party }) => party.ref);
	const left = card.further.filter((ref) => !refs('unlink').includes(ref));
	const [command] = cardUpdate(card, { [fields.COUNTERPARTIES]: [...left, ...refs('link')] });
	return command;
};

const leavingComments = ({ kind, party, card }: Link): Command[] =>
	kind === 'link'
		? []
		: [
				{
					method: 'crm.timeline.comment.add',
					params: {
						fields: {
							ENTITY_TYPE: card.type,
							ENTITY_ID: card.id,
							COMMENT: `1С: контрагент «${party.name}» (код ${party.code}) помечен на удаление и больше не связан с этой карточкой.`,
						},
					},
				},
			];

export class BuyerSync {
	private constructor(
		private readonly client: Bitrix24Client,
		private readonly settings: BuyerSettings,
		private readonly presets: Presets,
	) {}

	static async open(client: Bitrix24Client, settings: BuyerSettings): Promise<BuyerSync> {
		await checkFields(client, ['company', 'contact']);
		return new BuyerSync(client, settings, await readPresets(client));
	}

	async page(read: readonly Party[]): Promise<Outcome[]> {
		const parties = read.map(harmless);
		const outcomes = new Map<string, Outcome>();
		let waiting = [...parties];
		for (let pass = 1; waiting.length > 0 && pass <= PASSES; pass += 1) {
			for (const outcome of await this.pass(waiting)) outcomes.set(outcome.ref, outcome);
			waiting = waiting.filter(({ ref }) => !outcomes.has(ref));
		}
		const unconfirmed = new UnknownOutcome(
			'Bitrix24 did not confirm that the buyer was written.',
			'The next run looks what became of it.',
		);
		return parties.map((party) => outcomes.get(party.ref) ?? failed(party, unconfirmed));
	}

	/** @returns outcomes of those that are settled; the others have to be looked at again */
	private async pass(parties: readonly Party[]): Promise<Outcome[]> {
		const decisions = await decide(this.client, this.settings.sameInn, parties);
		const done = decisions.flatMap((one) => (one.kind === 'done' ? [one.outcome] : []));
		const writes = decisions.flatMap((one) => (one.kind === 'write' ? [one] : []));
		const links = decisions.flatMap((one) =>
			one.kind === 'link' || one.kind === 'unlink' ? [one] : [],
		);
		if (this.settings.dryRun) {
			const later = decisions.flatMap((one) => (one.kind === 'later' ? [one.party] : []));
			return [
				...done,
				...writes.map(({ party, card }) =>
					written(party, card ? 'updated' : 'created', card ?? undefined),
				),
				...links.map(({ party, card }) => written(party, 'updated', card)),
				...later.map((party) => written(party, 'created', undefined)),
			];
		}
		return [...done, ...(await this.writeLinks(links)), ...(await this.write(writes))];
	}

	/** Several counterparties may join one card at once, so its list is written once. */
	private async writeLinks(links: readonly Link[]): Promise<Outcome[]> {
		const byCard = [...grouped(links, ({ card }) => `${card.type} ${card.id}`).values()];
		const replies = await this.client.batch(byCard.map(linkCommand));
		/** What was not written is not told. */
		await this.client.batch(
			byCard.flatMap((ofCard, index) =>
				'problem' in replies[index] ? [] : ofCard.flatMap(leavingComments),
			),
		);
		return byCard.flatMap((ofCard, index) => {
			const problem = firstProblem([replies[index]]);
			if (problem instanceof UnknownOutcome) return [];
			return ofCard.map(({ party, card }) =>
				problem ? failed(party, problem) : written(party, 'updated', card),
			);
		});
	}

	private async write(
		writes: ReadonlyArray<{ party: Party; card: Card | null }>,
	): Promise<Outcome[]> {
		const subjects = writes.flatMap(({ party, card }): Subject[] =>
			card ? [{ party, card }] : [],
		);
		const presentOf = await readPresent(this.client, subjects);
		const outcomes: Outcome[] = [];
		const targets: Array<{ party: Party; target: Target }> = [];
		for (const { party, card } of writes) {
			const subject = subjects.find((one) => one.party === party);
			const read = subject && presentOf.get(subject);
			if (read?.error) outcomes.push(failed(party, read.error));
			else {
				const present = read?.value ?? null;
				const target = await settled(() => this.targetOf(party, card, present));
				if (target.error) outcomes.push(failed(party, target.error));
				else targets.push({ party, target: target.value });
			}
		}
		let writing = targets.map(({ party, target }): Writing => {
			const requisite = target.present?.requisite?.ID ?? null;
			return { party, target, id: target.id ?? 0, requisite };
		});
		/** Only those whose step came out take the next one; after a lost answer the buyer is read again. */
		const step = async (
			commandsOf: (one: Writing) => Command[],
			after: (one: Writing, replies: Reply[], commands: Command[]) => Writing = (one) => one,
		): Promise<void> => {
			const groups = writing.map(commandsOf);
			const replies = await runGroups(this.client, groups);
			const taken = await Promise.all(
				writing.map(
					async (one, index) =>
						await settled(() => {
							const problem = firstProblem(replies[index]);
							if (problem) throw problem;
							return after(one, replies[index], groups[index]);
						}),
				),
			);
			const parties = writing.map(({ party }) => party);
			writing = taken.flatMap(({ value, error }, index) => {
				if (!error) return [value];
				if (!(error instanceof UnknownOutcome)) outcomes.push(failed(parties[index], error));
				return [];
			});
		};
		await step(
			({ party, target }) => cardCommands(party, target),
			(one, replies, commands) => {
				refuseIgnoredOf(one.target, commands, replies);
				return one.target.id === null
					? { ...one, id: required(replies[0], addedSchema).item.id }
					: one;
			},
		);
		await step(
			({ party, target, id }) => requisiteCommands(party, target, id),
			(one, [added]) =>
				one.requisite === null && added
					? { ...one, requisite: required(added, requisiteSchema) }
					: one,
		);
		await step(({ party, target, requisite }) => partCommands(party, target, requisite));
		return [...outcomes, ...(await this.seal(writing))];
	}

	private targetOf(party: Party, card: Card | null, present: Target['present']): Target {
		const type = card?.type ?? (party.kind === 'person' ? this.settings.people : 'company');
		const hasRequisite = Boolean(present?.requisite) || needsRequisite(party);
		if (hasRequisite) refuseTooLong(requisiteFields(party));
		const isNew = hasRequisite && !present?.requisite;
		return {
			type,
			id: card?.id ?? null,
			present,
			imprint: card?.imprint ?? '',
			preset: isNew ? this.presets.of(party.kind) : 0,
		};
	}

	/** The imprint says that everything before it is in place. */
	private async seal(stored: readonly Writing[]): Promise<Outcome[]> {
		const replies = await this.client.batch(
			stored.map(({ party, target, id }) =>
				itemUpdate(
					{ entityTypeId: ENTITY_TYPE[target.type], id },
					{ originVersion: imprintOf(party) },
				),
			),
		);
		return stored.flatMap(({ party, target, id }, index) => {
			const reply = replies[index];
			if (!('problem' in reply)) {
				const outcome = written(party, target.id ? 'updated' : 'created', {
					type: target.type,
					id,
				});
				return [{ ...outcome, isOwnCard: true }];
			}
			return reply.problem instanceof UnknownOutcome ? [] : [failed(party, reply.problem)];
		});
	}
}
