/** Whatever an expression may give to a parameter of the Bitrix24 node: it is told with the field and the remedy, and goes nowhere. */
import { Bitrix24 } from '../nodes/Bitrix24/Bitrix24.node';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { endsPretending, pretendsTime } from './support/clock';
import { Credentials } from './support/credentials';
import { complaints } from './support/hostileTrial';

/** Many requests, on a machine that may be busy. */
jest.setTimeout(300_000);
let portal: Portal;

beforeEach(async () => {
	pretendsTime();
	portal = await openPortal({ now: () => Date.now() });
});
afterEach(async () => {
	await portal.close();
	endsPretending();
});

test('no operation of Bitrix24 chokes on a wrong value, or passes it on', async () => {
	const dealId = portal.manager.createsDeal({ title: 'Столы' });
	const companyId = portal.admin.addsCompany({ title: 'ООО «Лютик»' });
	let seen = 0;
	const found = await complaints({
		description: new Bitrix24().description,
		type: 'bitrix24',
		credentials: new Credentials({ bitrix24WebhookApi: { secretUrl: portal.webhookUrl } }),
		filled: {
			pickerAddress: 'https://n8n.example.test/webhook/picker',
			handler: 'https://n8n.example.test/webhook/picker',
			counterparty: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
			record: '={{ $json.id }}',
			method: 'profile',
			text: 'Привет',
			entityTypeId: '31',
			ownerId: '={{ $json.dealId }}',
			values: 'ivan@example.ru',
			title: 'Имя',
			field: 'UF_CRM_FILE',
			code: 'TEST',
		},
		json: { dealId, companyId, id: dealId },
		sent: () => {
			const text = JSON.stringify(portal.requests.slice(seen));
			seen = portal.requests.length;
			return text;
		},
	});
	expect(found).toEqual([]);
});
