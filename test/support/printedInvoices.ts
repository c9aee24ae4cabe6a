/** Invoices to print: a furniture firm and what it sells. */
import type { PrintedInvoiceJson } from '../../nodes/exchange/print/printedInvoice';

export type LineJson = PrintedInvoiceJson['lines'][number];

export const line = (change: Partial<LineJson> = {}): LineJson => ({
	article: 'СТ-01',
	name: 'Стол письменный «Атлант»',
	quantity: 2,
	unit: 'шт',
	price: 12_200,
	amount: 24_400,
	vatRate: 22,
	vat: 4400,
	...change,
});

export const invoiceJson = (change: Partial<PrintedInvoiceJson> = {}): PrintedInvoiceJson => ({
	number: 'РТ000000123',
	date: '2026-11-24T12:30:00+03:00',
	pricesIncludeVat: true,
	supplier: {
		name: 'ООО «Ромашка»',
		inn: '7701234560',
		kpp: '770101001',
		address: '125009, г. Москва, ул. Тверская, д. 7, оф. 12',
		phone: '+7 (495) 123-45-67',
	},
	account: {
		bank: 'ПАО Сбербанк',
		city: 'г. Москва',
		bik: '044525225',
		correspondent: '30101810400000000225',
		number: '40702810938000000001',
	},
	buyer: {
		name: 'ООО «Лютик»',
		inn: '7707083893',
		kpp: '773601001',
		address: '117997, г. Москва, ул. Вавилова, д. 19',
		phone: '',
	},
	basis: 'Договор поставки № 15 от 12.01.2026',
	lines: [
		line(),
		line({
			article: 'СТ-02',
			name: 'Стул офисный',
			quantity: 10,
			price: 2440,
			amount: 24_400,
			vat: 4400,
		}),
	],
	total: 48_800,
	director: { position: 'Генеральный директор', name: 'Петров П. П.' },
	accountant: 'Сидорова А. А.',
	manager: 'Иванов И. И.',
	...change,
});
