/**
 * A whole catalog, page by page, so that nobody has to hold it in memory. Pages follow the code: 1C compares strings
 * in the order it sorts them in, which nobody has verified of references, and where a page ended is a value and not a
 * number of rows that shifts while people add some.
 */
import type { z } from 'zod';
import type { OneCClient } from '../odata/client';
import { Problem } from '../../exchange/problem';
import type { FolderTree } from './folderTree';
import { allOf, guid, quoted } from '../odata/odata';
import type { Catalog } from './shelf';

interface Coded {
	ref: string;
	/** Trimmed; comparing it with the stored one, 1C does not mind the spaces behind it. */
	code: string;
}

export interface CatalogPage<Row> {
	rows: Row[];
	/**
	 * The condition under which an object stands on this page, for whoever asks about all of them at once.
	 * @param path how a row of the set that is asked leads to the object, such as «Номенклатура/»
	 */
	within(path: string): string;
}

export type PagedCatalog<Schema extends z.ZodTypeAny> = Catalog<Schema>;

const conditionsOf = (path: string, folder: string | null, codes: string[]): string =>
	allOf([
		...codes.map((code) => `${path}${code}`),
		...(folder ? [`${path}Parent_Key eq ${guid(folder)}`] : []),
	]);

/** @param folders whose own items are wanted, one after another; null is the whole catalog */
export async function* catalogPages<Schema extends z.ZodType<Coded, z.ZodTypeDef, unknown>>(
	client: OneCClient,
	{ set, schema, select, expand }: PagedCatalog<Schema>,
	folders: ReadonlyArray<string | null>,
	size: number,
): AsyncGenerator<CatalogPage<z.output<Schema>>> {
	for (const folder of folders) {
		for (let from = '', skip = 0; ; ) {
			const filter = allOf([
				'IsFolder eq false',
				conditionsOf('', folder, [`Code ge ${quoted(from)}`]),
			]);
			const query = { filter, select, expand, orderby: 'Code,Ref_Key', top: size, skip };
			const rows = await client.list(set, schema, query, size);
			if (rows.length === 0) break;
			const [first, last] = [rows[0].code, rows[rows.length - 1].code];
			const codes = [`Code ge ${quoted(first)}`, `Code le ${quoted(last)}`];
			yield { rows, within: (path) => conditionsOf(path, folder, codes) };
			if (rows.length < size) break;
			/** Codes may repeat where the base allows it: the next page starts behind those already seen. */
			const seen = rows.filter(({ code }) => code === last).length;
			skip = last === from ? skip + seen : seen;
			from = last;
		}
	}
}

/** The folders to read one by one; the whole catalog is one stream. */
export const foldersToRead = (tree: FolderTree, folder: string | null): Array<string | null> => {
	if (folder === null) return [null];
	const branch = tree.branchOf(folder).map(({ ref }) => ref);
	if (branch.length > 0) return branch;
	throw new Problem(`1C has no folder ${folder}.`, 'Choose the folder again.');
};
