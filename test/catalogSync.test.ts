/** Buyers and goods from 1C to Bitrix24: the example workflow in n8n's real engine, on the stand-in portal and base. */
import { Catalogs, type CatalogsOptions } from './support/catalogs';

let catalogs: Catalogs;

const open = async (options: CatalogsOptions = {}): Promise<void> => {
	catalogs = await Catalogs.open(options);
};

afterEach(async () => await catalogs.close());

const ROSE = {
	name: 'Роза',
	fullName: 'Общество с ограниченной ответственностью «Роза»',
	inn: '7707083893',
	kpp: '773601001',
	phone: '8 (495) 111-22-33, +7 926 123-45-67',
	email: 'Office@Rose.RU',
	legalAddress: '123001, Москва, Первая ул., д. 1',
	address: ', , Химки г, Лесная ул, дом 5',
	bankAccount: { number: '40702810400000000001', bik: '044525225', bank: 'ПАО Сбербанк' },
};

const rose = (change: Partial<typeof ROSE> & { folder?: string } = {}): string =>
	catalogs.base.admin.addsCounterparty({ ...ROSE, ...change });

describe('the first load', () => {
	beforeEach(async () => await open());

	test('a buyer becomes a company with requisite, bank details, addresses, phones and its place in 1C', async () => {
		const folder = catalogs.base.admin.addsFolder('Контрагенты', 'Опт');
		const ref = rose({ folder });
		const { summary, error } = await catalogs.syncsBuyers();
		expect(error).toBeUndefined();
		expect(summary).toMatchObject({ read: 1, created: 1, updated: 0, skipped: 0, failed: 0 });
		const [company, ...others] = await catalogs.companies();
		expect(others).toEqual([]);
		expect(company).toMatchObject({
			title: 'Роза',
			originatorId: '1C',
			originId: ref,
			UF_CRM_1C_FOLDER: 'Опт',
			UF_CRM_1C_CODE: '000000002',
			UF_CRM_1C_MAIN_CONTRACT: 'Основной договор',
			UF_CRM_1C_STATE: '',
		});
		expect(company.fm).toMatchObject([
			{ typeId: 'PHONE', value: '+74951112233' },
			{ typeId: 'PHONE', value: '+79261234567' },
			{ typeId: 'EMAIL', value: 'office@rose.ru' },
		]);
		const [requisite] = await catalogs.requisites(company);
		expect(requisite).toMatchObject({
			PRESET_ID: '1',
			XML_ID: ref,
			RQ_INN: '7707083893',
			RQ_KPP: '773601001',
			RQ_COMPANY_FULL_NAME: ROSE.fullName,
		});
		expect(await catalogs.bankDetails(requisite)).toMatchObject([
			{
				RQ_BIK: '044525225',
				RQ_BANK_NAME: 'ПАО Сбербанк',
				RQ_ACC_NUM: '40702810400000000001',
				RQ_COR_ACC_NUM: '30101810400000000225',
				RQ_ACC_CURRENCY: 'RUB',
			},
		]);
		expect(await catalogs.addresses(requisite)).toMatchObject([
			{ TYPE_ID: '6', POSTAL_CODE: '123001', ADDRESS_1: 'Москва, Первая ул., д. 1' },
			{ TYPE_ID: '1', POSTAL_CODE: '', ADDRESS_1: 'Химки г, Лесная ул, дом 5' },
		]);
	});

	test('a second run reads a handful of requests and writes nothing', async () => {
		rose();
		catalogs.base.admin.addsCounterparty({ name: 'Иванов Иван Иванович', person: true });
		await catalogs.syncsBuyers();
		const { result, writes } = await catalogs.costs(async () => await catalogs.syncsBuyers());
		expect(result.summary).toMatchObject({ read: 2, created: 0, updated: 0, skipped: 2 });
		expect(writes).toEqual([]);
	});
});
