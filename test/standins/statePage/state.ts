/**
 * How the three systems stand, as one plain object. It only looks through the eyes the stand-ins give (`sees`), so
 * looking costs the portal no points and leaves no requests behind.
 */
import type { CommunicationSeen } from '../comagic/account';
import type { Firm } from '../firm/firm';
import { dealOf, INVOICE, ORDER } from '../firm/paperwork';

type Row = Record<string, unknown>;

export interface Stage {
	id: string;
	name: string;
	/** S is success, F is failure. */
	semantics: string | null;
}

export interface DealState {
	id: number;
	title: string;
	pipeline: number;
	stage: string;
	buyer: string;
	amount: number;
	/** Smart invoices of the portal. */
	invoices: Array<{ title: string; stage: string }>;
	/** The newest words in the timeline. */
	news: string | null;
}

export interface InvoiceState {
	ref: string;
	number: string;
	deal: number | null;
	buyer: string;
	amount: number;
	paid: number;
}

export interface Line {
	product: string;
	name: string;
	quantity: number;
}

export interface OrderState extends InvoiceState {
	posted: boolean;
	lines: Line[];
	shipments: Array<{ ref: string; number: string; lines: Line[] }>;
	/** What is still to ship. */
	left: number;
	shipped: 'none' | 'part' | 'full';
	closed: boolean;
}

export interface PaymentState {
	ref: string;
	kind: string;
	number: string;
	buyer: string;
	amount: number;
	posted: boolean;
	/** Numbers of the documents it names. */
	for: string[];
}

export interface FirmState {
	addresses: { portal: string; base: string; account: string };
	pipelines: Array<{ id: number; name: string; stages: Stage[] }>;
	buyers: Array<{ company: number; name: string }>;
	goods: Array<{ product: number; ref: string; name: string; price: number }>;
	deals: DealState[];
	invoices: InvoiceState[];
	orders: OrderState[];
	payments: PaymentState[];
	communications: CommunicationSeen[];
}

/** Enough to choose from; the rest of the assortment would only make the page heavy. */
const GOODS_SHOWN = 85;

const PAYMENTS = {
	ПлатежноеПоручениеВходящее: 'Платежное поручение входящее',
	ПлатежныйОрдерПоступлениеДенежныхСредств: 'Платежный ордер',
	ПриходныйКассовыйОрдер: 'Приходный кассовый ордер',
	ОплатаОтПокупателяПлатежнойКартой: 'Оплата картой',
};

export const stateOf = (firm: Firm): FirmState => {
	const { portal, base, account, pipelines, buyers, goods } = firm;
	const papers = new Papers(firm);
	return {
		addresses: { portal: portal.webhookUrl, base: base.url, account: account.dataApiUrl },
		pipelines: pipelines.map(({ id, name }) => ({
			id,
			name,
			stages: portal.sees.stages(id === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${id}`),
		})),
		buyers: buyers.map(({ company, name }) => ({ company, name })),
		goods: goods.slice(0, GOODS_SHOWN),
		deals: portal.sees.deals().map((deal) => dealState(firm, deal)),
		invoices: papers.invoices(),
		orders: papers.orders(),
		payments: papers.payments(),
		communications: account.sees.communications(),
	};
};

const dealState = ({ portal, buyers }: Firm, deal: Row): DealState => {
	const id = Number(deal.id);
	const company = Number(deal.companyId);
	const known = buyers.find((buyer) => buyer.company === company);
	return {
		id,
		title: String(deal.title),
		pipeline: Number(deal.categoryId),
		stage: String(deal.stageId),
		buyer: known?.name ?? (company > 0 ? `Компания № ${company}` : 'Без компании'),
		amount: Number(deal.opportunity),
		invoices: portal.sees.invoices(id).map(({ title, stageId }) => ({
			title: String(title),
			stage: portal.sees.stageName(String(stageId)),
		})),
		news: portal.sees.timeline('deal', id).at(-1) ?? null,
	};
};

/** Documents of 1C read once for a look. Unposted and deleted ones count for nothing, as for an accountant. */
class Papers {
	private readonly paid: Row[];
	private readonly shipments: Row[];
	private readonly closings: Row[];

	constructor(private readonly firm: Firm) {
		const posted = (kind: string): Row[] =>
			firm.base.sees.documents(kind).filter(({ Posted }) => Posted === true);
		this.paid = Object.keys(PAYMENTS).flatMap(posted);
		this.shipments = posted('РеализацияТоваровУслуг');
		this.closings = posted('ЗакрытиеЗаказовПокупателей');
	}

	invoices(): InvoiceState[] {
		return this.live(INVOICE).map((row) => this.invoice(row, [row.Ref_Key]));
	}

	orders(): OrderState[] {
		return this.live(ORDER).map((row) => {
			const ref = String(row.Ref_Key);
			const left = this.firm.base.sees.balance(ref).quantity;
			const shipments = this.shipments.filter(({ Сделка }) => Сделка === ref);
			const closed = this.closings.some(({ Заказы }) =>
				rowsOf(Заказы).some(({ ЗаказПокупателя }) => ЗаказПокупателя === ref),
			);
			return {
				// A payment of the invoice an order was made from pays the order.
				...this.invoice(row, [ref, row.ДокументОснование]),
				posted: row.Posted === true,
				lines: this.lines(row),
				shipments: shipments.map((shipment) => ({
					ref: String(shipment.Ref_Key),
					number: String(shipment.Number),
					lines: this.lines(shipment),
				})),
				left,
				shipped: shipments.length === 0 ? 'none' : left > 0 ? 'part' : 'full',
				closed,
			};
		});
	}

	payments(): PaymentState[] {
		return Object.entries(PAYMENTS).flatMap(([kind, name]) =>
			this.live(kind).map((row) => ({
				ref: String(row.Ref_Key),
				kind: name,
				number: String(row.Number),
				buyer: this.nameOf(row.Контрагент_Key ?? row.Контрагент),
				amount: Number(row.СуммаДокумента),
				posted: row.Posted === true,
				for: [...new Set(groundsOf(row))].map((ref) => this.numberOf(ref)),
			})),
		);
	}

	private invoice(row: Row, grounds: unknown[]): InvoiceState {
		const paid = this.paid
			.filter((payment) => groundsOf(payment).some((ground) => grounds.includes(ground)))
			.reduce((sum, payment) => sum + Math.round(Number(payment.СуммаДокумента) * 100), 0);
		return {
			ref: String(row.Ref_Key),
			number: String(row.Number),
			deal: dealOf(row),
			buyer: this.nameOf(row.Контрагент_Key ?? row.Контрагент),
			amount: Number(row.СуммаДокумента),
			paid: paid / 100,
		};
	}

	private live(kind: string): Row[] {
		return this.firm.base.sees.documents(kind).filter(({ DeletionMark }) => DeletionMark === false);
	}

	private lines(document: Row): Line[] {
		return [...rowsOf(document.Товары), ...rowsOf(document.Услуги)].map((line) => ({
			product: String(line.Номенклатура_Key),
			name: this.nameOf(line.Номенклатура_Key),
			quantity: Number(line.Количество),
		}));
	}

	private nameOf(ref: unknown): string {
		return String(this.firm.base.sees.document(String(ref)).Description);
	}

	private numberOf(ref: string): string {
		return String(this.firm.base.sees.document(ref).Number);
	}
}

const rowsOf = (table: unknown): Row[] => (Array.isArray(table) ? (table as Row[]) : []);

const EMPTY = '00000000-0000-0000-0000-000000000000';

/** Documents a payment names: its ground and the deals of its rows. */
const groundsOf = (payment: Row): string[] =>
	[payment.ДокументОснование, ...rowsOf(payment.РасшифровкаПлатежа).map(({ Сделка }) => Сделка)]
		.map((ref) => String(ref ?? ''))
		.filter((ref) => ref !== '' && ref !== EMPTY);
