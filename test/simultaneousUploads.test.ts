/** Files that several programs put into one field of a card at the same time. */
import { uploadFile } from '../nodes/Bitrix24/cards/cardFiles';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import type { Http } from '../nodes/shared/http';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';

let portal: Portal;
let deal: number;

beforeEach(async () => {
	portal = await openPortal();
	portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_SCANS', 'file', { multiple: true });
	deal = portal.manager.createsDeal({ title: 'Окна' });
});
afterEach(async () => await portal.close());

const clientOf = (http: Http): Bitrix24Client =>
	new Bitrix24Client(portal.domain, http, standingClock());

const field = () => ({ entityTypeId: DEAL, id: deal, field: 'UF_CRM_SCANS' });

const scan = (name: string) => ({ name, bytes: Buffer.from(name) });

const inCard = async (): Promise<number> => {
	const params = { entityTypeId: DEAL, id: deal, useOriginalUfNames: 'Y' };
	const client = clientOf(axiosHttp(portal.webhookUrl));
	const { item } = (await client.call({ method: 'crm.item.get', params })) as {
		item: { UF_CRM_SCANS: unknown[] };
	};
	return item.UF_CRM_SCANS.length;
};

test('uploads of one n8n process follow one another', async () => {
	const client = clientOf(axiosHttp(portal.webhookUrl));
	await Promise.all(
		['1.txt', '2.txt', '3.txt'].map(async (name) => await uploadFile(client, field(), scan(name))),
	);
	expect(await inCard()).toBe(3);
});

/** Another program writes its own list right after each of our updates, as long as this says. */
const interferes = (times: number): Bitrix24Client => {
	const http = axiosHttp(portal.webhookUrl);
	let left = times;
	return clientOf(async (request) => {
		const response = await http(request);
		if (request.path === 'crm.item.update' && left > 0) {
			left -= 1;
			const content = Buffer.from('чужой').toString('base64');
			const fields = { UF_CRM_SCANS: [['other.txt', content]] };
			const params = { entityTypeId: DEAL, id: deal, fields, useOriginalUfNames: 'Y' };
			await http({ ...request, body: JSON.stringify(params) });
		}
		return response;
	});
};

test('a file that another program has pushed out is put in again', async () => {
	const stored = await uploadFile(interferes(1), field(), scan('1.txt'));
	expect(stored).toHaveLength(2);
	expect(await inCard()).toBe(2);
});

test('a field that another program keeps for itself is told', async () => {
	await expect(uploadFile(interferes(9), field(), scan('1.txt'))).rejects.toThrow('did not stay');
});
