/** The tab «1С» in a real browser, cut off from its address as n8n keeps it, in front of people with a keyboard. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openPortal, MANAGER_USER, SALESMAN_USER, type Portal } from './standins/bitrix24/portal';
import { openBase, type Base } from './standins/onec/base';
import { CardInBrowser, launchBrowser, type CardLook } from './support/cardInBrowser';
import { RunningWorkflow, workflowFile } from './support/engine';
import { PickerTab, type TabOptions } from './support/pickerTab';

const INN = '7728168971';
const HOSTILE = '<img src=x onerror="parent.hacked=1"><script>parent.hacked=1</script>';

let browser: Browser;
let portal: Portal;
let base: Base;
let tab: PickerTab;
let card: CardInBrowser;
let table: string;
let chair: string;
let retail: string;
let deal: number;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(async () => await browser.close());

const setUpPortal = async (): Promise<void> => {
	const setup = workflowFile('portal-setup.json');
	for (const { name, parameters } of setup.nodes) {
		if (name === 'Поля и стадии') parameters.dryRun = false;
	}
	const credentials = { bitrix24WebhookApi: { secretUrl: portal.webhookUrl } };
	await new RunningWorkflow(setup, credentials).runs('Запустить', [{ json: {} }]);
};

/** Two look-alikes in two folders, a few goods, and a deal with two tables. */
const furnish = (): void => {
	const { admin, storekeeper } = base;
	const folder = admin.addsFolder('Контрагенты', 'Покупатели');
	const inFolder = (name: string): string => admin.addsFolder('Контрагенты', name, folder);
	admin.addsCounterparty({
		name: 'ООО «Кактус»',
		inn: INN,
		kpp: '772801001',
		phone: '+7 (495) 123-45-67',
		folder: inFolder('Опт'),
	});
	retail = admin.addsCounterparty({ name: 'ООО «Кактус»', inn: INN, folder: inFolder('Розница') });
	admin.addsContract({
		counterparty: retail,
		name: 'Договор поставки № 7',
		settlement: 'ПоЗаказам',
	});
	const furniture = admin.addsFolder('Номенклатура', 'Мебель');
	table = admin.addsProduct({
		name: 'Стол письменный',
		article: 'СТ-1',
		price: 12_200,
		folder: furniture,
	});
	chair = admin.addsProduct({
		name: 'Стул офисный',
		article: 'СТ-2',
		price: 2440,
		folder: furniture,
	});
	storekeeper.receivesGoods({ product: table, quantity: 4 });
	storekeeper.receivesGoods({ product: chair, quantity: 100 });
	const product = portal.admin.addsProduct({
		name: 'Стол письменный',
		xmlId: table,
		price: 12_200,
		vat: 22,
	});
	deal = portal.manager.createsDeal({
		title: 'Мебель в переговорную',
		company: portal.admin.addsCompany({ title: 'ООО «Кактус»', inn: INN }),
		rows: [{ product, price: 12_200, quantity: 2, vat: 22, vatIncluded: true }],
		fields: { assignedById: MANAGER_USER },
	});
};

const open = async (
	look: CardLook & { user?: number } = {},
	how: TabOptions = {},
): Promise<void> => {
	tab = await PickerTab.open(portal, base, how);
	const { user = MANAGER_USER, ...rest } = look;
	const { application, server } = tab;
	card = await CardInBrowser.open(browser, {
		portal,
		application,
		handler: server.url,
		deal,
		user,
		...rest,
	});
};

beforeEach(async () => {
	portal = await openPortal({ bucket: 'off' });
	base = await openBase();
	await setUpPortal();
	furnish();
});

afterEach(async () => {
	expect(card.strays).toEqual([]);
	await card.close();
	await Promise.all([tab.close(), portal.close(), base.close()]);
});

const SCREENSHOTS = process.env.SCREENSHOTS;

/** For people who want to look; nothing is compared with a picture. */
const shows = async (name: string): Promise<void> => {
	if (!SCREENSHOTS) return;
	mkdirSync(SCREENSHOTS, { recursive: true });
	await card.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
};

const button = (name: string | RegExp) => card.tab.getByRole('button', { name });
const row = (name: string | RegExp) => card.tab.getByRole('grid').getByRole('row', { name });
const current = () => card.tab.locator('[role=row][aria-selected=true]');
/** In the list, and not on the card behind it. */
const listed = (text: string) => card.tab.getByRole('grid').getByText(text).first();
const said = (text: string | RegExp) => card.tab.getByRole('status').filter({ hasText: text });

const quantities = (): Array<[unknown, unknown]> =>
	portal.sees.rows('D', deal).map(({ productName, quantity }) => [productName, quantity]);

test('a counterparty is chosen by the keyboard alone, and its look-alike is shown before', async () => {
	await open();
	await button('Выбрать контрагента').waitFor();
	await shows('deal-light');
	await card.tab.locator('body').press('Tab');
	await card.presses('Enter');
	await card.types('кактус');
	await row(/Розница/).waitFor();
	await card.tab.getByText('дубль ИНН (2)').first().waitFor();
	await shows('counterparties-light');
	await card.presses('ArrowDown');
	if (!(await current().innerText()).includes('Розница')) await card.presses('ArrowDown');
	expect(await current().innerText()).toContain('Покупатели › Розница');
	await card.presses('Enter');
	const dialog = card.tab.getByRole('dialog', { name: 'ООО «Кактус»' });
	await dialog.getByText('Этот же ИНН есть').waitFor();
	expect(await dialog.getByRole('region', { name: 'Похожие контрагенты' }).innerText()).toContain(
		'Покупатели › Опт',
	);
	expect(await dialog.getByRole('radio').count()).toBe(2);
	await shows('confirmation-light');
	await card.presses('Enter');
	await said('Выбран контрагент «ООО «Кактус»»').waitFor();
	expect(portal.sees.deal(deal).UF_CRM_1C_COUNTERPARTY).toBe(retail);
	await card.tab.getByText('Покупатели › Розница').waitFor();
	expect(card.errors).toEqual([]);
});

test('folders are walked by the keyboard, from the tree into the list and up again', async () => {
	await open();
	await button('Выбрать контрагента').click();
	const tree = card.tab.getByRole('tree');
	await tree.getByRole('treeitem', { name: 'Покупатели' }).waitFor();
	await tree.focus();
	await card.presses('ArrowDown', 'ArrowRight', 'ArrowDown');
	const item = tree.getByRole('treeitem', { selected: true });
	expect(await item.innerText()).toBe('Опт');
	expect(await item.getAttribute('aria-level')).toBe('3');
	await row(/ООО «Кактус»/).waitFor();
	await card.presses('ArrowRight');
	expect(await card.tab.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(
		true,
	);
	await card.presses('Backspace');
	await card.tab.getByText('Контрагенты › Покупатели', { exact: true }).waitFor();
	await card.presses('Escape');
	await button('Выбрать контрагента').waitFor();
	expect(portal.sees.deal(deal).UF_CRM_1C_COUNTERPARTY).toBeFalsy();
});

test('goods are keyed in one after another, the same one adds up, and the basket goes into the deal', async () => {
	await open();
	await button(/Подбор товаров/).click();
	await card.types('стол');
	await listed('12\u00a0200,00').waitFor();
	await card.presses('ArrowDown', '3');
	await card.tab.getByLabel('Сколько: Стол письменный').waitFor();
	await card.presses('Enter');
	await said('1 строка на 36 600,00').waitFor();
	await card.presses('/');
	await card.types('стул');
	await card.presses('Enter');
	await card.tab.getByLabel('Сколько: Стул офисный').waitFor();
	await card.types('10');
	await card.presses('Enter', 'Insert');
	await said('2 строки на 63 440,00').waitFor();
	expect(await card.tab.getByLabel('Количество: Стул офисный').inputValue()).toBe('11');
	await shows('goods-light');
	await card.presses('Control+Enter');
	await said('В сделку перенесено: 2 строки').waitFor();
	expect(quantities()).toEqual([
		['Стол письменный', 5],
		['Стул офисный', 11],
	]);
	await button(/Подбор товаров/).click();
	await row(/Мебель/).waitFor();
	expect(await said('Корзина пуста').count()).toBe(1);
	expect(card.errors).toEqual([]);
});

test('more than there is free is a warning and not a refusal, and Esc asks before it closes', async () => {
	await open();
	await button(/Подбор товаров/).click();
	await card.types('стол');
	await row(/Стол письменный/).waitFor();
	await listed('12\u00a0200,00').waitFor();
	await card.presses('ArrowDown', '9', 'Enter');
	await card.tab.getByText('свободного остатка не хватает').waitFor();
	await card.presses('Escape', 'Escape');
	await card.tab.getByText('Корзина не перенесена').waitFor();
	await card.presses('Escape');
	await button('Подбор товаров (в корзине 1)').click();
	await button('Перенести в сделку').click();
	await said('В сделку перенесено').waitFor();
	expect(quantities()).toEqual([['Стол письменный', 11]]);
});

test('a basket over rows that somebody changed is kept, and goes in the next time', async () => {
	await open();
	await button(/Подбор товаров/).click();
	await card.types('стол');
	await row(/Стол письменный/).waitFor();
	await card.presses('ArrowDown', 'Insert');
	const [own] = portal.sees.rows('D', deal);
	portal.manager.setsProducts(deal, [
		{ product: Number(own.productId), price: 12_000, quantity: 1 },
	]);
	await card.presses('Control+Enter');
	await card.tab.getByRole('alert').filter({ hasText: 'изменились' }).waitFor();
	expect(quantities()).toEqual([['Стол письменный', 1]]);
	await card.page.waitForTimeout(300);
	await card.presses('Control+Enter');
	await said('В сделку перенесено').waitFor();
	expect(quantities()).toEqual([['Стол письменный', 2]]);
});

test('names that are markup are words like any others', async () => {
	const folder = base.admin.addsFolder('Контрагенты', `Папка ${HOSTILE}`);
	base.admin.addsCounterparty({ name: `Злой ${HOSTILE}`, inn: '7707083893', folder });
	base.admin.addsProduct({ name: `Товар ${HOSTILE}`, article: '"><b>', price: 1 });
	portal.manager.writes(deal, { title: HOSTILE });
	await open();
	await button('Выбрать контрагента').click();
	await card.tab.getByRole('treeitem', { name: 'Папка <img' }).waitFor();
	await card.types('злой');
	await row(/Злой <img/).waitFor();
	await card.presses('Enter');
	await card.tab.getByRole('dialog', { name: /^Злой <img/ }).waitFor();
	await card.presses('Escape', 'Escape', 'Escape');
	await button(/Подбор товаров/).click();
	await card.types('товар');
	await row(/Товар <img/).waitFor();
	await card.presses('ArrowDown', 'Insert');
	await card.tab.getByLabel(/^Количество: Товар <img/).waitFor();
	expect(await card.tab.locator('img, b:has-text("\\">")').count()).toBe(0);
	expect(await card.page.evaluate('window.hacked')).toBeUndefined();
	expect(card.errors).toEqual([]);
});

test('a visit that has run out says so, whatever was being done', async () => {
	await open();
	await button('Выбрать контрагента').click();
	await card.tab.getByRole('tree').waitFor();
	const now = Date.now;
	Date.now = () => now() + 3_700_000;
	try {
		await card.types('кактус');
		await card.tab.getByRole('alert').filter({ hasText: 'Сеанс закончился' }).waitFor();
		await shows('expired');
	} finally {
		Date.now = now;
	}
});

test('a deal the portal does not show is not shown here either', async () => {
	await open({ user: SALESMAN_USER });
	await card.tab.getByRole('alert').filter({ hasText: 'Нет доступа' }).waitFor();
	expect(await card.tab.getByRole('button').count()).toBe(0);
	expect(tab.server.questions).toEqual([]);
});

test('1C that does not answer is said with a way to try again', async () => {
	await open();
	await button('Выбрать контрагента').click();
	await card.tab.getByRole('treeitem', { name: 'Покупатели' }).waitFor();
	base.levers.unpublishes();
	await card.types('кактус');
	await card.tab.getByRole('alert').first().waitFor();
	base.levers.publishes();
	await button('Повторить').click();
	await row(/Розница/).waitFor();
});

test('the page has neither the origin nor the cookies of its address, and the frame is fitted only where it may ask', async () => {
	await open();
	await button('Выбрать контрагента').waitFor();
	const frame = card.page.frames()[1];
	expect(await frame.evaluate('self.origin')).toBe('null');
	expect(await frame.evaluate('document.documentElement.className')).toBe('');
	await card.close();
	await tab.close();
	await open({}, { isolated: false });
	await button('Выбрать контрагента').waitFor();
	await card.page.frames()[1].waitForFunction("document.documentElement.className === 'fitted'");
	expect(await card.page.evaluate('heard.length')).toBeGreaterThan(0);
});

test('looks like the portal in the dark too', async () => {
	await open({ dark: true });
	await button('Выбрать контрагента').click();
	await card.types('кактус');
	await row(/Розница/).waitFor();
	await shows('counterparties-dark');
	const colour = await card.tab
		.getByRole('dialog')
		.evaluate((panel) => getComputedStyle(panel).backgroundColor);
	expect(colour).toBe('rgb(30, 34, 40)');
	await card.presses('Escape', 'Escape');
	await button('Выбрать контрагента').hover();
	const hovered = await button('Выбрать контрагента').evaluate(
		(own) => getComputedStyle(own).backgroundColor,
	);
	expect(hovered).toBe('rgb(77, 160, 255)');
	await shows('deal-dark');
	await button(/Подбор товаров/).click();
	await card.types('ст');
	await listed('12\u00a0200,00').waitFor();
	await card.presses('ArrowDown', 'Insert', 'ArrowDown', 'Insert');
	await said('2 строки').waitFor();
	await shows('goods-dark');
});

test('of thousands only the rows that are seen are in the document, and each search is one question', async () => {
	base.admin.fillsCounterparties(5000);
	await open();
	await button('Выбрать контрагента').click();
	await card.tab.getByRole('treeitem', { name: 'Направление 1', exact: true }).waitFor();
	tab.server.questions.length = 0;
	await card.types('покупатель 4');
	await card.tab.getByText(/Найдено по «покупатель 4».*60\+/).waitFor();
	expect(tab.server.questions.filter((ask) => ask === 'find')).toHaveLength(1);
	expect(await card.tab.locator('[role=row]').count()).toBeLessThan(40);
	await card.presses('ArrowDown', 'End');
	await row(/./)
		.filter({ has: card.tab.locator('xpath=self::*[@aria-selected="true"]') })
		.first()
		.waitFor();
	expect(await card.tab.locator('[aria-selected=true][aria-rowindex="61"]').count()).toBe(1);
});
