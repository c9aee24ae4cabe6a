/** Since when a deal lags behind 1C neither system tells, so the node remembers it from look to look. */
import type { Finding } from '../exchange/check';

/** Deal number → ISO 8601. */
export type Late = Record<string, string>;

const isUndated = ({ kind, since, dealId }: Finding): boolean =>
	kind === 'waiting' && since === null && dealId !== null;

/** @returns the findings with the time of their first look, and what to remember */
export const dated = (
	findings: readonly Finding[],
	before: Late,
	now: string,
): { findings: Finding[]; late: Late } => {
	const late: Late = {};
	const all = findings.map((finding) => {
		if (!isUndated(finding)) return finding;
		const since = before[String(finding.dealId)] ?? now;
		late[String(finding.dealId)] = since;
		return { ...finding, since };
	});
	return { findings: all, late };
};
