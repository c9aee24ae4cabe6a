/**
 * Pictures of a template: one whose alternative text is {Печать} is replaced by the stamp, stays where the person has
 * put it, and keeps within its frame. Where the invoice has no such picture, the placeholder goes.
 */
import type PizZip from 'pizzip';
import { Problem } from '../../exchange/problem';
import { fittedInto, type Picture } from '../pictures/picture';

const DRAWING = /<w:drawing>(?:(?!<w:drawing>).)*?<\/w:drawing>/gs;
const ALTERNATIVE = /<wp:docPr\b[^>]*?\b(?:descr|title)="\{([^"{}]+)\}"/;

const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';

const partsOf = (zip: PizZip): string[] =>
	Object.keys(zip.files).filter((name) =>
		/^word\/(?:document|header\d*|footer\d*)\.xml$/.test(name),
	);

const textOf = (zip: PizZip, name: string): string => zip.file(name)?.asText() ?? '';

const relationsOf = (part: string): string => part.replace(/^word\/(.*)$/, 'word/_rels/$1.rels');

const resized = (drawing: string, picture: Picture): string => {
	const frame = /<wp:extent\b[^>]*?\bcx="(\d+)"[^>]*?\bcy="(\d+)"/.exec(drawing);
	if (!frame) return drawing;
	const box = { width: Number(frame[1]), height: Number(frame[2]) };
	const { width, height } = fittedInto(picture, box);
	const size = `cx="${Math.round(width)}" cy="${Math.round(height)}"`;
	return drawing.replace(
		/(<(?:wp:extent|a:ext)\b[^>]*?)\bcx="\d+"([^>]*?)\bcy="\d+"/g,
		(_, before: string, between: string) => `${before}${size}${between}`,
	);
};

const registered = (zip: PizZip, part: string, name: string, picture: Picture): string => {
	const id = `rIdInvoice${name}`;
	const path = relationsOf(part);
	const relations = textOf(zip, path);
	if (!relations.includes(`Id="${id}"`)) {
		const relation = `<Relationship Id="${id}" Type="${IMAGE}" Target="media/${id}.${picture.type}"/>`;
		zip.file(path, relations.replace('</Relationships>', `${relation}</Relationships>`));
		zip.file(`word/media/${id}.${picture.type}`, picture.bytes);
	}
	return id;
};

const declareTypes = (zip: PizZip): void => {
	let types = textOf(zip, '[Content_Types].xml');
	for (const type of ['png', 'jpeg']) {
		if (types.includes(`Extension="${type}"`)) continue;
		types = types.replace(
			/<Types\b[^>]*>/,
			(all) => `${all}<Default Extension="${type}" ContentType="image/${type}"/>`,
		);
	}
	zip.file('[Content_Types].xml', types);
};

/** Names for relations are Latin in every Word, so the pictures are numbered. */
export const putPictures = (zip: PizZip, pictures: Record<string, Picture | null>): void => {
	const names = Object.keys(pictures);
	declareTypes(zip);
	for (const part of partsOf(zip)) {
		const filled = textOf(zip, part).replace(DRAWING, (drawing) => {
			const name = ALTERNATIVE.exec(drawing)?.[1].trim();
			if (name === undefined) return drawing;
			if (!names.includes(name)) {
				throw new Problem(
					`Word Template: unknown picture {${name}}.`,
					`Pictures may be called ${names.map((one) => `{${one}}`).join(', ')}.`,
				);
			}
			const picture = pictures[name];
			if (!picture) return '';
			const id = registered(zip, part, String(names.indexOf(name) + 1), picture);
			return resized(drawing, picture).replace(/\br:embed="[^"]*"/, `r:embed="${id}"`);
		});
		zip.file(part, filled);
	}
};
