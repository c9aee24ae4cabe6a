/**
 * A deal card in a real browser: the portal's page with the frame that it posts a person's token into, as Bitrix24
 * opens a tab of an application.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import type { Portal, RegisteredApplication } from '../standins/bitrix24/portal';

const CHROMIUM = [
	process.env.CHROMIUM ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

export const launchBrowser = async (): Promise<Browser> => {
	const executablePath = CHROMIUM.find((path) => path && existsSync(path));
	if (!executablePath) throw new Error('No Chromium: run node test/e2e/setup.mjs --browser');
	/** The card is made up in front of the network, and Chromium takes it for a public page that may not open a local one. */
	const args = [
		'--no-sandbox',
		'--disable-gpu',
		'--disable-dev-shm-usage',
		'--no-first-run',
		'--disable-features=LocalNetworkAccessChecks',
	];
	return await chromium.launch({ executablePath, headless: true, args });
};

export interface CardLook {
	width?: number;
	height?: number;
	dark?: boolean;
}

export interface CardVisit extends CardLook {
	portal: Portal;
	application: RegisteredApplication;
	/** Address of the tab. */
	handler: string;
	deal: number;
	user: number;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const cardPage = ({ portal, application, handler, deal, user, dark }: CardVisit): string => {
	const address = new URL(handler);
	address.searchParams.set('DOMAIN', portal.domain);
	address.searchParams.set('PROTOCOL', '0');
	address.searchParams.set('LANG', 'ru');
	address.searchParams.set('APP_SID', 'a1b2c3d4e5f60718293a4b5c6d7e8f90');
	const sent = {
		AUTH_ID: application.tokensOf(user).accessToken,
		AUTH_EXPIRES: '3600',
		APPLICATION_TOKEN: application.applicationToken,
		member_id: portal.memberId,
		PLACEMENT: 'CRM_DEAL_DETAIL_TAB',
		PLACEMENT_OPTIONS: JSON.stringify({ ID: String(deal) }),
	};
	const fields = Object.entries(sent)
		.map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
		.join('');
	return `<!doctype html><meta charset="utf-8"><title>Сделка ${deal}</title>
<style>html,body{margin:0;height:100%;background:${dark ? '#0f1114' : '#e8ecef'}}iframe{border:0;width:100%;height:100%;display:block}</style>
<iframe name="tab" title="1С"></iframe>
<form id="open" method="post" target="tab" action="${escaped(address.href)}">${fields}</form>
<script>
window.heard = [];
addEventListener('message', (event) => {
	heard.push([event.origin, String(event.data)]);
	if (event.origin !== ${JSON.stringify(address.origin)}) return;
	const [, , id] = /^resizeWindow:(.*):([^:]+):[^:]+$/.exec(event.data) || [];
	if (id) event.source.postMessage(id + ':true', event.origin);
});
document.getElementById('open').submit();
</script>`;
};

export class CardInBrowser {
	/** Whatever the page wanted to load from anywhere else. */
	readonly strays: string[] = [];
	readonly errors: string[] = [];

	private constructor(
		readonly page: Page,
		readonly tab: FrameLocator,
	) {}

	static async open(browser: Browser, visit: CardVisit): Promise<CardInBrowser> {
		const { portal, deal, handler, width = 1180, height = 760, dark } = visit;
		const context = await browser.newContext({
			viewport: { width, height },
			colorScheme: dark ? 'dark' : 'light',
			locale: 'ru-RU',
		});
		const page = await context.newPage();
		page.setDefaultTimeout(10_000);
		const card = new CardInBrowser(page, page.frameLocator('iframe'));
		const home = `${portal.origin}/crm/deal/details/${deal}/`;
		const own = [portal.origin, new URL(handler).origin];
		page.on('request', (request) => {
			if (!own.includes(new URL(request.url()).origin)) card.strays.push(request.url());
		});
		page.on('pageerror', (error) => card.errors.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') card.errors.push(message.text());
		});
		await page.route(home, async (route) => {
			await route.fulfill({ contentType: 'text/html; charset=utf-8', body: cardPage(visit) });
		});
		await page.goto(home);
		return card;
	}

	/** Keys as a person presses them, one after another. */
	async presses(...keys: string[]): Promise<void> {
		for (const key of keys) await this.page.keyboard.press(key);
	}

	async types(text: string): Promise<void> {
		await this.page.keyboard.type(text);
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}
}
