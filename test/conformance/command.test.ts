/** The command for whoever has a live system, here against the stand-ins over TLS and in front of a reversed one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPortal, type Portal, type PortalOptions } from '../standins/bitrix24/portal';
import { openBase, type Base } from '../standins/onec/base';
import { PORTAL_CASES } from './bitrix24/portalCases';
import { conformance, type Environment } from './conformance';
import { questionIn } from './portalQuestion';
import { openReversedServer, type ReversedServer } from './reversedServer';

const SECRET_BUYER = 'ООО «Никому не называть»';
const SECRET_PHONE = '+74951112233';

let folder: string;
let portal: Portal;
let closers: Array<() => Promise<unknown>>;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'conformance-'));
	closers = [];
});
afterEach(async () => {
	await Promise.all(closers.map((close) => close()));
	rmSync(folder, { recursive: true });
});

const opens = async (options: PortalOptions = {}): Promise<Portal> => {
	portal = await openPortal({
		bucket: 'off',
		webhookScopes: ['crm', 'catalog', 'sale', 'user', 'userfieldconfig'],
		...options,
	});
	closers.push(() => portal.close());
	portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'string');
	portal.admin.addsCompany({ title: SECRET_BUYER, inn: '7707083893' });
	portal.admin.addsContact({ name: 'Никому', phone: SECRET_PHONE });
	portal.admin.addsProduct({ name: SECRET_BUYER, price: 5 });
	for (let number = 0; number < 55; number += 1)
		portal.manager.createsDeal({ title: SECRET_BUYER });
	return portal;
};

const run = async (
	args: string[],
	env: Environment = {},
): Promise<{ code: number; text: string }> => {
	const lines: string[] = [];
	const code = await conformance(args, env, { print: (text) => lines.push(text) });
	return { code, text: lines.join('\n') };
};

const trusted = (): string[] => {
	const path = join(folder, 'ca.pem');
	writeFileSync(path, portal.certificate ?? '');
	return ['--ca', path];
};

const reportIn = (path: string): string => readFileSync(path, 'utf8');

test('a portal over TLS is read, and the report gives nobody away', async () => {
	await opens({ tls: true });
	const before = portal.levers.takesBackup();
	const json = join(folder, 'report.json');
	const { code, text } = await run(['--portal', portal.webhookUrl, '--json', json, ...trusted()]);
	expect([code, text.match(/^✗.*$/gm)]).toEqual([0, null]);
	expect(text).toMatch(/Bitrix24: \d+ hold, 0 differ, \d+ cannot be told/);
	expect(portal.levers.takesBackup()).toEqual(before);
	const secret = portal.webhookUrl.split('/').at(-2) ?? '';
	for (const shown of [text, reportIn(json)]) {
		expect(secret).toMatch(/^\w{16}$/);
		for (const word of [secret, SECRET_BUYER, SECRET_PHONE, portal.origin])
			expect(shown).not.toContain(word);
	}
});

test('a test portal whose host is named twice is written to, and is as before afterwards', async () => {
	await opens();
	const deals = portal.sees.deals().length;
	const host = new URL(portal.webhookUrl).host;
	const { code, text } = await run([
		'--portal',
		portal.webhookUrl,
		'--write',
		'--test-system',
		host,
	]);
	expect([code, text.match(/^✗.*$/gm)]).toEqual([0, null]);
	expect(text).not.toContain('needs --write');
	expect(portal.sees.deals()).toHaveLength(deals);
});

test('a portal is not written to when its host is not repeated', async () => {
	await opens();
	const { code, text } = await run([
		'--portal',
		portal.webhookUrl,
		'--write',
		'--test-system',
		'other.bitrix24.ru',
	]);
	expect(code).toBe(2);
	expect(text).toContain(`--test-system ${new URL(portal.webhookUrl).host}`);
	expect(portal.requests).toEqual([]);
});

test('a portal that limits requests is waited for', async () => {
	await opens({ bucket: { size: 50, drainPerSecond: 100 } });
	const { code, text } = await run(['--portal', portal.webhookUrl]);
	expect([code, text.match(/^✗.*$/gm)]).toEqual([0, null]);
	expect(portal.requests.some(({ error }) => error === 'QUERY_LIMIT_EXCEEDED')).toBe(true);
}, 30_000);

test('known differences are named and do not fail the run', async () => {
	await opens({ switches: { selectWithOriginalNames: 'asSelected', language: 'en' } });
	const { code, text } = await run([], { CONFORMANCE_PORTAL: portal.webhookUrl });
	expect(code).toBe(0);
	expect(text.match(/^✗.*$/gm)).toHaveLength(2);
	expect(text).toContain('a known difference');
});

describe('a portal that differs in all that is known', () => {
	let server: ReversedServer;
	beforeEach(async () => {
		await opens();
		server = await openReversedServer({
			origin: portal.origin,
			reversals: PORTAL_CASES.flatMap(({ reversed }) => reversed ?? []),
			questionOf: questionIn,
		});
		closers.push(() => server.close());
	});

	test('fails the run, and no case that was reversed holds', async () => {
		const json = join(folder, 'report.json');
		const address = portal.webhookUrl.replace(portal.origin, server.origin);
		const host = new URL(address).host;
		const { code } = await run([
			'--portal',
			address,
			'--json',
			json,
			'--write',
			'--test-system',
			host,
		]);
		expect(code).toBe(1);
		const [{ rows }] = JSON.parse(reportIn(json)).reports as [
			{ rows: Array<{ fact: string; verdict: { outcome: string } }> },
		];
		const reversed = new Set(
			PORTAL_CASES.filter((one) => one.reversed && !one.through).map(({ fact }) => fact),
		);
		const holding = rows.filter(
			({ fact, verdict }) => verdict.outcome === 'holds' && reversed.has(fact),
		);
		expect(holding.map(({ fact }) => fact)).toEqual([]);
		expect(reversed.size).toBeGreaterThan(50);
	});
});

describe('a base', () => {
	let base: Base;
	beforeEach(async () => {
		base = await openBase();
		closers.push(() => base.close());
	});

	test('is read with the password of the environment, which is printed nowhere', async () => {
		const args = ['--base', base.url, '--user', base.login];
		const { code, text } = await run(args, { CONFORMANCE_PASSWORD: base.password });
		expect([code, text.match(/^✗.*$/gm)]).toEqual([0, null]);
		expect(text).not.toContain(base.password);
		expect(base.requests.filter(({ written }) => written)).toEqual([]);
	});

	test('without a password, or anything to ask, the command says how it is used', async () => {
		for (const args of [
			['--base', base.url, '--user', base.login],
			[],
			['--portal', 'no address'],
			['--nonsense'],
		]) {
			const { code, text } = await run(args);
			expect([code, text]).toEqual([2, expect.stringContaining('npm run conformance -- --portal')]);
		}
	});
});
