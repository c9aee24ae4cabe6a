/**
 * SelectChanges and NotifyChangesReceived (reference 1c-ut103.md §5 "Through OData"; documentation 17.4.13.3). Both are
 * POST with the node's own address as DataExchangePoint. The answer of the first is a feed whatever $top says, with
 * at:deleted-entry for what is gone (RFC 6721); in JSON, which has been seen working, its shape was not recorded, so a
 * removed object is shown there by its type and key with `odata.deleted`.
 */
import { isHidden, type Change } from '../changes';
import { objectTypes, registerTypes, type ObjectType } from '../model/metadata';
import { addressOf } from '../odata/address';
import { deletedEntry, entry, feed } from '../odata/atom';
import {
	badKey,
	forbiddenMethod,
	missingArgument,
	unknownInstance,
	wrongArguments,
} from '../odata/errors';
import { WHOLE } from '../odata/select';
import { readPath, type Query } from '../odata/url';
import { atomAnswer, type Answer } from '../request';
import type { Entity } from '../store';
import type { Row } from '../values';
import { keyOf, type ResourceContext } from './objects';
import { recordSets } from './registers';

export const EXCHANGE_OPTIONS = ['DataExchangePoint', 'MessageNo'];

export const isExchange = (name: string): boolean =>
	name === 'SelectChanges' || name === 'NotifyChangesReceived';

export function exchangeResource(context: ResourceContext, name: string): Answer {
	if (context.request.method !== 'POST') throw forbiddenMethod();
	const node = nodeOf(context);
	const messageNo = messageNoOf(context.query);
	if (name === 'NotifyChangesReceived') {
		context.changes.confirm(node, messageNo);
		return { status: 200, body: '' };
	}
	return changesAnswer(context, context.changes.select(node, messageNo));
}

function messageNoOf(query: Query): number {
	const written = query.get('MessageNo');
	if (written === undefined) throw missingArgument('MessageNo');
	if (!/^\d{1,9}$/.test(written)) throw wrongArguments();
	return Number(written);
}

/** The address may be whole or only what follows `standard.odata/`, in quotes or without them. */
function nodeOf({ query, store, switches }: ResourceContext): Entity {
	const written = query.get('DataExchangePoint');
	if (written === undefined) throw missingArgument('DataExchangePoint');
	const address = written.replace(/^'(.*)'$/s, '$1').replace(/^.*standard\.odata\//, '');
	const [segment] = readPath(address);
	if (!segment?.args) throw badKey();
	const type = objectTypes.get(segment.name);
	if (type?.kind !== 'ExchangePlan' || isHidden(type.name, switches)) throw wrongArguments();
	const node = store.find(keyOf(segment));
	if (!node || node.type !== type) throw unknownInstance(type.object);
	if (node.row.ThisNode === true) throw wrongArguments();
	return node;
}

function changesAnswer(context: ResourceContext, changes: Change[]): Answer {
	const { reading, request } = context;
	if (reading.representation.kind === 'json') {
		const value = changes.map((change) => jsonOf(context, change));
		return reading.jsonAnswer(200, { ...reading.metadata(''), value });
	}
	const entries = changes.map((change) => atomOf(context, change));
	return atomAnswer(200, 'feed', feed(entries, request.root));
}

function atomOf(context: ResourceContext, { set, ref }: Change): string {
	const rendering = context.reading.rendering();
	const type = objectTypes.get(set);
	if (!type) {
		const register = registerTypes.get(set);
		const row = recordSetOf(context, set, ref);
		return register ? entry(row, register.recordSet, WHOLE, rendering) : '';
	}
	const entity = context.store.find(ref);
	if (!entity) return deletedEntry(addressOf(type, removed(ref)), rendering);
	return entry(entity.row, type, WHOLE, rendering);
}

function jsonOf(context: ResourceContext, { set, ref }: Change): Record<string, unknown> {
	const type: ObjectType | undefined = objectTypes.get(set);
	const named = { 'odata.type': `StandardODATA.${set}` };
	if (!type) return { ...named, ...recordSetOf(context, set, ref) };
	const entity = context.store.find(ref);
	return entity ? { ...named, ...entity.row } : { ...named, Ref_Key: ref, 'odata.deleted': true };
}

const removed = (ref: string): Row => ({ Ref_Key: ref });

/** A recorder that no longer records has an empty set. */
function recordSetOf({ store }: ResourceContext, register: string, recorder: string): Row {
	const sets = recordSets(store, register);
	const own = sets.find((set) => (set.Recorder ?? set.Recorder_Key) === recorder);
	if (own) return own;
	const type = store.find(recorder)?.type.name;
	return { Recorder: recorder, Recorder_Type: type ? `StandardODATA.${type}` : '', RecordSet: [] };
}
