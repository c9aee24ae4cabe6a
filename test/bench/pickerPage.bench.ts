/**
 * How long a manager waits for the tab «1С» in a real browser, in a base of fifty and in one of a hundred thousand
 * counterparties. Milliseconds depend on the machine and are printed; requests to 1C and bytes to the page do not, and
 * must not grow with the base.
 */
import type { Browser } from 'playwright-core';
import { MANAGER_USER, openPortal } from '../standins/bitrix24/portal';
import { openBase } from '../standins/onec/base';
import { CardInBrowser, launchBrowser } from '../support/cardInBrowser';
import { PickerTab } from '../support/pickerTab';
import { note } from './measurements';

interface Step {
	step: string;
	milliseconds: number;
	/** Requests to 1C. */
	requests: number;
	/** What the page was sent. */
	kilobytes: number;
}

let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(async () => await browser.close());

const measure = async (counterparties: number): Promise<Step[]> => {
	const portal = await openPortal({ bucket: 'off' });
	const base = await openBase();
	base.admin.fillsCounterparties(counterparties);
	const deal = portal.manager.createsDeal({
		title: 'Замер',
		company: portal.admin.addsCompany({ title: 'ООО «Замер»' }),
		fields: { assignedById: MANAGER_USER },
	});
	const tab = await PickerTab.open(portal, base);
	const { application, server } = tab;
	const steps: Step[] = [];
	let sent = 0;
	let card: CardInBrowser | undefined;
	const takes = async (step: string, work: () => Promise<void>): Promise<void> => {
		const [before, start] = [base.requests.length, performance.now()];
		sent = 0;
		await work();
		const milliseconds = Math.round(performance.now() - start);
		await card?.page.waitForTimeout(600);
		const requests = base.requests.length - before;
		steps.push({ step, milliseconds, requests, kilobytes: Math.round(sent / 1024) });
	};
	await takes('the card', async () => {
		const visit = { portal, application, handler: server.url, deal, user: MANAGER_USER };
		card = await CardInBrowser.open(browser, visit);
		card.page.on('response', (response) => {
			response.body().then(
				(body) => (sent += body.length),
				() => undefined,
			);
		});
		await card.tab.getByRole('button', { name: 'Выбрать контрагента' }).waitFor();
	});
	const { tab: page } = card as CardInBrowser;
	const paint = await page
		.locator('body')
		.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
	note({
		row: 'picker: first paint of the tab',
		size: counterparties,
		unit: 'ms',
		measured: paint ?? NaN,
		floor: 0,
		because: 'this machine',
	});
	const row = (name: string) => page.getByRole('grid').getByRole('row', { name }).first();
	await takes('the picker', async () => {
		await page.getByRole('button', { name: 'Выбрать контрагента' }).click();
		await page.getByRole('treeitem', { name: 'Направление 1', exact: true }).waitFor();
	});
	await takes('a folder', async () => {
		await row('Направление 3').dblclick();
		await row('Направление 3.2').dblclick();
		await row('Покупатель').waitFor();
	});
	for (const [what, text] of [
		['a search by name', 'покупатель 33'],
		['a search by ИНН', '7700000'],
	]) {
		await takes(what, async () => {
			await page.getByRole('searchbox').fill(text);
			await page.getByText(new RegExp(`Найдено по «${text}».*: \\d+`)).waitFor({ timeout: 60_000 });
		});
	}
	await card?.close();
	await Promise.all([tab.close(), portal.close(), base.close()]);
	return steps;
};

const SIZES = [50, 5_000, 100_000];

test('a hundred thousand counterparties cost no more requests than fifty', async () => {
	const measured: Step[][] = [];
	for (const size of SIZES) {
		const steps = await measure(size);
		measured.push(steps);
		for (const { step, ...costs } of steps) {
			const row = { row: `picker: ${step}`, size, floor: 0 };
			note({ ...row, unit: 'ms', measured: costs.milliseconds, because: 'this machine' });
			note({ ...row, unit: 'requests to 1C', measured: costs.requests, because: 'all is known' });
			note({ ...row, unit: 'KB to the page', measured: costs.kilobytes, because: 'all is there' });
		}
	}
	const [small, ...larger] = measured;
	for (const steps of larger) {
		for (const [index, { requests, kilobytes }] of steps.entries()) {
			expect(requests).toBeLessThanOrEqual(small[index].requests + 4);
			expect(kilobytes).toBeLessThan(250);
		}
	}
});
