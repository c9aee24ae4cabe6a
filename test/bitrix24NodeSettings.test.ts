/** People, pipelines, stages and user fields of a portal, and any commands, through the Bitrix24 node. */
import { Bitrix24Node } from './support/bitrix24Node';

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

describe('people', () => {
	test('all of them, some of them, and in whose name n8n works', async () => {
		expect(await bitrix24.gives(op('user', 'getAll'))).toHaveLength(4);
		const filter = JSON.stringify({ EMAIL: 'manager@example.test' });
		expect(await bitrix24.gives(op('user', 'getAll', { filter }))).toMatchObject([
			{ userId: 7, LAST_NAME: 'Менеджеров' },
		]);
		expect(await bitrix24.gives(op('user', 'current'))).toMatchObject([{ userId: 1 }]);
	});

	test('without the scope the way out is told', async () => {
		await bitrix24.close();
		bitrix24 = await Bitrix24Node.open({ webhookScopes: ['crm'] });
		const run = await bitrix24.runs(op('user', 'getAll'));
		expect(run.error).toContain('insufficient_scope');
		expect(run.remedy).toContain('missing scope');
	});
});

describe('pipelines and stages', () => {
	test('of deals, with the pipeline each stage is from', async () => {
		const retail = bitrix24.portal.admin.addsPipeline('Розница');
		expect(await bitrix24.gives(op('pipeline', 'getAll', { owner: 'deal' }))).toEqual(
			expect.arrayContaining([
				{ pipelineId: 0, name: 'Общая', isDefault: true },
				{ pipelineId: retail, name: 'Розница', isDefault: false },
			]),
		);
		const stages = await bitrix24.gives(op('stage', 'getAll', { owner: 'deal' }));
		expect(stages).toContainEqual(
			expect.objectContaining({ stageId: 'WON', semantics: 'success', pipelineName: 'Общая' }),
		);
		const some = op('stage', 'getAll', { owner: 'deal', pipelineId: retail });
		const own = await bitrix24.gives(some);
		expect(own.every(({ stageId }) => String(stageId).startsWith(`C${retail}:`))).toBe(true);
		expect(own.length * 2).toBe(stages.length);
	});

	test('of leads, quotes, invoices and smart processes', async () => {
		const entityTypeId = bitrix24.portal.admin.definesSmartProcess('Монтаж');
		const final = async (owner: object) => {
			const stages = await bitrix24.gives(op('stage', 'getAll', owner));
			return stages.find(({ semantics }) => semantics === 'success')?.stageId;
		};
		expect(await final({ owner: 'lead' })).toBe('CONVERTED');
		expect(await final({ owner: 'quote' })).toBe('APPROVED');
		expect(await final({ owner: 'invoice' })).toBe('DT31_13:P');
		expect(await final({ owner: 'smartProcess', entityTypeId })).toMatch(/^DT\d+_\d+:SUCCESS$/);
	});
});

describe.each(['UF_{entityId}_', 'UF_CRM_'] as const)(
	'user fields, whose prefix has to be %s',
	(userFieldConfigPrefix) => {
		beforeEach(() => {
			bitrix24.portal.switches.userFieldConfigPrefix = userFieldConfigPrefix;
		});

		test('are made once and listed with titles and values', async () => {
			const create = (owner: object) =>
				op('userField', 'create', {
					...owner,
					code: 'color',
					title: 'Цвет',
					type: 'enumeration',
					values: 'Белый\nЧерный\n',
				});
			const invoices = { owner: 'invoice' };
			bitrix24.portal.levers.losesNextAnswer('userfieldconfig.add');
			const [made] = await bitrix24.gives(create(invoices));
			expect(made).toMatchObject({ name: 'UF_CRM_SMART_INVOICE_COLOR', outcome: 'created' });
			expect(await bitrix24.gives(create(invoices))).toMatchObject([{ outcome: 'found' }]);
			expect(await bitrix24.gives(op('userField', 'getAll', invoices))).toEqual([
				{
					name: 'UF_CRM_SMART_INVOICE_COLOR',
					title: 'Цвет',
					type: 'enumeration',
					isMultiple: false,
					isRequired: false,
					values: ['Белый', 'Черный'],
				},
			]);
			const entityTypeId = bitrix24.portal.admin.definesSmartProcess('Монтаж');
			const process = { owner: 'smartProcess', entityTypeId };
			expect(await bitrix24.gives(create(process))).toMatchObject([
				{ name: expect.stringMatching(/^UF_CRM_\d+_COLOR$/), outcome: 'created' },
			]);
		});
	},
);

test('a name that no field can have is refused with the rule', async () => {
	const create = op('userField', 'create', { owner: 'deal', code: 'Цвет', title: 'Цвет' });
	const run = await bitrix24.runs(create);
	expect(run.error).toContain('is not a name for a user field');
	expect(run.remedy).toContain('Latin letters');
});

describe('any commands', () => {
	const run = (commands: unknown, more: object = {}) =>
		op('batch', 'run', { commands: JSON.stringify(commands), ...more });

	test('each has an outcome of its own, under its name', async () => {
		const commands = {
			deals: { method: 'crm.item.list', params: { entityTypeId: 2 } },
			wrong: { method: 'no.such.method' },
			made: { method: 'crm.item.add', params: { entityTypeId: 2, fields: { title: 'Окна' } } },
		};
		expect(await bitrix24.gives(run(commands))).toMatchObject([
			{ name: 'deals', ok: true, result: { items: [] } },
			{ name: 'wrong', ok: false, error: expect.stringContaining('ERROR_METHOD_NOT_FOUND') },
			{ name: 'made', ok: true, result: { item: { title: 'Окна' } } },
		]);
		const strict = await bitrix24.runs(run(commands, { failOnErrors: true }));
		expect(strict.error).toContain('1 of 3 commands failed');
	});

	test('more than fifty go in several requests', async () => {
		const commands = Array.from({ length: 70 }, (_, index) => ({
			method: 'crm.item.add',
			params: { entityTypeId: 2, fields: { title: `Сделка ${index}`, isManualOpportunity: true } },
		}));
		const outcomes = await bitrix24.gives(run(commands));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(70);
		expect(bitrix24.requests).toEqual(['batch of 50 crm.item.add', 'batch of 20 crm.item.add']);
	});

	test('say the same as when they are called alone: nothing, flags, empty lists and moments', async () => {
		const { portal } = bitrix24;
		portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_TAGS', 'string', { multiple: true });
		const deal = portal.manager.createsDeal({
			title: 'Столы',
			fields: { UF_CRM_TAGS: ['опт'], opened: 'N' },
		});
		const lead = portal.manager.createsLead({ title: 'Стол' });
		portal.manager.createsDeal({ title: 'Из лида', fields: { leadId: lead } });
		const deals = {
			method: 'crm.item.list',
			params: { entityTypeId: 2, filter: { leadId: null } },
		};
		const fields = { UF_CRM_TAGS: [], opened: true, closedate: '2026-12-31' };
		const params = { entityTypeId: 2, id: deal, fields, useOriginalUfNames: 'Y' };
		const flags = { entityTypeId: 2, filter: { opened: true, id: deal } };
		const [listed, updated, flagged] = await bitrix24.gives(
			run([
				deals,
				{ method: 'crm.item.update', params },
				{ method: 'crm.item.list', params: flags },
			]),
		);
		expect(listed).toMatchObject({ result: { items: [{ id: deal }] } });
		expect((listed.result as { items: unknown[] }).items).toHaveLength(1);
		expect(updated).toMatchObject({ ok: true });
		expect(flagged).toMatchObject({ result: { items: [{ id: deal }] } });
		expect(portal.sees.deal(deal)).toMatchObject({ UF_CRM_TAGS: [], opened: 'Y' });
		expect(String(portal.sees.deal(deal).closedate)).toContain('2026-12-31');
	});

	test('may refer to what an earlier one gives, by its key or its number', async () => {
		const company = {
			method: 'crm.item.add',
			params: { entityTypeId: 4, fields: { title: 'ООО «Роза»' } },
		};
		const requisite = (of: string) => ({
			method: 'crm.requisite.add',
			params: {
				fields: {
					ENTITY_TYPE_ID: 4,
					ENTITY_ID: `$result[${of}][item][id]`,
					PRESET_ID: 1,
					NAME: `Реквизит компании $result[${of}][item][title]`,
				},
			},
		});
		for (const [of, commands] of [
			['company', { company, requisite: requisite('company') }],
			['0', [company, requisite('0')]],
			['c0', [company, requisite('c0')]],
		] as const) {
			const [made, added] = await bitrix24.gives(run(commands));
			const { id } = (made.result as { item: { id: number } }).item;
			expect([of, added.ok]).toEqual([of, true]);
			const things = bitrix24.portal.sees.everything();
			expect(things.find(({ name }) => name === `requisite ${String(added.result)}`)).toMatchObject(
				{
					of: `COMPANY ${id}`,
					content: expect.stringContaining('Реквизит компании ООО «Роза»') as string,
				},
			);
		}
	});

	test('that refer to a failed one are not sent, and write nowhere else', async () => {
		bitrix24.portal.admin.foundsFirm('ООО «Наша фирма»');
		const before = bitrix24.portal.sees.everything();
		const [, requisite, unknown] = await bitrix24.gives(
			run({
				company: { method: 'crm.item.get', params: { entityTypeId: 4, id: 999_999 } },
				requisite: {
					method: 'crm.requisite.add',
					params: {
						fields: {
							ENTITY_TYPE_ID: 4,
							ENTITY_ID: '$result[company][item][id]',
							PRESET_ID: 1,
							NAME: 'Реквизиты',
						},
					},
				},
				unknown: { method: 'crm.requisite.delete', params: { id: '$result[nobody]' } },
			}),
		);
		expect(requisite).toMatchObject({ ok: false, error: expect.stringContaining('leads nowhere') });
		expect(unknown).toMatchObject({ ok: false, error: expect.stringContaining('stands before') });
		expect(bitrix24.portal.sees.everything()).toEqual(before);
	});

	test('that are none are refused', async () => {
		expect((await bitrix24.runs(run([{ params: {} }]))).error).toContain('Commands (JSON)');
	});
});

describe('a refusal is told with the way out', () => {
	test.each([
		[400, 'CRM_FIELD_ERROR_REQUIRED', 'Field is required', 'the portal demands it'],
		[400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Invalid value', 'Check the value'],
		[400, 'CREATE_DYNAMIC_ITEM_RESTRICTED', '', 'do not allow new items'],
		[400, 'INVALID_ARG_VALUE', "Invalid filter: field 'x'", 'Check the names and values'],
		[400, 'ENTITY_TYPE_NOT_SUPPORTED', '', 'check the kind'],
		[400, '', 'Доступ запрещен.', 'lacks the right'],
		[400, '0', 'Товар не найден', 'Check the ID'],
		[400, '200040300010', 'Access Denied', 'lacks the right'],
		[403, 'insufficient_scope', '', 'missing scope'],
		[403, 'allowed_only_intranet_user', '', 'an employee'],
		[
			403,
			'ACCESS_DENIED',
			'REST API is available only on commercial plans',
			'plan must allow REST',
		],
		[405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', '', 'Method → Call'],
		[500, 'PORTAL_DELETED', '', 'no longer exists'],
		[503, 'OVERLOAD_LIMIT', 'Blocked', 'support lifts the block'],
	])('%i %s %s', async (status, code, description, remedy) => {
		bitrix24.portal.levers.failsNext('user.current', status, code, description);
		const run = await bitrix24.runs(op('user', 'current'));
		expect(run.remedy).toContain(remedy);
		if (code) expect(run.error).toContain(code);
	});

	test.each([
		['crm.requisite.add', 'Choose the preset'],
		['crm.address.add', 'one address of each type'],
		['crm.requisite.link.register', 'of this very card'],
		['crm.item.update', 'may not move cards'],
		['catalog.price.add', 'one price of each type'],
		['crm.deal.userfield.add', 'the right to change the settings'],
	])('without a code by the method, whatever the words: %s', async (method, remedy) => {
		bitrix24.portal.levers.failsNext(method, 400, '', 'Что-то не так');
		const call = { resource: 'method', operation: 'call', method, parameters: '{}' };
		const run = await bitrix24.runs(call);
		expect(run.error).toContain('Что-то не так');
		expect(run.remedy).toContain(remedy);
	});
});
