/**
 * The folders of a catalog: all of them at once, because there are hundreds where the catalog has a hundred thousand,
 * and people open one after another.
 */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';

export interface Folder {
	ref: string;
	name: string;
	/** The folder it stands in; null at the top. */
	parent: string | null;
}

const folderSchema = z
	.object({ Ref_Key: guidSchema, Description: string, Parent_Key: optionalRefSchema })
	.transform(
		(raw): Folder => ({
			ref: raw.Ref_Key,
			name: raw.Description,
			parent: raw.Parent_Key,
		}),
	);

/** Deep enough for any catalog that people keep in order, and an end for a broken one. */
const DEEPEST = 12;

export class FolderTree {
	private readonly byRef: ReadonlyMap<string, Folder>;

	constructor(readonly folders: readonly Folder[]) {
		this.byRef = new Map(folders.map((folder) => [folder.ref, folder]));
	}

	/** From the top down, the folder itself last. */
	lineOf(folder: string | null): Folder[] {
		const line: Folder[] = [];
		for (let above = folder; above && line.length < DEEPEST; ) {
			const found = this.byRef.get(above);
			if (!found) break;
			line.unshift(found);
			above = found.parent;
		}
		return line;
	}

	/** Names from the top down. */
	pathOf(folder: string | null): string[] {
		return this.lineOf(folder).map(({ name }) => name);
	}

	/** Whether a folder is this branch or stands below it. */
	isBelow(folder: string | null, branch: string): boolean {
		return this.lineOf(folder).some(({ ref }) => ref === branch);
	}

	/** The folder and all below it, or all there are; a folder comes before those it holds. */
	branchOf(ref: string | null): Folder[] {
		return this.folders
			.map((folder) => ({ folder, line: this.lineOf(folder.ref) }))
			.filter(({ line }) => ref === null || line.some((above) => above.ref === ref))
			.sort((a, b) => a.line.length - b.line.length)
			.map(({ folder }) => folder);
	}

	/** How many levels of folders stand below a folder. */
	depthBelow(ref: string): number {
		let level = [ref];
		for (let depth = 0; depth < DEEPEST; depth += 1) {
			const parents = new Set(level);
			level = this.folders.filter(({ parent }) => parent && parents.has(parent)).map((f) => f.ref);
			if (level.length === 0) return depth;
		}
		return DEEPEST;
	}
}

export const readFolders = async (client: OneCClient, set: string): Promise<FolderTree> =>
	new FolderTree(
		await client.list(set, folderSchema, {
			filter: 'IsFolder eq true and DeletionMark eq false',
			select: ['Ref_Key', 'Description', 'Parent_Key'],
			orderby: 'Description,Ref_Key',
		}),
	);

/** Folders change seldom, and whoever made one a moment ago waits no longer than this. */
const LIFE = 60_000;

interface Kept {
	readAt: number;
	tree: Promise<FolderTree>;
}

/** One n8n process serves all the people who look into a base. */
const kept = new Map<string, Kept>();

/** The tree as it was read not long ago; a failed reading is not kept. */
export const folderTree = async (client: OneCClient, set: string): Promise<FolderTree> => {
	const key = `${client.base.root} ${set}`;
	const now = client.clock.now();
	const known = kept.get(key);
	if (known && now - known.readAt < LIFE) return await known.tree;
	const fresh: Kept = { readAt: now, tree: readFolders(client, set) };
	kept.set(key, fresh);
	fresh.tree.catch(() => {
		if (kept.get(key) === fresh) kept.delete(key);
	});
	return await fresh.tree;
};
