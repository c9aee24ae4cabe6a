/** The example workflow of the lead intake, between the stand-in CoMagic account and the stand-in portal. */
import type { IDataObject } from 'n8n-workflow';
import {
	DEAL,
	LEAD,
	nodeOf,
	POLLED,
	SalesDesk,
	type Card,
	type DeskOptions,
} from './support/salesDesk';

/** A second n8n process is loaded from the beginning. */
jest.setTimeout(30_000);

const IVAN = { name: 'Иван Петров', phone: '8 (916) 123-45-67', email: 'ivan@example.ru' };
const UTM = { source: 'yandex', medium: 'cpc', campaign: 'мебель' };
const ANOTHER_UTM = { source: 'google', medium: 'cpc', campaign: 'столы' };

let desk: SalesDesk;

const open = async (options: DeskOptions = {}): Promise<void> => {
	desk = await SalesDesk.open(options);
};

afterEach(async () => await desk.close());

const valuesOf = (lead: Card, typeId: string): string[] =>
	(lead.fm as Array<{ typeId: string; value: string }>)
		.filter((one) => one.typeId === typeId)
		.map(({ value }) => value);

const withDeals: DeskOptions['edit'] = (workflow) => {
	nodeOf(workflow, DEAL).disabled = false;
};

const onlyEnriching: DeskOptions['edit'] = (workflow) => {
	nodeOf(workflow, LEAD).parameters.mode = 'enrich';
};

describe('a contact', () => {
	it('by telephone becomes a lead at once, and its record follows', async () => {
		await open();
		const visitor = desk.account.visitorComes({ ...IVAN, utm: UTM });
		const call = visitor.calls();
		await desk.hears();
		expect(desk.lead).toMatchObject({
			title: 'Звонок +79161234567',
			sourceId: 'CALL',
			originatorId: 'COMAGIC',
			originId: `call:${call}`,
			utmSource: 'yandex',
			utmMedium: 'cpc',
			utmCampaign: 'мебель',
			UF_CRM_CM_KIND: 'Звонок',
			UF_CRM_CM_CONTACTS: [`call:${call}`],
			UF_CRM_CM_SITE: 'romashka.example',
		});
		expect(desk.lead.sourceDescription).toMatch(/^CoMagic: звонок · romashka\.example/);
		expect(valuesOf(desk.lead, 'PHONE')).toEqual(['+79161234567']);
		expect(desk.timeline(desk.lead)).toEqual([]);
		desk.account.employee().answers(call);
		await desk.hears();
		await desk.looks();
		expect(desk.timeline(desk.lead)).toEqual([
			expect.stringMatching(new RegExp(`^Звонок CoMagic ${call}: запись разговора https://`)),
		]);
	});

	it.each([
		['a callback', 'CALLBACK', 'Обратный звонок +79161234567'],
		['a site request', 'WEB', 'Заявка с сайта: Иван Петров'],
		['a chat', 'COMAGIC_CHAT', 'Чат: Иван Петров'],
		['a letter', 'EMAIL', 'Письмо: Иван Петров'],
	])('that is %s is marked with its kind', async (what, sourceId, title) => {
		await open({ chatSource: true });
		const visitor = desk.account.visitorComes(IVAN);
		const acts: Record<string, () => number> = {
			'a callback': () => visitor.asksForCallback(),
			'a site request': () => visitor.sendsRequest({ text: 'Нужен стол' }),
			'a chat': () => visitor.chats({ text: 'Нужен стол' }),
			'a letter': () => visitor.writesMail({ subject: 'Стол', text: 'Нужен стол' }),
		};
		acts[what]();
		await desk.hears();
		expect(desk.lead).toMatchObject({ sourceId, title });
		const told = desk.timeline(desk.lead).join();
		expect(told.includes('Нужен стол')).toBe(what !== 'a callback');
	});

	it('by chat has the source of the site where nobody wanted another one', async () => {
		await open();
		desk.account.visitorComes(IVAN).chats({ text: 'Есть доставка?' });
		await desk.hears();
		expect(desk.lead.sourceId).toBe('WEB');
	});

	it('has the source the analyst chose', async () => {
		await open({
			edit: (workflow) => {
				nodeOf(workflow, LEAD).parameters.sources = { site_request: 'WEBFORM', chat: 'ВЫДУМКА' };
			},
		});
		desk.account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		desk.account.visitorComes({ name: 'Ольга', phone: '+79160000001' }).chats({ text: 'Стол?' });
		await desk.hears();
		expect(desk.leads.map(({ sourceId }) => sourceId).sort()).toEqual(['WEB', 'WEBFORM']);
	});

	it.each([
		['as a rule', {}],
		[
			'otherwise',
			{
				recordDelaySeconds: 200,
				lateColumnsSeconds: 400,
				referenceMetadata: 'meta_data',
				visitorPhone: 'string',
				errorStatus: 'fitting',
			} as const,
		],
	])('nobody told about is found by looking and made once (%s)', async (_, account) => {
		await open({ account });
		const visitor = desk.account.visitorComes(IVAN);
		desk.account.levers.losesNotifications(1);
		visitor.sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		expect(desk.leads).toEqual([]);
		await desk.looks();
		expect(desk.lead.originId).toMatch(/^offline_message:/);
		await desk.looks(1);
		await desk.looks(2);
		expect(desk.timeline(desk.lead)).toHaveLength(1);
	});

	it('told about twice, late and in the wrong order makes one lead', async () => {
		await open();
		const visitor = desk.account.visitorComes(IVAN);
		desk.account.levers.doublesNotifications(4);
		desk.account.levers.holdsNotifications();
		const call = visitor.calls();
		desk.account.employee().answers(call);
		await desk.looks(1);
		desk.account.levers.deliversHeld('reversed');
		await desk.hears();
		await desk.looks();
		expect(desk.lead.originId).toBe(`call:${call}`);
		expect(valuesOf(desk.lead, 'PHONE')).toHaveLength(1);
		expect(desk.timeline(desk.lead)).toHaveLength(1);
	});

	it('without phone and e-mail is a lead too, and none of another stranger', async () => {
		await open();
		desk.account.visitorComes().chats({ text: 'Здравствуйте' });
		desk.account.visitorComes().chats({ text: 'Добрый день' });
		await desk.hears();
		expect(desk.leads.map(({ title }) => title)).toEqual(['Чат 24.11.2026', 'Чат 24.11.2026']);
	});
});

describe('a person who comes again', () => {
	it.each([
		['phone', { phone: '+7 916 123 45 67' }],
		['e-mail', { email: 'IVAN@example.ru' }],
	])('is known by %s, and what brought them first stays', async (_, known) => {
		await open();
		const first = desk.account.visitorComes({
			...IVAN,
			utm: UTM,
			page: 'https://romashka.example/a',
		});
		first.sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		const before = desk.lead;
		const again = desk.account.visitorComes({ name: 'Петров И.', ...known, utm: ANOTHER_UTM });
		const second = again.sendsRequest({ text: 'И стул' });
		await desk.hears();
		const { title, sourceId, sourceDescription, utmSource, utmCampaign, originId, name } = before;
		expect(desk.lead).toMatchObject({
			...{ title, sourceId, sourceDescription, utmSource, utmCampaign, originId, name },
			UF_CRM_CM_KIND: 'Заявка с сайта',
			UF_CRM_CM_PAGE: 'https://romashka.example/a',
			UF_CRM_CM_CONTACTS: [originId, `offline_message:${second}`],
		});
		expect(desk.timeline(desk.lead)).toHaveLength(2);
	});

	it('keeps the visit they came with first, even one that told nothing', async () => {
		await open();
		const poster = desk.account.visitorComes({ phone: IVAN.phone, neverSawTheSite: true });
		poster.calls();
		await desk.hears();
		desk.account.visitorComes({ ...IVAN, utm: UTM }).sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		await desk.looks();
		expect(desk.lead).toMatchObject({
			sourceId: 'CALL',
			UF_CRM_CM_KIND: 'Звонок',
			UF_CRM_CM_SITE: null,
			name: 'Иван Петров',
		});
	});

	it('gets another lead when the first is closed, bound to the client they have become', async () => {
		await open();
		const visitor = desk.account.visitorComes(IVAN);
		visitor.sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		const [first] = desk.leads;
		const contact = desk.portal.admin.addsContact({ name: 'Иван', phone: '+79161234567' });
		desk.portal.manager.movesLead(Number(first.id), 'CONVERTED');
		await desk.looks();
		expect(desk.leads).toHaveLength(1);
		visitor.sendsRequest({ text: 'Нужен шкаф' });
		await desk.hears();
		await desk.looks();
		expect(desk.leads).toHaveLength(2);
		expect(desk.leads[1].contactIds).toEqual([contact]);
		expect(desk.portal.sees.lead(Number(first.id)).stageId).toBe('CONVERTED');
	});

	it('as one of two clients is bound to neither, and that is said', async () => {
		await open();
		desk.portal.admin.addsContact({ name: 'Иван', phone: '+79161234567' });
		desk.portal.admin.addsContact({ name: 'Анна', phone: '89161234567' });
		desk.account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		expect(desk.lead.contactIds).toEqual([]);
		const [item] = desk.mailbox.received.flatMap(({ run }) => run?.items(LEAD) ?? []);
		expect(item).toMatchObject({ outcome: 'created', ambiguous: true });
	});

	it('with several open leads enriches the newest, and that is said', async () => {
		await open();
		const { manager } = desk.portal;
		const older = manager.createsLead({ title: 'Первый', phone: '+79161234567' });
		const newer = manager.createsLead({ title: 'Второй', phone: '+79161234567' });
		desk.account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		const [item] = desk.mailbox.received.flatMap(({ run }) => run?.items(LEAD) ?? []);
		expect(item).toMatchObject({ leadId: newer, ambiguous: true, otherLeads: [older] });
		expect(desk.leads).toHaveLength(2);
	});
});

describe('the stock integration', () => {
	it('makes the leads, and the workflow only adds what it knows', async () => {
		await open({ edit: onlyEnriching });
		const visitor = desk.account.visitorComes({ ...IVAN, utm: UTM });
		const request = visitor.sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		expect(desk.leads).toEqual([]);
		desk.portal.manager.createsLead({
			title: 'Лид от CoMagic',
			phone: '+7 (916) 123-45-67',
			fields: { sourceId: 'ADVERTISING', utmMedium: 'banner' },
		});
		await desk.looks();
		expect(desk.lead).toMatchObject({
			title: 'Лид от CoMagic',
			sourceId: 'ADVERTISING',
			utmSource: null,
			utmMedium: 'banner',
			name: 'Иван Петров',
			originId: `offline_message:${request}`,
			UF_CRM_CM_CONTACTS: [`offline_message:${request}`],
		});
		expect(valuesOf(desk.lead, 'PHONE')).toEqual(['+7 (916) 123-45-67']);
		expect(valuesOf(desk.lead, 'EMAIL')).toEqual(['ivan@example.ru']);
	});

	it('keeps the origin it has given its lead', async () => {
		await open();
		desk.portal.manager.createsLead({
			title: 'Лид от CoMagic',
			phone: '+79161234567',
			fields: { originatorId: 'UIS', originId: '77' },
		});
		const visitor = desk.account.visitorComes(IVAN);
		visitor.sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		await desk.looks();
		expect(desk.lead).toMatchObject({ originatorId: 'UIS', originId: '77' });
	});
});

describe('bad weather', () => {
	it.each(['array', 'object'] as const)(
		'leaves one lead when the answer to its making is lost (nobody found is an empty %s)',
		async (emptyFindByComm) => {
			await open({ portal: { emptyFindByComm } });
			desk.portal.levers.losesNextAnswer('crm.item.add');
			desk.account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
			await desk.hears();
			await desk.looks();
			expect(desk.lead.title).toBe('Заявка с сайта: Иван Петров');
			expect(desk.timeline(desk.lead)).toHaveLength(1);
		},
	);

	it('a portal that was away gets every contact when it is back', async () => {
		await open();
		desk.portal.levers.goesDown();
		const visitor = desk.account.visitorComes(IVAN);
		desk.account.levers.losesNotifications(1);
		visitor.sendsRequest({ text: 'Нужен стол' });
		jest.setSystemTime(Date.now() + 60_000);
		const failed = await desk.workflow.polls(POLLED);
		expect(failed?.error).toBeTruthy();
		desk.portal.levers.comesBack();
		await desk.looks();
		expect(desk.lead.originatorId).toBe('COMAGIC');
	});

	it('two processes at once leave one lead of one contact', async () => {
		await open();
		desk.account.levers.losesNotifications(1);
		desk.account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		jest.setSystemTime(Date.now() + 60_000);
		const other = desk.otherProcess();
		await Promise.all([desk.workflow.polls(POLLED), other.polls(POLLED)]);
		expect(desk.portal.requests.filter(({ method }) => method === 'crm.item.delete')).toHaveLength(
			1,
		);
		expect(desk.lead.title).toBe('Заявка с сайта: Иван Петров');
		await desk.looks();
		expect(desk.timeline(desk.lead).length).toBeGreaterThan(0);
	});

	it('a call and a chat of one person at once leave one lead', async () => {
		await open();
		const visitor = desk.account.visitorComes(IVAN);
		visitor.calls();
		visitor.chats({ text: 'Не могу дозвониться' });
		await desk.hears();
		await desk.looks();
		expect(desk.lead.UF_CRM_CM_CONTACTS).toHaveLength(2);
	});

	it('one bad contact does not stop the others, and the execution says what was wrong', async () => {
		await open();
		const contact = { kind: 'call', type: 'call', communicationId: 1, phone: '+79161234567' };
		const run = await desk.workflow.runs(POLLED, [
			{ json: { ...contact, communicationId: 'не число' } },
			{ json: contact },
		]);
		expect(run.error).toContain('Contact.communicationId');
		expect(desk.lead.originId).toBe('call:1');
	});

	it('an unprepared portal is told what is missing, and gets no lead it could double', async () => {
		await open({ prepared: false });
		const contact = { kind: 'call', type: 'call', communicationId: 1, phone: '+79161234567' };
		const run = await desk.workflow.runs(POLLED, [{ json: contact }]);
		expect(run.error).toMatch(/UF_CRM_CM_CONTACTS.*Set Up Lead Intake/s);
		expect(desk.leads).toEqual([]);
	});

	it.each([
		['quotes and tags', { name: '<b onclick="x">"Имя"</b>', text: '<script>alert(1)</script>' }],
		['ampersands and brackets', { name: 'a&b=c[d]=1', text: 'fields[stageId]=CONVERTED&x=1' }],
		['a reference of a batch', { name: '$result[c0][items][0][id]', text: '$result[c0]' }],
		['a phone that is none', { phone: '%', name: 'Процент' }],
		['an e-mail that is none', { email: '@@', name: 'Собаки' }],
		['a long text', { text: 'я'.repeat(50_000), name: 'Длинный' }],
	])('hostile words (%s) are words', async (_, words) => {
		await open();
		const json: IDataObject = { kind: 'site_request', type: 'offline_message', communicationId: 5 };
		const run = await desk.workflow.runs(POLLED, [{ json: { ...json, ...words } }]);
		expect(run.error).toBeUndefined();
		expect(desk.lead.stageId).toBe('NEW');
		expect(desk.lead.name).toBe(words.name);
		expect(valuesOf(desk.lead, 'PHONE')).toEqual([]);
	});

	it('a key that would match everything finds nobody else', async () => {
		await open();
		const contact = { kind: 'call', communicationId: 1, phone: '+79161234567' };
		const run = await desk.workflow.runs(POLLED, [{ json: { ...contact, type: '%' } }]);
		expect(run.error).toContain('Contact.type');
		expect(desk.leads).toEqual([]);
	});
});

describe('a lead', () => {
	it('becomes a deal with client, products, source and fields, once', async () => {
		await open({ edit: withDeals });
		const { portal, account } = desk;
		const visitor = account.visitorComes({ ...IVAN, utm: UTM });
		const product = portal.admin.addsProduct({ name: 'Стол', price: 1500, vat: 22 });
		portal.manager.createsLead({
			title: 'Стол для Ивана',
			phone: '+79161234567',
			rows: [{ product, price: 1500, quantity: 2 }],
		});
		const request = visitor.sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		await desk.looks();
		const [deal, ...others] = portal.sees.deals();
		expect(others).toEqual([]);
		const [contact] = portal.sees.contacts();
		expect(deal).toMatchObject({
			title: 'Стол для Ивана',
			leadId: desk.lead.id,
			stageId: 'NEW',
			opportunity: 3000,
			sourceId: 'WEB',
			utmSource: 'yandex',
			originId: `offline_message:${request}`,
		});
		expect(deal.contactIds).toEqual([contact.id]);
		expect(valuesOf(contact, 'EMAIL')).toEqual(['ivan@example.ru']);
		expect(deal.UF_CRM_CM_CONTACTS).toEqual([`offline_message:${request}`]);
		expect(portal.sees.rows('D', Number(deal.id))).toMatchObject([
			{ productId: product, quantity: 2 },
		]);
		expect(desk.lead).toMatchObject({ stageSemanticId: 'S', contactIds: [contact.id] });
	});

	it.each(['crm.item.add', 'crm.item.productrow.set', 'crm.item.update'])(
		'becomes one deal when the answer of %s is lost',
		async (method) => {
			await open({ edit: withDeals });
			const { portal } = desk;
			const lead = portal.manager.createsLead({
				title: 'Стол',
				phone: '+79161234567',
				rows: [{ name: 'Стол', price: 100, quantity: 1 }],
			});
			desk.portal.levers.losesNextAnswer(method, method === 'crm.item.add' ? 2 : 1);
			const run = await desk.workflow.runs(LEAD, [{ json: { leadId: lead } }]);
			expect(run.error).toBeUndefined();
			expect(portal.sees.deals()).toHaveLength(1);
			expect(portal.sees.contacts()).toHaveLength(1);
			expect(portal.sees.rows('D', Number(portal.sees.deals()[0].id))).toHaveLength(1);
			expect(portal.sees.lead(lead).stageSemanticId).toBe('S');
		},
	);

	it('that has deals of a manager gets no other, and loses none', async () => {
		await open({ edit: withDeals });
		const { portal } = desk;
		const lead = portal.manager.createsLead({ title: 'Два стола', phone: '+79161234567' });
		const first = portal.manager.createsDeal({ title: 'Первый', fields: { leadId: lead } });
		const second = portal.manager.createsDeal({ title: 'Второй', fields: { leadId: lead } });
		portal.manager.movesLead(lead, 'JUNK');
		const run = await desk.workflow.runs(LEAD, [{ json: { leadId: lead } }]);
		expect(run.items(DEAL)[0]).toMatchObject({ dealId: first, outcome: 'found' });
		expect(portal.sees.deals().map(({ id }) => id)).toEqual([first, second]);
		expect(portal.sees.lead(lead).stageId).toBe('JUNK');
		expect(portal.sees.contacts()).toEqual([]);
	});

	it('that was turned down becomes none', async () => {
		await open({ edit: withDeals });
		const lead = desk.portal.manager.createsLead({ title: 'Спам', phone: '+79161234567' });
		desk.portal.manager.movesLead(lead, 'JUNK');
		const run = await desk.workflow.runs(LEAD, [{ json: { leadId: lead } }]);
		expect(run.error).toContain('turned down');
		expect(desk.portal.sees.deals()).toEqual([]);
	});

	it('goes into the chosen pipeline and stage', async () => {
		await open({
			edit: (workflow) => {
				nodeOf(workflow, DEAL).disabled = false;
				Object.assign(nodeOf(workflow, DEAL).parameters, {
					pipeline: '={{ $json.pipeline }}',
					stage: '={{ $json.stage }}',
				});
			},
		});
		const pipeline = desk.portal.admin.addsPipeline('Опт');
		const stage = `C${pipeline}:PREPARATION`;
		const lead = desk.portal.manager.createsLead({ title: 'Опт', phone: '+79161234567' });
		await desk.workflow.runs(LEAD, [{ json: { leadId: lead, pipeline: String(pipeline), stage } }]);
		expect(desk.portal.sees.deals()[0]).toMatchObject({ categoryId: pipeline, stageId: stage });
	});
});

describe('results', () => {
	it('go back to CoMagic, each step once', async () => {
		await open({ edit: withDeals });
		const { account, portal } = desk;
		for (const stage of ['NEW', 'CONVERTED']) account.admin.addsLeadStage(stage);
		account.admin.addsFunnel({ extId: '0', stages: ['NEW', 'WON'] });
		const request = account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		await desk.hears();
		const hourPasses = async (): Promise<void> => {
			jest.setSystemTime(Date.now() + 3_600_000);
			const run = await desk.workflow.runs('Каждый час', [{ json: {} }]);
			if (run.error) throw new Error(run.error);
		};
		await hourPasses();
		const [deal] = portal.sees.deals();
		portal.manager.moves(Number(deal.id), 'WON');
		await hourPasses();
		await hourPasses();
		const [told] = account.sees.deals();
		expect(told.fields).toMatchObject({
			communication_id: request,
			communication_type: 'offline_message',
			lead_ext_id: String(desk.lead.id),
		});
		expect(told.stages.map(({ stage }) => stage)).toEqual(['NEW', 'WON']);
		expect(account.sees.leads()[0].stages.at(-1)?.stage).toBe('CONVERTED');
	});
});

describe('the preparation of a portal', () => {
	it('makes fields and, only on consent, a source for chats; a second time nothing', async () => {
		await open({ chatSource: true });
		expect(desk.portal.sees.userFields('CRM_LEAD')).toContain('UF_CRM_CM_CONTACTS');
		expect(desk.portal.sees.userFields('CRM_DEAL')).toContain('UF_CRM_CM_CONTACTS');
		const sources = (): string[] => desk.portal.sees.stages('SOURCE').map(({ id }) => id);
		expect(sources()).toContain('COMAGIC_CHAT');
		const again = await desk.workflow.runs('Подготовить портал', [{ json: {} }]);
		const states = new Set(again.items('Поля и источник').map(({ state }) => state));
		expect([...states]).toEqual(['exists']);
		await desk.close();
		await open();
		expect(sources()).not.toContain('COMAGIC_CHAT');
	});
});
