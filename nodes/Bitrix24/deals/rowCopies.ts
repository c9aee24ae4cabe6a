/** Product rows of one card, written into another. */
import { ROW_INPUTS } from '../cards/productRows';
import type { Command } from '../rest/client';
import { harmless } from '../rest/harmless';
import type { Row } from './schemas';

const copy = (row: Row): Record<string, unknown> => {
	const source: Record<string, unknown> = { ...row, taxIncluded: row.taxIncluded ? 'Y' : 'N' };
	return Object.fromEntries(
		ROW_INPUTS.filter((name) => name in source).map((name) => [name, harmless(source[name])]),
	);
};

/** Rows are stated as a whole, so setting them twice is the same as once. */
export const settingRows = (ownerType: string, ownerId: number | string, rows: Row[]): Command => ({
	method: 'crm.item.productrow.set',
	params: { ownerType, ownerId, productRows: rows.map(copy) },
	repeatable: true,
});
