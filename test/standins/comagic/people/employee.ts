/**
 * An employee at the telephone and in the operator's workplace.
 * Imitates: a call ends answered or lost; a tag, a status and an answer come after the record is there, so a reader who
 * looked once has an old row.
 * Does not imitate: transfers, groups, queues, rights. A call is told in one breath: how long it rang and lasted.
 */
import type { Desk } from '../desk';
import { digitsOf } from '../phone';
import type { Call, Communication } from '../store';

export interface EmployeeHand {
	id: number;
	/** Seconds. */
	answers(call: number, durations?: { waits?: number; talks?: number }): void;
	misses(call: number, durations?: { waits?: number }): void;
	callsOut(call: { phone: string; talks?: number }): number;
	accepts(chat: number): void;
	writes(chat: number, text: string): void;
	closes(chat: number, outcome?: 'succeed' | 'refused'): void;
	processes(request: number, comment?: string): void;
	tags(communication: number, tag: string): void;
	untags(communication: number, tag: string): void;
}

export const employeeOf = (desk: Desk, employeeId: number): EmployeeHand => {
	const { store, clock, notifications } = desk;
	store.employee(employeeId);
	const ends = (call: Call, wait: number, talk: number, reason: string): void => {
		if (call.finishedAt !== undefined) throw new Error(`The call ${call.id} is over`);
		Object.assign(call, { employeeId, wait, talk, finishReason: reason });
		call.finishedAt = call.at + (wait + talk) * 1000;
	};
	const talked = (call: Call): void => {
		for (const event of ['talkStarted', 'talkFinished', 'callFinished', 'recordReady'] as const)
			notifications.tell(event, call);
	};
	const tagNamed = (name: string): number => {
		const tag = store.tags.find((known) => known.name === name);
		if (!tag) throw new Error(`The account has no tag ${name}`);
		return tag.id;
	};
	return {
		id: employeeId,
		answers: (id, { waits = 8, talks = 60 } = {}) => {
			const call = only(store.communication(id), 'call');
			ends(call, waits, talks, 'operator_disconnects');
			talked(call);
		},
		misses: (id, { waits = 30 } = {}) => {
			const call = only(store.communication(id), 'call');
			ends(call, waits, 0, 'operator_not_responsible');
			notifications.tell('callLost', call);
			notifications.tell('callFinished', call);
		},
		callsOut: ({ phone, talks = 60 }) => {
			const call: Call = {
				type: 'call',
				id: store.nextId('communication', 784_601),
				callSessionId: store.nextId('call session', 5_600_201),
				at: clock.now(),
				visitorId: null,
				sessionId: null,
				siteId: null,
				campaignId: null,
				number: null,
				tags: [],
				extId: null,
				direction: 'out',
				source: 'sip',
				phone: digitsOf(phone),
				virtualNumber: store.virtualNumbers[0].phone,
				comment: null,
				employeeId,
				wait: 0,
				talk: 0,
				finishReason: null,
			};
			store.communications.push(call);
			notifications.tell('outgoingCall', call);
			ends(call, 5, talks, talks > 0 ? 'operator_disconnects' : 'subscriber_not_responsible');
			if (talks > 0) talked(call);
			else notifications.tell('callFinished', call);
			return call.id;
		},
		accepts: (id) => {
			Object.assign(only(store.communication(id), 'chat'), { employeeId, status: 'active' });
		},
		writes: (id, text) => {
			const chat = only(store.communication(id), 'chat');
			chat.messages.push({
				id: store.nextId('message', 900_101),
				at: clock.now(),
				text,
				employeeId,
			});
		},
		closes: (id, outcome = 'succeed') => {
			const end = { status: outcome, finishedAt: clock.now() };
			Object.assign(only(store.communication(id), 'chat'), end);
		},
		processes: (id, comment) => {
			const request = only(store.communication(id), 'offline_message');
			const done = { status: 'processed' as const, employeeId, comment: comment ?? null };
			Object.assign(request, { ...done, processedAt: clock.now() });
		},
		tags: (id, tag) => {
			const one = store.communication(id);
			one.tags.push({ tagId: tagNamed(tag), at: clock.now(), employeeId });
			notifications.tell('tagSet', one);
		},
		untags: (id, tag) => {
			const one = store.communication(id);
			one.tags = one.tags.filter(({ tagId }) => tagId !== tagNamed(tag));
		},
	};
};

const only = <Type extends Communication['type']>(
	one: Communication,
	type: Type,
): Extract<Communication, { type: Type }> => {
	if (one.type !== type) throw new Error(`${one.id} is a ${one.type}, not a ${type}`);
	return one as Extract<Communication, { type: Type }>;
};
