/** What the QR code of an invoice says to a banking application: ГОСТ Р 56042-2014, in UTF-8. */
import { inDigits, type Kopecks } from '../money';
import { dayOf } from '../summary';
import { totalsOf, type PrintedInvoice } from './printedInvoice';
import { inPercent, shortNumber } from './typography';

/** «ST», version 0001, encoding 2 is UTF-8; the separator follows. */
const HEADER = 'ST00012';

/** The mandatory block may have so many bytes, whatever the encoding [ГОСТ Р 56042-2014]. */
const MANDATORY_BYTES = 300;

const SEPARATORS = [...'|#;:^_~{}!$%&()*+,/@'];

const LEGAL_FORMS: ReadonlyArray<[RegExp, string]> = [
	[/общество с ограниченной ответственностью/giu, 'ООО'],
	[/публичное акционерное общество/giu, 'ПАО'],
	[/непубличное акционерное общество/giu, 'АО'],
	[/акционерное общество/giu, 'АО'],
	[/индивидуальный предприниматель/giu, 'ИП'],
];

const abbreviated = (name: string): string =>
	LEGAL_FORMS.reduce((text, [form, short]) => text.replace(form, short), name);

const encoder = new TextEncoder();
const bytesOf = (value: string): number => encoder.encode(value).length;

/** As many whole characters as fit both limits. */
const fitted = (value: string, characters: number, bytes: number): string => {
	const kept = [...value].slice(0, characters);
	while (bytesOf(kept.join('')) > bytes) kept.pop();
	return kept.join('').trim();
};

const kopecksAfterDash = (amount: Kopecks): string => inDigits(amount).replace(',', '-');

/** «В т.ч. НДС 22% - 180-33», the words payment orders use. */
const vatWords = (invoice: PrintedInvoice): string => {
	const taxes = totalsOf(invoice).vat.map(
		({ rate, vat }) => `НДС ${inPercent(rate)} - ${kopecksAfterDash(vat).replace(/\s/g, '')}`,
	);
	return taxes.length > 0 ? `В т.ч. ${taxes.join(', ')}` : 'НДС не облагается';
};

const purposeOf = (invoice: PrintedInvoice): string =>
	`Оплата по счету № ${shortNumber(invoice.number)} от ${dayOf(invoice.date)}. ${vatWords(invoice)}`;

const separatorFor = (values: string[]): string | undefined =>
	SEPARATORS.find((separator) => !values.some((value) => value.includes(separator)));

type Payload = { text: string } | { reason: string };

const ACCOUNT = /^[1-9]\d{4}[0-9ABCEHKMPTX]\d{14}$/;

const whyNot = ({ currency, account, total }: PrintedInvoice): string | null => {
	if (currency !== 'RUB') return 'счет не в рублях';
	if (total <= 0) return 'платить нечего';
	if (!account) return 'нет банковского счета поставщика';
	if (!/^\d{9}$/.test(account.bik)) return `БИК «${account.bik}» неверен`;
	if (!ACCOUNT.test(account.number)) return `расчетный счет «${account.number}» неверен`;
	return null;
};

/** Names are shortened to what the standard has room for; without right requisites there is a reason instead. */
export const paymentQr = (invoice: PrintedInvoice): Payload => {
	const reason = whyNot(invoice);
	const { account, supplier, buyer, total } = invoice;
	if (reason !== null || !account) return { reason: reason ?? '' };
	const bankName = fitted(abbreviated(account.bank), 45, 90);
	const mandatory = (name: string): Array<[string, string]> => [
		['Name', name],
		['PersonalAcc', account.number],
		['BankName', bankName],
		['BIC', account.bik],
		['CorrespAcc', account.correspondent || '0'],
	];
	const written = (fields: Array<[string, string]>): string[] =>
		fields.map(([key, value]) => `${key}=${value}`);
	const around = bytesOf([HEADER, ...written(mandatory(''))].join('|'));
	const name = fitted(abbreviated(supplier.name), 160, MANDATORY_BYTES - around);
	const fields = [
		...mandatory(name),
		...(
			[
				['Sum', String(total)],
				['Purpose', fitted(purposeOf(invoice), 160, 320)],
				['PayeeINN', supplier.inn],
				['PayerINN', buyer.inn],
				['KPP', supplier.kpp],
			] as Array<[string, string]>
		).filter(([, value]) => value !== ''),
	];
	const separator = separatorFor(fields.map(([, value]) => value));
	if (!separator) return { reason: 'в реквизитах есть все знаки, которыми их можно разделить' };
	return { text: [HEADER, ...written(fields)].join(separator) };
};
