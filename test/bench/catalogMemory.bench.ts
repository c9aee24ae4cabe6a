/**
 * Memory of a process that reads the catalog of 1C, and of one that loads it into the portal. The stand-ins are in a
 * process of their own: what grew in one process with them was theirs.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { basicAuthorization, serviceRoot } from '../../nodes/OneC/odata/address';
import { readParties } from '../../nodes/OneC/catalogs/parties';
import { openSession } from '../../nodes/OneC/session';
import { axiosHttp, standingClock } from '../support/axiosHttp';
import { endsPretending, pretendsTime } from '../support/clock';
import { RunningWorkflow, workflowFile } from '../support/engine';
import { andLarge, note } from './measurements';
import { growthDuring, heldNow } from './memory';
import { SystemsApart } from './systemsApart';

test.each([4_000, 6_000, 8_000, ...andLarge(100_000)])('memory after %d buyers', async (size) => {
	const systems = await SystemsApart.open(size);
	try {
		const { url, login, password } = systems.addresses;
		const http = axiosHttp(serviceRoot(url), {
			Authorization: basicAuthorization(login, password),
		});
		const credential = { url, timeZone: 'Europe/Moscow', marker: 'B24' };
		const { client } = openSession(credential, http, standingClock());
		const heaps: number[] = [];
		let read = 0;
		for await (const page of readParties(client, null, 2000)) {
			read += page.length;
			heaps.push(heldNow());
		}
		expect(read).toBe(size);
		const megabytes = heaps[heaps.length - 1] - heaps[1];
		note({
			row: 'read the buyers of 1C, page by page',
			size,
			unit: 'MB more than after two pages',
			measured: megabytes,
			floor: 0,
			because: 'one page is held',
		});
		expect(megabytes).toBeLessThan(4);
	} finally {
		await systems.close();
	}
});

const BUYERS = 'Контрагенты';
const SETUP = 'Поля и стадии';

/** The workflow of catalogs with its node of buyers alone, and the setup the portal needs before. */
const workflowsFor = ({ addresses }: SystemsApart): [RunningWorkflow, RunningWorkflow] => {
	const { webhookUrl, applicationToken, url, login: user, password } = addresses;
	const credentials: Record<string, ICredentialDataDecryptedObject> = {
		bitrix24WebhookApi: { secretUrl: webhookUrl, applicationToken },
		oneCApi: { url, user, password, timeZone: 'Europe/Moscow', marker: 'B24' },
	};
	const [setup, catalogs] = [workflowFile('portal-setup.json'), workflowFile('catalogs.json')];
	for (const { name, parameters } of [...setup.nodes, ...catalogs.nodes]) {
		if (name === SETUP) parameters.dryRun = false;
		if (name === BUYERS) parameters.sameInn = 'create';
	}
	catalogs.connections['Запустить'] = { main: [[{ node: BUYERS, type: 'main', index: 0 }]] };
	delete catalogs.connections[BUYERS];
	return [new RunningWorkflow(setup, credentials), new RunningWorkflow(catalogs, credentials)];
};

/** The node paces itself, by a clock that is put forward whenever it waits. */
test.each([1_000, 2_000, 4_000, ...andLarge(100_000)])('memory of a load of %d', async (size) => {
	pretendsTime();
	const systems = await SystemsApart.open(size);
	try {
		const [setup, catalogs] = workflowsFor(systems);
		expect((await setup.runs('Запустить', [{ json: {} }])).error).toBeUndefined();
		const megabytes = await growthDuring(async () => {
			const run = await catalogs.runs('Запустить', [{ json: {} }]);
			expect(run.items(BUYERS, 4)).toMatchObject([{ read: size, created: size, failed: 0 }]);
		});
		expect((await systems.stands()).companies).toBe(size);
		note({
			row: 'first load of buyers',
			size,
			unit: 'MB resident over n8n’s own',
			measured: megabytes,
			floor: 0,
			because: 'a page of 500 and what the collector leaves lying',
		});
		expect(megabytes).toBeLessThan(300);
	} finally {
		await systems.close();
		endsPretending();
	}
});
