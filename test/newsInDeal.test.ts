/** What 1C says of a sale, shown in its deal by the Bitrix24 node alone: written once, whatever happens meanwhile. */
import type { IDataObject } from 'n8n-workflow';
import { Bitrix24Node, NODE } from './support/bitrix24Node';

let bitrix24: Bitrix24Node;
let deal: number;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
	for (const name of ['PAID', 'SHIPPED', 'ORDER', 'ORDER_NUMBER']) {
		bitrix24.portal.admin.addsUserField('CRM_DEAL', `UF_CRM_1C_${name}`, 'string');
	}
	deal = bitrix24.portal.manager.createsDeal({ title: 'Столы' });
});
afterEach(async () => await bitrix24.close());

const SHOW = { resource: 'deal', operation: 'showProgress' };
const GET = { resource: 'deal', operation: 'get', details: 'stages', includeOtherFields: true };

const progress = (paid: number): IDataObject => ({
	dealId: deal,
	paid: { amount: paid },
	shipped: { amount: 0 },
	summary: `1С: Заказ № 7. Оплачено ${paid}.`,
});

const wins = (from: string): IDataObject => ({ deal: { action: 'move', from, stage: 'WON' } });

const news = (paid: number, more: IDataObject = {}): IDataObject => ({
	dealId: deal,
	progress: progress(paid),
	...more,
});

const dealNow = (): Record<string, unknown> => bitrix24.portal.sees.deal(deal);
const timeline = (): string[] => bitrix24.portal.sees.timeline('deal', deal);

/** Reads the deal as the chain does, and shows the news in it; somebody may act in between. */
const arrives = async (
	item: IDataObject,
	meanwhile = (): void => undefined,
): Promise<IDataObject> => {
	const [read] = await bitrix24.gives(GET, [item]);
	meanwhile();
	const [shown] = await bitrix24.gives(SHOW, [read]);
	return shown;
};

test('sums, news, stage and a lost link are written in one request, and not once more', async () => {
	const item = news(100, {
		decisions: wins('NEW'),
		lostLinks: { order: { ref: 'f0e1', number: '7' } },
	});
	const [read] = await bitrix24.gives(GET, [item]);
	bitrix24.portal.requests.length = 0;
	expect(await bitrix24.gives(SHOW, [read])).toMatchObject([
		{ dealId: deal, outcome: 'updated', comment: 'created', deal: { stageId: 'WON' } },
	]);
	expect(bitrix24.portal.requests).toHaveLength(1);
	expect(dealNow()).toMatchObject({
		stageId: 'WON',
		UF_CRM_1C_PAID: '100',
		UF_CRM_1C_ORDER: 'f0e1',
		UF_CRM_1C_ORDER_NUMBER: '7',
	});
	expect(timeline()).toEqual(['1С: Заказ № 7. Оплачено 100.']);
	expect(await arrives(item)).toMatchObject({ outcome: 'unchanged', comment: 'found' });
	expect(timeline()).toHaveLength(1);
});

test('a deal that nobody has read before is read first', async () => {
	expect(await bitrix24.gives(SHOW, [news(100)])).toMatchObject([{ outcome: 'updated' }]);
	expect(await bitrix24.gives(SHOW, [news(100)])).toMatchObject([{ outcome: 'unchanged' }]);
	expect(timeline()).toHaveLength(1);
});

test('two pieces of news of one deal are told in their order', async () => {
	const read = await bitrix24.gives(GET, [news(100), news(0), news(100)]);
	await bitrix24.gives(SHOW, read);
	expect(timeline().map((text) => text.replace(/\D+/g, ' ').trim())).toEqual([
		'1 7 100',
		'1 7 0',
		'1 7 100',
	]);
	expect(dealNow().UF_CRM_1C_PAID).toBe('100');
});

test('a deal that a manager has given up meanwhile stays given up', async () => {
	const { portal } = bitrix24;
	portal.levers.losesNextAnswer('batch');
	const item = news(100, { decisions: wins('NEW') });
	const [read] = await bitrix24.gives(GET, [item]);
	portal.levers.failsNext('crm.item.update', 500, 'INTERNAL_SERVER_ERROR', 'later', 1);
	await bitrix24.gives(SHOW, [{ ...read, stageId: 'NEW' }]).catch(() => undefined);
	portal.manager.moves(deal, 'LOSE');
	await bitrix24.gives(SHOW, [item]);
	expect(dealNow().stageId).toBe('LOSE');
	expect(dealNow().UF_CRM_1C_PAID).toBe('100');
});

test.each(['batch', 'crm.timeline.comment.add', 'crm.item.update'])(
	'the answer to %s is lost: nothing is lost, nothing is said twice',
	async (method) => {
		const shown = await arrives(news(100, { decisions: wins('NEW') }), () =>
			bitrix24.portal.levers.losesNextAnswer(method),
		);
		expect(shown).toMatchObject({ dealId: deal });
		expect(dealNow()).toMatchObject({ stageId: 'WON', UF_CRM_1C_PAID: '100' });
		expect(timeline()).toHaveLength(1);
	},
);

test('two runs at once say the same once', async () => {
	const read = await bitrix24.gives(GET, [news(100)]);
	await Promise.all([bitrix24.gives(SHOW, read), bitrix24.gives(SHOW, read)]);
	expect(timeline()).toHaveLength(1);
	const complaint = {
		resource: 'timelineComment',
		operation: 'create',
		entity: 'deal',
		text: 'Обмен с 1С не прошел: нет товаров',
	};
	await Promise.all([
		bitrix24.gives(complaint, [{ dealId: deal }]),
		bitrix24.gives(complaint, [{ dealId: deal }]),
	]);
	expect(timeline()).toHaveLength(2);
});

test('a run whose answer was lost takes back what another one had said before it', async () => {
	const read = await bitrix24.gives(GET, [news(100)]);
	await bitrix24.gives(SHOW, read);
	bitrix24.portal.levers.losesNextAnswer('batch');
	await bitrix24.gives(SHOW, read);
	expect(timeline()).toHaveLength(1);
});

test('a complaint said twice is mended by the next one', async () => {
	const complaint = {
		resource: 'timelineComment',
		operation: 'create',
		entity: 'deal',
		text: 'Обмен с 1С не прошел: нет товаров',
	};
	await bitrix24.gives({ ...complaint, once: false }, [{ dealId: deal }, { dealId: deal }]);
	expect(timeline()).toHaveLength(2);
	await bitrix24.gives(complaint, [{ dealId: deal }]);
	expect(timeline()).toHaveLength(1);
});

test('a deal that is not there fails alone', async () => {
	const run = await bitrix24.runs(SHOW, [news(100), { ...news(100), dealId: 999_999 }], {
		onError: 'continueRegularOutput',
	});
	expect(run.items(NODE)).toMatchObject([
		{ outcome: 'updated' },
		{ error: expect.stringContaining('Deal 999999') as string },
	]);
});
