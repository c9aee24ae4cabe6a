/** A Word template as people bring it: opened with care, since a file of a few kilobytes can unpack to gigabytes. */
import PizZip from 'pizzip';
import { Problem } from '../../exchange/problem';
import { unpackedSize } from '../pictures/boundedInflate';

const LARGEST_FILE = 5_000_000;
const MOST_PARTS = 1000;
const LARGEST_UNPACKED = 50_000_000;

const REMEDY =
	'Choose a Word document (.docx) of up to 5 MB; Template → Get gives one to begin with.';

const refused = (what: string): Problem => new Problem(`Word Template: ${what}.`, REMEDY);

/** DEFLATE of a zip archive; 0 are stored as they are. */
const DEFLATED = '\x08\x00';

/** How the library keeps a part that nobody has read yet. */
interface Packed {
	_data: { compressionMethod: string; getCompressedContent(): Uint8Array };
}

/** What the archive says of its sizes is not believed. */
const checkSize = (zip: PizZip): void => {
	const parts = Object.values(zip.files).filter(({ dir }) => !dir) as unknown as Packed[];
	if (parts.length > MOST_PARTS) throw refused('the file has too many parts');
	let left = LARGEST_UNPACKED;
	for (const { _data: packed } of parts) {
		const content = packed.getCompressedContent();
		const isDeflated = packed.compressionMethod === DEFLATED;
		const size = isDeflated ? unpackedSize(content, left, { raw: true }) : content.length;
		if (size === null || size > left) throw refused('the file is broken or unpacks to too much');
		left -= size;
	}
};

export const openTemplate = (bytes: Buffer): PizZip => {
	if (bytes.length > LARGEST_FILE) throw refused('the file is too large');
	let zip: PizZip;
	try {
		zip = new PizZip(bytes);
	} catch {
		throw refused('the file is no Word document');
	}
	checkSize(zip);
	if (!zip.file('word/document.xml') || !zip.file('[Content_Types].xml')) {
		throw refused('the file is no Word document');
	}
	return zip;
};
