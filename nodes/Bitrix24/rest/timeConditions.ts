/**
 * Conditions on times in a filter of crm.item.list. Some portals do not filter by a time with a zone
 * (2026-11-01T00:00:00+03:00), the only form of the documentation, and read 2026-11-01 00:00:00 alone, in a zone of
 * their own [https://github.com/bitrix-tools/b24-rest-docs/issues/215]. So the portal is asked in that form for a day
 * more on either side, and the exact condition is applied to the rows that come.
 */
type Fields = Record<string, unknown>;

export interface TimeCondition {
	field: string;
	fits(moment: number): boolean;
}

const DAY = 86_400_000;

const CONDITION = /^(>=|<=|>|<)(\w+Time)$/;

/** Without a zone a time means that of the portal, as the portal reads it. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

const FITS: Record<string, (moment: number, bound: number) => boolean> = {
	'>=': (moment, bound) => moment >= bound,
	'<=': (moment, bound) => moment <= bound,
	'>': (moment, bound) => moment > bound,
	'<': (moment, bound) => moment < bound,
};

const inPortalForm = (moment: number): string =>
	new Date(moment).toISOString().slice(0, 19).replace('T', ' ');

/** @param moment milliseconds since 1970 */
export const notLongBefore = (moment: number): string => inPortalForm(moment - DAY);

/** @param moment milliseconds since 1970 */
const notLongAfter = (moment: number): string => inPortalForm(moment + DAY);

/** @returns the filter for the portal, and the conditions that its rows have to meet besides */
export const looseTimes = (filter: Fields): { filter: Fields; conditions: TimeCondition[] } => {
	const conditions: TimeCondition[] = [];
	const entries = Object.entries(filter).map(([key, value]): [string, unknown] => {
		const [, comparison, field] = CONDITION.exec(key) ?? [];
		if (field === undefined || typeof value !== 'string' || !MOMENT.test(value))
			return [key, value];
		const bound = Date.parse(value);
		conditions.push({ field, fits: (moment) => FITS[comparison](moment, bound) });
		return [key, comparison.startsWith('>') ? notLongBefore(bound) : notLongAfter(bound)];
	});
	return { filter: Object.fromEntries(entries), conditions };
};

/** A card without the time, such as one that has never moved, meets no condition on it. */
export const meets = (card: Fields, conditions: readonly TimeCondition[]): boolean =>
	conditions.every(({ field, fits }) => fits(Date.parse(String(card[field]))));
