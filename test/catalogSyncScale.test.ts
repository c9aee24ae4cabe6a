/** What a catalog of years costs: requests of an unchanged page, and memory that does not grow with the catalog. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { basicAuthorization, serviceRoot } from '../nodes/OneC/odata/address';
import { readParties } from '../nodes/OneC/catalogs/parties';
import { openSession } from '../nodes/OneC/session';
import { openBase } from './standins/onec/base';
import { axiosHttp, standingClock } from './support/axiosHttp';
import { Catalogs } from './support/catalogs';

jest.setTimeout(120_000);

test('a thousand unchanged buyers cost a handful of requests and no write', async () => {
	const catalogs = await Catalogs.open();
	try {
		catalogs.base.admin.fillsCounterparties(1000);
		const settings = { sameInn: 'create', pageSize: 1000 };
		const first = await catalogs.syncsBuyers(settings);
		expect(first.summary).toMatchObject({ read: 1000, created: 1000, failed: 0 });
		const { result, writes, bitrix24, onec } = await catalogs.costs(
			async () => await catalogs.syncsBuyers(settings),
		);
		expect(result.summary).toMatchObject({ read: 1000, skipped: 1000 });
		expect(writes).toEqual([]);
		/** Three batches of lists; fields, presets and two countings belong to the run, not to the page. */
		expect(bitrix24).toBeLessThanOrEqual(8);
		expect(onec).toBeLessThanOrEqual(12);
	} finally {
		await catalogs.close();
	}
});

test('memory stays flat over twenty thousand buyers', async () => {
	const base = await openBase();
	try {
		base.admin.fillsCounterparties(20_000);
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as () => void;
		const { url, login, password } = base;
		const http = axiosHttp(serviceRoot(url), {
			Authorization: basicAuthorization(login, password),
		});
		const credential = { url, timeZone: 'Europe/Moscow', marker: 'B24' };
		const { client } = openSession(credential, http, standingClock());
		const heaps: number[] = [];
		let read = 0;
		for await (const page of readParties(client, null, 2000)) {
			read += page.length;
			base.requests.length = 0;
			collect();
			heaps.push(process.memoryUsage().heapUsed);
		}
		expect(read).toBe(20_000);
		const megabytes = (heaps[heaps.length - 1] - heaps[1]) / 2 ** 20;
		expect(megabytes).toBeLessThan(5);
	} finally {
		await base.close();
	}
});
