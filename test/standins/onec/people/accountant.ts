/**
 * The accountant enters payments as the bank brings them. Whether a payment names the order decides the contract's way
 * of settlements and the accountant's habits, so it is said with `via`.
 */
import { isFilled, text, type Row } from '../values';
import { contractRow, inherited, typed, type Office, type Seed } from './office';

export type PaymentDocument =
	| 'ПлатежноеПоручениеВходящее'
	| 'ПлатежныйОрдерПоступлениеДенежныхСредств'
	| 'ПриходныйКассовыйОрдер'
	| 'ОплатаОтПокупателяПлатежнойКартой';

export interface Payment {
	/** An invoice or an order. */
	for: string;
	amount: number;
	via?: 'Сделка' | 'ДокументОснование' | 'nothing';
	document?: PaymentDocument;
	/** Оплачено: the bank has confirmed. */
	paid?: boolean;
	purpose?: string;
}

export class Accountant {
	private incoming = 0;

	constructor(
		private readonly office: Office,
		private readonly seed: Seed,
	) {}

	receives(payment: Payment): string {
		const basis = this.office.get(payment.for);
		const isInvoice = basis.type.object === 'СчетНаОплатуПокупателю';
		const via = payment.via ?? (isInvoice ? 'ДокументОснование' : 'Сделка');
		const name = payment.document ?? 'ПлатежноеПоручениеВходящее';
		const header = inherited(basis.row);
		const body: Row = {
			...header,
			...this.purse(name, payment.paid ?? true),
			...(via === 'ДокументОснование' ? typed('ДокументОснование', basis) : {}),
			...(name === 'ПриходныйКассовыйОрдер' ? buyer(header) : {}),
			ВидОперации: 'ОплатаПокупателя',
			СуммаДокумента: payment.amount,
			НазначениеПлатежа: payment.purpose ?? '',
			РасшифровкаПлатежа: [
				{ ...this.line(payment, via), ДоговорКонтрагента_Key: header.ДоговорКонтрагента_Key },
			],
		};
		return this.office.document(name, basis.row, body);
	}

	private line(payment: Payment, via: string): Row {
		const deal = this.deal(payment.for, via);
		return {
			LineNumber: '1',
			СуммаПлатежа: payment.amount,
			СуммаВзаиморасчетов: payment.amount,
			КурсВзаиморасчетов: 1,
			КратностьВзаиморасчетов: '1',
			...(deal ? typed('Сделка', this.office.get(deal)) : {}),
		};
	}

	/** Without the accountant's wish the row names a deal only where the contract demands one. */
	private deal(basis: string, via: string): string {
		const { row, type } = this.office.get(basis);
		const settlement = text(contractRow(this.office, row), 'ВедениеВзаиморасчетов');
		const isInvoice = type.object === 'СчетНаОплатуПокупателю';
		if (via === 'nothing') return '';
		if (settlement === 'ПоЗаказам') return isInvoice ? this.orderOf(basis) : basis;
		if (via === 'Сделка' || settlement === 'ПоСчетам') return basis;
		return '';
	}

	private orderOf(invoice: string): string {
		const { row } = this.office.get(invoice);
		if (isFilled(row.ЗаказПокупателя_Key)) return text(row, 'ЗаказПокупателя_Key');
		const order = this.office.store
			.in('Document_ЗаказПокупателя')
			.find((one) => one.row.ДокументОснование === invoice);
		return order ? text(order.row, 'Ref_Key') : '';
	}

	private purse(name: PaymentDocument, paid: boolean): Row {
		const today = `${this.office.clock().slice(0, 10)}T00:00:00`;
		if (name === 'ОплатаОтПокупателяПлатежнойКартой') {
			return { Эквайрер_Key: this.acquirer(), ОтражатьВУправленческомУчете: true };
		}
		const flags: Row = { Оплачено: paid, ОтраженоВОперУчете: true };
		if (name === 'ПриходныйКассовыйОрдер') {
			return { ...flags, Касса_Key: this.seed.cashDesk, ОтражатьВУправленческомУчете: true };
		}
		this.incoming += 1;
		return {
			...flags,
			СчетОрганизации_Key: this.seed.bankAccount,
			НомерВходящегоДокумента: String(this.incoming),
			ДатаВходящегоДокумента: today,
			...(paid ? { ДатаОплаты: today } : {}),
		};
	}

	private acquirer(): string {
		const bank = this.office.store
			.in('Catalog_Контрагенты')
			.find(({ row }) => row.Description === 'Банк-эквайрер');
		if (bank) return text(bank.row, 'Ref_Key');
		return this.office.create('Catalog_Контрагенты', {
			Description: 'Банк-эквайрер',
			ЮрФизЛицо: 'ЮрЛицо',
		});
	}

	unposts(ref: string): void {
		this.office.unposts(ref);
	}

	posts(ref: string): void {
		this.office.posts(ref);
	}
}

/** Контрагент of the cash receipt is composite: a buyer, but also a cash register or a person. */
function buyer({ Контрагент_Key: counterparty }: Row): Row {
	return { Контрагент: counterparty, Контрагент_Type: 'StandardODATA.Catalog_Контрагенты' };
}
