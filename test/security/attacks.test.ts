/** Attacks that no other test plays; README.md beside this file says which test is for which threat. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { passKeyOf } from '../../nodes/Bitrix24/picker/pass';
import { Bitrix24Client } from '../../nodes/Bitrix24/rest/client';
import { Company } from '../support/company';
import { OneCNode } from '../support/onecNode';
import { standingClock } from '../support/axiosHttp';

let company: Company | undefined;
let servers: Server[] = [];

afterEach(async () => {
	await company?.close();
	company = undefined;
	await Promise.all(servers.map(async (one) => await new Promise((done) => one.close(done))));
	servers = [];
});

jest.setTimeout(60_000);

const serves = async (
	answer: (request: IncomingMessage) => { status: number; location?: string; body?: string },
): Promise<string> => {
	const server = createServer((request, response) => {
		request.resume();
		const { status, location, body = '' } = answer(request);
		response.writeHead(status, { connection: 'close', ...(location ? { location } : {}) });
		response.end(body);
	});
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const sells = async (title = 'Столы'): Promise<{ firm: Company; deal: number }> => {
	const firm = await Company.open();
	company = firm;
	const { product } = firm.product('Стол', 12_200);
	const rows = [{ product, price: 12_200, quantity: 1, vat: 22, vatIncluded: true }];
	const deal = firm.deal(firm.buyer().company, rows, { title });
	firm.portal.manager.moves(deal, 'ORDER_1C');
	return { firm, deal };
};

describe('a webhook', () => {
	test('that is genuine but played again and again makes one order and no noise', async () => {
		const { firm, deal } = await sells();
		for (let times = 0; times < 5; times += 1) {
			expect((await firm.callsAbout(deal)).status).toBe(200);
		}
		expect(firm.documents('ЗаказПокупателя', deal)).toHaveLength(1);
		expect(firm.timeline(deal)).toEqual([]);
	});

	test('about a deal of another pipeline, or of none, starts nothing and writes nothing', async () => {
		const { firm } = await sells();
		const other = firm.portal.admin.addsPipeline('Чужая');
		const foreign = firm.portal.manager.createsDeal({ title: 'Чужая', pipeline: other });
		const before = firm.base.requests.length;
		for (const id of [foreign, 999_999]) {
			expect(await firm.callsAbout(id)).toEqual({ status: 200, run: null });
		}
		expect(firm.base.requests).toHaveLength(before);
	});

	test('with a forged token is refused before anybody is asked anything', async () => {
		const { firm, deal } = await sells();
		const [portal, base] = [firm.portal.requests.length, firm.base.requests.length];
		for (const token of ['', 'x', firm.portal.applicationToken.toUpperCase() + 'x']) {
			expect(await firm.callsAbout(deal, token)).toEqual({ status: 403, run: null });
		}
		expect(firm.portal.requests).toHaveLength(portal);
		expect(firm.base.requests).toHaveLength(base);
	});
});

describe('what people type', () => {
	test('into a title passes for no other deal, and for no condition of 1C', async () => {
		const { firm, deal } = await sells("[B24-1] ' or 1 eq 1 or Description eq '");
		await firm.minutesPass(2);
		expect(firm.order(deal)).toMatchObject({ Posted: true });
		expect(firm.documents('ЗаказПокупателя', 1)).toEqual([]);
	});

	test('into the name of a buyer is no markup in the timeline', async () => {
		const { firm, deal } = await sells();
		const title = '[url=https://evil.example]Оплатить[/url] [USER=1]Вы[/USER]';
		const rows = firm.portal.sees.rows('D', deal).map(({ productId }) => ({
			product: Number(productId),
			price: 1,
			quantity: 1,
			vat: 22,
			vatIncluded: true,
		}));
		const mute = firm.deal(firm.portal.admin.addsCompany({ title }), rows);
		firm.portal.manager.moves(mute, 'ORDER_1C');
		await firm.minutesPass(1);
		const [said] = firm.timeline(mute);
		expect(said).toContain('url=https://evil.example]');
		expect(said).not.toMatch(/\[\/?(url|user)/i);
	});

	test('into the reason of a closing is no markup either', async () => {
		const { firm, deal } = await sells();
		await firm.minutesPass(1);
		const order = String(firm.order(deal).Ref_Key);
		firm.base.salesman.closes({ order, reason: '[img]https://evil.example/p.png[/img]' });
		await firm.minutesPass(1);
		const said = firm.timeline(deal).join('\n');
		expect(said).toContain('evil.example');
		expect(said).not.toMatch(/\[\/?img/i);
	});
});

describe('another host', () => {
	test('to which the address of 1C redirects hears nothing, least of all the password', async () => {
		const heard: IncomingMessage[] = [];
		const evil = await serves((request) => {
			heard.push(request);
			return { status: 200, body: '{"value":[]}' };
		});
		const url = await serves(() => ({ status: 302, location: `${evil}/ut/odata/` }));
		const onec = await OneCNode.open();
		try {
			const workflow = onec.workflow({
				credential: { url: `${url}/ut` },
				parameters: { resource: 'object', operation: 'getAll', entity: 'Catalog_Валюты' },
			});
			const run = await workflow.runs('Start', [{ json: {} }]);
			expect(run.error).toContain('redirects elsewhere');
			expect(heard).toEqual([]);
			for (const secret of [onec.base.password, encodeURIComponent(onec.base.password)]) {
				expect(run.record).not.toContain(secret);
			}
		} finally {
			await onec.close();
		}
	});
});

test('a client that is printed, inspected or stored shows no secret', () => {
	const secret = 'https://company.bitrix24.ru/rest/1/geheim0123456789/';
	const key = passKeyOf(secret);
	const http = async () => await Promise.reject(new Error('nobody is there'));
	const client = new Bitrix24Client(
		'company.bitrix24.ru',
		http,
		standingClock(),
		undefined,
		'',
		key,
	);
	const shown = [JSON.stringify(client), inspect(client, { depth: 9, showHidden: true })].join();
	expect(client.passKey).toBe(key);
	for (const form of [
		key.toString('hex'),
		key.toString('base64'),
		[...key.subarray(0, 8)].join(),
	]) {
		expect(shown.replaceAll(' ', '')).not.toContain(form);
	}
	expect(shown).not.toContain('Buffer');
	expect(shown).not.toContain('geheim');
});
