/** What stays in memory after a catalog of years was read; the stand-in, which is in the same process, is in it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { basicAuthorization, serviceRoot } from '../../nodes/OneC/odata/address';
import { readParties } from '../../nodes/OneC/catalogs/parties';
import { openSession } from '../../nodes/OneC/session';
import { openBase } from '../standins/onec/base';
import { axiosHttp, standingClock } from '../support/axiosHttp';
import { note } from './measurements';

const SIZES = [20_000, 50_000, 100_000];

test.each(SIZES)('memory after %d buyers', async (size) => {
	const base = await openBase();
	try {
		base.admin.fillsCounterparties(size);
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
		expect(read).toBe(size);
		const megabytes = (heaps[heaps.length - 1] - heaps[1]) / 2 ** 20;
		note({
			row: 'read the buyers of 1C, page by page',
			size: size,
			unit: 'MB more than after two pages',
			measured: megabytes,
			floor: 0,
			because: 'one page is held',
		});
		if (size === 20_000) expect(megabytes).toBeLessThan(5);
	} finally {
		await base.close();
	}
});
