/** Both chains walked through: what each person does, and what both systems then say. */
import { itemsOf } from './execution';
import type { RealN8n } from './n8n';
import { POSTPAID, PREPAID, SETUP, setsUp, type Showroom } from './showroom';

const TO_1C = 'Сделки ждут документ';
const FROM_1C = 'Что нового в 1С';

const INVOICE = 'СчетНаОплатуПокупателю';
const ORDER = 'ЗаказПокупателя';

export interface Story {
	/** Prepaid and postpaid deal. */
	deals: { prepaid: number; postpaid: number };
}

type Say = (text: string) => void;

const money = (sum: unknown): string =>
	new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB' }).format(Number(sum));

class Narrator {
	constructor(
		private readonly n8n: RealN8n,
		private readonly showroom: Showroom,
		private readonly say: Say,
	) {}

	chapter(title: string): void {
		this.say(`\n── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`);
	}

	does(who: string, what: string): void {
		this.say(`\n● ${who} ${what}`);
	}

	async looks(workflow: string, trigger: string): Promise<void> {
		const run = await this.n8n.runs(workflow, trigger);
		if (run.status !== 'success')
			throw new Error(`n8n: the run of ${workflow} ended as ${run.status}.\n${this.n8n.log()}`);
	}

	document(kind: string, deal: number): Record<string, unknown> | undefined {
		const marker = `B24-${deal}`;
		return this.showroom.base.sees
			.documents(kind)
			.find(
				(document) =>
					document.НомерВходящегоДокументаЭлектронногоОбмена === marker ||
					String(document.Комментарий).includes(`[${marker}]`),
			);
	}

	ref(kind: string, deal: number): string {
		const document = this.document(kind, deal);
		if (!document) throw new Error(`1C has no ${kind} for deal ${deal}.`);
		return String(document.Ref_Key);
	}

	/** What both systems say of a deal now. */
	both(deal: number): void {
		const { portal } = this.showroom;
		const card = portal.sees.deal(deal);
		const invoices = portal.sees
			.invoices(deal)
			.map(({ title, stageId }) => `${String(title)}: «${portal.sees.stageName(String(stageId))}»`);
		this.say(
			`    Битрикс24: сделка ${deal} в стадии «${portal.sees.stageName(String(card.stageId))}»`,
		);
		for (const invoice of invoices) this.say(`               ${invoice}`);
		const news = portal.sees.timeline('deal', deal).at(-1);
		if (news) this.say(`               лента: ${news}`);
		for (const [kind, name] of [
			[INVOICE, 'Счет на оплату покупателю'],
			[ORDER, 'Заказ покупателя'],
		]) {
			const document = this.document(kind, deal);
			if (document)
				this.say(
					`    1С:        ${name} ${String(document.Number)} на ${money(document.СуммаДокумента)}`,
				);
		}
	}
}

const prepares = async (narrator: Narrator, n8n: RealN8n, { retail }: Showroom): Promise<void> => {
	narrator.chapter('Подготовка портала');
	for (const [pipeline, chain] of [
		['0', 'prepaid'],
		[String(retail), 'postpaid'],
	]) {
		for (const dryRun of [true, false]) {
			await n8n.setsWorkflow(SETUP, (workflow) => setsUp(workflow, { pipeline, chain, dryRun }));
			const run = await n8n.runs(SETUP, 'Запустить');
			const states = itemsOf(run, 'Поля и стадии').map(({ state }) => state);
			const count = (wanted: string): number => states.filter((state) => state === wanted).length;
			narrator.does(
				'Интегратор',
				dryRun
					? `проверяет воронку ${pipeline}: не хватает ${count('missing')}, есть ${count('exists')}`
					: `создает недостающее: ${count('created')} полей и стадий`,
			);
		}
	}
};

const prepaid = async (narrator: Narrator, showroom: Showroom): Promise<number> => {
	const { portal, base, goods, companies } = showroom;
	narrator.chapter('По предоплате');
	const deal = portal.manager.createsDeal({
		title: 'Мебель для переговорной',
		company: companies.lutik,
		rows: [
			{
				product: goods.table.product,
				price: goods.table.price,
				quantity: 2,
				vat: 22,
				vatIncluded: true,
			},
			{
				product: goods.chair.product,
				price: goods.chair.price,
				quantity: 10,
				vat: 22,
				vatIncluded: true,
			},
		],
	});
	portal.manager.moves(deal, 'INVOICE_1C');
	narrator.does('Менеджер', 'ставит сделку «Мебель для переговорной» в стадию «Счет в 1С»');
	await narrator.looks(PREPAID, TO_1C);
	narrator.both(deal);

	base.accountant.receives({ for: narrator.ref(INVOICE, deal), amount: 20_000 });
	narrator.does('Бухгалтер', `проводит выписку: пришла часть, ${money(20_000)}`);
	await narrator.looks(PREPAID, FROM_1C);
	narrator.both(deal);

	base.accountant.receives({ for: narrator.ref(INVOICE, deal), amount: 28_800 });
	narrator.does('Бухгалтер', `проводит выписку: пришел остаток, ${money(28_800)}`);
	await narrator.looks(PREPAID, FROM_1C);
	narrator.both(deal);

	portal.manager.moves(deal, 'ORDER_1C');
	narrator.does('Менеджер', 'ставит сделку в стадию «В работе»');
	await narrator.looks(PREPAID, TO_1C);
	narrator.both(deal);

	base.storekeeper.ships({
		order: narrator.ref(ORDER, deal),
		lines: [{ product: goods.table.ref, quantity: 2 }],
	});
	narrator.does('Кладовщик', 'отгружает столы; стулья еще на складе');
	await narrator.looks(PREPAID, FROM_1C);
	narrator.both(deal);

	base.storekeeper.ships({ order: narrator.ref(ORDER, deal) });
	narrator.does('Кладовщик', 'отгружает остальное');
	await narrator.looks(PREPAID, FROM_1C);
	narrator.both(deal);
	return deal;
};

const postpaid = async (narrator: Narrator, showroom: Showroom): Promise<number> => {
	const { portal, base, goods, companies, retail } = showroom;
	narrator.chapter('По факту отгрузки');
	const deal = portal.manager.createsDeal({
		title: 'Стулья в кафе',
		pipeline: retail,
		company: companies.kaktus,
		rows: [
			{
				product: goods.chair.product,
				price: goods.chair.price,
				quantity: 20,
				vat: 22,
				vatIncluded: true,
			},
		],
	});
	portal.manager.moves(deal, `C${retail}:ORDER_1C`);
	narrator.does('Менеджер', 'ставит сделку «Стулья в кафе» в стадию «В работе», без счета');
	await narrator.looks(POSTPAID, TO_1C);
	narrator.both(deal);

	base.storekeeper.ships({
		order: narrator.ref(ORDER, deal),
		lines: [{ product: goods.chair.ref, quantity: 15 }],
	});
	narrator.does('Кладовщик', 'отгружает 15 стульев из 20');
	await narrator.looks(POSTPAID, FROM_1C);
	narrator.both(deal);

	base.salesman.closes({
		order: narrator.ref(ORDER, deal),
		reason: 'Покупатель отказался от остатка',
	});
	narrator.does('Продавец', 'закрывает заказ документом «Закрытие заказов покупателей»');
	await narrator.looks(POSTPAID, FROM_1C);
	narrator.both(deal);
	return deal;
};

export const tells = async (n8n: RealN8n, showroom: Showroom, say: Say): Promise<Story> => {
	const narrator = new Narrator(n8n, showroom, say);
	await prepares(narrator, n8n, showroom);
	return {
		deals: {
			prepaid: await prepaid(narrator, showroom),
			postpaid: await postpaid(narrator, showroom),
		},
	};
};
