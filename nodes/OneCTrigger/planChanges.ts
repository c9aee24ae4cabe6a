/**
 * Changes by an exchange plan, each told at least once. What was emitted is acknowledged by the next poll and not at
 * once: until then n8n may die with the items still in its hands, and 1C forgets for good what is acknowledged. After
 * a restart nobody knows what became of them, so they are told again.
 */
import {
	changesJson,
	nodeText,
	readChanges,
	readNode,
	type ChangeJson,
	type ExchangeNode,
} from '../OneC/changes/exchangeNode';
import type { OneCClient } from '../OneC/odata/client';

/** What is kept in the workflow's static data. */
export interface PlanMemory {
	/** Whose memory it is: another node begins anew. */
	node?: string;
	/** The highest message that was acknowledged. */
	acknowledged?: number;
	/** What was emitted last, and by which n8n process. */
	emitted?: { messageNo: number; process: string };
}

export interface Resync {
	change: 'resync';
	node: string;
	reason: string;
}

export interface PlanNews {
	items: Array<ChangeJson | Resync>;
	memory: PlanMemory;
	/** What a person should know although nothing failed. */
	warning?: string;
}

/** After a backup was restored the base knows less than it once did, and no list of changes can tell what. */
const resync = (node: string, receivedNo: number, acknowledged: number): Resync => ({
	change: 'resync',
	node,
	reason: `1C has received message ${receivedNo}, but ${acknowledged} was acknowledged before: the base was restored from a backup. Compare everything once.`,
});

export const pollPlan = async (
	client: OneCClient,
	node: ExchangeNode,
	before: PlanMemory,
	process: string,
	withObjects: boolean,
): Promise<PlanNews> => {
	const text = nodeText(node);
	const { acknowledged = 0, emitted }: PlanMemory = before.node === text ? before : {};
	const { receivedNo } = await readNode(client, node);
	const isRestored = receivedNo < acknowledged;
	const isTaken = emitted?.process === process && !isRestored;
	if (isTaken && emitted.messageNo > receivedNo) {
		await client.confirmChanges(node, emitted.messageNo);
	}
	const reached = Math.max(receivedNo, isTaken ? emitted.messageNo : 0);
	const messageNo = reached + 1;
	const changes = await readChanges(client, node, messageNo);
	const known = Math.max(acknowledged, emitted?.messageNo ?? 0);
	const isRead = before.node === text && receivedNo > known;
	return {
		items: [
			...(isRestored ? [resync(text, receivedNo, acknowledged)] : []),
			...(await changesJson(client, changes, withObjects)),
		],
		memory: {
			node: text,
			acknowledged: reached,
			...(changes.length > 0 ? { emitted: { messageNo, process } } : {}),
		},
		...(isRead
			? { warning: `Somebody else acknowledges changes of ${text}, and they are lost here.` }
			: {}),
	};
};

/**
 * What waits, for the button in the editor. The message number is one the published workflow does not acknowledge
 * next, so that nothing is taken from it.
 */
export const lookAtPlan = async (
	client: OneCClient,
	node: ExchangeNode,
	withObjects: boolean,
): Promise<ChangeJson[]> => {
	const { receivedNo } = await readNode(client, node);
	return await changesJson(client, await readChanges(client, node, receivedNo + 2), withObjects);
};
