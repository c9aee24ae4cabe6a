/**
 * The small part of playwright-core that the editor needs, described here because playwright-core is installed
 * only in this folder: the type check of the package has to pass before that.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromiumPath, e2eDir } from './machine.mjs';

export interface Locator {
	click(options?: { timeout?: number; force?: boolean }): Promise<void>;
	dblclick(): Promise<void>;
	fill(value: string): Promise<void>;
	hover(): Promise<void>;
	first(): Locator;
	last(): Locator;
	locator(selector: string): Locator;
	count(): Promise<number>;
	isVisible(): Promise<boolean>;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
	getAttribute(name: string): Promise<string | null>;
	scrollIntoViewIfNeeded(): Promise<void>;
	waitFor(options?: { state?: 'visible' | 'hidden' | 'detached'; timeout?: number }): Promise<void>;
}

export interface BrowserRequest {
	url(): string;
	method(): string;
}

export interface BrowserResponse {
	request(): BrowserRequest;
	json(): Promise<unknown>;
}

export interface Page {
	goto(url: string): Promise<unknown>;
	url(): string;
	locator(selector: string): Locator;
	keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
	waitForURL(matches: (url: URL) => boolean): Promise<void>;
	waitForResponse(matches: (response: BrowserResponse) => boolean): Promise<BrowserResponse>;
	waitForLoadState(state: 'networkidle', options?: { timeout?: number }): Promise<void>;
	waitForTimeout(ms: number): Promise<void>;
	screenshot(options: {
		path?: string;
		fullPage?: boolean;
		clip?: { x: number; y: number; width: number; height: number };
	}): Promise<Buffer>;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	setContent(html: string): Promise<void>;
	addStyleTag(options: { content: string }): Promise<unknown>;
	evaluate<Result>(expression: string): Promise<Result>;
	close(): Promise<void>;
	on(event: 'request', listener: (request: BrowserRequest) => void): void;
	on(event: 'pageerror', listener: (error: Error) => void): void;
	on(event: 'dialog', listener: (dialog: { accept(): Promise<void> }) => void): void;
}

export interface Browser {
	newPage(options: {
		viewport: { width: number; height: number };
		colorScheme?: 'light' | 'dark';
	}): Promise<Page>;
	close(): Promise<void>;
}

interface Playwright {
	chromium: {
		launch(options: {
			executablePath: string;
			headless: boolean;
			args: string[];
		}): Promise<Browser>;
	};
}

/** Root cannot use the sandbox; the rest keeps Chromium from calling home and from needing a graphics card. */
const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-dev-shm-usage',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export const launchChromium = async (): Promise<Browser> => {
	const executablePath = chromiumPath();
	if (!executablePath) throw new Error('No Chromium: run node test/e2e/setup.mjs --browser');
	const requires = createRequire(join(e2eDir, 'package.json'));
	const { chromium } = requires('playwright-core') as Playwright;
	return await chromium.launch({ executablePath, headless: true, args: flags });
};
