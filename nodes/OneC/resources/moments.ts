/** Moments as people choose them, in the wall time of the 1C server. */
import { z } from 'zod';
import { wallOf } from '../odata/wallOf';

/** Null when nothing was chosen; what expressions make of a moment is written as a text first. */
export const momentSchema = (timeZone: string) =>
	z.unknown().transform((value, context): string | null => {
		const text = value === undefined || value === null ? '' : String(value).trim();
		if (text === '') return null;
		const wall = wallOf(text, timeZone);
		if (wall) return wall;
		context.addIssue({ code: 'custom', message: 'must be a time such as 2026-11-24T12:00:00' });
		return z.NEVER;
	});
