/** Pictures the node draws itself, in black and white. */
import { deflate } from 'pako';
import type { Picture } from './picture';

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
	let value = index;
	for (let bit = 0; bit < 8; bit += 1) {
		value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	}
	return value >>> 0;
});

const crcOf = (bytes: Buffer): number => {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
};

const uint32 = (value: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	return Buffer.concat([uint32(data.length), named, uint32(crcOf(named))]);
};

/** One bit a pixel, white is one; each row begins with its filter, none. */
const pixelsOf = (
	{ width, height }: { width: number; height: number },
	isBlack: (x: number, y: number) => boolean,
): Buffer => {
	const row = Math.ceil(width / 8) + 1;
	const pixels = Buffer.alloc(row * height);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			if (!isBlack(x, y)) pixels[y * row + 1 + (x >> 3)] |= 0x80 >> (x & 7);
		}
	}
	return pixels;
};

export const blackAndWhite = (
	size: { width: number; height: number },
	isBlack: (x: number, y: number) => boolean,
): Picture => {
	const header = Buffer.concat([
		uint32(size.width),
		uint32(size.height),
		Buffer.from([1, 0, 0, 0, 0]),
	]);
	const bytes = Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', deflate(pixelsOf(size, isBlack))),
		chunk('IEND', Buffer.alloc(0)),
	]);
	return { bytes, type: 'png', ...size };
};
