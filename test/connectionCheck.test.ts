/** The workflow `connection-check.json` as it is shipped, before and after the portal was prepared. */
import type { IDataObject } from 'n8n-workflow';
import { Company } from './support/company';
import { RunningWorkflow, workflowFile, type Finished } from './support/engine';

let company: Company;

beforeEach(async () => {
	company = await Company.open();
});
afterEach(async () => await company.close());

const runs = async (credentials = company.credentials): Promise<Finished> =>
	await new RunningWorkflow(workflowFile('connection-check.json'), credentials).runs('Запустить', [
		{ json: {} },
	]);

const problems = (items: IDataObject[]): unknown[] =>
	items.filter(({ state }) => state === 'problem').map(({ text }) => text);

test('finds nothing in the way of a company whose portal is prepared', async () => {
	company.buyer();
	const run = await runs();
	expect(run.error).toBeUndefined();
	for (const node of ['Проверить Битрикс24', 'Проверить 1С']) {
		expect(run.items(node).length).toBeGreaterThan(10);
		expect(problems(run.items(node))).toEqual([]);
	}
});

test('a credential that is not even an address does not keep the other system from being looked at', async () => {
	const { bitrix24WebhookApi, oneCApi } = company.credentials;
	const run = await runs({
		bitrix24WebhookApi: { ...bitrix24WebhookApi, secretUrl: 'company.bitrix24.ru' },
		oneCApi,
	});
	expect(run.items('Проверить 1С').length).toBeGreaterThan(10);
});
