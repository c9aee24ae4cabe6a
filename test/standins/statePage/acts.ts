/**
 * What a person may do on the page: who, what and with what. Every act ends in the same hands the tests use, so a
 * refusal of a system reaches the page in its own words.
 */
import { z } from 'zod';
import type { Firm } from '../firm/firm';
import { VAT } from '../firm/knownToBoth';
import { stateOf, type InvoiceState, type OrderState } from './state';

const text = z.string().trim().min(1, 'не заполнено').max(200, 'слишком длинно');
const ref = z.string().uuid('не ссылка 1С');
const number = z.number().int('не целое').positive('должно быть больше нуля');
const amount = z.number().positive('должно быть больше нуля').max(1e12, 'слишком много');
const quantity = z.number().positive('должно быть больше нуля').max(1e6, 'слишком много');
const phone = z.string().regex(/^[+\d][\d\s()-]{6,20}$/, 'не телефон');

const actSchema = z.discriminatedUnion('act', [
	z.strictObject({
		act: z.literal('manager.createsDeal'),
		title: text,
		pipeline: z.number().int().nonnegative(),
		company: number,
		product: number,
		quantity,
	}),
	z.strictObject({ act: z.literal('manager.moves'), deal: number, stage: text }),
	z.strictObject({ act: z.literal('salesman.writesInvoice'), deal: number }),
	z.strictObject({ act: z.literal('salesman.writesOrder'), deal: number }),
	z.strictObject({
		act: z.literal('salesman.corrects'),
		order: ref,
		product: ref,
		/** A delta. */
		quantity: z
			.number()
			.min(-1e6)
			.max(1e6)
			.refine((delta) => delta !== 0, 'ничего не меняет'),
	}),
	z.strictObject({ act: z.literal('salesman.closes'), order: ref, reason: text.optional() }),
	/** The whole rest when no sum is given. */
	z.strictObject({
		act: z.literal('accountant.receives'),
		document: ref,
		amount: amount.optional(),
	}),
	/** Everything left when no product is given. */
	z.strictObject({
		act: z.literal('storekeeper.ships'),
		order: ref,
		product: ref.optional(),
		quantity: quantity.optional(),
	}),
	z.strictObject({
		act: z.literal('storekeeper.acceptsReturn'),
		shipment: ref,
		product: ref,
		quantity,
	}),
	z.strictObject({ act: z.literal('visitor.calls'), name: text.optional(), phone }),
	z.strictObject({
		act: z.literal('visitor.sendsRequest'),
		name: text.optional(),
		phone,
		text,
	}),
	z.strictObject({ act: z.literal('employee.answers'), call: number }),
	z.strictObject({ act: z.literal('employee.misses'), call: number }),
]);

export type Act = z.infer<typeof actSchema>;

/** The problems of an act in Russian, where the schema has no words of its own. */
export const actOf = (body: unknown): Act =>
	actSchema.parse(body, {
		errorMap: ({ code }, { data, defaultError }) => {
			if (code === z.ZodIssueCode.invalid_type)
				return { message: data === undefined ? 'не заполнено' : 'не того типа' };
			if (code === z.ZodIssueCode.unrecognized_keys) return { message: 'лишние поля' };
			if (code === z.ZodIssueCode.invalid_union_discriminator)
				return { message: 'такого действия нет' };
			return { message: defaultError };
		},
	});

type Hands = {
	[Name in Act['act']]: (firm: Firm, act: Extract<Act, { act: Name }>) => string | Promise<string>;
};

const roubles = (sum: number): string =>
	new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB' }).format(sum);

/** What has been done, in words for the page. */
const HANDS: Hands = {
	'manager.createsDeal': (
		{ portal, goods },
		{ title, pipeline, company, product, quantity: count },
	) => {
		const price = goods.find((good) => good.product === product)?.price ?? 0;
		const row = { product, price, quantity: count, vat: VAT, vatIncluded: true };
		const id = portal.manager.createsDeal({ title, pipeline, company, rows: [row] });
		return `Менеджер создал сделку ${id} «${title}»`;
	},
	'manager.moves': ({ portal }, { deal, stage }) => {
		portal.manager.moves(deal, stage);
		return `Менеджер перевел сделку ${deal} в стадию «${portal.sees.stageName(stage)}»`;
	},
	'salesman.writesInvoice': async (firm, { deal }) => {
		const invoice = await firm.clerk.writesInvoice({ deal, counterparty: onlyBuyer(firm, deal) });
		return `Продавец выписал счет ${numberOf(firm, invoice)} по сделке ${deal}`;
	},
	'salesman.writesOrder': async (firm, { deal }) => {
		const order = await firm.clerk.writesOrder({ deal, counterparty: onlyBuyer(firm, deal) });
		return `Продавец выписал заказ ${numberOf(firm, order)} по сделке ${deal}`;
	},
	'salesman.corrects': (firm, { order, product, quantity: delta }) => {
		const { number: name } = orderOf(firm, order);
		firm.base.salesman.corrects({ order, lines: [{ product, quantity: delta }] });
		return `Продавец исправил заказ ${name}: ${delta > 0 ? '+' : ''}${delta}`;
	},
	'salesman.closes': (firm, { order, reason }) => {
		const { number: name } = orderOf(firm, order);
		firm.base.salesman.closes({ order, reason });
		return `Продавец закрыл заказ ${name}`;
	},
	'accountant.receives': (firm, { document, amount: sum }) => {
		const { number: name, amount: whole, paid } = payableOf(firm, document);
		const rest = sum ?? Math.round((whole - paid) * 100) / 100;
		if (rest <= 0) throw new Error(`По документу ${name} все уже оплачено`);
		firm.base.accountant.receives({ for: document, amount: rest });
		return `Бухгалтер провел оплату ${roubles(rest)} по документу ${name}`;
	},
	'storekeeper.ships': (firm, { order, product, quantity: count }) => {
		const { number: name } = orderOf(firm, order);
		if ((product === undefined) !== (count === undefined))
			throw new Error('Для отгрузки части нужны и товар, и количество');
		const part =
			product !== undefined && count !== undefined ? [{ product, quantity: count }] : undefined;
		firm.base.storekeeper.ships({ order, lines: part });
		return `Кладовщик отгрузил ${part ? `часть (${count})` : 'все оставшееся'} по заказу ${name}`;
	},
	'storekeeper.acceptsReturn': (firm, { shipment, product, quantity: count }) => {
		const known = stateOf(firm).orders.some(({ shipments }) =>
			shipments.some((one) => one.ref === shipment),
		);
		if (!known) throw new Error('В 1С нет такой реализации');
		firm.base.storekeeper.acceptsReturn({ shipment, lines: [{ product, quantity: count }] });
		return `Кладовщик принял возврат (${count}) по реализации ${numberOf(firm, shipment)}`;
	},
	'visitor.calls': ({ account }, { name, phone: from }) => {
		const call = account.visitorComes({ name, phone: from }).calls();
		return `Посетитель ${from} звонит: обращение ${call}`;
	},
	'visitor.sendsRequest': ({ account }, { name, phone: from, text: words }) => {
		const request = account.visitorComes({ name, phone: from }).sendsRequest({ text: words });
		return `Посетитель ${from} оставил заявку: обращение ${request}`;
	},
	'employee.answers': ({ account }, { call }) => {
		account.employee().answers(call, { talks: 75 });
		return `Сотрудник ответил на звонок ${call}`;
	},
	'employee.misses': ({ account }, { call }) => {
		account.employee().misses(call);
		return `Звонок ${call} потерян`;
	},
};

export const performs = async (firm: Firm, act: Act): Promise<string> => {
	// The table is total by its type, which a lookup by a union cannot show to the compiler.
	const hand = HANDS[act.act] as (firm: Firm, act: Act) => string | Promise<string>;
	return await hand(firm, act);
};

const onlyBuyer = (firm: Firm, deal: number): string => {
	const card = firm.portal.sees.deals().find(({ id }) => id === deal);
	if (!card) throw new Error(`В портале нет сделки ${deal}`);
	const buyer = firm.buyers.find(({ company }) => company === card.companyId);
	if (!buyer) throw new Error('Покупатель сделки не известен 1С');
	// A person at the screen knows the line of business; the page takes the first card.
	return buyer.counterparties[0];
};

const numberOf = ({ base }: Firm, ref: string): string => String(base.sees.document(ref).Number);

const orderOf = (firm: Firm, ref: string): OrderState => {
	const order = stateOf(firm).orders.find((one) => one.ref === ref);
	if (!order) throw new Error('В 1С нет такого заказа');
	return order;
};

const payableOf = (firm: Firm, ref: string): InvoiceState => {
	const { invoices, orders } = stateOf(firm);
	const document = [...invoices, ...orders].find((one) => one.ref === ref);
	if (!document) throw new Error('В 1С нет такого счета или заказа');
	return document;
};
