/** Pictures people bring: stamp, signatures, logo. Looked at before they come near a page. */
import { Problem } from '../../exchange/problem';
import { unpackedSize } from './boundedInflate';

export interface Picture {
	bytes: Buffer;
	type: 'png' | 'jpeg';
	width: number;
	height: number;
}

/** A stamp scanned at 600 dpi has a thousand pixels a side. */
const LARGEST_FILE = 5_000_000;
const MOST_PIXELS = 9_000_000;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The pieces of a PNG file: type and contents. */
function* chunksOf(bytes: Buffer): Generator<{ type: string; data: Buffer }> {
	for (let at = PNG.length; at + 8 <= bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		const type = bytes.toString('latin1', at + 4, at + 8);
		yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
		at += length + 12;
	}
}

const pngSize = (bytes: Buffer): { width: number; height: number } | null => {
	const chunks = [...chunksOf(bytes)];
	const header = chunks[0];
	if (header?.type !== 'IHDR' || header.data.length < 13) return null;
	const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
	if (width * height > MOST_PIXELS) return { width, height };
	const [depth, color] = [header.data[8], header.data[9]];
	const row = Math.ceil((width * depth * (SAMPLES[color] ?? 0)) / 8) + 1;
	const pixels = Buffer.concat(
		chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data),
	);
	/** Interlaced pictures have up to seven more filter bytes a row. */
	const unpacked = unpackedSize(pixels, (row + 7) * height + 64, { raw: false });
	return unpacked !== null && unpacked >= (row - 1) * height ? { width, height } : null;
};

/** Frames of JPEG that say how large the picture is: SOF0 to SOF15, less the three that mean other things. */
const isFrame = (marker: number): boolean =>
	marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const jpegSize = (bytes: Buffer): { width: number; height: number } | null => {
	for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
		if (isFrame(bytes[at + 1])) {
			return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
		}
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return null;
};

const REMEDY = 'Choose a PNG or JPEG picture of up to 5 MB and 9 megapixels.';

/** @param label what the editor calls the picture */
export const toPicture = (bytes: Buffer, label: string): Picture => {
	if (bytes.length > LARGEST_FILE) throw new Problem(`${label}: the file is too large.`, REMEDY);
	const isPng = bytes.subarray(0, PNG.length).equals(PNG);
	const isJpeg = bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8;
	if (!isPng && !isJpeg) throw new Problem(`${label}: the file is no PNG and no JPEG.`, REMEDY);
	const size = isPng ? pngSize(bytes) : jpegSize(bytes);
	if (!size || size.width === 0 || size.height === 0) {
		throw new Problem(`${label}: the picture is broken.`, REMEDY);
	}
	const { width, height } = size;
	if (width * height > MOST_PIXELS) {
		throw new Problem(`${label}: ${width} by ${height} pixels are too many.`, REMEDY);
	}
	return { bytes, type: isPng ? 'png' : 'jpeg', width, height };
};

/** As large as fits the box, in the picture's own proportions. */
export const fittedInto = (
	{ width, height }: Pick<Picture, 'width' | 'height'>,
	box: { width: number; height: number },
): { width: number; height: number } => {
	const scale = Math.min(box.width / width, box.height / height);
	return { width: width * scale, height: height * scale };
};
