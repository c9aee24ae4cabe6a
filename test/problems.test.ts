/** What cannot go through: a clear word in the deal's timeline, once, and the other deals go on. */
import type { IWorkflowBase } from 'n8n-workflow';
import { Company, type Product } from './support/company';

let company: Company;
let table: Product;

const open = async (options: Parameters<typeof Company.open>[0] = {}): Promise<void> => {
	company = await Company.open(options);
	table = company.product('Стол', 12_200, options.vatRates ? 20 : 22);
};

/** Three words of English in a row outside of quotation marks, which hold what the systems themselves said. */
const inEnglish = (text: string): boolean =>
	/\b[A-Za-z]{2,}[ ,.:;]+[A-Za-z]{2,}[ ,.:;]+[A-Za-z]{2,}\b/.test(text.replace(/«[^»]*»/g, ''));

/** Whatever a test has brought about, managers read Russian. */
afterEach(async () => {
	const said = company.portal.sees.deals().flatMap(({ id }) => company.timeline(Number(id)));
	await company.close();
	expect(said.filter(inEnglish)).toEqual([]);
});

jest.setTimeout(30_000);

const tables = (vat: number | null = 22) => [
	{ product: table.product, price: 12_200, quantity: 1, vat, vatIncluded: true },
];

const toOrder = (deal: number): number => {
	company.portal.manager.moves(deal, 'ORDER_1C');
	return deal;
};

/** Long enough for a deal to be tried six times, so that whatever would be said again and again has been said. */
const timePasses = async (): Promise<void> => await company.minutesPass(35);

const complaints = (deal: number): string[] =>
	company.timeline(deal).filter((text) => text.startsWith('Обмен с 1С не прошел'));

const CASES: Array<{
	what: string;
	options?: Parameters<typeof Company.open>[0];
	deal: () => number;
	says: RegExp;
	/** Removes the cause, as a person would; the deal then goes through by itself. */
	mends?: (deal: number) => void;
}> = [
	{
		what: 'a deal without products',
		deal: () => company.deal(company.buyer().company, []),
		says: /В сделке нет товаров/,
		mends: (deal) => company.portal.manager.setsProducts(deal, tables()),
	},
	{
		what: 'a company without ИНН',
		deal: () =>
			company.deal(company.portal.admin.addsCompany({ title: 'ООО «Без ИНН»' }), tables()),
		says: /«ООО «Без ИНН»» нет ИНН/,
	},
	{
		what: 'two counterparties with one ИНН',
		deal: () => {
			const inn = '7707083893';
			company.base.admin.addsCounterparty({
				name: 'Лютик (розница)',
				inn,
				folder: company.base.admin.addsFolder('Контрагенты', 'Розница'),
			});
			company.base.admin.addsCounterparty({
				name: 'Лютик (опт)',
				inn,
				folder: company.base.admin.addsFolder('Контрагенты', 'Опт'),
			});
			return company.deal(
				company.portal.admin.addsCompany({ title: 'ООО «Лютик»', inn }),
				tables(),
			);
		},
		says: /7707083893.*Выберите контрагента/s,
		mends: (deal) => {
			const chosen = company.base.admin.addsCounterparty({
				name: 'Лютик (третий)',
				inn: '7707083893',
			});
			company.portal.manager.writes(deal, { UF_CRM_1C_COUNTERPARTY: chosen });
		},
	},
	{
		what: 'a product 1C does not know',
		deal: () =>
			company.deal(company.buyer().company, [{ name: 'Диван', price: 100, quantity: 1, vat: 22 }]),
		says: /«Диван»/,
	},
	{
		what: 'a currency the base lacks',
		deal: () =>
			company.portal.manager.createsDeal({
				title: 'За евро',
				company: company.buyer().company,
				currency: 'EUR',
				rows: tables(),
			}),
		says: /EUR/,
	},
	{
		what: 'a VAT rate the base lacks, where it refuses it',
		options: { vatRates: ['НДС20', 'НДС10', 'НДС0', 'БезНДС'] },
		deal: () => company.deal(company.buyer().company, tables(22)),
		says: /22/,
	},
	{
		what: 'a VAT rate the base lacks, where it blanks it',
		options: {
			vatRates: ['НДС20', 'НДС10', 'НДС0', 'БезНДС'],
			base: { unknownEnumValue: 'blank' },
		},
		deal: () => company.deal(company.buyer().company, tables(22)),
		says: /22/,
	},
	{
		what: 'a VAT rate nobody has',
		deal: () => company.deal(company.buyer().company, tables(13)),
		says: /13/,
	},
];

describe.each(CASES)('$what', ({ options, deal: makes, says, mends }) => {
	test('is said in the timeline once, and another deal goes through', async () => {
		await open(options);
		const deal = toOrder(makes());
		const other = toOrder(
			company.deal(company.buyer().company, tables(options?.vatRates ? 20 : 22)),
		);
		await timePasses();
		expect(complaints(deal)).toHaveLength(1);
		expect(complaints(deal)[0]).toMatch(says);
		expect(company.order(other)).toMatchObject({ Posted: true });
		expect(complaints(other)).toEqual([]);
		if (!mends) return;
		mends(deal);
		await timePasses();
		expect(company.order(deal)).toMatchObject({ Posted: true });
	});
});

describe('what a manager reads', () => {
	const orderOf = (buyer = company.buyer()): number =>
		toOrder(company.deal(buyer.company, tables()));

	const SAID: Array<[cause: string, brings: () => number, says: RegExp]> = [
		[
			'of a contract kept by invoices',
			() => orderOf(company.buyer({ contract: 'ПоСчетам' })),
			/взаиморасчеты ведутся по счетам.*Выберите договор/,
		],
		[
			'of a buyer without a contract',
			() => orderOf(company.buyer({ contract: 'none' })),
			/нет договора вида «С покупателем»/,
		],
		[
			'of a counterparty marked for deletion',
			() => {
				const { company: card, counterparty } = company.buyer();
				company.base.admin.marksForDeletion(counterparty);
				const fields = { UF_CRM_1C_COUNTERPARTY: counterparty };
				return toOrder(company.deal(card, tables(), fields));
			},
			/помечен в 1С на удаление. Выберите контрагента/,
		],
		[
			'of a closed period',
			() => {
				company.base.levers.closesPeriod('2026-12-31');
				return orderOf();
			},
			/1С отказалась.*период/,
		],
		[
			'of a licence that is not free',
			() => {
				company.base.levers.exhaustsLicences(20);
				return orderOf();
			},
			/нет свободной лицензии/,
		],
		[
			'of a wrong password',
			() => {
				company.credentials.oneCApi.password = 'другой';
				return orderOf();
			},
			/1С не пустила обмен/,
		],
		[
			'of a credential that cannot be meant',
			() => {
				company.credentials.oneCApi.marker = 'слишком длинная метка';
				return orderOf();
			},
			/Технический сбой. Передайте интегратору: поле «Credential 1C:UT 10.3 API/,
		],
		[
			'of a right the exchange lacks',
			() => {
				company.portal.levers.failsNext('crm.item.update', 400, 'ACCESS_DENIED', 'No way', 9);
				return orderOf();
			},
			/Битрикс24 отказал: «No way» \(ACCESS_DENIED\). Передайте это интегратору/,
		],
	];

	test.each(SAID)('%s', async (_, brings, says) => {
		await open();
		const deal = brings();
		await company.workflow.polls('Сделки ждут документ');
		expect(complaints(deal)).toEqual([expect.stringMatching(says)]);
	});
});

const rowsOf = (workflow: IWorkflowBase, name: string): Array<Record<string, unknown>> => {
	const node = workflow.nodes.find((found) => found.name === name);
	return (node?.parameters.rows as { row: Array<Record<string, unknown>> }).row;
};

describe('a table', () => {
	test('with a stage of another pipeline stops before the first deal and names the row', async () => {
		await open({
			edit: (workflow) => {
				rowsOf(workflow, 'Какой документ нужен')[1].stage = 'C5:ORDER_1C';
			},
		});
		toOrder(company.deal(company.buyer().company, tables()));
		await expect(company.minutePasses()).rejects.toThrow(
			'row 2: stage C5:ORDER_1C belongs to pipeline 5',
		);
	});

	test('that is found broken after the trigger lets no deal through, and says so in it', async () => {
		await open();
		const deal = toOrder(company.deal(company.buyer().company, tables()));
		await company.minutePasses();
		company.base.storekeeper.ships({ order: String(company.order(deal).Ref_Key) });
		const { nodes } = company.workflow.source;
		const table = nodes.find(({ name }) => name === 'Что это значит для сделки');
		Object.assign(table?.parameters ?? {}, { dealRows: { row: [{ stage: 'C9:WON' }] } });
		const { from1c } = await company.minutePasses();
		expect(from1c?.items('Оплата и отгрузка в сделку')).toEqual([]);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(0);
		expect(complaints(deal)).toEqual([expect.stringContaining('Передайте интегратору')]);
	});

	test('without a row for the stage says so in the deal, and others go through', async () => {
		await open({
			edit: (workflow) => {
				const rows = rowsOf(workflow, 'Какой документ нужен');
				rows.splice(
					rows.findIndex(({ stage }) => stage === '*'),
					1,
				);
			},
		});
		const unmapped = company.deal(company.buyer().company, tables());
		const mapped = toOrder(company.deal(company.buyer().company, tables()));
		await company.workflow.runs('Сделки ждут документ', [
			{ json: { dealId: unmapped } },
			{ json: { dealId: mapped } },
		]);
		expect(complaints(unmapped)).toEqual([expect.stringContaining('нет в таблице')]);
		expect(company.order(mapped)).toMatchObject({ Posted: true });
	});

	test('that is a preset works as its rows would', async () => {
		await open({
			edit: ({ nodes }) => {
				for (const { parameters } of nodes) {
					if (parameters.table !== 'custom') continue;
					parameters.table = 'prepaid';
					for (const rows of ['rows', 'dealRows', 'invoiceRows']) delete parameters[rows];
				}
			},
		});
		const deal = toOrder(company.deal(company.buyer().company, tables()));
		await company.minutePasses();
		company.base.storekeeper.ships({ order: String(company.order(deal).Ref_Key) });
		await company.minutePasses();
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	});

	test('shows the stages of the portal in its pick-list', async () => {
		await open();
		const choices = await company.workflow.choices('Что это значит для сделки', 'getDealTargets');
		expect(choices.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/ › В работе$/),
				'Success Stage of the Pipeline',
			]),
		);
	});

	test('in a dry run shows the decision and the row, and changes nothing', async () => {
		await open({
			edit: (workflow) => {
				for (const { name, parameters } of workflow.nodes) {
					if (name === 'Какой документ нужен') parameters.dryRun = true;
				}
			},
		});
		const deal = toOrder(company.deal(company.buyer().company, tables()));
		const { to1c } = await company.minutePasses();
		expect(to1c?.items('Какой документ нужен', 3)[0].decision).toMatchObject({
			row: 2,
			document: 'order',
			dryRun: true,
		});
		expect(company.documents('ЗаказПокупателя', deal)).toEqual([]);
	});
});

describe('a system that is down', () => {
	test('1C: the deal waits, is told once, and goes through when 1C is back', async () => {
		await open();
		const deal = toOrder(company.deal(company.buyer().company, tables()));
		company.base.levers.goesDown();
		await expect(company.minutePasses()).rejects.toThrow();
		company.base.levers.comesBack();
		await company.minutesPass(3);
		expect(company.order(deal)).toMatchObject({ Posted: true });
		expect(complaints(deal)).toEqual([
			expect.stringContaining('Нет ответа от системы «1С»: связь оборвалась.'),
		]);
	});

	test('the portal: what 1C did meanwhile arrives when it is back', async () => {
		await open();
		const deal = toOrder(company.deal(company.buyer().company, tables()));
		await company.minutePasses();
		company.base.storekeeper.ships({ order: String(company.order(deal).Ref_Key) });
		company.portal.levers.goesDown();
		await company.minutePasses().catch(() => undefined);
		company.portal.levers.comesBack();
		await company.minutesPass(4);
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	});
});
