/**
 * Documents made from templates or uploaded ready.
 * Imitates: C/document-generator/**.md (reference §5): a document is there at once, its PDF and picture only after a
 * conversion that takes half a minute; an uploaded document may bring its PDF along; links for machines hold a
 * live token.
 * Does not imitate: filling in placeholders (the document is the template's file), conversion errors, stamps.
 */
import type { Desk } from './call';
import { isoAt } from './clock';
import { machineUrl, personUrl } from './files';
import type { StoredFile } from './files';
import type { Fields } from './values';
import { asText } from './values';

const CONVERSION_MS = 30_000;

export interface Numerator {
	id: number;
	name: string;
	template: string;
	last: number;
}

export interface Template {
	id: number;
	name: string;
	region: string;
	code: string | null;
	active: 'Y' | 'N';
	numeratorId: number;
	withStamps: 'Y' | 'N';
	sort: number;
	users: string[];
	/** Such as `31` or `2_category_0`. */
	entityTypeId: string[];
	file: StoredFile;
	createTime: string;
	deleted: boolean;
}

export interface GeneratedDocument {
	id: number;
	templateId: number;
	entityTypeId: number;
	entityId: number;
	title: string;
	number: string;
	values: Fields;
	stampsEnabled: boolean;
	createTime: string;
	updateTime: string;
	createdBy: number;
	updatedBy: number | null;
	file: StoredFile;
	pdf: StoredFile;
	image: StoredFile;
	/** Milliseconds of the portal's clock from which PDF and picture exist. */
	convertedAt: number;
	public: boolean;
}

export type NewDocument = Pick<
	GeneratedDocument,
	| 'templateId'
	| 'entityTypeId'
	| 'entityId'
	| 'title'
	| 'number'
	| 'values'
	| 'stampsEnabled'
	| 'file'
>;

export function addDocument(
	desk: Desk,
	given: NewDocument,
	userId: number,
	pdf?: Buffer,
): GeneratedDocument {
	const { store, now } = desk;
	const iso = isoAt(now());
	const { title, number } = given;
	const document: GeneratedDocument = {
		...given,
		id: store.nextId('document', 61),
		createTime: iso,
		updateTime: iso,
		createdBy: userId,
		updatedBy: null,
		pdf: store.files.keep(`${title}.pdf`, pdf ?? converted(title, number)),
		image: store.files.keep(`${title}.png`, Buffer.from('image')),
		convertedAt: now() + (pdf ? 0 : CONVERSION_MS),
		public: false,
	};
	store.documents.push(document);
	desk.events.fire('ONCRMDOCUMENTGENERATORDOCUMENTADD', { ID: String(document.id) }, userId);
	return document;
}

/** Another number or other values: the conversion begins anew. */
export function changeDocument(
	desk: Desk,
	document: GeneratedDocument,
	values: Fields,
	userId: number,
): void {
	document.values = { ...document.values, ...values };
	document.number = asText(values.DocumentNumber) || document.number;
	document.title = asText(values.DocumentTitle) || document.title;
	document.pdf = desk.store.files.keep(
		`${document.title}.pdf`,
		converted(document.title, document.number),
	);
	document.updateTime = isoAt(desk.now());
	document.updatedBy = userId;
	document.convertedAt = desk.now() + CONVERSION_MS;
	desk.events.fire('ONCRMDOCUMENTGENERATORDOCUMENTUPDATE', { ID: String(document.id) }, userId);
}

function converted(title: string, number: string): Buffer {
	return Buffer.from(`%PDF-1.4\n% ${title} ${number}\n%%EOF\n`);
}

export function nextNumber(numerator: Numerator): string {
	numerator.last += 1;
	return numerator.template.replace('{NUMBER}', String(numerator.last));
}

/** Links to a document; those to its PDF and picture are empty until the conversion is done. */
export function linksOf({ site, now }: Desk, document: GeneratedDocument): Fields {
	const action = (name: string): string =>
		personUrl(site, `crm.documentgenerator.document.${name}`, document.id);
	const machine = (name: string, file: StoredFile): string =>
		machineUrl(site, `crm.documentgenerator.document.${name}`, file);
	const ready = now() >= document.convertedAt;
	return {
		downloadUrl: action('download'),
		downloadUrlMachine: machine('download', document.file),
		pdfUrl: ready ? action('getPdf') : '',
		imageUrl: ready ? action('getImage') : '',
		publicUrl: document.public ? `${site.origin}/~doc${document.id}` : null,
		...(ready && {
			pdfUrlMachine: machine('getPdf', document.pdf),
			imageUrlMachine: machine('getImage', document.image),
		}),
	};
}
