/** A buyer who is only in the CRM gets a counterparty in 1C, and the chain asks when a company is several of them. */
import type { Finished } from './support/engine';
import { Catalogs } from './support/catalogs';
import { Company } from './support/company';
import { innOf } from './standins/onec/people/multitude';

jest.setTimeout(60_000);

describe('a company that is only in the CRM', () => {
	let catalogs: Catalogs;

	beforeEach(async () => {
		catalogs = await Catalogs.open();
	});

	afterEach(async () => await catalogs.close());

	const goesTo1c = async (companyId: number): Promise<Finished> =>
		await catalogs.runsFile('company-to-1c.json', { Компания: { companyId } });

	test('is made in 1C with a contract, linked back, and known to the synchronisation', async () => {
		const id = catalogs.portal.admin.addsCompany({
			title: 'Роза',
			inn: innOf(1),
			kpp: '771001001',
		});
		const run = await goesTo1c(id);
		expect(run.error).toBeUndefined();
		const [{ outcome, contract, counterparties }] = run.items('Контрагент в 1С');
		expect([outcome, typeof contract]).toEqual(['created', 'string']);
		const [{ ref }] = counterparties as Array<{ ref: string }>;
		expect(await catalogs.companies()).toMatchObject([{ id, originatorId: '1C', originId: ref }]);
		const { summary } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ created: 0, updated: 1, inDoubt: 0 });
		const [requisite, ...others] = await catalogs.requisites((await catalogs.companies())[0]);
		expect(others).toEqual([]);
		expect(requisite).toMatchObject({ XML_ID: ref, RQ_INN: innOf(1) });
	});

	test('that 1C has in some folder is linked to it, and a second run changes nothing', async () => {
		const folder = catalogs.base.admin.addsFolder('Контрагенты', 'Опт');
		const ref = catalogs.base.admin.addsCounterparty({ name: 'Роза', inn: innOf(1), folder });
		const id = catalogs.portal.admin.addsCompany({ title: 'Роза', inn: innOf(1) });
		expect((await goesTo1c(id)).items('Связать')).toMatchObject([
			{ counterparty: ref, outcome: 'linked' },
		]);
		const { result, writes } = await catalogs.costs(async () => await goesTo1c(id));
		expect(result.items('Связать')).toMatchObject([{ outcome: 'unchanged' }]);
		expect(writes).toEqual([]);
	});

	test('that 1C has twice is left to a person', async () => {
		for (const name of ['Опт', 'Розница']) {
			const folder = catalogs.base.admin.addsFolder('Контрагенты', name);
			catalogs.base.admin.addsCounterparty({ name: 'Роза', inn: innOf(1), folder });
		}
		const id = catalogs.portal.admin.addsCompany({ title: 'Роза', inn: innOf(1) });
		expect((await goesTo1c(id)).error).toContain('Counterparty GUID');
		expect(await catalogs.companies()).toMatchObject([{ originId: null }]);
	});

	test('without a right ИНН is not made', async () => {
		const id = catalogs.portal.admin.addsCompany({ title: 'Роза' });
		expect((await goesTo1c(id)).error).toContain('no right ИНН');
	});
});

describe('a company that is several counterparties', () => {
	let company: Company;

	beforeEach(async () => {
		company = await Company.open({ chain: 'prepaid' });
	});

	afterEach(async () => await company.close());

	test('is asked about; the choice in the deal decides', async () => {
		const table = company.product('Стол', 12_200);
		const buyer = company.buyer();
		const other = company.base.admin.addsCounterparty({
			name: 'ИП того же хозяина',
			inn: '500100732259',
			folder: company.base.admin.addsFolder('Контрагенты', 'Розница'),
		});
		company.portal.manager.writesCard(4, buyer.company, {
			UF_CRM_1C_COUNTERPARTIES: [buyer.counterparty, other],
		});
		const deal = company.deal(buyer.company, [
			{ product: table.product, price: 12_200, quantity: 1, vat: 22, vatIncluded: true },
		]);
		company.portal.manager.moves(deal, 'INVOICE_1C');
		await company.minutePasses();
		expect(company.documents('СчетНаОплатуПокупателю', deal)).toEqual([]);
		expect(company.timeline(deal).join(' ')).toContain('Розница / ИП того же хозяина');
		company.portal.manager.writes(deal, { UF_CRM_1C_COUNTERPARTY: other });
		await company.minutesPass(3);
		expect(company.invoice(deal)).toMatchObject({ Контрагент: other });
	});
});
