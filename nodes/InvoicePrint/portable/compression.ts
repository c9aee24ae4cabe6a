/** Stands in for Node's zlib with the three functions that the PDF library calls. */
import { deflate, inflate } from 'pako';

const deflateSync = (data: Uint8Array): Buffer => Buffer.from(deflate(data));

const inflateSync = (data: Uint8Array): Buffer => Buffer.from(inflate(data));

const inflateWith = (data: Uint8Array, done: (error: null, data: Buffer) => void): void =>
	done(null, inflateSync(data));

export = { deflateSync, inflateSync, inflate: inflateWith };
