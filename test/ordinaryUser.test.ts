/** An application that was connected by a user who is no administrator: he sees no handlers but those of his own. */
import { settleBindings } from '../nodes/Bitrix24/bindings/bindings';
import { eventHandlers } from '../nodes/Bitrix24/bindings/eventHandlers';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { subscribe, unsubscribe } from '../nodes/Bitrix24Trigger/subscription';
import {
	ADMINISTRATOR_USER,
	MANAGER_USER,
	openPortal,
	type Portal,
} from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';

const HANDLER = 'https://n8n.example.test/webhook/1';

let portal: Portal;
let manager: Bitrix24Client;
let administrator: Bitrix24Client;

beforeEach(async () => {
	portal = await openPortal();
	const application = portal.admin.registersApplication({
		scopes: ['crm'],
		handler: 'https://n8n.example.test/rest/oauth2-credential/callback',
		onlyApi: true,
	});
	const clientOf = (user: number): Bitrix24Client => {
		const auth = application.tokensOf(user).accessToken;
		const http = axiosHttp(`${portal.origin}/rest/`);
		return new Bitrix24Client(
			portal.domain,
			async (request) => {
				const body = { ...(JSON.parse(request.body ?? '{}') as object), auth };
				return await http({ ...request, body: JSON.stringify(body) });
			},
			standingClock(),
		);
	};
	[manager, administrator] = [clientOf(MANAGER_USER), clientOf(ADMINISTRATOR_USER)];
});
afterEach(async () => await portal.close());

const bound = async () => await administrator.call({ method: 'event.get' });

const wanted = { event: 'ONCRMDEALUPDATE', handler: HANDLER, offline: false };

test('an event is bound once, whoever has bound it before', async () => {
	const bind = async (client: Bitrix24Client) =>
		await settleBindings(client, eventHandlers, [wanted], () => false);
	await bind(administrator);
	for (let time = 0; time < 2; time += 1)
		expect(await bind(manager)).toMatchObject([{ state: 'bound' }]);
	expect(await bound()).toMatchObject([{ event: wanted.event, handler: HANDLER }]);
});

test('an event the portal does not have is refused', async () => {
	const unknown = { ...wanted, event: 'ONNOTHING' };
	await expect(settleBindings(manager, eventHandlers, [unknown], () => false)).rejects.toThrow(
		'ERROR_EVENT_NOT_FOUND',
	);
});

test('a subscription ends with the publication', async () => {
	const subscription = {
		address: HANDLER,
		events: ['ONCRMDEALADD', 'ONCRMDEALUPDATE'],
		key: 'secret',
	};
	await subscribe(manager, subscription);
	expect(await bound()).toHaveLength(2);
	await unsubscribe(manager, subscription);
	expect(await bound()).toEqual([]);
});
