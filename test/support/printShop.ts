/** A print node in n8n's real engine, and readers for what it prints. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import jsQR from 'jsqr';
import type { IDataObject, INodeExecutionData, IWorkflowBase } from 'n8n-workflow';
import PizZip from 'pizzip';
import { RunningWorkflow, type Finished } from './engine';

const PRINT = 'Печать';

const place = { typeVersion: 1, position: [0, 0] };

const workflowWith = (parameters: IDataObject, settings: IDataObject): IWorkflowBase =>
	({
		id: 'w',
		name: 'w',
		active: true,
		nodes: [
			{
				...place,
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				parameters: {},
			},
			{
				...place,
				...settings,
				id: 'print',
				name: PRINT,
				type: 'n8n-nodes-bitrix24-1c.invoicePrint',
				parameters,
			},
		],
		connections: { Start: { main: [[{ node: PRINT, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		createdAt: new Date(0),
		updatedAt: new Date(0),
	}) as unknown as IWorkflowBase;

export const binary = (bytes: Buffer, fileName = 'file', mimeType = 'image/png') => ({
	data: bytes.toString('base64'),
	fileName,
	mimeType,
});

export interface PrintOut {
	json: IDataObject;
	files: Record<string, { bytes: Buffer; name: string; type: string }>;
}

const printOuts = (run: Finished): PrintOut[] => {
	const files = run.files(PRINT);
	return run.items(PRINT).map((json, index) => ({
		json,
		files: Object.fromEntries(
			Object.entries(files[index] ?? {}).map(([field, { data, fileName, mimeType }]) => [
				field,
				{ bytes: Buffer.from(data, 'base64'), name: fileName ?? '', type: mimeType },
			]),
		),
	}));
};

/** Runs the node over items, each with its files. */
export const runsPrint = async (
	parameters: IDataObject,
	items: INodeExecutionData[],
	settings: IDataObject = {},
): Promise<Finished> =>
	await new RunningWorkflow(workflowWith(parameters, settings), {}).runs('Start', items);

export const prints = async (
	invoice: object,
	parameters: IDataObject = {},
	files: INodeExecutionData['binary'] = {},
): Promise<PrintOut> => {
	const item = { json: { printedInvoice: invoice } as IDataObject, binary: files };
	const run = await runsPrint({ resource: 'invoice', operation: 'print', ...parameters }, [item]);
	if (run.error) throw new Error([run.error, run.remedy].filter(Boolean).join(' '));
	return printOuts(run)[0];
};

export const givesTemplate = async (filledBy: 'node' | 'bitrix24'): Promise<PrintOut> => {
	const parameters = { resource: 'template', operation: 'get', filledBy };
	return printOuts(await runsPrint(parameters, [{ json: {} }]))[0];
};

interface Text {
	text: string;
	x: number;
	right: number;
	y: number;
	height: number;
}

export interface ReadPage {
	texts: Text[];
	fonts: Array<{ name: string; isEmbedded: boolean }>;
	size: [number, number];
}

export interface ReadPdf {
	pages: ReadPage[];
	title: string;
	author: string;
	/** The first page as a picture, when it was asked for. */
	picture: Buffer | null;
}

export const readsPdf = async (
	pdf: Buffer,
	{ drawn = false }: { drawn?: boolean } = {},
): Promise<ReadPdf> => {
	const folder = mkdtempSync(join(tmpdir(), 'invoice-'));
	const [file, png] = [join(folder, 'invoice.pdf'), join(folder, 'page.png')];
	try {
		writeFileSync(file, pdf);
		const program = join(__dirname, 'readPdf.mjs');
		const args = [program, file, ...(drawn ? [png] : [])];
		const options = { maxBuffer: 100_000_000 };
		const { stdout } = await promisify(execFile)(process.execPath, args, options);
		const read = JSON.parse(stdout) as Omit<ReadPdf, 'picture'>;
		return { ...read, picture: drawn ? readFileSync(png) : null };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
};

/** Words that touch are one. */
const joined = (words: Text[]): string =>
	words
		.sort((a, b) => a.x - b.x)
		.map(({ text, x }, index) =>
			index > 0 && x - words[index - 1].right > 0.5 ? ` ${text}` : text,
		)
		.join('')
		.replace(/\s+/g, ' ');

/** Lines of a page as a reader sees them, from top to bottom; spaces of all kinds are one. */
export const linesOf = ({ texts }: ReadPage): string[] => {
	const lines = new Map<number, Text[]>();
	for (const text of texts) {
		const y = Math.round(text.y);
		lines.set(y, [...(lines.get(y) ?? []), text]);
	}
	return [...lines.entries()].sort(([a], [b]) => b - a).map(([, words]) => joined(words));
};

/** What a telephone reads from a picture with a QR code. */
export const scansQr = async (png: Buffer): Promise<Buffer> => {
	const image = await loadImage(png);
	const canvas = createCanvas(image.width, image.height);
	const context = canvas.getContext('2d');
	context.fillStyle = '#ffffff';
	context.fillRect(0, 0, image.width, image.height);
	context.drawImage(image, 0, 0);
	const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
	const found = jsQR(new Uint8ClampedArray(data), width, height);
	if (!found) throw new Error('There is no QR code in the picture');
	return Buffer.from(found.binaryData);
};

/** Text of a Word file, one line a paragraph. */
export const readsDocx = (docx: Buffer): { lines: string[]; zip: PizZip } => {
	const zip = new PizZip(docx);
	const xml = zip.file('word/document.xml')?.asText() ?? '';
	const plain = (text: string): string =>
		text
			.replace(/&lt;/g, '<')
			.replace(/&gt;/g, '>')
			.replace(/&quot;/g, '"')
			.replace(/&amp;/g, '&');
	const lines = [...xml.matchAll(/<w:p\b.*?<\/w:p>/gs)].map(([paragraph]) =>
		[...paragraph.matchAll(/<w:t\b[^>]*>([^<]*)<\/w:t>/g)]
			.map(([, text]) => plain(text))
			.join('')
			.replace(/\u00a0/g, ' '),
	);
	return { lines: lines.filter(Boolean), zip };
};

/** A picture a person brings. */
export const pictureFile = (
	width: number,
	height: number,
	type: 'image/png' | 'image/jpeg' = 'image/png',
): Buffer => {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	context.strokeStyle = '#2b4aa8';
	context.lineWidth = 6;
	context.strokeRect(4, 4, width - 8, height - 8);
	return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg');
};
