/**
 * What has happened before a newcomer comes: deals in different stages, some with documents in 1C, and people who called
 * or wrote. Nothing here is the exchange's work but the marks that say which deal a document belongs to.
 */
import type { Account } from '../comagic/account';
import type { Firm } from './firm';
import { VAT } from './knownToBoth';

interface Deal {
	title: string;
	/** Index of the buyer; with several cards the first stands for all. */
	buyer: number;
	/** Index of the pipeline. */
	pipeline: number;
	stage: string;
	/** Indexes of goods, with quantities. */
	goods: Array<[good: number, quantity: number]>;
	done?: 'invoice' | 'partly paid' | 'order' | 'partly shipped' | 'closed';
}

const DEALS: Deal[] = [
	{
		title: 'Мебель для переговорной',
		buyer: 1,
		pipeline: 0,
		stage: 'NEW',
		goods: [
			[1, 2],
			[4, 10],
		],
	},
	{
		title: 'Рабочие места, 3 этаж',
		buyer: 4,
		pipeline: 0,
		stage: 'PREPARATION',
		goods: [
			[0, 12],
			[5, 12],
			[11, 12],
		],
	},
	{
		title: 'Кабинет директора',
		buyer: 10,
		pipeline: 0,
		stage: 'PREPAYMENT_INVOICE',
		goods: [
			[2, 1],
			[6, 1],
			[7, 2],
		],
		done: 'invoice',
	},
	{
		title: 'Переезд офиса',
		buyer: 16,
		pipeline: 0,
		stage: 'PREPAYMENT_INVOICE',
		goods: [
			[0, 20],
			[4, 40],
		],
		done: 'partly paid',
	},
	{
		title: 'Столы в открытое пространство',
		buyer: 5,
		pipeline: 0,
		stage: 'EXECUTING',
		goods: [
			[3, 8],
			[13, 8],
		],
		done: 'order',
	},
	{
		title: 'Стеллажи на склад',
		buyer: 13,
		pipeline: 0,
		stage: 'EXECUTING',
		goods: [
			[10, 6],
			[9, 4],
		],
		done: 'partly shipped',
	},
	{ title: 'Стулья в кафе', buyer: 2, pipeline: 1, stage: 'NEW', goods: [[4, 20]] },
	{
		title: 'Приемная и архив',
		buyer: 6,
		pipeline: 1,
		stage: 'EXECUTING',
		goods: [
			[7, 3],
			[10, 2],
		],
		done: 'order',
	},
	{
		title: 'Кресла для турбюро',
		buyer: 15,
		pipeline: 1,
		stage: 'WON',
		goods: [[5, 5]],
		done: 'closed',
	},
	{
		title: 'Читальный зал',
		buyer: 7,
		pipeline: 2,
		stage: 'PREPARATION',
		goods: [
			[1, 4],
			[4, 30],
		],
	},
	{
		title: 'Оснащение филиала',
		buyer: 3,
		pipeline: 2,
		stage: 'NEW',
		goods: [
			[0, 30],
			[5, 30],
		],
	},
	{ title: 'Актовый зал', buyer: 14, pipeline: 2, stage: 'LOSE', goods: [[4, 100]] },
];

export const dealsGoOn = async (firm: Firm): Promise<void> => {
	for (const deal of DEALS) await dealGoesOn(firm, deal);
};

const dealGoesOn = async (firm: Firm, deal: Deal): Promise<void> => {
	const { portal, base, goods, buyers, pipelines, clerk } = firm;
	const pipeline = pipelines[deal.pipeline].id;
	const buyer = buyers[deal.buyer];
	const id = portal.manager.createsDeal({
		title: deal.title,
		company: buyer.company,
		pipeline,
		rows: deal.goods.map(([index, quantity]) => {
			const { product, price } = goods[index % goods.length];
			return { product, price, quantity, vat: VAT, vatIncluded: true };
		}),
	});
	const stage = pipeline === 0 ? deal.stage : `C${pipeline}:${deal.stage}`;
	if (deal.stage !== 'NEW') portal.manager.moves(id, stage);
	if (!deal.done) return;
	const paperwork = { deal: id, counterparty: buyer.counterparties[0] };
	if (deal.done === 'invoice' || deal.done === 'partly paid') {
		const invoice = await clerk.writesInvoice(paperwork);
		if (deal.done === 'partly paid') base.accountant.receives({ for: invoice, amount: 100_000 });
		return;
	}
	const order = await clerk.writesOrder(paperwork);
	const [first, quantity] = deal.goods[0];
	const product = goods[first % goods.length].ref;
	if (deal.done === 'partly shipped')
		base.storekeeper.ships({ order, lines: [{ product, quantity: Math.ceil(quantity / 2) }] });
	if (deal.done === 'closed') {
		base.storekeeper.ships({ order });
		base.salesman.closes({ order, reason: 'Выполнен' });
	}
};

export const contactsComeIn = (account: Account): void => {
	const employee = account.employee();
	const anna = account.visitorComes({
		name: 'Анна Белова',
		phone: '+7 916 123-45-67',
		email: 'belova@example.com',
		page: 'https://romashka.example/stoly-peregovornye',
		utm: { source: 'yandex', medium: 'cpc', campaign: 'office', term: 'стол переговорный' },
		yclid: '1234567890',
	});
	const call = anna.calls();
	employee.answers(call, { waits: 6, talks: 148 });
	employee.tags(call, 'Целевой');
	const stranger = account.visitorComes({ phone: '+7 903 555-01-17', neverSawTheSite: true });
	employee.misses(stranger.calls());
	account
		.visitorComes({ name: 'Игорь', phone: '+7 926 700-20-30', searchQuery: 'офисные стулья оптом' })
		.sendsRequest({ text: 'Нужны 40 стульев к пятнице, пришлите счет', form: 'Заказать расчет' });
	account
		.visitorComes({ name: 'Мария', phone: '+7 905 111-22-33', referrer: 'https://market.example/' })
		.chats({ text: 'Шкафы для одежды есть в наличии?', channel: 'telegram' });
	account
		.visitorComes({ name: 'Отдел закупок', email: 'tender@example.com' })
		.writesMail({ subject: 'Запрос КП', text: 'Просим прислать предложение на 30 рабочих мест' });
	account.visitorComes({ phone: '+7 909 888-77-66' }).asksForCallback({ comment: 'После 15:00' });
};
