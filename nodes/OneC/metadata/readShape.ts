/** The shape of a base, read once in a while: its configuration changes by night, not between two clicks. */
import type { OneCClient } from '../odata/client';
import { BaseShape } from './shape';

const LIFE = 3_600_000;

interface Kept {
	readAt: number;
	shape: Promise<BaseShape>;
}

/** One per base for all nodes of an n8n process. */
const kept = new Map<string, Kept>();

/** A failed reading is not kept. */
export const readShape = async (client: OneCClient): Promise<BaseShape> => {
	const { root } = client.base;
	const now = client.clock.now();
	const known = kept.get(root);
	if (known && now - known.readAt < LIFE) return await known.shape;
	const read = async (): Promise<BaseShape> => new BaseShape(await client.metadata());
	const fresh: Kept = { readAt: now, shape: read() };
	kept.set(root, fresh);
	fresh.shape.catch(() => {
		if (kept.get(root) === fresh) kept.delete(root);
	});
	return await fresh.shape;
};
