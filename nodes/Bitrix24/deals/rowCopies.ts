/** Product rows of one card, written into another. */
import { toRow } from '../cards/productRows';
import type { Command } from '../rest/client';
import type { Row } from './schemas';

/** Rows are stated as a whole, so setting them twice is the same as once. */
export const settingRows = (ownerType: string, ownerId: number, rows: Row[]): Command => ({
	method: 'crm.item.productrow.set',
	params: { ownerType, ownerId, productRows: rows.map(toRow) },
	repeatable: true,
});
