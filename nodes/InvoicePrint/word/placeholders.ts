/** What a Word template may ask for, and what it gets. Names are Russian: accountants edit templates. */
import { inDigits, inUnitDigits } from '../../exchange/money';
import { currencySign } from '../../exchange/print/amountInWords';
import {
	partyLine,
	type PrintedLine,
	type PrintedParty,
} from '../../exchange/print/printedInvoice';
import { inPercent, inQuantity, inWords, tied } from '../../exchange/print/typography';
import {
	countLine,
	signaturesOf,
	titleOf,
	totalLines,
	wordsLine,
	type Paper,
	type Pictures,
} from '../paper';
import type { Picture } from '../pictures/picture';

/** Text, or rows to go through; an empty text switches off what stands between {#Name} and {/Name}. */
export type Values = Record<string, string | Array<Record<string, string>>>;

const ofLine = (line: PrintedLine, index: number): Record<string, string> => ({
	'№': String(index + 1),
	Артикул: line.article,
	Товар: tied(line.name),
	Количество: inQuantity(line.quantity),
	Единица: line.unit,
	Цена: inUnitDigits(line.price, line.quantity),
	СкидкаСтроки: line.discount === 0 ? '' : inDigits(line.discount),
	СтавкаНДС: line.vatRate === null ? 'без\u00a0НДС' : inPercent(line.vatRate),
	НДССтроки: inDigits(line.vat),
	Сумма: inDigits(line.amount),
});

const ofParty = (prefix: string, party: PrintedParty | null): Record<string, string> => ({
	[prefix]: tied(party ? partyLine(party) : ''),
	[`${prefix}Название`]: tied(party?.name ?? ''),
	[`${prefix}ИНН`]: party?.inn ?? '',
	[`${prefix}КПП`]: party?.kpp ?? '',
	[`${prefix}Адрес`]: tied(party?.address ?? ''),
	[`${prefix}Телефон`]: party?.phone ?? '',
});

export const valuesOf = (paper: Paper): Values => {
	const { invoice, number, totals } = paper;
	const { account } = invoice;
	const [first, second] = signaturesOf(paper);
	return {
		Заголовок: titleOf(paper),
		Номер: number,
		Дата: inWords(invoice.date),
		Банк: tied([account?.bank, account?.city].filter(Boolean).join(' ')),
		БИК: account?.bik ?? '',
		КоррСчет: account?.correspondent ?? '',
		РасчетныйСчет: account?.number ?? '',
		...ofParty('Поставщик', invoice.supplier),
		...ofParty('Покупатель', invoice.buyer),
		...ofParty('Грузоотправитель', invoice.consignor),
		...ofParty('Грузополучатель', invoice.consignee),
		Основание: tied(invoice.basis),
		ОплатитьДо: invoice.payUntil ? inWords(invoice.payUntil) : '',
		Примечание: tied(invoice.note),
		Валюта: currencySign(invoice.currency),
		Строки: invoice.lines.map(ofLine),
		Итоги: totalLines(paper).map(({ name, sum }) => ({ НазваниеИтога: name, СуммаИтога: sum })),
		Скидка: totals.discount === 0 ? '' : inDigits(totals.discount),
		Итого: inDigits(totals.amount),
		ВсегоКОплате: inDigits(invoice.total),
		ВсегоНаименований: countLine(paper),
		СуммаПрописью: wordsLine(paper),
		ДолжностьРуководителя: first.role,
		Руководитель: tied(first.name),
		ДолжностьБухгалтера: second?.role ?? '',
		Бухгалтер: tied(second?.name ?? ''),
		Менеджер: tied(invoice.manager),
	};
};

/** Alternative texts of pictures, each replaced by a picture of the invoice where it has one. */
export const picturesOf = ({ logo, stamp, directorSignature, accountantSignature, qr }: Pictures) =>
	({
		Логотип: logo,
		Печать: stamp,
		ПодписьРуководителя: directorSignature,
		ПодписьБухгалтера: accountantSignature,
		QR: qr,
	}) satisfies Record<string, Picture | null>;
