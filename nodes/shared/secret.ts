/** Comparing what a caller has sent with what it should know. */
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, and by digests, so that not even the length shows. Nobody knows an empty secret. */
export const isSameSecret = (given: string, expected: string): boolean =>
	expected !== '' && timingSafeEqual(digest(given), digest(expected));
