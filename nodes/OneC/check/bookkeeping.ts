/** How the firm keeps its books: whether what happens in 1C can be told to the deals at all. */
import { shareOf, type Finding, type Probe } from '../../exchange/connectionReport';
import { probed } from '../../shared/probing';
import { wallTime } from '../../shared/wallTime';
import { CONTRACTS, WAREHOUSES } from '../catalogs/catalogs';
import { INVOICE, ORDER } from '../documents/documents';
import type { OneCClient } from '../odata/client';
import { allOf, dateTime } from '../odata/odata';
import { latestPayments, PAYMENT_KINDS, type PaymentKind } from '../progress/payments';
import type { Session } from '../session';
import { explainBase } from './baseRefusal';

const NO_LINK =
	'По договору «в целом» бухгалтер может не указать сделку: такая оплата не свяжется ни со счетом, ни с заказом';

const LINK =
	'Договоритесь с бухгалтерией: платеж вводить на основании счета или заказа либо выбирать его в колонке «Сделка»; для новых покупателей заводите договоры «по заказам»';

/** Values of the enumeration «ВедениеВзаиморасчетов» [УТ 10.3.88.3 sources]. */
const MODES = [
	['ПоДоговоруВЦелом', 'по договору в целом'],
	['ПоЗаказам', 'по заказам'],
	['ПоСчетам', 'по счетам'],
] as const;

const BUYERS = allOf([
	'DeletionMark eq false',
	'IsFolder eq false',
	"ВидДоговора eq 'СПокупателем'",
]);

export const settlements = async (client: OneCClient): Promise<Probe> =>
	await probed(
		'settlements',
		'Взаиморасчеты по договорам',
		async (): Promise<Finding> => {
			const total = await client.count(CONTRACTS.set, BUYERS);
			const counts = new Map<string, number>();
			for (const [mode] of MODES) {
				const filter = `${BUYERS} and ВедениеВзаиморасчетов eq '${mode}'`;
				counts.set(mode, await client.count(CONTRACTS.set, filter));
			}
			const of = (mode: string): number => counts.get(mode) ?? 0;
			const facts = { total, ...Object.fromEntries(counts) };
			if (total === 0) {
				return {
					state: 'problem',
					found: 'договоров с покупателями нет',
					cause: 'Документ без договора 1С не примет',
					remedy:
						'Заведите договоры вида «С покупателем» или создавайте их операцией Contract → Create',
					facts,
				};
			}
			const shares = MODES.filter(([mode]) => of(mode) > 0).map(
				([mode, words]) => `${words}: ${shareOf(of(mode), total)}`,
			);
			const byInvoices = of('ПоСчетам') > 0;
			const asWhole = of('ПоДоговоруВЦелом') > 0;
			return {
				state: byInvoices || asWhole ? 'warning' : 'ok',
				found: shares.join(', '),
				...(byInvoices || asWhole
					? {
							cause: [
								asWhole ? NO_LINK : '',
								byInvoices ? 'По договору «по счетам» 1С не проводит заказ покупателя' : '',
							]
								.filter(Boolean)
								.join('. '),
							remedy: LINK,
						}
					: {}),
				facts,
			};
		},
		explainBase,
	);

const DAYS = 90;
const DAY = 86_400_000;

/** So many of the newest payments show how they are entered. */
const SAMPLE = 100;

interface Use {
	kind: PaymentKind;
	count: number;
	/** Posted, but the bank has not confirmed them. */
	unconfirmed: number;
	/** Of the sample. */
	looked: number;
	linked: number;
}

const useOf = async (client: OneCClient, kind: PaymentKind, since: string): Promise<Use> => {
	const posted = allOf(['Posted eq true', 'DeletionMark eq false', `Date ge ${dateTime(since)}`]);
	const count = await client.count(kind.set, posted);
	if (count === 0) return { kind, count, unconfirmed: 0, looked: 0, linked: 0 };
	const unconfirmed = kind.hasPaidFlag
		? await client.count(kind.set, `${posted} and Оплачено eq false`)
		: 0;
	const payments = await latestPayments(client, kind, since, SAMPLE);
	const sets = [INVOICE.set, ORDER.set];
	const linked = payments.filter(
		({ basis, rows }) =>
			sets.includes(basis.set) || rows.some(({ deal }) => sets.includes(deal.set)),
	);
	return { kind, count, unconfirmed, looked: payments.length, linked: linked.length };
};

const sum = (uses: readonly Use[], of: (use: Use) => number): number =>
	uses.reduce((total, use) => total + of(use), 0);

export const payments = async (client: OneCClient): Promise<Probe> =>
	await probed(
		'payments',
		'Документы оплаты',
		async (): Promise<Finding> => {
			const since = wallTime(client.clock.now() - DAYS * DAY, client.base.timeZone);
			const all: Use[] = [];
			for (const kind of PAYMENT_KINDS) all.push(await useOf(client, kind, since));
			const uses = all.filter(({ count }) => count > 0);
			const [looked, linked] = [sum(uses, (use) => use.looked), sum(uses, (use) => use.linked)];
			const unconfirmed = sum(uses, (use) => use.unconfirmed);
			const facts = {
				days: DAYS,
				documents: Object.fromEntries(all.map(({ kind, count }) => [kind.set, count])),
				looked,
				linked,
				unconfirmed,
			};
			if (uses.length === 0) {
				return {
					state: 'warning',
					found: `за ${DAYS} дней проведенных оплат нет`,
					cause: 'Оплата ведется в другой базе, например в бухгалтерии, или это пустая копия',
					remedy:
						'Без документов оплаты в этой базе сделка не узнает об оплате: загружайте их в УТ 10.3',
					facts,
				};
			}
			const found = [
				`за ${DAYS} дней: ${uses.map(({ kind, count }) => `${kind.title}: ${count}`).join(', ')}`,
				`счет или заказ указан в ${shareOf(linked, looked)} последних`,
				...(unconfirmed > 0 ? [`проведены без «Оплачено»: ${unconfirmed}`] : []),
			].join('; ');
			const causes = [
				linked < looked ? NO_LINK : '',
				unconfirmed > 0 ? 'Проведенный документ без «Оплачено» деньгами не считается' : '',
			].filter(Boolean);
			if (causes.length === 0) return { state: 'ok', found, facts };
			const remedy = linked < looked ? LINK : 'Отмечайте «Оплачено», когда банк подтвердил платеж';
			return { state: 'warning', found, cause: causes.join('. '), remedy, facts };
		},
		explainBase,
	);

const VAT_ENUM = /<EnumType\b[^>]*\bName="СтавкиНДС"[^>]*>([\s\S]*?)<\/EnumType>/;
const MEMBER = /<Member\b[^>]*\bName="([^"]+)"/g;

/** The rates of Russia since 2026; 5 and 7 are those of the simplified system. */
const EXPECTED = ['НДС22', 'НДС10', 'НДС0', 'БезНДС'];

export const vatRates = (xml: string): Probe => {
	const head = { probe: 'vatRates', title: 'Ставки НДС' };
	const rates = [...(VAT_ENUM.exec(xml)?.[1] ?? '').matchAll(MEMBER)].map(([, name]) => name);
	const facts = { rates };
	if (rates.length === 0) {
		return {
			...head,
			state: 'unknown',
			found: 'описание базы не перечисляет ставки',
			remedy: 'Посмотрите перечисление «СтавкиНДС» в Конфигураторе: нужна ставка 22 %',
			facts,
		};
	}
	const missing = EXPECTED.filter((rate) => !rates.includes(rate));
	if (missing.length === 0) return { ...head, state: 'ok', found: rates.join(', '), facts };
	return {
		...head,
		state: 'warning',
		found: `есть ${rates.join(', ')}; нет ${missing.join(', ')}`,
		cause: 'Документ с товаром по отсутствующей ставке 1С не примет',
		remedy:
			'Обновите конфигурацию 1С до выпуска с этими ставками или не используйте их в товарах Битрикс24',
		facts,
	};
};

export const sides = async ({ client, organizations }: Session): Promise<Probe> =>
	await probed(
		'organizations',
		'Организации и склады',
		async (): Promise<Finding> => {
			const all = await organizations();
			const filter = 'DeletionMark eq false and IsFolder eq false';
			const warehouses = await client.count(WAREHOUSES.set, filter);
			const bare = all.filter(({ bankAccount }) => !bankAccount).map(({ name }) => name);
			const found = `организаций: ${all.length} (${all.map(({ name }) => name).join(', ')}), складов: ${warehouses}`;
			const facts = { organizations: all.map(({ name }) => name), warehouses };
			if (all.length === 0) {
				return {
					state: 'problem',
					found: 'организаций нет',
					remedy: 'Проверьте, что адрес ведет в рабочую базу',
					facts,
				};
			}
			if (bare.length > 0) {
				return {
					state: 'warning',
					found: `${found}; без основного банковского счета: ${bare.join(', ')}`,
					cause: 'Счет на оплату от имени такой организации 1С не запишет',
					remedy: 'Заполните «Основной банковский счет» в карточке организации',
					facts,
				};
			}
			if (all.length === 1) return { state: 'ok', found, facts };
			return {
				state: 'ok',
				found,
				remedy: 'Выберите организацию в узлах «1C UT» или в поле сделки: сама она не выбирается',
				facts,
			};
		},
		explainBase,
	);
