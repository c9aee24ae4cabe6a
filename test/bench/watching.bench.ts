/** Open orders of many buyers, looked at every minute: what a look costs 1C, and that nothing new is told to nobody. */
import { OneCNode } from '../support/onecNode';
import { note } from './measurements';

/** A firm of this size books about so many payments of its buyers in the year that is looked at. */
const PAYMENTS_AN_ORDER = 3;

const pages = (rows: number): number => Math.ceil((rows + 1) / 500);

const MARKER = 'НомерВходящегоДокументаЭлектронногоОбмена';

/** The stand-in takes ten minutes to fill itself with ten thousand, so that is asked for: ORDERS=10000. */
const SIZES = [100, 300, 1_000, ...(process.env.ORDERS ? [Number(process.env.ORDERS)] : [])];

test.each(SIZES)('%d open orders are looked at', async (size) => {
	const onec = await OneCNode.open();
	const { base, office } = onec;
	const { document } = await office.create('order');
	const buyers = base.admin.fillsCounterparties(size);
	for (const [index, buyer] of buyers.entries()) {
		const { ОсновнойДоговорКонтрагента_Key: contract } = base.sees.counterparty(buyer);
		const order = base.salesman.copiesOrder(document.ref, {
			Контрагент_Key: buyer,
			ДоговорКонтрагента_Key: contract,
			[MARKER]: `B24-${1000 + index}`,
		});
		for (let payment = 0; payment < PAYMENTS_AN_ORDER; payment += 1) {
			base.accountant.receives({ for: order, amount: 100 });
		}
	}
	const running = onec.workflow({ trigger: { event: 'progress' } });
	expect((await running.polls('Trigger'))?.items('Trigger')).toHaveLength(size + 1);
	base.requests.length = 0;
	expect(await running.polls('Trigger')).toBeNull();
	note({
		row: 'look at open orders, nothing new',
		size,
		unit: 'requests to 1C',
		measured: base.requests.length,
		floor: pages(size) + pages(2 * size) + pages(PAYMENTS_AN_ORDER * size) + 4,
		because: 'orders, two movements and three payments each, 500 rows a request; four empty sets',
	});
	await onec.close();
});
