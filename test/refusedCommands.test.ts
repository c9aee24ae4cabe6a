/**
 * Whatever command the portal refuses, nothing is written where nobody meant to write. Each piece of work is done again
 * and again, with its first writing command refused, its second, and so on; then the whole portal is compared with what
 * it was. The firm's own company, requisite and product have the number 1, where a reference to a refused command would
 * lead [server behaviour].
 */
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { readCards } from '../nodes/Bitrix24/buyers/buyerCards';
import { BuyerSync } from '../nodes/Bitrix24/buyers/buyerSync';
import { linkCompany } from '../nodes/Bitrix24/buyers/companyLink';
import { cutLinks } from '../nodes/Bitrix24/buyers/goneBuyers';
import { placeDocument } from '../nodes/Bitrix24/cards/cardDocuments';
import { GoodsSync } from '../nodes/Bitrix24/catalog/goodsSync';
import { writeComment } from '../nodes/Bitrix24/deals/comment';
import { showInvoices } from '../nodes/Bitrix24/deals/invoiceOf';
import { showProgress } from '../nodes/Bitrix24/deals/showProgress';
import { convertLead } from '../nodes/Bitrix24/leads/leadToDeal';
import { transferBasket } from '../nodes/Bitrix24/picker/basket';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import { setUpPortal } from '../nodes/Bitrix24/setup/portalSetup';
import type { Goods } from '../nodes/exchange/goods';
import { unitPrice } from '../nodes/exchange/money';
import type { Party } from '../nodes/exchange/party';
import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { settled } from '../nodes/shared/settled';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';

jest.setTimeout(60_000);

const guid = (serial: number): string =>
	`22222222-2222-4222-8222-${String(serial).padStart(12, '0')}`;

const party = (serial: number, more: Partial<Party> = {}): Party => ({
	ref: guid(serial),
	code: `0000${serial}`,
	name: `ООО «Роза ${serial}»`,
	fullName: `Общество «Роза ${serial}»`,
	kind: 'legal',
	inn: '7707083893',
	kpp: '770701001',
	ogrn: '',
	folder: null,
	path: '',
	deletionMark: false,
	head: null,
	phones: [`+7495123456${serial}`],
	emails: [`rose${serial}@example.test`],
	legalAddress: 'Москва, Тверская, 1',
	actualAddress: 'Москва, Тверская, 2',
	accounts: [
		{
			ref: guid(100 + serial),
			bank: 'Сбербанк',
			bik: '044525225',
			number: `4070281090000000000${serial}`,
			correspondent: '30101810400000000225',
			currency: 'RUB',
		},
	],
	mainContract: '',
	...more,
});

const goods = (serial: number, more: Partial<Goods> = {}): Goods => ({
	ref: guid(200 + serial),
	code: `0000${serial}`,
	article: '',
	name: `Стол ${serial}`,
	fullName: `Стол ${serial}`,
	folder: guid(300),
	isService: false,
	deletionMark: false,
	unit: { okei: '796', name: 'шт' },
	vatRate: 22,
	price: { amount: unitPrice(122), currency: 'RUB', includesVat: true },
	stock: null,
	...more,
});

let portal: Portal;
let client: Bitrix24Client;

beforeEach(async () => {
	const clock = standingClock();
	portal = await openPortal({ now: clock.now, bucket: 'off' });
	client = new Bitrix24Client(
		portal.domain,
		axiosHttp(portal.webhookUrl),
		clock,
		new LeakyBucket(1e9, 1e9, clock),
	);
	portal.admin.foundsFirm('ООО «Наша фирма»');
	await setUpPortal(client, '0', 'prepaid', false);
});
afterEach(async () => await portal.close());

const wasRefused = (): boolean =>
	portal.requests.some(({ error, refusals = [] }) =>
		[error, ...refusals].includes('ACCESS_DENIED'),
	);

/** Of all that was changed, what is neither new, nor meant, nor a part of such a thing. */
const touchedWrongly = (
	before: ReturnType<Portal['sees']['everything']>,
	meant: readonly string[],
): string[] => {
	const after = portal.sees.everything();
	const known = new Map(before.map((thing) => [thing.name, thing]));
	const now = new Map(after.map((thing) => [thing.name, thing]));
	const owners = (name: string | undefined): string[] =>
		name === undefined ? [] : [name, ...owners((now.get(name) ?? known.get(name))?.of)];
	return [...new Set([...known.keys(), ...now.keys()])].filter((name) => {
		if (known.get(name)?.content === now.get(name)?.content) return false;
		const root = owners(name).at(-1) as string;
		return known.has(root) && !meant.includes(root);
	});
};

const counted = (): Record<string, number> => {
	const counts: Record<string, number> = {};
	for (const { name } of portal.sees.everything()) {
		const kind = name.replace(/ \d+$/, '');
		counts[kind] = (counts[kind] ?? 0) + 1;
	}
	return counts;
};

/** The work itself, after what it needs; it names the cards and products it is meant to change. */
interface Work {
	meant: string[];
	run(): Promise<unknown>;
}

const settle = async (deal: number): Promise<void> => {
	await showInvoices(client, [
		{
			dealId: deal,
			document: { ref: guid(400), number: 'РТ1', date: '2026-11-24' },
			links: true,
		},
	]);
};

const sells = (company?: number): number =>
	portal.manager.createsDeal({
		title: 'Столы',
		company: company ?? portal.admin.addsCompany({ title: 'ООО «Лютик»', inn: '7802114044' }),
		rows: [{ name: 'Стол', price: 122, quantity: 3, vat: 22 }],
	});

const syncsBuyers = async (parties: Party[]): Promise<unknown> =>
	await (
		await BuyerSync.open(client, { people: 'contact', sameInn: 'create', dryRun: false })
	).page(parties);

const syncsGoods = async (all: Goods[]): Promise<unknown> =>
	await (
		await GoodsSync.open(client, { dryRun: false }, [
			{ ref: guid(300), name: 'Мебель', parent: null },
		])
	).page(all);

const companies = (): number[] =>
	portal.sees
		.companies()
		.map(({ id }) => Number(id))
		.filter((id) => id !== 1);

const named = (kind: string, ids: number[]): string[] => ids.map((id) => `${kind} ${id}`);

const WORKS: Record<string, () => Promise<Work>> = {
	'new buyers': async () => {
		const parties = [party(1), party(2), party(3, { kind: 'person', inn: '', accounts: [] })];
		return await Promise.resolve({ meant: [], run: async () => await syncsBuyers(parties) });
	},
	'buyers that have changed': async () => {
		await syncsBuyers([party(1), party(2)]);
		const changed = (serial: number): Party =>
			party(serial, {
				name: 'ООО «Лилия»',
				phones: ['+74957654321'],
				legalAddress: 'Тула, Ленина, 1',
				actualAddress: '',
				accounts: [{ ...party(serial).accounts[0], ref: guid(150 + serial), bank: 'ВТБ' }],
				deletionMark: true,
			});
		return {
			meant: named('COMPANY', companies()),
			run: async () => await syncsBuyers([changed(1), changed(2)]),
		};
	},
	'buyers that are gone': async () => {
		await syncsBuyers([party(1), party(2)]);
		const cards = await readCards(client, 'company', companies());
		return {
			meant: named('COMPANY', companies()),
			run: async () => await cutLinks(client, cards, false),
		};
	},
	'a company that is linked': async () => {
		const company = portal.admin.addsCompany({ title: 'ООО «Лютик»', inn: '7802114044' });
		return await Promise.resolve({
			meant: named('COMPANY', [company]),
			run: async () => await linkCompany(client, company, guid(1)),
		});
	},
	'new goods': async () =>
		await Promise.resolve({
			meant: [],
			run: async () => await syncsGoods([goods(1), goods(2), goods(3, { price: null })]),
		}),
	'goods that have changed': async () => {
		await syncsGoods([goods(1, { price: null }), goods(2)]);
		const products = portal.sees.everything().map(({ name }) => name);
		const price = { amount: unitPrice(150), currency: 'RUB', includesVat: true };
		return {
			meant: products.filter((name) => /^(product|section) /.test(name) && name !== 'product 1'),
			run: async () =>
				await syncsGoods([
					goods(1, { name: 'Стул 1', price }),
					goods(2, { name: 'Стул 2', price }),
				]),
		};
	},
	'an invoice of a deal': async () => {
		const deals = [sells(), sells()];
		const wishes = deals.map((dealId) => ({
			dealId,
			document: { ref: guid(500 + dealId), number: 'РТ1', date: '2026-11-24' },
			links: true,
		}));
		return await Promise.resolve({
			meant: named('DEAL', deals),
			run: async () => {
				for (const { error } of await showInvoices(client, wishes)) if (error) throw error;
			},
		});
	},
	'news of a deal': async () => {
		const deal = sells();
		await settle(deal);
		const [invoice] = portal.sees.invoices(deal);
		const wish = {
			dealId: deal,
			fields: { UF_CRM_1C_PAID: 366 },
			dealMove: { from: String(portal.sees.deal(deal).stageId), to: 'WON' },
			invoiceMove: null,
			news: '1С: оплачено 366',
			shown: null,
		};
		return {
			meant: [...named('DEAL', [deal]), ...named('SMART_INVOICE', [Number(invoice.id)])],
			run: async () => {
				for (const { error } of await showProgress(client, [wish])) if (error) throw error;
			},
		};
	},
	'a comment': async () => {
		const deal = sells();
		return await Promise.resolve({
			meant: named('DEAL', [deal]),
			run: async () =>
				await writeComment(client, {
					entity: 'deal',
					id: deal,
					text: '1С: счет выставлен',
					once: true,
				}),
		});
	},
	'a document': async () => {
		const deal = sells();
		const docx = Buffer.from('docx');
		const place = async (): Promise<unknown> =>
			await placeDocument(
				client,
				{ entityTypeId: DEAL, id: deal },
				{ title: 'Счет', number: '1' },
				'replace',
				async () => await Promise.resolve({ docx, pdf: null }),
			);
		await place();
		return { meant: named('DEAL', [deal]), run: place };
	},
	'a lead that becomes a deal': async () => {
		const product = portal.admin.addsProduct({ name: 'Стол', price: 122 });
		const lead = portal.manager.createsLead({
			title: 'Стол для Ивана',
			phone: '+79161234567',
			rows: [{ product, price: 122, quantity: 2 }],
		});
		return await Promise.resolve({
			meant: named('LEAD', [lead]),
			run: async () =>
				await convertLead(client, { leadId: lead, pipeline: '0', stage: '', makesContact: true }),
		});
	},
	'a basket': async () => {
		const deal = sells();
		const line = (serial: number) => ({
			ref: guid(600 + serial),
			name: `Шкаф ${serial}`,
			quantity: 2,
			price: 122,
			vatRate: 22,
			vatIncluded: true,
			row: null,
			from: 0,
		});
		return await Promise.resolve({
			meant: named('DEAL', [deal]),
			run: async () => await transferBasket(client, client, deal, [line(1), line(2)]),
		});
	},
};

describe.each(Object.keys(WORKS))('%s', (name) => {
	test('leaves everybody else alone, whichever command is refused, and is completed by the next run', async () => {
		const { meant, run } = await WORKS[name]();
		const start = portal.levers.takesBackup();
		const before = portal.sees.everything();
		await run();
		const whole = counted();
		expect(touchedWrongly(before, meant)).toEqual([]);
		for (let number = 1; ; number += 1) {
			portal.levers.restoresBackup(start);
			portal.requests.length = 0;
			portal.levers.refusesWrite(number);
			await settled(run);
			portal.levers.refusesWrite(undefined);
			if (!wasRefused()) {
				expect(number).toBeGreaterThan(1);
				break;
			}
			expect([number, touchedWrongly(before, meant)]).toEqual([number, []]);
			const { error } = await settled(run);
			expect([number, error]).toEqual([number, undefined]);
			expect([number, counted()]).toEqual([
				number,
				expect.objectContaining(withoutComments(whole)),
			]);
		}
	});
});

/** What a run has written into a timeline about something it then could not do stays there, and is not said twice. */
function withoutComments({
	comment: _,
	...counts
}: Record<string, number>): Record<string, number> {
	return counts;
}
