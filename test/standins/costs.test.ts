/** What requests cost, for those who measure: the stand-ins wait as they are told to, and by whose clock. */
import axios from 'axios';
import { openPortal } from './bitrix24/portal';
import { openBase } from './onec/base';
import { LIVE_BASE } from './onec/costs';

let waited: number[];
const waits = async (milliseconds: number): Promise<void> => {
	waited.push(milliseconds);
	await Promise.resolve();
};

beforeEach(() => {
	waited = [];
});

test('requests to the portal are on their way for so long, those inside a batch are not', async () => {
	const portal = await openPortal({ latency: 10, waits });
	await axios.post(`${portal.webhookUrl}profile`, {});
	await axios.post(`${portal.webhookUrl}batch`, { cmd: { a: 'profile', b: 'profile' } });
	expect(waited).toEqual([10, 10]);
	await portal.close();
});

describe('a request to 1C', () => {
	const costOf = async (method: 'GET' | 'POST', path: string, data?: object): Promise<number> => {
		const base = await openBase({ costs: LIVE_BASE, waits });
		base.admin.fillsCounterparties(30);
		await axios.request({
			method,
			url: encodeURI(`${base.url}/odata/standard.odata/${path}`),
			data,
			auth: { username: base.login, password: base.password },
		});
		await base.close();
		return waited.reduce((sum, one) => sum + one, 0);
	};

	const request = LIVE_BASE.latency + LIVE_BASE.session;
	const orders = 'AccumulationRegister_ЗаказыПокупателей/Balance';

	test.each([
		['each object it shows', 'Catalog_Контрагенты?$top=20&$format=json', 20 * LIVE_BASE.object],
		['a balance of the whole register', `${orders}()?$format=json`, LIVE_BASE.wholeTable],
		[
			'less with a condition',
			`${orders}(Condition='ЗаказПокупателя_Key eq guid''00000000-0000-0000-0000-000000000000''')?$format=json`,
			LIVE_BASE.conditionedTable,
		],
	])('costs %s', async (_, path, cost) => {
		expect(await costOf('GET', path)).toBe(request + cost);
	});

	test('costs most when it writes', async () => {
		const written = await costOf('POST', 'Catalog_Контрагенты?$format=json', {
			Description: 'Новый',
		});
		expect(written).toBe(request + LIVE_BASE.write);
	});
});

test('nothing costs anything unless somebody asks for it', async () => {
	const [portal, base] = [await openPortal({ waits }), await openBase({ waits })];
	await axios.post(`${portal.webhookUrl}profile`, {});
	await axios.get(`${base.url}/odata/standard.odata/`, {
		auth: { username: base.login, password: base.password },
		validateStatus: () => true,
	});
	expect(waited).toEqual([]);
	await Promise.all([portal.close(), base.close()]);
});
