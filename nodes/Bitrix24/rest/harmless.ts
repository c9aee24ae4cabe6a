/**
 * In a batch Bitrix24 replaces `$result[…]` wherever it stands, in what people have typed too. A name that holds it
 * would be filled with somebody else's data, so its dollar becomes one that only looks the same.
 */
const LOOKALIKE = '＄';

const inText = (text: string): string => text.replace(/\$(?=result\s*\[)/gi, LOOKALIKE);

export const harmless = <Value>(value: Value): Value => {
	if (typeof value === 'string') return inText(value) as Value;
	if (Array.isArray(value)) return value.map(harmless) as Value;
	/** A moment says itself what it is in JSON. */
	if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, harmless(inner as unknown)]),
	) as Value;
};
