/**
 * A salesman writes an invoice or an order in 1C for a deal by hand, from the goods of its card. The comment and the
 * number of the buyer's document carry the deal as those of the exchange do (`B24-123`), so the exchange finds them.
 * It goes through OData: the stand-in base has no hands for it, and this way the base checks it as it checks everybody.
 */
import type { Portal } from '../bitrix24/portal';
import type { Base } from '../onec/base';
import type { Good } from './knownToBoth';

type Row = Record<string, unknown>;

export const INVOICE = 'СчетНаОплатуПокупателю';
export const ORDER = 'ЗаказПокупателя';

export const markerOf = (deal: number): string => `B24-${deal}`;

/** Documents of a kind a deal has in 1C, those marked for deletion left out. */
export const documentsOf = (base: Base, kind: string, deal: number): Row[] =>
	base.sees
		.documents(kind)
		.filter(({ DeletionMark }) => DeletionMark === false)
		.filter((document) => dealOf(document) === deal);

/** The deal a document of 1C says it was made for. */
export const dealOf = (document: Row): number | null => {
	const number = /^B24-(\d+)$/i.exec(String(document.НомерВходящегоДокументаЭлектронногоОбмена));
	const comment = /\[B24-(\d+)\]/i.exec(String(document.Комментарий));
	const found = number ?? comment;
	return found ? Number(found[1]) : null;
};

export interface Paperwork {
	deal: number;
	/** 1C counterparty. */
	counterparty: string;
}

export class Clerk {
	constructor(
		private readonly portal: Portal,
		private readonly base: Base,
		private readonly goods: Good[],
	) {}

	async writesInvoice({ deal, counterparty }: Paperwork): Promise<string> {
		const { title } = this.portal.sees.deal(deal);
		return await this.creates(INVOICE, {
			...this.header(counterparty),
			Контрагент: counterparty,
			Контрагент_Type: 'StandardODATA.Catalog_Контрагенты',
			СтруктурнаяЕдиница: this.base.seed.bankAccount,
			СтруктурнаяЕдиница_Type: 'StandardODATA.Catalog_БанковскиеСчета',
			Комментарий: `[${markerOf(deal)}] ${String(title)}`,
			Товары: this.lines(deal),
		});
	}

	/** Posted at once, on the ground of the deal's invoice where there is one. */
	async writesOrder({ deal, counterparty }: Paperwork): Promise<string> {
		const [invoice] = documentsOf(this.base, INVOICE, deal);
		const ground = invoice
			? {
					ДокументОснование: invoice.Ref_Key,
					ДокументОснование_Type: `StandardODATA.Document_${INVOICE}`,
				}
			: {};
		const order = await this.creates(ORDER, {
			...this.header(counterparty),
			...ground,
			Контрагент_Key: counterparty,
			НомерВходящегоДокументаЭлектронногоОбмена: markerOf(deal),
			Товары: this.lines(deal),
		});
		this.base.salesman.posts(order);
		return order;
	}

	private header(counterparty: string): Row {
		const { seed, sees } = this.base;
		const contract = sees.document(counterparty).ОсновнойДоговорКонтрагента_Key;
		return {
			Date: moscowTime(),
			Организация_Key: seed.organization,
			ДоговорКонтрагента_Key: contract,
			ВалютаДокумента_Key: seed.currency,
			КурсВзаиморасчетов: 1,
			КратностьВзаиморасчетов: '1',
			УчитыватьНДС: true,
			СуммаВключаетНДС: true,
		};
	}

	private lines(deal: number): Row[] {
		const rows = this.portal.sees.rows('D', deal);
		if (rows.length === 0) throw new Error('В сделке нет товаров');
		return rows.map((row, index) => {
			const { ref, unit } = this.productOf(row);
			const quantity = Number(row.quantity);
			const sum = Math.round(quantity * Number(row.price) * 100) / 100;
			const rate = Number(row.taxRate ?? 0);
			return {
				LineNumber: index + 1,
				Номенклатура_Key: ref,
				ЕдиницаИзмерения_Key: unit,
				Количество: quantity,
				Коэффициент: 1,
				Цена: Number(row.price),
				Сумма: sum,
				СтавкаНДС: row.taxRate === null ? 'БезНДС' : `НДС${rate}`,
				СуммаНДС: Math.round((sum * rate * 100) / (100 + rate)) / 100,
			};
		});
	}

	private productOf(row: Row): { ref: string; unit: unknown } {
		const good = this.goods.find(({ product }) => product === row.productId);
		if (!good) throw new Error(`Товар «${String(row.productName)}» не связан с 1С`);
		const { ref } = good;
		return { ref, unit: this.base.sees.document(ref).ЕдиницаХраненияОстатков_Key };
	}

	private async creates(kind: string, body: Row): Promise<string> {
		const { url, login, password } = this.base;
		const answer = await fetch(
			encodeURI(`${url}/odata/standard.odata/Document_${kind}?$format=json`),
			{
				method: 'POST',
				headers: {
					authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
					'content-type': 'application/json',
					accept: 'application/json',
				},
				body: JSON.stringify(body),
			},
		);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`1С не приняла документ: ${text}`);
		return String((JSON.parse(text) as Row).Ref_Key);
	}
}

/** Dates of 1C carry no zone; the base lives in Moscow. */
const moscowTime = (): string =>
	new Intl.DateTimeFormat('sv-SE', {
		timeZone: 'Europe/Moscow',
		dateStyle: 'short',
		timeStyle: 'medium',
	})
		.format(Date.now())
		.replace(' ', 'T');
