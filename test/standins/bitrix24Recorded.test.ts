/**
 * What real portals were seen to answer, and what clients were seen to send: the recorded answers of `2BAD/bitrix` and
 * `leshchenko1979/fast_bitrix24`, the assertions of `bitrix24/b24phpsdk`, the samples of `bitrix24/b24restdocs`.
 * Only names and types are held on to.
 */
import { DEFAULT_SWITCHES } from './bitrix24/switches';
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const test = new PortalUnderTest({
	webhookScopes: ['crm', 'catalog', 'user', 'userfieldconfig'],
});
const { call, result, refusal } = test;

const words = (text: string): string[] => text.split(/\s+/);

describe('classic methods', () => {
	it.each([
		// crm-deal-add.md sends FIELDS, the tests of fast_bitrix24 send FILTER and ID.
		['in capitals', { FIELDS: { TITLE: 'A' } }, { FILTER: { TITLE: 'A' }, SELECT: ['ID'] }],
		['capitalized', { Fields: { TITLE: 'A' } }, { Filter: { TITLE: 'A' }, Select: ['ID'] }],
		['in Hungarian', { arFields: { TITLE: 'A' } }, { arFilter: { TITLE: 'A' }, arSelect: ['ID'] }],
	])('take parameters %s', async (_spelling, fields, filter) => {
		const id = await result('crm.deal.add', fields);
		await result('crm.deal.add', { fields: { TITLE: 'B' } });
		expect(await result('crm.deal.list', filter)).toEqual([{ ID: String(id) }]);
	});

	it.each(['id', 'ID', 'Id'])('take the id as %s', async (name) => {
		const id = await result('crm.lead.add', { fields: { TITLE: 'A' } });
		expect((await result('crm.lead.get', { [name]: id })).TITLE).toBe('A');
	});

	it('make an empty deal without fields, and one from names they do not know', async () => {
		// The second is what the fixtures of fast_bitrix24 send.
		const ids = [
			await result('crm.deal.add'),
			await result('crm.deal.add', { fields: { NAME: 'Bob' } }),
		];
		for (const id of ids) {
			expect((await result('crm.deal.get', { id })).TITLE).toBe(`Сделка #${String(id)}`);
		}
		expect(await refusal('crm.deal.add', { fields: 'TITLE' })).toEqual([
			400,
			'',
			"Parameter 'fields' must be array.",
		]);
	});

	it('show a date nobody set as an empty text', async () => {
		// crm-lead-get.md; tests/real_responses/call_single_success.py of fast_bitrix24.
		const id = await result('crm.lead.add', { fields: { TITLE: 'A' } });
		expect(await result('crm.lead.get', { id })).toMatchObject({
			BIRTHDATE: '',
			DATE_CLOSED: '',
			POST: null,
		});
	});
});

/**
 * The keys b24phpsdk asserts (src/Services/CRM/{Lead,Deal,Contact,Company}/Result, DealTest::testAllSystemFieldsAnnotated
 * and its kin), by the types of 2BAD/bitrix and crm-*-fields.md.
 */
const ADDRESS = words(
	'ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE',
);
const UTM = words('UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM');
const ORIGIN = words('ORIGINATOR_ID ORIGIN_ID');
const MULTIFIELDS = words('PHONE EMAIL WEB IM LINK');
const HAS = words('HAS_PHONE HAS_EMAIL HAS_IMOL');
const WHO = words('ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID LAST_ACTIVITY_BY');
const WHEN = words('DATE_CREATE DATE_MODIFY LAST_ACTIVITY_TIME');
const RECORDED: Record<string, Record<string, string[]>> = {
	lead: {
		integer: ['ID', 'ADDRESS_LOC_ADDR_ID'],
		string: [
			...words('TITLE NAME SECOND_NAME LAST_NAME COMPANY_TITLE SOURCE_DESCRIPTION POST COMMENTS'),
			...words('STATUS_DESCRIPTION STATUS_SEMANTIC_ID'),
			...ADDRESS,
			...UTM,
			...ORIGIN,
		],
		crm_status: words('HONORIFIC SOURCE_ID STATUS_ID'),
		date: ['BIRTHDATE'],
		datetime: [...WHEN, 'MOVED_TIME', 'DATE_CLOSED'],
		char: [...HAS, ...words('IS_MANUAL_OPPORTUNITY OPENED IS_RETURN_CUSTOMER')],
		user: [...WHO, 'MOVED_BY_ID'],
		double: ['OPPORTUNITY'],
		crm_currency: ['CURRENCY_ID'],
		crm_company: ['COMPANY_ID'],
		crm_contact: ['CONTACT_ID', 'CONTACT_IDS'],
		crm_multifield: MULTIFIELDS,
	},
	deal: {
		integer: ['ID', 'PROBABILITY'],
		string: [
			...words('TITLE STAGE_SEMANTIC_ID COMMENTS SOURCE_DESCRIPTION ADDITIONAL_INFO'),
			...UTM,
			...ORIGIN,
		],
		crm_status: words('TYPE_ID STAGE_ID SOURCE_ID'),
		crm_category: ['CATEGORY_ID'],
		char: words(
			'IS_NEW IS_RECURRING IS_RETURN_CUSTOMER IS_REPEATED_APPROACH IS_MANUAL_OPPORTUNITY OPENED CLOSED',
		),
		double: ['OPPORTUNITY', 'TAX_VALUE'],
		crm_currency: ['CURRENCY_ID'],
		crm_company: ['COMPANY_ID'],
		crm_contact: ['CONTACT_ID', 'CONTACT_IDS'],
		crm_quote: ['QUOTE_ID'],
		crm_lead: ['LEAD_ID'],
		location: ['LOCATION_ID'],
		date: ['BEGINDATE', 'CLOSEDATE'],
		datetime: [...WHEN, 'MOVED_TIME'],
		user: [...WHO, 'MOVED_BY_ID'],
	},
	contact: {
		integer: ['ID', 'ADDRESS_LOC_ADDR_ID', 'FACE_ID'],
		string: [
			...words('NAME SECOND_NAME LAST_NAME SOURCE_DESCRIPTION POST COMMENTS ORIGIN_VERSION'),
			...ADDRESS,
			...UTM,
			...ORIGIN,
		],
		crm_status: words('HONORIFIC TYPE_ID SOURCE_ID'),
		file: ['PHOTO'],
		date: ['BIRTHDATE'],
		datetime: WHEN,
		char: [...HAS, 'OPENED', 'EXPORT'],
		user: WHO,
		crm_company: ['COMPANY_ID', 'COMPANY_IDS'],
		crm_lead: ['LEAD_ID'],
		crm_multifield: MULTIFIELDS,
	},
	company: {
		integer: ['ID', 'ADDRESS_LOC_ADDR_ID', 'REG_ADDRESS_LOC_ADDR_ID'],
		string: [
			...words('TITLE ADDRESS_LEGAL BANKING_DETAILS COMMENTS ORIGIN_VERSION'),
			'LAST_COMMUNICATION_TIME',
			...ADDRESS,
			...ADDRESS.map((name) => `REG_${name}`),
			...UTM,
			...ORIGIN,
		],
		crm_status: words('COMPANY_TYPE INDUSTRY EMPLOYEES'),
		file: ['LOGO'],
		crm_currency: ['CURRENCY_ID'],
		double: ['REVENUE'],
		char: [...HAS, 'OPENED', 'IS_MY_COMPANY'],
		user: WHO,
		datetime: WHEN,
		crm_contact: ['CONTACT_ID'],
		crm_lead: ['LEAD_ID'],
		crm_multifield: MULTIFIELDS,
	},
};

describe('the fields of classic cards', () => {
	it.each(Object.entries(RECORDED))('of a %s have these types', async (card, types) => {
		const fields = await result(`crm.${card}.fields`);
		const found = Object.entries(fields)
			.filter(([name]) => !name.startsWith('PARENT_ID_'))
			.map(([name, { type }]) => `${name} ${String(type)}`);
		const recorded = Object.entries(types).flatMap(([type, names]) =>
			names.map((name) => `${name} ${type}`),
		);
		expect(found.sort()).toEqual(recorded.sort());
	});

	it('name the books of their values, what is out of date and what is given once', async () => {
		const deal = await result('crm.deal.fields');
		expect(deal.STAGE_ID.statusType).toBe('DEAL_STAGE');
		expect(deal.TYPE_ID.statusType).toBe('DEAL_TYPE');
		expect((await result('crm.lead.fields')).STATUS_ID.statusType).toBe('STATUS');
		expect(deal.CONTACT_ID).toMatchObject({ isDeprecated: true, isMultiple: false });
		expect(deal.CONTACT_IDS).toMatchObject({ isMultiple: true });
		expect(deal.CATEGORY_ID).toMatchObject({ isImmutable: true, isReadOnly: false });
		expect(deal.QUOTE_ID).toMatchObject({ isReadOnly: true, settings: { parentEntityTypeId: 7 } });
		const contact = await result('crm.contact.fields');
		expect(contact.COMPANY_ID).toMatchObject({ isDeprecated: true });
		expect(contact.LAST_NAME).toMatchObject({ isRequired: true });
	});

	it('of a user keep the type of the field and its values', async () => {
		// tests/real_responses/crm_lead_fields_success.py of fast_bitrix24: settings and three labels.
		test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_PAID', 'boolean');
		expect((await result('crm.deal.fields')).UF_CRM_PAID).toMatchObject({
			type: 'boolean',
			isDynamic: true,
			title: 'UF_CRM_PAID',
			listLabel: expect.any(String),
			formLabel: expect.any(String),
			filterLabel: expect.any(String),
			settings: { DISPLAY: 'CHECKBOX' },
		});
	});
});

describe('comments of the timeline', () => {
	const commented = async (ENTITY_TYPE: string, FILES?: unknown): Promise<Body> => {
		const { item } = await result('crm.item.add', {
			entityTypeId: ENTITY_TYPE === 'deal' ? 2 : 31,
			fields: {},
		});
		const fields = { ENTITY_TYPE, ENTITY_ID: item.id, COMMENT: 'A', ...(FILES ? { FILES } : {}) };
		const id = await result('crm.timeline.comment.add', { fields });
		expect(await result('crm.timeline.comment.get', { id })).toMatchObject({ COMMENT: 'A' });
		return item.id;
	};

	// Server behaviour: three names are read, one is written.
	it.each(['dynamic_31', 'smart_invoice', 'si'])(
		'of an invoice are written and read as %s, and called smart_invoice',
		async (name) => {
			const ENTITY_ID = await commented(name);
			for (const ENTITY_TYPE of ['dynamic_31', 'smart_invoice', 'si']) {
				const filter = { ENTITY_TYPE, ENTITY_ID };
				expect(await result('crm.timeline.comment.list', { filter })).toMatchObject([
					{ ENTITY_TYPE: 'smart_invoice', ENTITY_ID: String(ENTITY_ID) },
				]);
			}
		},
	);

	it.each([
		['absent', undefined],
		['empty', []],
	] as const)('without files have FILES %s, with files a map', async (emptyCommentFiles, none) => {
		test.portal.switches.emptyCommentFiles = emptyCommentFiles;
		const list = async (ENTITY_ID: unknown): Promise<Body> =>
			await result('crm.timeline.comment.list', { filter: { ENTITY_TYPE: 'deal', ENTITY_ID } });
		const [without] = await list(await commented('deal'));
		expect(without.FILES).toEqual(none);
		const [having] = await list(await commented('deal', [['a.txt', 'YQ==']]));
		const [[id, file]] = Object.entries(having.FILES);
		expect(having.FILES).not.toBeInstanceOf(Array);
		expect(file).toMatchObject({ id: Number(id), name: 'a.txt', size: 1 });
	});

	it('are listed by the plain names of their owner', async () => {
		const filter = { '=ENTITY_TYPE': 'deal', '=ENTITY_ID': await commented('deal') };
		expect((await refusal('crm.timeline.comment.list', { filter }))[2]).toBe(
			'Filter field ENTITY_ID is required.',
		);
		test.portal.switches.commentFilter = 'prefixed too';
		expect(await result('crm.timeline.comment.list', { filter })).toHaveLength(1);
	});
});

describe('statuses', () => {
	// source/services/statuses of 2BAD/bitrix
	it('made without a colour and a funnel have an empty colour and the funnel 0', async () => {
		const fields = { ENTITY_ID: 'STATUS', STATUS_ID: 'TEST', NAME: 'TEST' };
		const id = await result('crm.status.add', { fields });
		expect(await result('crm.status.get', { id })).toEqual({
			...fields,
			ID: String(id),
			NAME_INIT: '',
			SORT: '10',
			SYSTEM: 'N',
			CATEGORY_ID: '0',
			COLOR: '',
			SEMANTICS: null,
			EXTRA: { SEMANTICS: 'process', COLOR: '' },
		});
	});

	it('tell the group of a stage, and nothing of the kind of a source', async () => {
		const fields = { ENTITY_ID: 'SOURCE', STATUS_ID: 'MAIL', NAME: 'Почта' };
		const id = await result('crm.status.add', { fields });
		expect(await result('crm.status.get', { id })).not.toHaveProperty('EXTRA');
		const stages = await result('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE' } });
		expect(stages.map(({ EXTRA }: Body) => EXTRA.SEMANTICS)).toContain('apology');
	});
});

it('the history of stages is in strings, and only what was selected', async () => {
	// tests/real_responses/{stagehistory,crm_stagehistory_list}.py of fast_bitrix24
	const deal = test.portal.manager.createsDeal({ title: 'A' });
	const list = async (select?: string[]): Promise<Body> =>
		(await result('crm.stagehistory.list', { entityTypeId: 2, ...(select && { select }) })).items;
	expect(await list()).toMatchObject([
		{ ID: expect.any(String), TYPE_ID: '1', OWNER_ID: String(deal), CATEGORY_ID: '0' },
	]);
	expect(await list(['OWNER_ID', 'STAGE_ID'])).toEqual([
		{ OWNER_ID: String(deal), STAGE_ID: 'NEW' },
	]);
});

describe('lists that are not paged', () => {
	it('give all funnels', async () => {
		// tests/real_responses/crm_category_list.py of fast_bitrix24: 52 in one answer.
		for (let number = 2; number <= 52; number += 1) test.portal.admin.addsPipeline(`№ ${number}`);
		const { data } = await call('crm.category.list', { entityTypeId: 2 });
		expect(data.result.categories).toHaveLength(52);
		expect([data.total, data.next]).toEqual([52, undefined]);
	});

	it('give all user fields of a card, with settings and values', async () => {
		for (let number = 1; number <= 60; number += 1)
			test.portal.admin.addsUserField('CRM_DEAL', `UF_CRM_${number}`, 'string');
		const { data } = await call('crm.deal.userfield.list', { filter: { USER_TYPE_ID: 'string' } });
		expect(data.result).toHaveLength(60);
		expect([data.total, data.next]).toEqual([60, undefined]);
		expect(data.result[0]).toMatchObject({ SHOW_IN_LIST: 'Y', SETTINGS: { ROWS: 1 } });
	});
});

describe('the catalogue', () => {
	it('shows the purchasing price as a text, the quantity as a number, pictures as maps', async () => {
		// catalog-product-{add,get,update}.md
		const { element } = await result('catalog.product.add', {
			fields: {
				iblockId: 23,
				name: 'Рама',
				purchasingPrice: 1000,
				purchasingCurrency: 'RUB',
				detailPicture: { fileData: ['рама.png', 'YQ=='] },
			},
		});
		expect(element).toMatchObject({ purchasingPrice: '1000.000000', quantity: 0 });
		expect(element.detailPicture).toEqual({
			id: expect.stringMatching(/^\d+$/),
			url: expect.stringContaining('catalog.product.download'),
			urlMachine: expect.stringContaining('catalog.product.download'),
		});
		const fields = { detailPicture: { remove: 'Y' }, quantity: 2.5 };
		await result('catalog.product.update', { id: element.id, fields });
		const { product } = await result('catalog.product.get', { id: element.id });
		expect(product).toMatchObject({ detailPicture: null, quantity: 2.5 });
	});
});

describe('settings', () => {
	it('of a user tell what was never filled in', async () => {
		// source/services/users of 2BAD/bitrix; user-get.md
		const [user] = await result('user.get', { ID: 1 });
		expect(user).toMatchObject({
			SECOND_NAME: '',
			TIME_ZONE: '',
			PERSONAL_PHOTO: null,
			PERSONAL_MOBILE: null,
			WORK_PHONE: null,
			USER_TYPE: 'employee',
		});
	});

	it('of a user field are a map by its type, labels maps by language', async () => {
		// userfieldconfig-{add,get,list}.md
		const field = {
			entityId: 'CRM_DEAL',
			fieldName: 'UF_CRM_DEAL_KIND',
			userTypeId: 'enumeration',
			settings: { LIST_HEIGHT: 3 },
			editFormLabel: { ru: 'Вид', en: 'Kind' },
			showInList: 'N',
			enum: [{ value: 'Розница' }],
		};
		const shown = {
			settings: { DISPLAY: 'LIST', LIST_HEIGHT: 3, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
			languageId: { en: 'en', ru: 'ru' },
			editFormLabel: { ru: 'Вид', en: 'Kind' },
			listColumnLabel: { ru: null, en: null },
			showInList: 'Y',
		};
		const added = (await result('userfieldconfig.add', { moduleId: 'crm', field })).field;
		expect(added).toMatchObject({ ...shown, enum: [{ value: 'Розница' }] });
		const { id } = added;
		expect((await result('userfieldconfig.get', { moduleId: 'crm', id })).field).toEqual(added);
		const { fields } = await result('userfieldconfig.list', { moduleId: 'crm' });
		expect(fields[0]).toMatchObject(shown);
		expect(fields[0]).not.toHaveProperty('enum');
	});

	it('of a smart process tell its relations one by one, not in a list', async () => {
		// crm-type-{add,get,list}.md
		const added = (await result('crm.type.add', { fields: { title: 'A', isClientEnabled: 'Y' } }))
			.type;
		const more = {
			relations: {
				parent: [{ entityTypeId: 3 }, { entityTypeId: 4 }, { entityTypeId: 2 }],
				child: [],
			},
			linkedUserFields: { 'TASKS_TASK|UF_CRM_TASK': 'N' },
			customSections: [],
		};
		expect(added).toMatchObject(more);
		const { entityTypeId, id } = added;
		expect((await result('crm.type.get', { id })).type).toEqual(added);
		expect((await result('crm.type.getByEntityTypeId', { entityTypeId })).type).toEqual(added);
		expect((await result('crm.type.list')).types[0]).not.toHaveProperty('relations');
	});
});

it('a document that was changed names its changer by a number and nobody as its maker', async () => {
	// crm-document-generator-document-update.md
	const deal = test.portal.manager.createsDeal({ title: 'A' });
	const { document } = await result('crm.documentgenerator.document.upload', {
		fields: { entityTypeId: 2, entityId: deal, fileContent: 'YQ==', region: 'ru', title: 'A' },
	});
	const { id } = document;
	const changed = await result('crm.documentgenerator.document.update', { id, values: {} });
	expect(changed.document).toMatchObject({ id, createdBy: null, updatedBy: 1 });
	const read = await result('crm.documentgenerator.document.get', { id });
	expect(read.document).toMatchObject({ createdBy: '1', updatedBy: '1' });
});

it('time starts at a whole second', async () => {
	// userfieldconfig-get.md, crm-company-get.md (samples of 2026)
	test.clock += 345;
	const { time } = (await call('server.time')).data;
	expect([Number(time.start) % 1, time.processing]).toEqual([0, 0]);
	expect(time.duration).toBeCloseTo(0.345);
	expect(Number(time.finish) - Number(time.start)).toBeCloseTo(0.345);
});

it('the positions a server was seen in are the usual ones', () => {
	expect(DEFAULT_SWITCHES).toMatchObject({
		invoiceCommentEntityType: 'any',
		invoiceEventNames: 'both',
		accountNumberWritable: true,
		leadStageOnAdd: 'taken',
	});
});
