/** Whatever an expression may give to a parameter of CoMagic, of the tables, and of the nodes above the systems: it is told with the field and the remedy, and goes nowhere. */
import type { INodeType } from 'n8n-workflow';
import { CatalogSync } from '../nodes/CatalogSync/CatalogSync.node';
import { CoMagic } from '../nodes/CoMagic/CoMagic.node';
import { DealStageMap } from '../nodes/DealStageMap/DealStageMap.node';
import { ExchangeCheck } from '../nodes/ExchangeCheck/ExchangeCheck.node';
import { InvoicePrint } from '../nodes/InvoicePrint/InvoicePrint.node';
import { OneCStatusMap } from '../nodes/OneCStatusMap/OneCStatusMap.node';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { openAccount, type Account } from './standins/comagic/account';
import { endsPretending, pretendsTime } from './support/clock';
import { Credentials } from './support/credentials';
import { complaints } from './support/hostileTrial';
import { OneCOffice } from './support/onecOffice';
import { oneCCredential } from './support/oneCCredential';

/** Many requests, on a machine that may be busy. */
jest.setTimeout(300_000);
let office: OneCOffice;
let portal: Portal;
let account: Account;

beforeEach(async () => {
	pretendsTime();
	const now = (): number => Date.now();
	office = await OneCOffice.open({ now });
	portal = await openPortal({ now });
	account = await openAccount({ now });
});
afterEach(async () => {
	await Promise.all([office.base.close(), portal.close(), account.close()]);
	endsPretending();
});

test.each<[string, new () => INodeType]>([
	['coMagic', CoMagic],
	['catalogSync', CatalogSync],
	['exchangeCheck', ExchangeCheck],
	['dealStageMap', DealStageMap],
	['oneCStatusMap', OneCStatusMap],
	['invoicePrint', InvoicePrint],
])('%s chokes on no wrong value, and passes none on', async (type, Node) => {
	const { base } = office;
	let seen = [0, 0, 0];
	const found = await complaints({
		description: new Node().description,
		type,
		credentials: new Credentials({
			oneCApi: oneCCredential(base),
			bitrix24WebhookApi: { secretUrl: portal.webhookUrl },
			coMagicApi: {
				service: 'own',
				url: account.origin,
				authentication: 'apiKey',
				apiKey: account.apiKey,
			},
		}),
		filled: { tagId: '1', method: 'get.account', communicationId: '1', phone: '+79161234567' },
		json: { dealId: 123, id: 5 },
		sent: () => {
			const all = [base.requests, portal.requests, account.requests];
			const text = JSON.stringify(all.map((one, index) => (one as unknown[]).slice(seen[index])));
			seen = all.map(({ length }) => length);
			return text;
		},
	});
	expect(found).toEqual([]);
});
