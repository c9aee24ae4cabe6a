/**
 * What a look at a connection has found: for people in Russian, who read it when they set the exchange up or when it
 * stands still, and in fields for whatever comes after it. A look only reads.
 */

/** «unknown» is what reading alone cannot tell, such as the right to write: it is said, not left out. */
export type ProbeState = 'ok' | 'warning' | 'problem' | 'unknown';

export interface Finding {
	state: ProbeState;
	/** What was seen. */
	found: string;
	/** Why that matters, or where it comes from; absent when all is well. */
	cause?: string;
	remedy?: string;
	/** The same for machines. */
	facts?: Record<string, unknown>;
}

export interface Probe extends Finding {
	probe: string;
	title: string;
}

export interface ProbeJson extends Required<Finding> {
	/** All of it in one line; it comes first, because people read the output as a table. */
	text: string;
	title: string;
	probe: string;
	system: string;
}

/** Signs every font has. */
const SIGNS: Record<ProbeState, string> = { ok: '✔', warning: '⚠', problem: '✖', unknown: '?' };

const WORDS: Record<ProbeState, string> = {
	ok: 'в порядке',
	warning: 'стоит посмотреть',
	problem: 'мешает обмену',
	unknown: 'чтением не проверить',
};

/** From the worst to the best. */
const ORDER: ProbeState[] = ['problem', 'warning', 'unknown', 'ok'];

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const lineOf = ({ title, state, found, cause = '', remedy = '' }: Probe): string =>
	[
		`${SIGNS[state]} ${title}: ${sentence(found)}`,
		cause && sentence(cause),
		remedy && `Что делать: ${sentence(remedy)}`,
	]
		.filter(Boolean)
		.join(' ');

const summaryOf = (probes: readonly Probe[]): Probe => {
	const counted = ORDER.map((state) => ({
		state,
		count: probes.filter((probe) => probe.state === state).length,
	})).filter(({ count }) => count > 0);
	const worst = counted[0]?.state ?? 'unknown';
	return {
		probe: 'summary',
		title: 'Итог',
		/** What cannot be proven by reading stands in no connection's way. */
		state: worst === 'unknown' ? 'ok' : worst,
		found: counted.map(({ state, count }) => `${WORDS[state]}: ${count}`).join(', '),
		facts: Object.fromEntries(counted.map(({ state, count }) => [state, count])),
	};
};

/** The summary first, then the probes in the order they were made. */
export const reportOf = (system: string, probes: readonly Probe[]): ProbeJson[] =>
	[summaryOf(probes), ...probes].map((probe) => ({
		text: lineOf(probe),
		state: probe.state,
		title: probe.title,
		found: probe.found,
		cause: probe.cause ?? '',
		remedy: probe.remedy ?? '',
		probe: probe.probe,
		system,
		facts: probe.facts ?? {},
	}));

/** «3 из 40 (8 %)» */
export const shareOf = (part: number, whole: number): string =>
	`${part} из ${whole} (${whole === 0 ? 0 : Math.round((part / whole) * 100)} %)`;

/** The clocks of two machines may differ by this much before it shows in anything, in milliseconds. */
const FINE = 60_000;

/** @param skew how far the clock of the system is ahead of n8n's, in milliseconds */
export const clockFinding = (skew: number): Finding => {
	const seconds = Math.round(Math.abs(skew) / 1000);
	const facts = { skewSeconds: Math.round(skew / 1000) };
	if (Math.abs(skew) < FINE) {
		return { state: 'ok', found: `часы расходятся с n8n на ${seconds} с`, facts };
	}
	return {
		state: 'warning',
		found: `часы ${skew > 0 ? 'спешат' : 'отстают'} относительно n8n на ${seconds} с`,
		cause:
			'Даты документов и границы опроса считаются по часам n8n, и документ может попасть в другой день',
		remedy: 'Включите синхронизацию времени (NTP) на сервере n8n и на той стороне',
		facts,
	};
};
