/** Cards of every kind through the Bitrix24 node: created, found, listed, changed and deleted, fifty a request. */
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import { replies } from '../nodes/Bitrix24/rest/replies';
import { axiosHttp, standingClock } from './support/axiosHttp';
import { autoMapping, Bitrix24Node, mapping } from './support/bitrix24Node';

const REF = '33333333-3333-4333-8333-333333333333';

let bitrix24: Bitrix24Node;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
});
afterEach(async () => await bitrix24.close());

const op = (resource: string, operation: string, more: object = {}) => ({
	resource,
	operation,
	...more,
});

const many = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ number: index + 1 }));

describe('one mechanism serves all kinds of cards', () => {
	test.each([
		['deal', 'dealId', { title: 'Окна' }],
		['contact', 'contactId', { name: 'Иван', lastName: 'Петров' }],
		['company', 'companyId', { title: 'ООО «Ромашка»' }],
		['quote', 'quoteId', { title: 'Предложение' }],
		['invoice', 'invoiceId', { title: 'Счет' }],
	])('a %s lives from create to delete', async (resource, idName, fields) => {
		const [made] = await bitrix24.gives(op(resource, 'create', { mapping: mapping(fields) }));
		expect(made).toMatchObject({ outcome: 'created', changed: true, item: fields });
		const id = made[idName];
		expect(id).toBeGreaterThan(0);
		const [listed] = await bitrix24.gives(op(resource, 'getAll', { returnAll: true }));
		expect(listed).toMatchObject({ [idName]: id, ...fields });
		const record = { mode: 'id', value: `={{ $json.${idName} }}` };
		const [gone] = await bitrix24.gives(op(resource, 'delete', { record }), [{ [idName]: id }]);
		expect(gone).toMatchObject({ [idName]: id, deleted: true });
		expect(await bitrix24.gives(op(resource, 'getAll'))).toEqual([]);
	});

	test('an item of a smart process, which is chosen by name', async () => {
		const entityTypeId = bitrix24.portal.admin.definesSmartProcess('Монтаж');
		const node = bitrix24.with(op('smartProcess', 'create'));
		expect(await node.choices('Битрикс24', 'getSmartProcesses')).toEqual([
			{ name: 'Монтаж', value: entityTypeId },
		]);
		const [made] = await bitrix24.gives(
			op('smartProcess', 'create', { entityTypeId, mapping: mapping({ title: 'Монтаж 1' }) }),
		);
		const record = { mode: 'id', value: String(made.itemId) };
		const where = { entityTypeId, record };
		const [changed] = await bitrix24.gives(
			op('smartProcess', 'update', { ...where, mapping: mapping({ title: 'Монтаж 2' }) }),
		);
		expect(changed).toMatchObject({ changed: true });
		expect(await bitrix24.gives(op('smartProcess', 'get', where))).toMatchObject([
			{ itemId: made.itemId, title: 'Монтаж 2', entityTypeId },
		]);
	});
});

describe('the card of a chain is given in any way', () => {
	const ways = (id: number, path: string) => [
		String(id),
		id,
		`={{ ${id} }}`,
		'={{ $json.number }}',
		{ mode: 'id', value: String(id) },
		{ mode: 'list', value: String(id) },
		{ mode: 'url', value: `https://portal.bitrix24.ru/crm/${path}/details/${id}/?IFRAME=Y` },
	];

	test('a deal, as plain numbers of older workflows too', async () => {
		bitrix24.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_1C_PICKER', 'url');
		const id = bitrix24.portal.manager.createsDeal({ title: 'Окна' });
		const stage = 'EXECUTING';
		const pickerAddress = 'https://n8n.example.test/webhook/1/picker';
		for (const dealId of ways(id, 'deal')) {
			const item = { number: id };
			const gives = async (operation: string, more: object = {}) =>
				await bitrix24.gives(op('deal', operation, { dealId, ...more }), [item]);
			expect(await gives('get')).toMatchObject([{ dealId: id, title: 'Окна' }]);
			expect(await gives('moveToStage', { stage })).toMatchObject([{ dealId: id }]);
			expect(await gives('update')).toMatchObject([{ dealId: id, changed: false }]);
			expect(await gives('writePickerLink', { pickerAddress })).toMatchObject([{ dealId: id }]);
		}
		expect(bitrix24.portal.sees.deal(id).stageId).toBe(stage);
	});

	test('what the node before gives, where nothing was filled in', async () => {
		const id = bitrix24.portal.manager.createsDeal({ title: 'Окна' });
		expect(await bitrix24.gives(op('deal', 'get'), [{ dealId: id }])).toMatchObject([
			{ dealId: id },
		]);
	});

	test('an invoice, a lead, a company and the card of a comment', async () => {
		const { admin } = bitrix24.portal;
		const [{ invoiceId }] = await bitrix24.gives(
			op('invoice', 'create', { mapping: mapping({ title: 'Счет' }) }),
		);
		const company = admin.addsCompany({ title: 'ООО «Лютик»', inn: '7707083893' });
		const [{ leadId }] = await bitrix24.gives(
			op('lead', 'create', { mapping: mapping({ title: 'Звонок' }) }),
		);
		const checks: Array<[number, string, (way: unknown) => object]> = [
			[Number(invoiceId), 'type/31', (way) => op('invoice', 'get', { invoiceId: way })],
			[company, 'company', (way) => op('company', 'getFor1C', { companyId: way })],
			[Number(leadId), 'lead', (way) => op('lead', 'convertToDeal', { leadId: way })],
			[
				company,
				'company',
				(way) =>
					op('timelineComment', 'create', { entity: 'company', entityId: way, text: 'Привет' }),
			],
		];
		for (const [id, path, asking] of checks) {
			for (const way of ways(id, path)) {
				const [answer] = await bitrix24.gives(asking(way) as never, [{ number: id }]);
				expect(Object.values(answer)).toContain(id);
			}
		}
	});

	test('a link that leads elsewhere, and a word instead of a number, fail alone', async () => {
		const id = bitrix24.portal.manager.createsDeal({ title: 'Окна' });
		const byLink = { mode: 'url', value: '={{ $json.link }}' };
		const links = [
			'https://portal.bitrix24.ru/crm/lead/details/7/',
			`https://x/crm/deal/show/${id}/`,
		];
		expect(
			await bitrix24.outcomes(
				op('deal', 'get', { dealId: byLink }),
				links.map((link) => ({ link })),
			),
		).toMatchObject([{ error: expect.stringContaining('Deal') }, { dealId: id }]);
		const words = await bitrix24.runs(op('deal', 'get', { dealId: 'седьмая' }));
		expect(words.error).toBe('Deal: must be a number.');
	});

	test('the deal of another card is looked for among deals', async () => {
		const id = bitrix24.portal.manager.createsDeal({ title: 'Окна' });
		const node = bitrix24.with(op('invoice', 'createFromDeal'));
		const { results } = await node.finds('Битрикс24', 'searchDeals', 'окна');
		expect(results).toMatchObject([{ name: 'Окна', value: String(id) }]);
		const comment = bitrix24.with(op('timelineComment', 'create', { entity: 'company' }));
		expect((await comment.finds('Битрикс24', 'searchCards')).results).toEqual([]);
	});
});

describe('the editor knows the portal', () => {
	test('the fields of a deal have titles, widgets and lists', async () => {
		const { admin } = bitrix24.portal;
		admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'enumeration', {
			title: 'Цвет',
			values: ['Белый', 'Черный'],
		});
		admin.addsUserField('CRM_DEAL', 'UF_CRM_TAGS', 'string', { title: 'Метки', multiple: true });
		const pipeline = admin.addsPipeline('Розница');
		const fields = await bitrix24.with(op('deal', 'create')).fields('Битрикс24', 'getCardMapping');
		const field = (id: string) => fields.find((one) => one.id === id);
		expect(field('UF_CRM_COLOR')).toMatchObject({
			displayName: 'Цвет',
			type: 'options',
			options: [{ name: 'Белый' }, { name: 'Черный' }],
		});
		expect(field('UF_CRM_TAGS')).toMatchObject({ displayName: 'Метки', type: 'array' });
		expect(field('opportunity')).toMatchObject({ displayName: 'Сумма', type: 'number' });
		expect(field('begindate')).toMatchObject({ type: 'dateTime' });
		expect(field('isManualOpportunity')).toMatchObject({ type: 'boolean' });
		expect(field('categoryId')?.options).toContainEqual({ name: 'Розница', value: pipeline });
		expect(field('stageId')?.options).toContainEqual(
			expect.objectContaining({ name: expect.stringMatching(/^Розница › /) }),
		);
		expect(field('sourceId')?.options).toContainEqual({ name: 'Звонок', value: 'CALL' });
		expect(field('currencyId')?.options?.[0]).toMatchObject({ value: 'RUB' });
		expect(field('assignedById')?.options).toContainEqual({ name: 'Админова Анна', value: 3 });
		expect(field('originId')).toMatchObject({ defaultMatch: true, canBeUsedToMatch: true });
		expect(fields.map(({ id }) => id)).not.toContain('updatedTime');
		expect(field('PHONE')).toBeUndefined();
	});

	test('values of lists are typed where the portal does not tell them', async () => {
		bitrix24.portal.switches.listValuesInFields = 'absent';
		bitrix24.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'enumeration', {
			values: ['Белый'],
		});
		const fields = await bitrix24.with(op('deal', 'create')).fields('Битрикс24', 'getCardMapping');
		expect(fields.find(({ id }) => id === 'UF_CRM_COLOR')).toMatchObject({ type: 'string' });
	});

	test('a card is found by words, and the list goes on', async () => {
		for (const { number } of many(60))
			bitrix24.portal.admin.addsCompany({ title: `ООО ${number}` });
		const lily = bitrix24.portal.admin.addsCompany({ title: 'АО «Лилия»' });
		const node = bitrix24.with(op('company', 'get'));
		const found = await node.finds('Битрикс24', 'searchCards', 'лилия');
		expect(found.results).toEqual([
			{
				name: 'АО «Лилия»',
				value: String(lily),
				url: `https://${bitrix24.portal.domain}/crm/company/details/${lily}/`,
			},
		]);
		const first = await node.finds('Битрикс24', 'searchCards');
		const second = await node.finds(
			'Битрикс24',
			'searchCards',
			'',
			first.paginationToken as string,
		);
		expect([first.results.length, second.results.length]).toEqual([50, 11]);
		expect(second.paginationToken).toBeUndefined();
	});

	test('a contact is found by either name, a card by its number', async () => {
		const id = bitrix24.portal.admin.addsContact({ name: 'Иван', lastName: 'Петров' });
		const node = bitrix24.with(op('contact', 'get'));
		for (const words of ['иван', 'петр', String(id)]) {
			const { results } = await node.finds('Битрикс24', 'searchCards', words);
			expect(results).toMatchObject([{ name: 'Петров Иван', value: String(id) }]);
		}
	});

	test('conditions and columns are chosen from the same fields', async () => {
		const choices = await bitrix24.with(op('deal', 'getAll')).choices('Битрикс24', 'getCardFields');
		expect(choices).toContainEqual({ name: 'Стадия (stageId)', value: 'stageId' });
	});
});

describe('a card is meant', () => {
	test('by its link', async () => {
		const id = bitrix24.portal.admin.addsCompany({ title: 'ООО «Ромашка»' });
		const link = (path: string) => ({
			mode: 'url',
			value: `https://company.bitrix24.ru/crm/${path}/details/${id}/?IFRAME=Y`,
		});
		const get = (record: object) => op('company', 'get', { record });
		for (const path of ['company', 'type/4'])
			expect(await bitrix24.gives(get(link(path)))).toMatchObject([{ companyId: id }]);
		const run = await bitrix24.runs(get(link('deal')));
		expect(run.error).toContain("parameter's value is invalid");
	});

	test('and one that is not there is said to be missing, with the others read', async () => {
		const id = bitrix24.portal.admin.addsCompany({ title: 'ООО «Ромашка»' });
		const record = { mode: 'id', value: '={{ $json.id }}' };
		const outcomes = await bitrix24.outcomes(op('company', 'get', { record }), [
			{ id: 999_999 },
			{ id },
			{ id: 'нет' },
		]);
		expect(outcomes).toMatchObject([
			{ error: expect.stringContaining('Check the ID') },
			{ companyId: id },
			{ error: expect.stringContaining('must be a number') },
		]);
	});
});

describe('values are written in the form of their fields', () => {
	test('flags, dates, lists, phones', async () => {
		bitrix24.portal.admin.addsUserField('CRM_CONTACT', 'UF_CRM_VIP', 'boolean');
		bitrix24.portal.admin.addsUserField('CRM_CONTACT', 'UF_CRM_TAGS', 'string', { multiple: true });
		const [{ item }] = await bitrix24.gives(
			op('contact', 'create', {
				mapping: mapping({
					name: 'Иван',
					birthdate: '2001-02-03T23:30:00.000Z',
					UF_CRM_VIP: true,
					UF_CRM_TAGS: 'опт',
					PHONE: '8 (495) 123-45-67; +7 916 111-22-33',
					EMAIL: 'ivan@example.test',
				}),
			}),
		);
		expect(item).toMatchObject({
			birthdate: expect.stringMatching(/^2001-02-03/),
			UF_CRM_VIP: 'Y',
			UF_CRM_TAGS: ['опт'],
			fm: [
				{ typeId: 'PHONE', value: '+74951234567' },
				{ typeId: 'PHONE', value: '+79161112233' },
				{ typeId: 'EMAIL', value: 'ivan@example.test' },
			],
		});
	});

	test('a field the portal does not have, or does not let write, is named', async () => {
		const create = (fields: object) => op('deal', 'create', { mapping: mapping({ ...fields }) });
		const unknown = await bitrix24.runs(create({ UF_CRM_NOPE: 1 }));
		expect(unknown.error).toContain('no field UF_CRM_NOPE in a deal');
		const readOnly = await bitrix24.runs(create({ updatedTime: '2026-11-24' }));
		expect(readOnly.error).toContain('does not let the field updatedTime of a deal be written');
		expect(bitrix24.portal.sees.deals()).toEqual([]);
	});

	test('what was left empty in the editor is left alone, an empty text empties', async () => {
		const id = bitrix24.portal.admin.addsCompany({ title: 'ООО «Ромашка»', originId: REF });
		const update = op('company', 'update', {
			record: { mode: 'id', value: String(id) },
			mapping: mapping({ title: null, originId: '' }),
		});
		expect((await bitrix24.runs(update)).error).toContain('did not write originId');
		bitrix24.portal.switches.emptiedCompanyField = 'emptied';
		expect(await bitrix24.gives(update)).toMatchObject([
			{ changed: true, item: { title: 'ООО «Ромашка»', originId: '' } },
		]);
	});

	test('the input itself can be the fields, and JSON names further ones', async () => {
		const create = op('company', 'create', {
			mapping: autoMapping(),
			options: { otherFields: '{"comments": "из файла"}' },
		});
		const [{ item }] = await bitrix24.gives(create, [
			{ title: 'ООО «Ромашка»', originId: REF, PHONE: '+74951234567', id: 5, nothing: 'x' },
		]);
		expect(item).toMatchObject({
			title: 'ООО «Ромашка»',
			originId: REF,
			comments: 'из файла',
			phone: '+74951234567',
		});
	});
});

describe('an update writes only what differs', () => {
	test('and adds only the phones that are not there', async () => {
		const id = bitrix24.portal.admin.addsContact({ name: 'Иван', phone: '8 495 123-45-67' });
		const update = (PHONE: string) =>
			op('contact', 'update', {
				record: { mode: 'id', value: String(id) },
				mapping: mapping({ name: 'Иван', PHONE }),
			});
		expect(await bitrix24.gives(update('+7 (495) 123-45-67'))).toMatchObject([{ changed: false }]);
		const [{ item }] = await bitrix24.gives(update('+79161112233'));
		expect(item).toMatchObject({ fm: [{ value: '8 495 123-45-67' }, { value: '+79161112233' }] });
	});

	test('dates, moments and lists that mean the same are the same', async () => {
		const deal = bitrix24.portal.manager.createsDeal({
			title: 'Окна',
			fields: { begindate: '2026-11-24', contactIds: [3, 4] },
		});
		const update = op('deal', 'update', {
			dealId: deal,
			fieldsBy: 'mapping',
			mapping: mapping({ begindate: '2026-11-24', contactIds: ['3', '4'], opportunity: '0.00' }),
		});
		expect(await bitrix24.gives(update)).toMatchObject([{ dealId: deal, changed: false }]);
	});

	test('what the portal drops with a success is told, and the rest stays written', async () => {
		const id = bitrix24.portal.manager.createsDeal({ title: 'Окна' });
		const update = (fields: object) =>
			op('deal', 'update', { dealId: id, fieldsBy: 'mapping', mapping: mapping({ ...fields }) });
		const run = await bitrix24.runs(update({ title: 'Двери', closedate: 'скоро' }));
		expect(run.error).toContain('did not write closedate (sent «скоро»');
		expect(bitrix24.portal.sees.deal(id).title).toBe('Двери');
	});

	test('a list field of several values that stays full is told', async () => {
		const { admin, switches } = bitrix24.portal;
		const more = { values: ['Белый', 'Черный'], multiple: true };
		admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOURS', 'enumeration', more);
		const [{ dealId }] = await bitrix24.gives(
			op('deal', 'create', { mapping: mapping({ title: 'A', UF_CRM_COLOURS: [1] as never }) }),
		);
		const emptied = op('deal', 'update', {
			dealId,
			fieldsBy: 'mapping',
			mapping: mapping({ UF_CRM_COLOURS: [] as never }),
		});
		expect((await bitrix24.runs(emptied)).error).toContain('did not write UF_CRM_COLOURS');
		Object.assign(switches, { emptiedListField: 'emptied' });
		expect(await bitrix24.gives(emptied)).toMatchObject([{ changed: true }]);
	});

	test('zeros, letter case and all of twenty digits count in texts, and a number is a number', async () => {
		bitrix24.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_ACCOUNT', 'string');
		const id = bitrix24.portal.manager.createsDeal({ title: 'ооо роза' });
		const changes = async (fields: object): Promise<unknown> => {
			const mapped = { dealId: id, fieldsBy: 'mapping', mapping: mapping({ ...fields }) };
			return (await bitrix24.gives(op('deal', 'update', mapped)))[0].changed;
		};
		const account = (UF_CRM_ACCOUNT: string) => changes({ UF_CRM_ACCOUNT });
		for (const value of ['0123', '123', '1e3', '1000', '+74951234567', '74951234567']) {
			expect(await account(value)).toBe(true);
		}
		expect(await account('40702810938000000001')).toBe(true);
		expect(await account('40702810938000000002')).toBe(true);
		expect(await account('40702810938000000002')).toBe(false);
		expect(await changes({ title: 'ООО Роза' })).toBe(true);
		expect(await changes({ opportunity: '100.1', isManualOpportunity: true })).toBe(true);
		expect(await changes({ opportunity: '100.10', isManualOpportunity: 'Y' })).toBe(false);
	});

	test('a list is emptied as well', async () => {
		const id = bitrix24.portal.manager.createsDeal({
			title: 'Окна',
			fields: { contactIds: [3, 4] },
		});
		const update = op('deal', 'update', {
			dealId: id,
			fieldsBy: 'mapping',
			mapping: mapping({ contactIds: [] as never }),
		});
		expect(await bitrix24.gives(update)).toMatchObject([{ changed: true }]);
		expect(bitrix24.portal.sees.deal(id).contactIds).toEqual([]);
	});

	test('deals are still updated by the names of fields', async () => {
		const deal = bitrix24.portal.manager.createsDeal({ title: 'Окна' });
		const update = op('deal', 'update', {
			dealId: deal,
			fields: { field: [{ name: 'title', value: 'Двери' }] },
		});
		expect(await bitrix24.gives(update)).toMatchObject([
			{ dealId: deal, changed: true, item: { title: 'Двери' } },
		]);
	});
});

describe('create or update', () => {
	const upsert = (matching: string[] = ['originId'], more: object = {}) =>
		op('company', 'upsert', { mapping: autoMapping(matching), ...more });

	test('creates, then finds its own and writes differences', async () => {
		const [first] = await bitrix24.gives(upsert(), [{ title: 'ООО «Ромашка»', originId: REF }]);
		expect(first).toMatchObject({ outcome: 'created' });
		const [same] = await bitrix24.gives(upsert(), [{ title: 'ООО «Ромашка»', originId: REF }]);
		expect(same).toMatchObject({ companyId: first.companyId, outcome: 'unchanged' });
		const [renamed] = await bitrix24.gives(upsert(), [{ title: 'АО «Ромашка»', originId: REF }]);
		expect(renamed).toMatchObject({ companyId: first.companyId, outcome: 'updated' });
	});

	test('two items of one key make one card', async () => {
		const outcomes = await bitrix24.gives(upsert(), [
			{ title: 'ООО «Ромашка»', originId: REF },
			{ title: 'ООО «Лютик»', originId: 'другая' },
			{ title: 'АО «Ромашка»', originId: REF },
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'updated']);
		expect(outcomes[2].companyId).toBe(outcomes[0].companyId);
	});

	test('by a phone, however it is written', async () => {
		const id = bitrix24.portal.admin.addsCompany({ title: 'ООО «Ромашка»', phone: '84951234567' });
		const outcomes = await bitrix24.gives(upsert(['PHONE']), [
			{ title: 'АО «Ромашка»', PHONE: '+7 495 123-45-67' },
			{ title: 'ООО «Лютик»', PHONE: '+7 495 000-00-00' },
		]);
		expect(outcomes).toMatchObject([{ companyId: id, outcome: 'updated' }, { outcome: 'created' }]);
	});

	test('never guesses which of several is meant, unless it is told to', async () => {
		const older = bitrix24.portal.admin.addsCompany({ title: 'Первая', originId: REF });
		bitrix24.portal.admin.addsCompany({ title: 'Вторая', originId: REF });
		const run = await bitrix24.runs(upsert(), [{ title: 'ООО', originId: REF }]);
		expect(run.error).toContain('Several cards match');
		expect(run.remedy).toContain('Merge them');
		const oldest = upsert(['originId'], { options: { takesOldest: true } });
		expect(await bitrix24.gives(oldest, [{ title: 'ООО', originId: REF }])).toMatchObject([
			{ companyId: older, outcome: 'updated' },
		]);
	});

	test('many keys are asked about forty a list, whatever the number of cards they have', async () => {
		const oldest = upsert(['originId'], { options: { takesOldest: true } });
		const items = many(60).map(({ number }) => ({ title: 'ООО', originId: `code-${number}` }));
		for (const { originId } of [...items, ...items]) {
			bitrix24.portal.admin.addsCompany({ title: 'Старое имя', originId });
		}
		const before = bitrix24.requests.length;
		const outcomes = await bitrix24.gives(oldest, items);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(items.map(() => 'updated'));
		expect(new Set(outcomes.map(({ companyId }) => companyId)).size).toBe(60);
		expect(bitrix24.requests.slice(before, before + 2)).toEqual([
			'crm.item.fields',
			'batch of 2 crm.item.list',
		]);
	});

	test.each([['unchecked'], ['checked']] as const)(
		'a value that does not suit its field fails alone, filter values being %s',
		async (filterValues) => {
			bitrix24.portal.switches.filterValues = filterValues;
			const outcomes = await bitrix24.outcomes(upsert(['assignedById']), [
				{ title: 'ООО «Ромашка»', assignedById: 7 },
				{ title: 'ООО «Лютик»', assignedById: 'Иванов' },
			]);
			expect(outcomes).toMatchObject([
				{ outcome: 'created' },
				{ error: expect.stringMatching(/INVALID_ARG_VALUE|CRM_FIELD_ERROR_VALUE_NOT_VALID/) },
			]);
		},
	);

	test('an empty key matches nothing and fails alone', async () => {
		bitrix24.portal.admin.addsCompany({ title: 'Без кода' });
		const outcomes = await bitrix24.outcomes(upsert(), [
			{ title: 'ООО «Ромашка»', originId: '' },
			{ title: 'ООО «Лютик»', originId: REF },
		]);
		expect(outcomes).toMatchObject([
			{ error: expect.stringContaining('The field to match on is empty: originId') },
			{ outcome: 'created' },
		]);
	});
});

describe('items are batched by fifty, and nobody notices', () => {
	const create = op('deal', 'create', {
		mapping: mapping({ title: '={{ "Сделка " + $json.number }}', originId: '={{ $json.ref }}' }),
	});
	const creations = (count: number) =>
		many(count).map(({ number }) => ({ number, ref: `ref-${number}` }));

	test('120 cards cost four requests', async () => {
		expect(await bitrix24.gives(create, many(120))).toHaveLength(120);
		expect(bitrix24.requests).toEqual([
			'crm.item.fields',
			'batch of 50 crm.item.add',
			'batch of 50 crm.item.add',
			'batch of 20 crm.item.add',
		]);
	});

	test('cards with a code are made once each although the line breaks again and again', async () => {
		const fates = ['before the work', undefined, 'before the work', 'after the work'];
		bitrix24.portal.levers.meets((method) => {
			const fate = method === 'batch' ? fates.shift() : undefined;
			if (fate === 'after the work') return 'lost answer';
			if (!fate) return undefined;
			bitrix24.portal.levers.goesDown();
			bitrix24.portal.levers.comesBack();
			return 'failure';
		});
		const items = creations(30);
		expect(await bitrix24.gives(create, items)).toHaveLength(30);
		const codes = bitrix24.portal.sees.deals().map(({ originId }) => originId);
		expect(codes.sort()).toEqual(items.map(({ ref }) => ref).sort());
		expect(fates).toEqual([]);
	});

	test('one that is refused fails alone, and each result belongs to its item', async () => {
		const bad = op('deal', 'create', {
			mapping: mapping({ title: 'Сделка', currencyId: '={{ $json.currency }}' }),
		});
		const items = [{ currency: 'RUB' }, { currency: 'XXX' }, { currency: 'USD' }];
		const run = await bitrix24.runs(bad, items, { onError: 'continueRegularOutput' });
		expect(run.origins('Битрикс24')).toEqual([0, 1, 2]);
		expect(run.items('Битрикс24')).toMatchObject([
			{ item: { currencyId: 'RUB' } },
			{ error: expect.stringContaining('CRM_FIELD_ERROR_VALUE_NOT_VALID') },
			{ item: { currencyId: 'USD' } },
		]);
	});

	test('a lost answer is settled by the external code: nothing is made twice', async () => {
		bitrix24.portal.levers.losesNextAnswer('crm.item.add');
		const outcomes = await bitrix24.gives(create, creations(60));
		expect(new Set(outcomes.map(({ dealId }) => dealId)).size).toBe(60);
		expect(bitrix24.portal.sees.deals()).toHaveLength(60);
	});

	test('a portal that is asked too often is waited for', async () => {
		bitrix24.portal.levers.failsNext(undefined, 503, 'QUERY_LIMIT_EXCEEDED', '', 2);
		expect(await bitrix24.gives(create, creations(3))).toHaveLength(3);
		expect(bitrix24.portal.sees.deals()).toHaveLength(3);
	});

	test('a lost answer of cards without a code is told as unknown, and they are not sent again', async () => {
		bitrix24.portal.levers.losesNextAnswer('crm.item.add');
		const outcomes = await bitrix24.outcomes(create, many(60));
		expect(outcomes.slice(0, 50).every(({ error }) => String(error).includes('Nobody knows'))).toBe(
			true,
		);
		expect(outcomes.slice(50)).toEqual(
			Array(10).fill(expect.objectContaining({ outcome: 'created' })),
		);
		expect(bitrix24.portal.sees.deals()).toHaveLength(60);
	});

	test('a portal blocked for overload is asked no more, and what was done before is kept', async () => {
		const http = axiosHttp(bitrix24.portal.webhookUrl);
		let sent = 0;
		const client = new Bitrix24Client(
			bitrix24.portal.domain,
			async (request) => {
				sent += 1;
				if (sent === 2) bitrix24.portal.levers.failsNext('batch', 503, 'OVERLOAD_LIMIT', 'Blocked');
				return await http(request);
			},
			standingClock(),
		);
		const all = await replies(
			client,
			many(150).map(({ number }) => ({
				method: 'crm.item.add',
				params: { entityTypeId: DEAL, fields: { title: `Сделка ${number}` } },
			})),
		);
		expect(all.map((reply) => 'value' in reply)).toEqual([
			...Array(50).fill(true),
			...Array(100).fill(false),
		]);
		expect(sent).toBe(2);
	});

	test('a deletion whose answer is lost is settled by asking', async () => {
		const ids = many(3).map(({ number }) => ({
			id: bitrix24.portal.manager.createsDeal({ title: `Сделка ${number}` }),
		}));
		bitrix24.portal.levers.losesNextAnswer('crm.item.delete');
		const remove = op('deal', 'delete', { record: { mode: 'id', value: '={{ $json.id }}' } });
		expect(await bitrix24.gives(remove, ids)).toMatchObject(
			ids.map(({ id }) => ({ dealId: id, deleted: true })),
		);
		const [again] = await bitrix24.outcomes(remove, ids);
		expect(again.error).toContain('NOT_FOUND');
	});
});

describe('lists', () => {
	const deals = (titles: string[]) =>
		titles.map((title, index) =>
			bitrix24.portal.manager.createsDeal({ title, fields: { opportunity: index * 10 } }),
		);
	const titles = async (more: object) =>
		(await bitrix24.gives(op('deal', 'getAll', { returnAll: true, ...more }))).map(
			({ title }) => title,
		);

	test('by conditions that all hold, or any', async () => {
		deals(['Окна А', 'Двери Б', 'Окна В', 'Рамы Г']);
		const conditions = {
			condition: [
				{ field: 'title', comparison: 'startsWith', value: 'Окна' },
				{ field: 'opportunity', comparison: 'greater', value: '15' },
			],
		};
		expect(await titles({ conditions })).toEqual(['Окна В']);
		expect(await titles({ conditions, mustMatch: 'any' })).toEqual(['Окна А', 'Окна В', 'Рамы Г']);
		const range = {
			condition: [
				{ field: 'opportunity', comparison: 'greaterOrEqual', value: 10 },
				{ field: 'opportunity', comparison: 'lessOrEqual', value: 20 },
				{ field: 'title', comparison: 'containsNot', value: 'двери' },
			],
		};
		expect(await titles({ conditions: range })).toEqual(['Окна В']);
		const oneOf = {
			condition: [{ field: 'title', comparison: 'isOneOf', value: 'Двери Б, Рамы Г' }],
		};
		expect(await titles({ conditions: oneOf })).toEqual(['Двери Б', 'Рамы Г']);
	});

	test('flags are asked for in the form the portal keeps them in', async () => {
		bitrix24.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_VIP', 'boolean');
		const [vip] = deals(['Важная', 'Обычная']);
		bitrix24.portal.manager.writes(vip, { UF_CRM_VIP: 'Y', isManualOpportunity: 'Y' });
		for (const field of ['UF_CRM_VIP', 'isManualOpportunity']) {
			const conditions = { condition: [{ field, comparison: 'is', value: 'true' }] };
			expect(await titles({ conditions })).toEqual(['Важная']);
		}
	});

	test('in a wanted order, over pages, with the columns that matter', async () => {
		deals(many(120).map(({ number }) => `Сделка ${number % 7}`));
		const sort = { by: [{ field: 'title', direction: 'DESC' }] };
		const rows = await bitrix24.gives(
			op('deal', 'getAll', { returnAll: true, sort, options: { select: ['title'] } }),
		);
		expect(new Set(rows.map(({ dealId }) => dealId)).size).toBe(120);
		const names = rows.map(({ title }) => String(title));
		expect(names).toEqual([...names].sort().reverse());
		expect(rows[0]).not.toHaveProperty('opportunity');
		expect(await bitrix24.gives(op('deal', 'getAll', { limit: 60, sort }))).toHaveLength(60);
	});

	test('a condition on a field that is not there says so', async () => {
		const conditions = { condition: [{ field: 'nope', comparison: 'is', value: 1 }] };
		const run = await bitrix24.runs(op('deal', 'getAll', { conditions }));
		expect(run.error).toContain('names the field nope');
	});
});
