/**
 * `npm run screenshots`: pictures of the example workflows and of the nodes people look at most, out of the real editor,
 * in light and dark. They are written below workflows/pictures, where the documentation links them, so that they are
 * made anew whenever the workflows change; names of pictures after the command take these only. PNG for looking at lies beside in test/e2e/.run/screenshots.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAccount } from '../standins/comagic/account';
import { launchChromium, type Browser } from './browser';
import { openEditor, type Editor } from './editor';
import type { Workflow } from './execution';
import { e2eDir, repoDir } from './machine.mjs';
import { prepareN8n, type RealN8n } from './n8n';
import { credentialsOf, exampleWorkflow, openShowroom, POSTPAID, PREPAID } from './showroom';
import { forPipeline } from '../support/pipeline';
import { tells } from './story';

const CHECK = 'connection-check';

const PICTURES = join(repoDir, 'workflows', 'pictures');
const LOOKED_AT = join(e2eDir, '.run', 'screenshots');

type Scheme = 'light' | 'dark';

interface Size {
	width: number;
	height: number;
}

type Clip = Size & { x: number; y: number };

/** Nodes with a name take about so much of the canvas. */
const NODE: Size = { width: 160, height: 130 };

/** How much of the canvas a workflow takes, notes included. */
const extentOf = ({ nodes }: Workflow): Size => {
	const boxes = nodes.map(({ position, parameters }) => ({
		left: position[0],
		top: position[1],
		right: position[0] + Number(parameters.width ?? NODE.width),
		bottom: position[1] + Number(parameters.height ?? NODE.height),
	}));
	const [left, top] = [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top))];
	return {
		width: Math.max(...boxes.map(({ right }) => right)) - left,
		height: Math.max(...boxes.map(({ bottom }) => bottom)) - top,
	};
};

const LONGEST = 1800;
const SHORTEST = 700;
/** The bars of the editor around the canvas. */
const AROUND: Size = { width: 260, height: 280 };

/** Everything that is not the workflow itself. */
const HIDDEN = `[data-test-id="canvas-controls"], [class*="minimap"], [data-test-id="canvas-minimap"],
	.vue-flow__minimap, .vue-flow__controls, [class*="controls"], [data-test-id="node-creator-plus-button"],
	[class*="nodeButtonsWrapper"], [class*="executionButtons"] { visibility: hidden !important; }`;

/** What n8n says for a moment in a corner. */
const SAYINGS = '[role="alert"] { visibility: hidden !important; }';

/** The smallest rectangle of the page with all nodes, their names and the notes in it. */
const DRAWN = `(() => {
	const nodes = [...document.querySelectorAll('.vue-flow__node')];
	const parts = nodes
		.flatMap((node) => [...node.querySelectorAll('svg, img, span, div')])
		.filter((part) => part.matches('svg, img') || (part.childElementCount === 0 && part.textContent.trim()))
		.filter((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
	const drawn = [...nodes, ...parts]
		.map((part) => part.getBoundingClientRect())
		.filter(({ width, height }) => width > 0 && height > 0);
	const [x, y] = ['left', 'top'].map((side) => Math.min(...drawn.map((box) => box[side])));
	const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...drawn.map((box) => box[side])));
	return { x, y, width: right - x, height: bottom - y };
})()`;
const MARGIN = 24;

/** GitHub shows WebP, which is a third of the size; the browser writes it. */
const asWebp = async (browser: Browser, png: Buffer, { width, height }: Size): Promise<Buffer> => {
	const page = await browser.newPage({ viewport: { width, height } });
	const address = `data:image/png;base64,${png.toString('base64')}`;
	const text = await page.evaluate<string>(`(async () => {
		const image = new Image();
		image.src = ${JSON.stringify(address)};
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = image.width;
		canvas.height = image.height;
		canvas.getContext('2d').drawImage(image, 0, 0);
		return canvas.toDataURL('image/webp', 0.82);
	})()`);
	await page.close();
	return Buffer.from(text.split(',')[1], 'base64');
};

class Photographer {
	constructor(
		private readonly editor: Editor,
		private readonly browser: Browser,
		private readonly scheme: Scheme,
	) {}

	async canvas(id: string, workflow: Workflow): Promise<void> {
		const { page } = this.editor;
		const extent = extentOf(workflow);
		const zoom = Math.min(1, LONGEST / extent.width);
		await page.setViewportSize({
			width: Math.round(Math.max(SHORTEST, extent.width * zoom) + AROUND.width),
			height: Math.round(extent.height * zoom + AROUND.height),
		});
		await this.editor.opensWorkflow(id);
		await page.keyboard.press('1');
		await page.addStyleTag({ content: HIDDEN + SAYINGS });
		await page.waitForTimeout(1_200);
		const { x, y, width, height } = await page.evaluate<Clip>(DRAWN);
		await this.keeps(id, {
			x: x - MARGIN,
			y: y - MARGIN,
			width: width + 2 * MARGIN,
			height: height + 2 * MARGIN,
		});
	}

	async panel(name: string): Promise<void> {
		await this.listsAreLoaded();
		await this.editor.page.addStyleTag({ content: SAYINGS });
		const box = await this.editor.page.locator('[data-test-id="ndv"]').first().boundingBox();
		if (!box) throw new Error(`No node is open for ${name}`);
		await this.keeps(name, box);
	}

	/** Several lists of a table are loaded one after another. */
	private async listsAreLoaded(): Promise<void> {
		const waiting = `[...document.querySelectorAll('[data-test-id="ndv"] input')]
			.filter(({ value, placeholder }) => /^Loading/.test(value || placeholder)).length
			+ (document.querySelector('[data-test-id="ndv"]').innerText.match(/Loading options/g) || []).length`;
		for (let number = 0; number < 60; number += 1) {
			if ((await this.editor.page.evaluate<number>(waiting)) === 0) return;
			await this.editor.page.waitForTimeout(500);
		}
		throw new Error('A list of the open node does not load');
	}

	private async keeps(name: string, clip: Clip): Promise<void> {
		const file = `${name}${this.scheme === 'dark' ? '.dark' : ''}`;
		const png = await this.editor.page.screenshot({
			path: join(LOOKED_AT, `${file}.png`),
			clip,
		});
		const webp = await asWebp(this.browser, png, { width: 400, height: 300 });
		writeFileSync(join(PICTURES, `${file}.webp`), webp);
		console.log(`${file}.webp  ${Math.round(webp.length / 1024)} KB`);
	}
}

const PANEL: Size = { width: 1600, height: 900 };

interface Panel {
	picture: string;
	workflow: string;
	node: string;
	runs?: true;
}

/** What an analyst and an integrator look at most, with real data in it. */
const PANELS: Panel[] = [
	{ picture: 'stage-map', workflow: PREPAID, node: 'Какой документ нужен' },
	{ picture: 'status-map', workflow: PREPAID, node: 'Что это значит для сделки' },
	{ picture: 'check-base', workflow: CHECK, node: 'Проверить 1С', runs: true },
];

const isWanted = (picture: string): boolean =>
	process.argv.length < 3 || process.argv.slice(2).includes(picture);

const panels = async (editor: Editor, photographer: Photographer): Promise<void> => {
	for (const { picture, workflow, node, runs } of PANELS) {
		if (!isWanted(picture)) continue;
		await editor.page.setViewportSize(PANEL);
		await editor.opensWorkflow(workflow);
		await editor.opensNode(node);
		if (runs) await editor.runsNode();
		await photographer.panel(picture);
		await editor.closesNode();
	}
};

const takes = async (n8n: RealN8n, names: string[], scheme: Scheme): Promise<void> => {
	const editor = await openEditor(n8n, scheme);
	const browser = await launchChromium();
	try {
		const photographer = new Photographer(editor, browser, scheme);
		for (const name of names.filter(isWanted)) {
			await photographer.canvas(name, await n8n.api.workflow(name));
		}
		await panels(editor, photographer);
		if (editor.pageErrors.length > 0) throw new Error(editor.pageErrors.join('\n'));
	} finally {
		await browser.close();
		await editor.closes();
	}
};

const main = async (): Promise<void> => {
	for (const folder of [PICTURES, LOOKED_AT]) mkdirSync(folder, { recursive: true });
	const showroom = await openShowroom();
	const account = await openAccount();
	const n8n = await prepareN8n();
	const names = readdirSync(join(repoDir, 'workflows'))
		.filter((name) => name.endsWith('.json'))
		.map((name) => name.replace('.json', ''));
	try {
		const { portal } = showroom;
		await n8n.importsCredentials([
			...credentialsOf(showroom),
			{
				id: 'bitrix24app',
				name: 'Битрикс24 (приложение)',
				type: 'bitrix24OAuth2Api',
				data: { portalUrl: portal.origin, authorizationServer: portal.oauthOrigin },
			},
			{
				id: 'comagic',
				name: 'CoMagic',
				type: 'coMagicApi',
				data: {
					service: 'own',
					url: account.origin,
					authentication: 'apiKey',
					apiKey: account.apiKey,
				},
			},
		]);
		for (const name of names) {
			const file = exampleWorkflow(name);
			await n8n.importsWorkflow(
				name === POSTPAID ? forPipeline(file, showroom.retail) : file,
				name,
			);
		}
		await n8n.starts();
		// The chains have been walked through, so the panels have something to show.
		await tells(n8n, showroom, () => undefined);
		for (const name of [POSTPAID, PREPAID, 'portal-setup']) {
			const { nodes } = exampleWorkflow(name) as unknown as Workflow;
			await n8n.setsWorkflow(name, (workflow) => ({ ...workflow, nodes }));
		}
		for (const scheme of ['light', 'dark'] as const) await takes(n8n, names, scheme);
	} finally {
		await n8n.stops();
		await Promise.all([showroom.closes(), account.close()]);
	}
};

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.stack : error);
	process.exitCode = 1;
});
