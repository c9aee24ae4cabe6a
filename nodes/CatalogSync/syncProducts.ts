/** Products from 1C to Bitrix24: first the folders as sections, then the products page by page. */
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { GoodsSync } from '../Bitrix24/catalog/goodsSync';
import { readGoods, readGoodsFolders, type GoodsWanted } from '../OneC/catalogs/goods';
import type { Session } from '../OneC/session';
import type { Report } from './report';

export interface ProductsWanted extends GoodsWanted {
	pageSize: number;
	dryRun: boolean;
}

export const syncProducts = async (
	client: Bitrix24Client,
	session: Session,
	{ pageSize, dryRun, ...wanted }: ProductsWanted,
	report: Report,
): Promise<void> => {
	const folders = await readGoodsFolders(session.client, wanted.folder);
	const sync = await GoodsSync.open(client, { dryRun }, folders);
	report.sections(sync.sections);
	for await (const goods of readGoods(session.client, wanted, pageSize)) {
		report.page(await sync.page(goods));
	}
};
