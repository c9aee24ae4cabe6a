/** The contract with Bitrix24 against the stand-in: as it is, in each position of what is unsettled, and reversed. */
import { openPortal, type Portal, type PortalSwitches } from '../standins/bitrix24/portal';
import { applicationAsker, portalAsker } from './askSystems';
import type { PageCase } from './bitrix24/pageCase';
import { PAGE_CASES } from './bitrix24/pageCases';
import type { PortalCase } from './bitrix24/portalCase';
import { PORTAL_CASES } from './bitrix24/portalCases';
import { judge, type Answer, type Ask, type PortalQuestion, type Verdict } from './contract';
import { questionIn } from './portalQuestion';
import { filledIn } from './references';
import { openReversedServer } from './reversedServer';

const PAGE = 50;
const NOW = Date.parse('2026-03-02T09:00:00+03:00');

let closers: Array<() => Promise<unknown>> = [];
afterAll(async () => {
	await Promise.all(closers.map((close) => close()));
	closers = [];
});

/** A portal that people have worked with: enough deals for two pages, buyers, products, a field of their own. */
const opened = async (switches: Partial<PortalSwitches> = {}): Promise<Portal> => {
	const portal = await openPortal({
		now: () => NOW,
		bucket: 'off',
		switches,
		webhookScopes: ['crm', 'catalog', 'sale', 'user', 'userfieldconfig'],
	});
	closers.push(() => portal.close());
	portal.admin.foundsFirm('Наша фирма');
	portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'string');
	portal.admin.addsPipeline('Опт');
	portal.admin.definesSmartProcess('Рекламации');
	portal.admin.addsProduct({ name: 'Окно', price: 5 });
	portal.admin.addsCompany({ title: 'ООО «Ромашка»', inn: '7707083893' });
	for (let number = 0; number < 60; number += 1)
		portal.manager.createsDeal({ title: `Сделка ${number}` });
	await addsAddresses(portal);
	return portal;
};

/** More than a page of them, each of a requisite of its own. */
const addsAddresses = async (portal: Portal): Promise<void> => {
	portal.admin.importsCompanies(PAGE + 5);
	const ask = portalAsker(portal.webhookUrl);
	const requisites = [0, PAGE].map((start) => `crm.requisite.list?select[0]=ID&start=${start}`);
	const { body } = await ask({ method: 'batch', params: { cmd: requisites } });
	const pages = (body as { result: { result: Array<Array<{ ID: string }>> } }).result.result;
	const additions = pages
		.flat()
		.map(
			({ ID }) =>
				`crm.address.add?fields[TYPE_ID]=6&fields[ENTITY_TYPE_ID]=8&fields[ENTITY_ID]=${ID}&fields[CITY]=a`,
		);
	for (const cmd of [additions.slice(0, PAGE), additions.slice(PAGE)])
		await ask({ method: 'batch', params: { cmd } });
};

const askerFor = (portal: Portal, one: PortalCase, origin = portal.origin): Ask<PortalQuestion> => {
	if (one.through !== 'application')
		return portalAsker(portal.webhookUrl.replace(portal.origin, origin));
	const application = portal.admin.registersApplication({
		scopes: ['crm', 'placement'],
		handler: 'https://exchange.example.test/',
		onlyApi: true,
	});
	return applicationAsker(origin, application.tokensOf(3).accessToken);
};

const verdictOf = async (one: PortalCase, portal: Portal): Promise<Verdict> =>
	await judge(one, askerFor(portal, one));

const named = (cases: readonly PortalCase[]): Array<[string, PortalCase]> =>
	cases.map((one) => [one.fact, one]);

/** Everything people see of the portal; how stages have changed stays written down even of cards that are gone. */
const stateOf = (portal: Portal): unknown => {
	const { lists, shelves } = portal.levers.takesBackup();
	return { lists: new Map([...lists].filter(([name]) => name !== 'stageHistory')), shelves };
};

describe('the table', () => {
	it('says each fact once, each with a source and a way to fail', () => {
		const facts = PORTAL_CASES.map(({ fact }) => fact);
		expect(facts.filter((fact, at) => facts.indexOf(fact) !== at)).toEqual([]);
		expect(PORTAL_CASES.filter(({ source }) => source.length === 0)).toEqual([]);
		expect(PORTAL_CASES.filter(({ settles, reversed }) => !settles && !reversed)).toEqual([]);
	});

	it('settles each switch in one place', () => {
		const settled = PORTAL_CASES.flatMap(({ settles }) => settles?.switch ?? []);
		expect(settled.filter((name, at) => settled.indexOf(name) !== at)).toEqual([]);
	});
});

describe('holds against the stand-in as it is', () => {
	let portal: Portal;
	let before: unknown;
	beforeAll(async () => {
		portal = await opened();
		before = stateOf(portal);
	});

	it.each(named(PORTAL_CASES))('%s', async (_fact, one) => {
		expect(await verdictOf(one, portal)).toEqual({ outcome: 'holds', seen: one.expected });
	});

	it('and leaves nothing behind', () => {
		expect(stateOf(portal)).toEqual(before);
	});

	it.each(PAGE_CASES.map((one): [string, PageCase] => [one.source[0], one]))(
		'%s: exactly so many differences',
		async (_page, one) => {
			const ask = askerFor(portal, one);
			const answers: Answer[] = [];
			for (const question of one.questions) {
				const asked = filledIn(question, answers);
				if (asked) answers.push(await ask(asked));
			}
			for (const question of one.undo ?? []) {
				const asked = filledIn(question, answers);
				if (asked) await ask(asked);
			}
			expect(one.differs(answers)).toEqual(one.tolerated);
		},
	);
});

type Position = [fact: string, seen: string, one: PortalCase, switches: Partial<PortalSwitches>];

const POSITIONS = PORTAL_CASES.flatMap((one): Position[] => {
	const { settles } = one;
	if (!settles) return [];
	return Object.entries(settles.positions)
		.filter(([seen]) => seen !== one.expected)
		.map(([seen, position]) => [one.fact, seen, one, { [settles.switch]: position }]);
});

it.each(POSITIONS)(
	'in another position of the stand-in: %s: %s',
	async (_fact, seen, one, switches) => {
		const portal = await opened(switches);
		expect(await verdictOf(one, portal)).toEqual({
			outcome: 'differs',
			seen,
			expected: one.expected,
			known: true,
		});
	},
);

describe('notices a portal that behaves otherwise', () => {
	let portal: Portal;
	beforeAll(async () => {
		portal = await opened();
	});

	it.each(named(PORTAL_CASES.filter(({ reversed }) => reversed)))('%s', async (_fact, one) => {
		const server = await openReversedServer<PortalQuestion>({
			origin: portal.origin,
			reversals: one.reversed ? [one.reversed] : [],
			questionOf: questionIn,
		});
		try {
			expect(await judge(one, askerFor(portal, one, server.origin))).toMatchObject({
				outcome: 'differs',
				expected: one.expected,
			});
		} finally {
			await server.close();
		}
	});
});
