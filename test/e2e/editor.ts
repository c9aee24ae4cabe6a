/**
 * n8n's editor as a person sees it, in a real Chromium: opens workflows and nodes, reads the lists that the
 * nodes load from the connected systems, presses the run button and takes screenshots.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Locator, launchChromium, type Page } from './browser';
import type { Execution } from './execution';
import { e2eDir } from './machine.mjs';
import type { RealN8n } from './n8n';

export interface Editor {
	/** For a check that this interface does not foresee. */
	page: Page;
	/** Host and path of every request that left 127.0.0.1. */
	externalRequests: string[];
	pageErrors: string[];
	opensWorkflow(id: string): Promise<void>;
	nodeNames(): Promise<string[]>;
	opensNode(name: string): Promise<void>;
	closesNode(): Promise<void>;
	/** The choices of a list, such as `operation` or `fields.field[0].name`, in the order shown. */
	optionsOf(parameterPath: string): Promise<string[]>;
	chooses(parameterPath: string, option: string): Promise<void>;
	/** "Execute step" of the open node. */
	runsNode(): Promise<Execution>;
	/** "Execute workflow" on the canvas, from the trigger with this name. */
	runsWorkflow(trigger: string): Promise<Execution>;
	/** What the output pane of the open node shows. */
	outputText(): Promise<string>;
	/** All that the open node shows. */
	panelText(): Promise<string>;
	/** Saves a PNG below test/e2e/.run/screenshots and answers with its path. */
	screenshot(name: string): Promise<string>;
	closes(): Promise<void>;
}

const quietTimeoutMs = 10_000;
const settleMs = 500;
/** What a list shows while it loads, and what it shows when that failed. */
const noChoices = /^(loading|error)\b/i;

const byTestId = (id: string): string => `[data-test-id="${id}"]`;

/** @param colorScheme what the machine of the visitor prefers; n8n follows it */
export const openEditor = async (
	n8n: RealN8n,
	colorScheme: 'light' | 'dark' = 'light',
): Promise<Editor> => {
	const browser = await launchChromium();
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
	const externalRequests: string[] = [];
	const pageErrors: string[] = [];
	page.on('request', (request) => {
		const { protocol, hostname, pathname } = new URL(request.url());
		if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1')
			externalRequests.push(hostname + pathname);
	});
	page.on('pageerror', (error) => pageErrors.push(error.message));
	page.on('dialog', (dialog) => void dialog.accept());

	const find = (testId: string): Locator => page.locator(byTestId(testId));
	const panel = find('ndv');

	/** Node types and dynamic lists arrive after the canvas; a page that never gets quiet is no failure. */
	const settles = async (): Promise<void> => {
		await page.waitForLoadState('networkidle', { timeout: quietTimeoutMs }).catch(() => undefined);
		await page.waitForTimeout(settleMs);
	};

	const parameter = (path: string): Locator =>
		panel.locator(`[data-parameter-path="parameters.${path}"]`).first();

	/** A plain list keeps its choices in a popup named by its input; a resource locator has rows of its own. */
	const opensList = async (path: string): Promise<Locator> => {
		const field = parameter(path);
		await field.scrollIntoViewIfNeeded();
		const select = field.locator('input[role="combobox"]').first();
		const isPlain = (await field.locator(byTestId('rlc-input')).count()) === 0;
		await (isPlain ? select : field.locator(byTestId('rlc-input')).first()).click();
		await settles();
		if (!isPlain) return page.locator(`${byTestId('rlc-item')}:visible`);
		const popup = await select.getAttribute('aria-controls');
		return page.locator(`[id="${popup}"] [role="option"]`);
	};

	const namesIn = async (options: Locator): Promise<string[]> => {
		await options.first().waitFor({ timeout: quietTimeoutMs });
		const texts = await options.allInnerTexts();
		return texts
			.map((text) => text.trim().split('\n')[0])
			.filter((text) => text && !noChoices.test(text));
	};

	const waitsForRun = async (presses: () => Promise<void>): Promise<Execution> => {
		const answered = page.waitForResponse((response) =>
			/\/rest\/workflows\/[^/]+\/run$/.test(new URL(response.request().url()).pathname),
		);
		const [response] = await Promise.all([answered, presses()]);
		const { data } = (await response.json()) as { data?: { executionId?: string } };
		if (!data?.executionId)
			throw new Error('n8n started nothing: the trigger waits for a call, or the run was refused.');
		const execution = await n8n.finished(data.executionId);
		await settles();
		return execution;
	};

	await page.goto(`${n8n.url}/signin`);
	// The sign-in page has no form element, so its fields are all there is to wait for.
	await page.locator('input[type="password"]').waitFor();
	await page.locator('input[type="email"]').fill(n8n.login.email);
	await page.locator('input[type="password"]').fill(n8n.login.password);
	await find('form-submit-button').click();
	await page.waitForURL((url) => !url.pathname.includes('signin'));

	return {
		page,
		externalRequests,
		pageErrors,
		async opensWorkflow(id) {
			await page.goto(`${n8n.url}/workflow/${id}`);
			await find('canvas-node').first().waitFor();
			await settles();
			// A card with advice covers the canvas of a published workflow.
			const advice = find('suggested-actions-close');
			if (await advice.isVisible()) await advice.click();
		},
		async nodeNames() {
			const nodes = await find('canvas-node').count();
			const names = await Promise.all(
				Array.from({ length: nodes }, (_, index) =>
					page.locator(`${byTestId('canvas-node')} >> nth=${index}`).getAttribute('data-node-name'),
				),
			);
			return names.filter((name): name is string => name !== null);
		},
		async opensNode(name) {
			await page
				.locator(`${byTestId('canvas-node')}[data-node-name=${JSON.stringify(name)}]`)
				.dblclick();
			await panel.waitFor();
			await settles();
		},
		async closesNode() {
			await find('ndv-close-button').click();
			await panel.waitFor({ state: 'hidden' });
		},
		async optionsOf(path) {
			const names = await namesIn(await opensList(path));
			// A second click closes the list; Escape would close the whole node.
			await panel.locator(byTestId('node-title-container')).click();
			return names;
		},
		async chooses(path, option) {
			const options = await opensList(path);
			const names = (await options.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
			const index = names.indexOf(option);
			if (index < 0) throw new Error(`"${path}" offers no "${option}", only: ${names.join(', ')}`);
			await options.locator(`nth=${index}`).click();
			await settles();
		},
		runsNode: () => waitsForRun(() => find('node-execute-button').click()),
		runsWorkflow: (trigger) =>
			waitsForRun(async () => {
				await page
					.locator(`${byTestId('canvas-node')}[data-node-name=${JSON.stringify(trigger)}]`)
					.hover();
				await find(`execute-workflow-button-${trigger}`).click();
			}),
		outputText: () => find('output-panel').innerText(),
		panelText: () => panel.innerText(),
		async screenshot(name) {
			const folder = join(e2eDir, '.run', 'screenshots');
			mkdirSync(folder, { recursive: true });
			const path = join(folder, `${name}.png`);
			await page.screenshot({ path });
			return path;
		},
		async closes() {
			// A page that is left gives the workflow back; one that only dies keeps it from the next editor for a while.
			await page.goto('about:blank');
			await browser.close();
		},
	};
};
