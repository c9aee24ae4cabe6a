/** A node of an exchange plan: who reads changes, and how far it has come. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { guidSchema, isGuid } from '../../exchange/reference';
import type { Body, OneCClient } from '../odata/client';
import { number, string } from '../odata/fields';
import { guid, isName } from '../odata/odata';
import { bodySchema } from '../documents/createOnce';
import { changesIn, type Change } from './changeFeed';

export interface ExchangeNode {
	/** Such as ExchangePlan_ОбменСБитрикс24. */
	plan: string;
	ref: string;
}

const nodeSchema = z
	.object({
		Ref_Key: guidSchema,
		Code: string,
		Description: string,
		ReceivedNo: number,
		SentNo: number,
		ThisNode: z.boolean(),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		code: raw.Code,
		name: raw.Description,
		receivedNo: raw.ReceivedNo,
		sentNo: raw.SentNo,
		isOwn: raw.ThisNode,
	}));

export type NodeState = z.output<typeof nodeSchema>;

/** As one text, so that one field of the editor holds both. */
export const nodeText = ({ plan, ref }: ExchangeNode): string => `${plan}/${ref}`;

export const nodeOf = (text: string): ExchangeNode => {
	const [plan, ref = ''] = text.trim().split('/');
	if (plan.startsWith('ExchangePlan_') && isName(plan) && isGuid(ref)) {
		return { plan, ref: ref.toLowerCase() };
	}
	throw new Problem(
		`"${text}" is not a node of an exchange plan.`,
		'Choose it from the list, or write it as ExchangePlan_Name/GUID.',
	);
};

/** Nodes of a plan that may be read for; the base's own one never is. */
export const listNodes = async (client: OneCClient, plan: string): Promise<NodeState[]> => {
	const nodes = await client.list(plan, nodeSchema, { filter: 'DeletionMark eq false' });
	return nodes.filter(({ isOwn }) => !isOwn);
};

export const readNode = async (client: OneCClient, node: ExchangeNode): Promise<NodeState> => {
	const state = await client.read(node.plan, node.ref, nodeSchema);
	if (state && !state.isOwn) return state;
	throw new Problem(
		state
			? `Node «${state.name}» of ${node.plan} is the base itself, and it keeps no changes for itself.`
			: `1C has no node ${node.ref} in ${node.plan}.`,
		'Make a node of its own for n8n in the exchange plan, and choose it.',
	);
};

/** The whole backlog, however long it is; 1C takes no limit here. */
export const readChanges = async (
	client: OneCClient,
	node: ExchangeNode,
	messageNo: number,
): Promise<Change[]> => changesIn(await client.selectChanges(node, messageNo));

/** The objects that changed, by type and reference; what is gone meanwhile is missing. */
export const readObjects = async (
	client: OneCClient,
	changes: readonly Change[],
): Promise<Map<string, Body>> => {
	const objects = new Map<string, Body>();
	const byType = new Map<string, string[]>();
	for (const { type, ref, deleted } of changes) {
		if (ref && !deleted) byType.set(type, [...(byType.get(type) ?? []), ref]);
	}
	for (const [type, refs] of byType) {
		const conditions = refs.map((ref) => `Ref_Key eq ${guid(ref)}`);
		for (const object of await client.listAny(type, bodySchema, conditions)) {
			objects.set(`${type} ${String(object.Ref_Key).toLowerCase()}`, object);
		}
	}
	return objects;
};

export interface ChangeJson extends Record<string, unknown> {
	change: 'changed' | 'deleted';
	type: string;
	ref: string | null;
	key: string;
	object?: Body;
}

export const changesJson = async (
	client: OneCClient,
	changes: readonly Change[],
	withObjects: boolean,
): Promise<ChangeJson[]> => {
	const objects = withObjects ? await readObjects(client, changes) : new Map<string, Body>();
	return changes.map(({ type, ref, key, deleted }): ChangeJson => {
		const object = ref ? objects.get(`${type} ${ref}`) : undefined;
		return {
			change: deleted ? 'deleted' : 'changed',
			type,
			ref,
			key,
			...(object ? { object } : {}),
		};
	});
};
