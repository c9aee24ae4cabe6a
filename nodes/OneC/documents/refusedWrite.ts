/**
 * 1C gives no reason when its configuration refuses to write or to post: the reason goes to the messages of a person
 * who is not there [УТ 10.3.88.3 sources, ОбщегоНазначения.СообщитьОбОшибке]. So the checks it makes are listed.
 */
import { Problem } from '../../exchange/problem';
import type { Refusal } from '../odata/answers';
import type { DocumentKind } from './documents';
import { withoutFullStop } from '../../exchange/plainText';

const PERIOD = 'the period may be closed for editing («дата запрета изменения»)';

const LOCKED = 'Somebody has the document open or 1C is busy; try again a little later.';
const LOCKED_IN_RUSSIAN =
	'Документ кто-то открыл в 1С, или она занята. Закройте документ; обмен попробует снова сам.';

const CHECKS = {
	invoice: `To write an invoice 1C checks: organization, counterparty, contract of the same organization, currency, bank account; in rows product, quantity, price, VAT rate, unit; ${PERIOD}.`,
	order: `To write an order 1C checks its required fields, and ${PERIOD}.`,
};

/** The same for people, as far as they can mend it. */
const CHECKS_IN_RUSSIAN = {
	invoice:
		'Проверьте организацию, контрагента, договор, валюту, банковский счет, товары с ценой, НДС и единицей, и не закрыт ли период.',
	order: 'Проверьте обязательные поля и не закрыт ли период.',
};

const POSTING = `To post an order 1C checks: organization, counterparty, currency, a contract of the same organization that is not kept by invoices; in rows product, quantity, sum, VAT rate; services only in «Услуги» and goods only in «Товары»; the document is not marked for deletion; ${PERIOD}. Post it by hand in 1C to read the reason.`;

const said = ({ reason }: Refusal): string => withoutFullStop(reason);

/** @param rates the VAT rates that were sent: one that the base lacks may be the reason it does not tell */
export const refusedWrite = (kind: DocumentKind, refusal: Refusal, rates: string[]): Problem => {
	if (refusal.isLock) return new Problem(refusal.message, LOCKED, LOCKED_IN_RUSSIAN);
	const vat = /СтавкиНДС|НДС\d+/.exec(refusal.reason);
	if (vat) {
		return new Problem(
			`1C refused ${kind.title}, because the base has no such VAT rate: ${said(refusal)}.`,
			'Update the configuration of 1C so that it has the rate, or correct the rate in the deal.',
			`В этой базе 1С нет такой ставки НДС: «${said(refusal)}». Исправьте ставку в сделке или обновите конфигурацию 1С.`,
		);
	}
	if (refusal.code !== '-1') return refusal;
	return new Problem(
		`1C refused to write ${kind.title}: ${said(refusal)}.`,
		`${CHECKS[kind.kind]} The VAT rates sent were ${rates.join(', ')}; a base that was not updated may lack one.`,
		`1С отказалась записать документ «${kind.russian}»: «${said(refusal)}». ${CHECKS_IN_RUSSIAN[kind.kind]} Ставки НДС: ${rates.join(', ')}.`,
	);
};

export const refusedPosting = (number: string, refusal: Refusal): Problem => {
	if (refusal.isLock) return new Problem(refusal.message, LOCKED, LOCKED_IN_RUSSIAN);
	if (refusal.code !== '-1') return refusal;
	return new Problem(
		`1C refused to post order № ${number}: ${said(refusal)}.`,
		POSTING,
		`1С отказалась провести заказ № ${number}: «${said(refusal)}». Проведите его в 1С вручную: людям она называет причину. Часто это закрытый период, договор «по счетам» или услуги среди товаров.`,
	);
};
