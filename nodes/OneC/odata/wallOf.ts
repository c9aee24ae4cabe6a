/** A time as it comes from n8n becomes the wall time of the 1C server, the only one 1C knows. */
import { wallTime } from '../../shared/wallTime';

const WALL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?)?$/;

/**
 * With an offset it is turned into the zone of the server, without one it is the server's own already.
 * @returns null when it is no time
 */
export const wallOf = (text: string, timeZone: string): string | null => {
	const [, date, minutes = '00:00', seconds = ':00'] = WALL.exec(text.trim()) ?? [];
	if (date) return Number.isNaN(Date.parse(date)) ? null : `${date}T${minutes}${seconds}`;
	const moment = /^\d{4}-\d{2}-\d{2}T/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
	return Number.isNaN(moment) ? null : wallTime(moment, timeZone);
};
