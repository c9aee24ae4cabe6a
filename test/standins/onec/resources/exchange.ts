/**
 * SelectChanges and NotifyChangesReceived (reference 1c-ut103.md §5 "Through OData"; documentation 17.4.13.3). Both are
 * POST with the node's own address as DataExchangePoint. The answer of the first is a feed whatever $top says, with
 * at:deleted-entry for what is gone (RFC 6721); in JSON, which has been seen working, its shape was not recorded, so a
 * removed object is shown there by its type and key with `odata.deleted`.
 */
import { isHidden, type Change } from '../changes';
import { objectType, objectTypes } from '../model/metadata';
import { registerTypes } from '../model/registerTypes';
import { addressOf } from '../odata/address';
import { deletedEntry, entry, feed } from '../odata/atom';
import {
	badKey,
	forbiddenMethod,
	missingArgument,
	unknownInstance,
	wrongArguments,
} from '../odata/errors';
import type { Json } from '../odata/json';
import { WHOLE } from '../odata/select';
import { readPath, type Query } from '../odata/url';
import { atomAnswer, type Answer } from '../request';
import type { Entity, Store } from '../store';
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

function atomOf({ reading, store }: ResourceContext, { set, ref }: Change): string {
	const rendering = reading.rendering();
	const register = registerTypes.get(set);
	if (register) return entry(recordSetOf(store, set, ref), register.recordSet, WHOLE, rendering);
	const type = objectType(set);
	const row = store.row(set, ref);
	if (!row) return deletedEntry(addressOf(type, { Ref_Key: ref }), rendering);
	return entry(row, type, WHOLE, rendering);
}

function jsonOf({ reading, store }: ResourceContext, { set, ref }: Change): Json {
	const named = { 'odata.type': `StandardODATA.${set}` };
	const register = registerTypes.get(set);
	if (register) {
		return { ...named, ...reading.json(recordSetOf(store, set, ref), register.recordSet) };
	}
	const row = store.row(set, ref);
	if (!row) return { ...named, Ref_Key: ref, 'odata.deleted': true };
	return { ...named, ...reading.json(row, objectType(set)) };
}

/** A recorder that no longer records has an empty set. */
function recordSetOf(store: Store, register: string, recorder: string): Row {
	const sets = recordSets(store, register);
	const own = sets.find((set) => (set.Recorder ?? set.Recorder_Key) === recorder);
	if (own) return own;
	const type = store.find(recorder)?.type.name;
	return { Recorder: recorder, Recorder_Type: type ? `StandardODATA.${type}` : '', RecordSet: [] };
}
