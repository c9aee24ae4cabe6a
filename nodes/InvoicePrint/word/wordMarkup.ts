/** The little of WordprocessingML [ECMA-376] that the default template is written in. Sizes are millimetres and points. */

const TWIPS_A_MM = 56.69;
const EMU_A_MM = 36_000;

const twips = (mm: number): number => Math.round(mm * TWIPS_A_MM);
const emu = (mm: number): number => Math.round(mm * EMU_A_MM);

export const escaped = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export interface TextStyle {
	/** Points. */
	size?: number;
	bold?: boolean;
	gray?: boolean;
}

const textRun = (text: string, { size = 9.5, bold = false, gray = false }: TextStyle): string =>
	`<w:r><w:rPr>${bold ? '<w:b/>' : ''}${gray ? '<w:color w:val="444444"/>' : ''}<w:sz w:val="${Math.round(size * 2)}"/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

export interface ParagraphStyle extends TextStyle {
	align?: 'left' | 'right' | 'center';
	/** Points. */
	before?: number;
	after?: number;
	/** Thickness of a line below, in points. */
	ruled?: number;
	keepWithNext?: boolean;
}

/** @param content text, or runs made of pictures */
export const paragraph = (
	content: string | { runs: string },
	style: ParagraphStyle = {},
): string => {
	const { align = 'left', before = 0, after = 0, ruled = 0, keepWithNext = false } = style;
	const line = ruled
		? `<w:pBdr><w:bottom w:val="single" w:sz="${ruled * 8}" w:space="3" w:color="000000"/></w:pBdr>`
		: '';
	const runs = typeof content === 'string' ? textRun(content, style) : content.runs;
	return `<w:p><w:pPr>${keepWithNext ? '<w:keepNext/>' : ''}${line}<w:spacing w:before="${before * 20}" w:after="${after * 20}"/><w:jc w:val="${align}"/></w:pPr>${runs}</w:p>`;
};

export interface Cell {
	/** Paragraphs. */
	content: string;
	/** Columns it takes. */
	span?: number;
	/** First of the cells one below the other that are one, or one of those that follow. */
	merge?: 'first' | 'next';
	/** Borders other than the table's. */
	borders?: { top?: boolean; bottom?: boolean };
}

export interface Row {
	cells: Cell[];
	/** Repeated on every page. */
	isHeader?: boolean;
}

const borderOf = (side: string, isDrawn: boolean): string =>
	`<w:${side} w:val="${isDrawn ? 'single' : 'nil'}" w:sz="4" w:space="0" w:color="000000"/>`;

const cellMarkup = ({ content, span = 1, merge, borders = {} }: Cell, width: number): string => {
	const own = (['top', 'bottom'] as const)
		.filter((side) => borders[side] !== undefined)
		.map((side) => borderOf(side, borders[side] === true));
	return [
		`<w:tc><w:tcPr><w:tcW w:w="${twips(width)}" w:type="dxa"/>`,
		span > 1 ? `<w:gridSpan w:val="${span}"/>` : '',
		merge === 'first' ? '<w:vMerge w:val="restart"/>' : '',
		merge === 'next' ? '<w:vMerge/>' : '',
		own.length > 0 ? `<w:tcBorders>${own.join('')}</w:tcBorders>` : '',
		`</w:tcPr>${content}</w:tc>`,
	].join('');
};

const rowMarkup = ({ cells, isHeader = false }: Row, widths: number[]): string => {
	let column = 0;
	const markup = cells.map((cell) => {
		const taken = widths.slice(column, column + (cell.span ?? 1));
		column += taken.length;
		return cellMarkup(
			cell,
			taken.reduce((sum, width) => sum + width, 0),
		);
	});
	return `<w:tr><w:trPr><w:cantSplit/>${isHeader ? '<w:tblHeader/>' : ''}</w:trPr>${markup.join('')}</w:tr>`;
};

/** @param widths millimetres */
export const table = (widths: number[], rows: Row[], { isRuled }: { isRuled: boolean }): string =>
	[
		'<w:tbl><w:tblPr>',
		`<w:tblW w:w="${twips(widths.reduce((sum, width) => sum + width, 0))}" w:type="dxa"/>`,
		'<w:tblBorders>',
		...['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) =>
			borderOf(side, isRuled),
		),
		'</w:tblBorders><w:tblLayout w:type="fixed"/>',
		'<w:tblCellMar><w:top w:w="15" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="15" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>',
		'</w:tblPr><w:tblGrid>',
		...widths.map((width) => `<w:gridCol w:w="${twips(width)}"/>`),
		'</w:tblGrid>',
		...rows.map((row) => rowMarkup(row, widths)),
		'</w:tbl>',
	].join('');

export interface PictureFrame {
	id: number;
	/** The placeholder, such as {Печать}. */
	name: string;
	relation: string;
	width: number;
	height: number;
	/** Behind the text, so far from the column and the paragraph; in the line when missing. */
	at?: { x: number; y: number };
}

const graphic = ({ id, name, relation, width, height }: PictureFrame): string =>
	`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="${id}" name="${escaped(name)}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`;

/** A run that holds a picture. */
export const pictureRun = (frame: PictureFrame): string => {
	const { id, name, width, height, at } = frame;
	const extent = `<wp:extent cx="${emu(width)}" cy="${emu(height)}"/>`;
	const named = `<wp:docPr id="${id}" name="Picture ${id}" descr="${escaped(name)}"/>`;
	const drawn = at
		? `<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="${id}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>${emu(at.x)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>${emu(at.y)}</wp:posOffset></wp:positionV>${extent}<wp:wrapNone/>${named}${graphic(frame)}</wp:anchor>`
		: `<wp:inline distT="0" distB="0" distL="0" distR="0">${extent}${named}${graphic(frame)}</wp:inline>`;
	return `<w:r><w:drawing>${drawn}</w:drawing></w:r>`;
};

/** A4 with the margins of the form, in millimetres. */
const PAGE = { left: 15, top: 11, right: 10, bottom: 14 };

const NAMESPACES = [
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
	'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
	'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
].join(' ');

export const wordDocument = (body: string): string =>
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ${NAMESPACES}><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="${twips(PAGE.top)}" w:right="${twips(PAGE.right)}" w:bottom="${twips(PAGE.bottom)}" w:left="${twips(PAGE.left)}" w:header="300" w:footer="300" w:gutter="0"/></w:sectPr></w:body></w:document>`;

export const wordStyles = (font: string): string =>
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:cs="${font}" w:eastAsia="${font}"/><w:sz w:val="19"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`;
