import { Inflate } from 'pako';

/**
 * How many bytes compressed data unpacks to, without keeping them. Data that pretend to be small and unpack without
 * end are given up as soon as they pass the limit.
 * @returns null when they are broken or larger than the limit
 */
export const unpackedSize = (
	data: Uint8Array,
	limit: number,
	{ raw }: { raw: boolean },
): number | null => {
	const unpacking = new Inflate({ raw });
	let size = 0;
	unpacking.onData = (chunk) => {
		size += chunk.length;
		if (size > limit) throw new RangeError('Larger than the limit');
	};
	try {
		unpacking.push(data, true);
	} catch {
		return null;
	}
	return unpacking.err === 0 ? size : null;
};
