/** Buyers and goods from 1C to Bitrix24: the example workflow in n8n's real engine, on the stand-in portal and base. */
import type { IDataObject } from 'n8n-workflow';
import { innOf } from './standins/onec/people/multitude';
import { Catalogs, type CatalogsOptions } from './support/catalogs';

jest.setTimeout(60_000);

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
	bankAccount: { number: '40702810200000000001', bik: '044525225', bank: 'ПАО Сбербанк' },
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
				RQ_ACC_NUM: '40702810200000000001',
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

describe('what has changed in 1C', () => {
	let ref: string;
	let company: IDataObject;
	let requisite: IDataObject;

	beforeEach(async () => {
		await open();
		ref = rose();
		await catalogs.syncsBuyers();
		[company] = await catalogs.companies();
		[requisite] = await catalogs.requisites(company);
	});

	const nextRun = async () => await catalogs.costs(async () => await catalogs.syncsBuyers());
	const phones = async (): Promise<unknown[]> => {
		const [{ fm }] = await catalogs.companies();
		return (fm as IDataObject[])
			.filter(({ typeId }) => typeId === 'PHONE')
			.map(({ value }) => value);
	};

	test('another КПП changes the requisite and nothing else', async () => {
		catalogs.base.admin.corrects(ref, { КПП: '771001001' });
		const { result, writes } = await nextRun();
		expect(result.summary).toMatchObject({ created: 0, updated: 1 });
		expect(writes).toEqual(['crm.requisite.update', 'crm.item.update']);
		expect(await catalogs.requisites(company)).toMatchObject([{ RQ_KPP: '771001001' }]);
		expect((await nextRun()).writes).toEqual([]);
	});

	test('bank accounts that went are taken off, those a manager has added stay', async () => {
		await catalogs.asks('crm.requisite.bankdetail.add', {
			fields: { ENTITY_ID: requisite.ID, NAME: 'От менеджера', RQ_ACC_NUM: '1' },
		});
		const second = catalogs.base.admin.addsBankAccount({
			owner: ref,
			number: '40702810800000000002',
			bik: '044525974',
			bank: 'Т-Банк',
		});
		await nextRun();
		const numbers = async () =>
			(await catalogs.bankDetails(requisite)).map(({ RQ_ACC_NUM }) => RQ_ACC_NUM).sort();
		expect(await numbers()).toEqual(['1', '40702810200000000001', '40702810800000000002']);
		catalogs.base.admin.marksForDeletion(second);
		const { writes } = await nextRun();
		expect(writes).toEqual(['crm.requisite.bankdetail.delete', 'crm.item.update']);
		expect(await numbers()).toEqual(['1', '40702810200000000001']);
	});

	test('addresses change and go, one that a manager has written stays', async () => {
		const { admin } = catalogs.base;
		admin.removesContact({ owner: ref, kind: 'Адрес' });
		admin.removesContact({ owner: ref, kind: 'Адрес', title: 'ФактАдресКонтрагента' });
		admin.addsContact({ owner: ref, kind: 'Адрес', value: '125009, Москва, Тверская ул.' });
		await nextRun();
		expect(await catalogs.addresses(requisite)).toMatchObject([
			{ TYPE_ID: '6', POSTAL_CODE: '125009', ADDRESS_1: 'Москва, Тверская ул.' },
		]);
		await catalogs.asks('crm.address.add', {
			fields: { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite.ID, ADDRESS_1: 'Склад' },
		});
		admin.corrects(ref, { КПП: '771001001' });
		await nextRun();
		expect(await catalogs.addresses(requisite)).toMatchObject([
			{ TYPE_ID: '6' },
			{ ADDRESS_1: 'Склад' },
		]);
	});

	test('the last of twenty digits of an account, and the letter case of a name, are changes', async () => {
		const { admin } = catalogs.base;
		const account = admin.addsBankAccount({
			owner: ref,
			number: '40702810800000000002',
			bik: '044525974',
			bank: 'Т-Банк',
		});
		await nextRun();
		admin.corrects(account, { НомерСчета: '40702810800000000003' });
		admin.corrects(ref, { Description: 'РОЗА' });
		await nextRun();
		const numbers = (await catalogs.bankDetails(requisite)).map(({ RQ_ACC_NUM }) => RQ_ACC_NUM);
		expect(numbers).toEqual(['40702810200000000001', '40702810800000000003']);
		expect(await catalogs.companies()).toMatchObject([{ title: 'РОЗА' }]);
		expect(await catalogs.requisites(company)).toMatchObject([{ RQ_COMPANY_NAME: 'РОЗА' }]);
		expect((await nextRun()).writes).toEqual([]);
	});

	test('a name longer than a requisite holds is cut there, once, and a person hears of it', async () => {
		const fullName = `Общество «${'Очень '.repeat(60)}»`;
		catalogs.base.admin.corrects(ref, { НаименованиеПолное: fullName });
		const { result } = await nextRun();
		expect(result.summary).toMatchObject({ updated: 1, failed: 0 });
		expect(result.notices).toMatchObject([
			{ notices: ['RQ_COMPANY_FULL_NAME is cut to 300 characters'] },
		]);
		const [{ RQ_COMPANY_FULL_NAME: stored }] = await catalogs.requisites(company);
		expect(stored).toBe(fullName.slice(0, 300).trim());
		expect((await nextRun()).writes).toEqual([]);
	});

	test('a phone that 1C has dropped goes, one that a manager has added stays', async () => {
		await catalogs.asks('crm.item.update', {
			entityTypeId: 4,
			id: company.id,
			fields: { fm: { n0: { typeId: 'PHONE', valueType: 'MOBILE', value: '+7 999 000-00-00' } } },
		});
		catalogs.base.admin.removesContact({ owner: ref, kind: 'Телефон' });
		catalogs.base.admin.addsContact({ owner: ref, kind: 'Телефон', value: '8 495 222-33-44' });
		await nextRun();
		expect(await phones()).toEqual(['+7 999 000-00-00', '+74952223344']);
		expect((await nextRun()).writes).toEqual([]);
	});

	test.each(['kept', 'emptied'] as const)(
		'a mark for deletion is shown in the card, its timeline and the output, and taken back, empty values being %s',
		async (emptiedCompanyField) => {
			catalogs.portal.switches.emptiedCompanyField = emptiedCompanyField;
			catalogs.base.admin.marksForDeletion(ref);
			const { result } = await nextRun();
			expect(result.notices).toMatchObject([{ ref, notices: ['marked for deletion in 1C'] }]);
			expect(await catalogs.companies()).toMatchObject([
				{ title: 'Роза', UF_CRM_1C_STATE: 'Помечен на удаление в 1С' },
			]);
			expect((await nextRun()).writes).toEqual([]);
			catalogs.base.admin.corrects(ref, { DeletionMark: false });
			await nextRun();
			expect(await catalogs.companies()).toMatchObject([{ UF_CRM_1C_STATE: '' }]);
			const comments = await catalogs.asks('crm.timeline.comment.list', {
				filter: { ENTITY_TYPE: 'company', ENTITY_ID: company.id },
			});
			expect(comments.map(({ COMMENT }) => COMMENT)).toEqual([
				'1С: контрагент «Роза» (код 000000001) помечен на удаление.',
				'1С: контрагент «Роза» (код 000000001) больше не помечен на удаление.',
			]);
		},
	);

	test('a buyer that is marked from the beginning gets no card', async () => {
		catalogs.base.admin.marksForDeletion(
			catalogs.base.admin.addsCounterparty({ name: 'Старый', inn: innOf(1) }),
		);
		await nextRun();
		expect(await catalogs.companies()).toHaveLength(1);
	});

	test('the card of a buyer that has gone stays and says so, its link is cut', async () => {
		catalogs.base.admin.addsCounterparty({ name: 'Астра', inn: innOf(2) });
		await nextRun();
		catalogs.base.admin.deletesForGood(ref);
		const { result } = await nextRun();
		expect(result.summary).toMatchObject({ gone: 1 });
		expect(result.notices).toMatchObject([{ ref, name: 'Роза', notices: ['no longer in 1C'] }]);
		expect(await catalogs.companies({ id: company.id })).toMatchObject([
			{ title: 'Роза', originatorId: '1C-GONE', originId: ref, UF_CRM_1C_STATE: 'Нет в 1С' },
		]);
		const { result: again, writes } = await nextRun();
		expect(writes).toEqual([]);
		expect(again.summary).toMatchObject({ gone: 0 });
	});
});

describe('who is who', () => {
	beforeEach(async () => await open());

	const shop = (): string => {
		const folder = catalogs.base.admin.addsFolder('Контрагенты', 'Розница');
		return rose({ folder });
	};

	test('one ИНН in two folders: the second is in doubt, with the card that may be meant', async () => {
		const [first, second] = [rose(), shop()];
		const { inDoubt, summary } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ created: 1, inDoubt: 1 });
		const [company] = await catalogs.companies();
		expect(company.originId).toBe(first);
		expect(inDoubt).toMatchObject([
			{
				ref: second,
				reason:
					'Розница / Роза (код 000000003): the CRM has a card with the same ИНН 7707083893 and КПП 773601001',
				candidates: [{ type: 'company', id: company.id, title: 'Роза' }],
			},
		]);
	});

	test('a person decides in the card: the second counterparty is written among the further ones', async () => {
		rose();
		const second = shop();
		await catalogs.syncsBuyers();
		const [company] = await catalogs.companies();
		await catalogs.asks('crm.item.update', {
			entityTypeId: 4,
			id: company.id,
			fields: { UF_CRM_1C_COUNTERPARTIES: [second] },
			useOriginalUfNames: 'Y',
		});
		const { result, writes } = await catalogs.costs(async () => await catalogs.syncsBuyers());
		expect(result.summary).toMatchObject({ skipped: 2, inDoubt: 0 });
		expect(writes).toEqual([]);
	});

	test('by the policy of one company, all counterparties of an ИНН join it, and leave it when marked', async () => {
		rose();
		const others = [shop(), rose(), rose()];
		await catalogs.syncsBuyers({ sameInn: 'link' });
		const [company, ...more] = await catalogs.companies();
		expect(more).toEqual([]);
		expect([...(company.UF_CRM_1C_COUNTERPARTIES as string[])].sort()).toEqual([...others].sort());
		for (const other of others) catalogs.base.admin.marksForDeletion(other);
		await catalogs.syncsBuyers({ sameInn: 'link' });
		const [left] = await catalogs.companies();
		expect((left.UF_CRM_1C_COUNTERPARTIES as string[]).filter(Boolean)).toEqual([]);
	});

	test('by the policy of another company, each counterparty has its own', async () => {
		const refs = [rose(), shop()];
		await catalogs.syncsBuyers({ sameInn: 'create' });
		expect((await catalogs.companies()).map(({ originId }) => originId)).toEqual(refs);
	});

	test('a company that managers have made is asked about, and by policy becomes the buyer, requisite and all', async () => {
		const id = catalogs.portal.admin.addsCompany({ title: 'Розочка', inn: ROSE.inn });
		const ref = rose();
		const { inDoubt } = await catalogs.syncsBuyers();
		expect(inDoubt).toMatchObject([{ ref, candidates: [{ id, title: 'Розочка' }] }]);
		expect(await catalogs.companies()).toMatchObject([{ originId: null }]);
		await catalogs.syncsBuyers({ sameInn: 'link' });
		const [company, ...more] = await catalogs.companies();
		expect(more).toEqual([]);
		expect(company).toMatchObject({ id, originId: ref, title: 'Роза' });
		expect(await catalogs.requisites(company)).toMatchObject([{ XML_ID: ref, RQ_KPP: ROSE.kpp }]);
	});

	test('an ИНН that cannot be right suggests nothing, and a person hears of it', async () => {
		catalogs.portal.admin.addsCompany({ title: 'Чужая', inn: '7707083890' });
		rose({ inn: '7707083890' });
		const { summary, notices } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ created: 1, inDoubt: 0 });
		expect(notices).toMatchObject([{ notices: ['cannot be right: ИНН 7707083890'] }]);
	});

	test('people become contacts or, if so chosen, companies; entrepreneurs are companies', async () => {
		const { admin } = catalogs.base;
		admin.addsCounterparty({ name: 'Иванов Иван Иванович', person: true, phone: '89261112233' });
		admin.addsCounterparty({ name: 'ИП Петров Петр', person: true, inn: '500100732259' });
		await catalogs.syncsBuyers();
		expect(await catalogs.contacts()).toMatchObject([
			{ lastName: 'Иванов', name: 'Иван', secondName: 'Иванович', originatorId: '1C' },
		]);
		const [entrepreneur] = await catalogs.companies();
		expect(await catalogs.requisites(entrepreneur)).toMatchObject([
			{ PRESET_ID: '2', RQ_INN: '500100732259', RQ_LAST_NAME: 'Петров' },
		]);
		admin.addsCounterparty({ name: 'Сидоров Сидор', person: true });
		await catalogs.syncsBuyers({ people: 'company' });
		expect((await catalogs.companies()).map(({ title }) => title)).toEqual([
			'ИП Петров Петр',
			'Сидоров Сидор',
		]);
		expect(await catalogs.contacts()).toHaveLength(1);
	});

	test('two people of one office are told apart by their extensions', async () => {
		const { admin } = catalogs.base;
		const office = '8 (495) 123-45-67';
		catalogs.portal.admin.addsContact({ name: 'Ваня', phone: `${office} доб. 101` });
		admin.addsCounterparty({ name: 'Петров Петр', person: true, phone: `${office}, доб. 102` });
		const { summary } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ created: 1, inDoubt: 0 });
		const phones = (await catalogs.contacts()).map(({ fm }) => (fm as IDataObject[])[0].value);
		expect(phones).toEqual([`${office} доб. 101`, '+74951234567#102']);
		admin.addsCounterparty({ name: 'Иванов Иван', person: true, phone: `${office} (ext. 101)` });
		expect(await catalogs.syncsBuyers()).toMatchObject({ summary: { created: 0, inDoubt: 1 } });
	});

	describe('on a portal whose requisite presets were made anew', () => {
		const COMPANY = { name: 'Юрлицо', xmlId: 'a1', fields: 'RQ_INN RQ_KPP RQ_COMPANY_NAME' };
		const SOLE = { name: 'Предприниматель', xmlId: null, fields: 'RQ_INN RQ_LAST_NAME RQ_OGRNIP' };
		const makes = (...presets: Array<typeof COMPANY | typeof SOLE>): void =>
			catalogs.portal.admin.makesPresetsAnew([SOLE, ...presets]);

		test('each kind of buyer gets the one with its fields', async () => {
			makes(COMPANY);
			rose();
			await catalogs.syncsBuyers();
			const [company] = await catalogs.companies();
			expect(await catalogs.requisites(company)).toMatchObject([{ PRESET_ID: '6' }]);
		});

		test('of two that could be meant none is taken, and other buyers do not wait for it', async () => {
			makes(COMPANY, { ...COMPANY, name: 'Юрлицо (доп.)' });
			rose();
			const name = 'ИП Петров Петр';
			catalogs.base.admin.addsCounterparty({ name, person: true, inn: '500100732259' });
			const { summary, failed } = await catalogs.syncsBuyers();
			expect(summary).toMatchObject({ created: 1, failed: 1 });
			expect(failed).toMatchObject([{ reason: expect.stringContaining('Юрлицо (доп.)') }]);
			expect(await catalogs.companies()).toMatchObject([{ title: name }]);
		});
	});

	test.each(['array', 'object'] as const)(
		'a contact with the phone of a person is asked about (nobody found is an empty %s)',
		async (emptyFindByComm) => {
			await catalogs.close();
			await open({ portal: { emptyFindByComm } });
			const { admin } = catalogs.base;
			const id = catalogs.portal.admin.addsContact({ name: 'Ваня', phone: '+7 926 111-22-33' });
			admin.addsCounterparty({ name: 'Иванов Иван', person: true, phone: '8(926)1112233' });
			admin.addsCounterparty({ name: 'Петров Петр', person: true, phone: '8(926)9998877' });
			const { inDoubt, summary } = await catalogs.syncsBuyers();
			expect(summary).toMatchObject({ created: 1, inDoubt: 1 });
			expect(inDoubt).toMatchObject([{ candidates: [{ type: 'contact', id }] }]);
		},
	);
});

describe('bad weather', () => {
	beforeEach(async () => await open());

	const three = (): string[] =>
		[1, 2, 3].map((serial) => rose({ name: `Роза ${serial}`, inn: innOf(serial) }));

	/** Each buyer once and whole, whatever happened on the way. */
	const expectAllThere = async (refs: string[]): Promise<void> => {
		const companies = await catalogs.companies();
		expect(companies.map(({ originId }) => originId)).toEqual(refs);
		for (const company of companies) {
			expect(company.fm).toHaveLength(3);
			const requisites = await catalogs.requisites(company);
			expect(requisites).toHaveLength(1);
			expect(await catalogs.bankDetails(requisites[0])).toHaveLength(1);
			expect(await catalogs.addresses(requisites[0])).toHaveLength(2);
		}
		const { writes } = await catalogs.costs(async () => await catalogs.syncsBuyers());
		expect(writes).toEqual([]);
	};

	test('a lost answer doubles nothing', async () => {
		const refs = three();
		catalogs.portal.levers.losesNextAnswer('crm.item.add');
		const { summary } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ read: 3, failed: 0 });
		await expectAllThere(refs);
	});

	test('a buyer that is refused does not stop the others, and is written by the next run', async () => {
		const refs = three();
		catalogs.portal.levers.failsNext('crm.requisite.add', 400, '', 'Не сегодня');
		const { failed, summary } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ created: 2, failed: 1 });
		expect(failed).toMatchObject([{ ref: refs[0], reason: expect.stringContaining('Не сегодня') }]);
		expect((await catalogs.syncsBuyers()).summary).toMatchObject({ updated: 1, skipped: 2 });
		await expectAllThere(refs);
	});

	test('a run that breaks off says how far it came, and the next one goes on', async () => {
		const refs = three();
		catalogs.base.levers.failsNext(403, 'Нельзя', "Code ge '000000002'");
		const { error } = await catalogs.syncsBuyers({ pageSize: 1 });
		expect(error).toContain('1 pages, 1 read');
		expect(await catalogs.companies()).toHaveLength(1);
		expect((await catalogs.syncsBuyers({ pageSize: 1 })).summary).toMatchObject({
			pages: 3,
			created: 2,
			skipped: 1,
		});
		await expectAllThere(refs);
	});

	test('a base that does not take paths in filters gives the same facts, object by object', async () => {
		const refs = three();
		const refusal = '{"odata.error":{"code":"14","message":{"lang":"ru","value":"Ошибка"}}}';
		catalogs.base.levers.failsNext(400, refusal, "')/Code ge", 99);
		await catalogs.syncsBuyers();
		await expectAllThere(refs);
	});

	test('names that are code, quotes and references stay what they are', async () => {
		const names = [
			`<script>alert('1')</script>`,
			`ООО "Рога & Копыта" + 100 % = #1; a[b]=c&d`,
			`'; DROP TABLE; -- %00 \\u0000 🌹`,
		];
		for (const [serial, name] of names.entries()) {
			catalogs.base.admin.addsCounterparty({ name, inn: innOf(serial), phone: name });
		}
		catalogs.base.admin.addsCounterparty({ name: '$result[c0][item][id]', inn: innOf(9) });
		const { summary } = await catalogs.syncsBuyers();
		expect(summary).toMatchObject({ created: 4, failed: 0 });
		const companies = await catalogs.companies();
		expect(companies.map(({ title }) => title)).toEqual([...names, '＄result[c0][item][id]']);
		const { writes } = await catalogs.costs(async () => await catalogs.syncsBuyers());
		expect(writes).toEqual([]);
	});
});

test('a portal that was not prepared is told so before anything is written', async () => {
	await open({ isBare: true });
	rose();
	const { error } = await catalogs.syncsBuyers();
	expect(error).toContain('UF_CRM_1C_COUNTERPARTIES');
	expect(await catalogs.companies()).toEqual([]);
});

test('a dry run says what would be written and writes nothing', async () => {
	await open();
	rose();
	const { result, writes } = await catalogs.costs(
		async () => await catalogs.syncsBuyers({ dryRun: true }),
	);
	expect(result.summary).toMatchObject({ dryRun: true, created: 1 });
	expect(writes.filter((method) => method.startsWith('crm.'))).toEqual([]);
});
