/**
 * Reads a PDF with Mozilla's pdf.js, as a browser would. A program of its own, because pdf.js is an ES module and jest
 * runs CommonJS. Usage: node readPdf.mjs <file> [page to draw, to this PNG]; prints what is on the pages as JSON.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const [file, picture] = process.argv.slice(2);
const SCALE = 4;

const document = await getDocument({
	data: new Uint8Array(readFileSync(file)),
	verbosity: 0,
	disableFontFace: true,
	isEvalSupported: false,
}).promise;

const pages = [];
for (let number = 1; number <= document.numPages; number += 1) {
	const page = await document.getPage(number);
	const { items } = await page.getTextContent();
	await page.getOperatorList();
	const fonts = [...new Set(items.map(({ fontName }) => fontName))].map((name) => {
		const font = page.commonObjs.get(name);
		return { name: font.name, isEmbedded: !font.missingFile };
	});
	const texts = items
		.filter(({ str }) => str.trim() !== '')
		.map(({ str, transform, width, height }) => ({
			text: str,
			x: transform[4],
			right: transform[4] + width,
			y: transform[5],
			height,
		}));
	pages.push({ texts, fonts, size: page.view.slice(2) });
}

if (picture) {
	const page = await document.getPage(1);
	const viewport = page.getViewport({ scale: SCALE });
	const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
	await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
	writeFileSync(picture, canvas.toBuffer('image/png'));
}

const { info } = await document.getMetadata();
console.log(JSON.stringify({ pages, title: info.Title, author: info.Author }));
