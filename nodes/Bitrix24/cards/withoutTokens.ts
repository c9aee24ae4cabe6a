/**
 * Links for machines carry a live token of the portal [Bitrix24 docs, document generator], so they do not leave the
 * node: whatever n8n stores of an execution may be read by others.
 */
const isMachineLink = (name: string, value: unknown): boolean =>
	/Machine$/.test(name) && typeof value === 'string';

export const withoutTokens = <Value>(value: Value): Value => {
	if (Array.isArray(value)) return value.map(withoutTokens) as Value;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name, one]) => !isMachineLink(name, one))
			.map(([name, one]) => [name, withoutTokens(one)]),
	) as Value;
};
