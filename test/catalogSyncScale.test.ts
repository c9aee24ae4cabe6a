/** What a catalog costs that has not changed: a handful of requests a page. */
import { Catalogs } from './support/catalogs';

test('a usual page of buyers is looked for in one request, and by ИНН in one more', async () => {
	const catalogs = await Catalogs.open();
	try {
		/** Nothing is written, so that nobody has to wait for the bucket of the portal. */
		const look = async () =>
			(await catalogs.costs(async () => await catalogs.syncsBuyers({ dryRun: true }))).bitrix24;
		const asks = async (count: number): Promise<number> => {
			catalogs.base.admin.fillsCounterparties(count);
			return await look();
		};
		const [one, two] = [await asks(500), await asks(500)];
		expect(two - one).toBe(2);
	} finally {
		await catalogs.close();
	}
}, 20_000);

test('two hundred unchanged buyers cost a handful of requests and no write', async () => {
	const catalogs = await Catalogs.open();
	try {
		catalogs.base.admin.fillsCounterparties(200);
		const settings = { sameInn: 'create', pageSize: 1000 };
		const first = await catalogs.syncsBuyers(settings);
		expect(first.summary).toMatchObject({ read: 200, created: 200, failed: 0 });
		const { result, writes, bitrix24, onec } = await catalogs.costs(
			async () => await catalogs.syncsBuyers(settings),
		);
		expect(result.summary).toMatchObject({ read: 200, skipped: 200 });
		expect(writes).toEqual([]);
		/** A batch of lists; fields, presets and two countings belong to the run, not to the page. */
		expect(bitrix24).toBeLessThanOrEqual(8);
		expect(onec).toBeLessThanOrEqual(12);
	} finally {
		await catalogs.close();
	}
});
