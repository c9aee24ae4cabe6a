/** Listing deals: the first page, then fifty pages a request. */
import { Bitrix24Node, NODE } from '../support/bitrix24Node';
import { leastSeconds, note, timed } from './measurements';

const SIZES = [1_000, 5_000, 100_000];

const all = { resource: 'deal', operation: 'getAll', returnAll: true, simplify: false };

test.each(SIZES)('%d deals are listed', async (size) => {
	const bitrix24 = await Bitrix24Node.open();
	for (let at = 1; at <= size; at += 1) {
		bitrix24.portal.manager.createsDeal({ title: `Сделка ${at}` });
	}
	const { result, seconds } = await timed(bitrix24.portal, async () => await bitrix24.runs(all));
	expect(result.error).toBeUndefined();
	expect(result.items(NODE)).toHaveLength(size);
	const requests = bitrix24.requests.filter((one) => !one.includes('fields')).length;
	/** The first page has the count, the rest goes fifty pages of fifty a request. */
	const floor = 1 + Math.ceil((size - 50) / 2_500);
	const because = 'pages of 50, 50 pages a request';
	note({ row: 'list deals', size, unit: 'requests', measured: requests, floor, because });
	note({
		row: 'list deals',
		size,
		unit: 'seconds',
		measured: seconds,
		floor: leastSeconds(floor),
		because: 'bucket, 10 ms a request, no work at all',
	});
	expect(requests).toBeLessThanOrEqual(floor + 1);
	await bitrix24.close();
});
