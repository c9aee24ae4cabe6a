/** Open orders of many buyers, looked at every minute: what a look costs 1C, and that nothing new is told to nobody. */
import { LIVE_BASE } from '../standins/onec/costs';
import { OneCNode } from '../support/onecNode';
import { endsPretending, pretendsTime } from '../support/clock';
import { andLarge, LIVE, note } from './measurements';

/** A firm of this size books about so many payments of its buyers in the year that is looked at. */
const PAYMENTS_AN_ORDER = 3;

const pages = (rows: number): number => Math.ceil((rows + 1) / 500);

/** A sale every ten minutes, the latest just now: ten thousand are those of ten weeks. */
const soldAt = (index: number): string =>
	new Date(Date.parse('2026-11-24T11:50:00Z') - index * 600_000).toISOString().slice(0, 19);

const MARKER = 'НомерВходящегоДокументаЭлектронногоОбмена';

const SIZES = [100, 300, 1_000, ...andLarge(10_000)];

beforeEach(() => pretendsTime());
afterEach(() => endsPretending());

test.each(SIZES)('%d open orders are looked at', async (size) => {
	const onec = await OneCNode.open(LIVE.base);
	const { base, office } = onec;
	const { document } = await office.create('order');
	const buyers = base.admin.fillsCounterparties(size);
	for (const [index, buyer] of buyers.entries()) {
		const { ОсновнойДоговорКонтрагента_Key: contract } = base.sees.counterparty(buyer);
		const order = base.salesman.copiesOrder(document.ref, {
			Контрагент_Key: buyer,
			ДоговорКонтрагента_Key: contract,
			[MARKER]: `B24-${1000 + index}`,
			Date: soldAt(index),
		});
		for (let payment = 0; payment < PAYMENTS_AN_ORDER; payment += 1) {
			base.accountant.receives({ for: order, amount: 100 });
		}
	}
	const running = onec.workflow({ trigger: { event: 'progress' } });
	expect((await running.polls('Trigger'))?.items('Trigger')).toHaveLength(size + 1);
	/** Nobody has told the trigger that it was heard, so it says the same again after a minute, two, four … */
	let before: number;
	do {
		base.requests.length = 0;
		before = Date.now();
	} while (await running.polls('Trigger'));
	const row = { row: 'look at open orders, nothing new', size };
	const floor = pages(size) + pages(2 * size) + pages(PAYMENTS_AN_ORDER * size) + 4;
	const { latency, session, object } = LIVE_BASE;
	const rows = size * (3 + PAYMENTS_AN_ORDER);
	note({
		...row,
		unit: 'seconds, pretended',
		measured: (Date.now() - before) / 1000,
		floor: (floor * (latency + session) + rows * object) / 1000,
		because: 'sessions of these requests and their rows, 1 ms a row',
	});
	note({
		...row,
		unit: 'requests to 1C',
		measured: base.requests.length,
		floor,
		because: 'orders, two movements and three payments each, 500 rows a request; four empty sets',
	});
	await onec.close();
});
