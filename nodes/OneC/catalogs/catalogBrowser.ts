/** A catalog as people look into it: a folder page by page, objects by their references, those that fit a condition. */
import type { z } from 'zod';
import { EMPTY_REF } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { allOf, guid } from '../odata/odata';
import { folderTree } from './folderTree';
import type { Catalog } from './shelf';
import { inBranch } from './wordSearch';

const BY_NAME = 'Description,Ref_Key';

/** @param items the condition that tells what is shown of the catalog at all */
export const catalogBrowser = <Schema extends z.ZodTypeAny>(
	{ set, schema, select }: Catalog<Schema>,
	items: string,
) => ({
	/** So many items of one folder, from a place on; null is the top. */
	list: async (client: OneCClient, folder: string | null, skip: number, top: number) => {
		const filter = allOf([items, `Parent_Key eq ${guid(folder ?? EMPTY_REF)}`]);
		return await client.list(set, schema, { filter, select, orderby: BY_NAME, skip, top });
	},

	/** Whatever they are: an object that is not shown may still be asked for. */
	read: async (client: OneCClient, refs: readonly string[]) => {
		if (refs.length === 0) return [];
		const conditions = refs.map((ref) => `Ref_Key eq ${guid(ref)}`);
		return await client.listAny(set, schema, conditions, { select });
	},

	/** @param folder looks in this folder and below it; null looks everywhere */
	find: async (client: OneCClient, condition: string, folder: string | null, top: number) => {
		const branch = folder
			? [inBranch(folder, (await folderTree(client, set)).depthBelow(folder))]
			: [];
		const filter = allOf([items, condition, ...branch]);
		return await client.list(set, schema, { filter, select, orderby: BY_NAME, top });
	},
});
