/** Questions to the server: one address, the pass in a header, an answer or a denial in words for the person. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answers, AskOf, DenialJson, VisitJson } from '../wire';

export class Denied extends Error {
	constructor(readonly denial: DenialJson) {
		super(denial.text);
	}
}

const UNREACHABLE: DenialJson = {
	code: 'failed',
	text: 'Сервер обмена не отвечает. Проверьте связь и попробуйте еще раз.',
};

export type Asker = <Kind extends keyof Answers>(
	ask: AskOf<Kind>,
	signal?: AbortSignal,
) => Promise<Answers[Kind]>;

/** A sandboxed page has no origin, so nothing but the header can carry the pass: no cookie reaches the server. */
const askServer = async (pass: string, ask: unknown, signal?: AbortSignal): Promise<Response> => {
	try {
		return await fetch(location.href.split(/[?#]/)[0], {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${pass}` },
			body: JSON.stringify(ask),
			credentials: 'omit',
			signal,
		});
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') throw error;
		throw new Denied(UNREACHABLE);
	}
};

const denialIn = async (response: Response): Promise<DenialJson> => {
	try {
		const body = (await response.json()) as Partial<DenialJson>;
		return body.text && body.code ? (body as DenialJson) : UNREACHABLE;
	} catch {
		return UNREACHABLE;
	}
};

/** @param onExpired is told once, by whatever question meets the end of the visit */
export const askerFor = (visit: VisitJson, onExpired: (denial: DenialJson) => void): Asker =>
	(async (ask, signal) => {
		const response = await askServer(visit.pass, ask, signal);
		if (response.ok) return (await response.json()) as never;
		const denial = await denialIn(response);
		if (denial.code === 'expired') onExpired(denial);
		throw new Denied(denial);
	}) as Asker;

const isAbort = (error: unknown): boolean =>
	error instanceof DOMException && error.name === 'AbortError';

export interface Asked<Value> {
	value?: Value;
	error?: DenialJson;
	loading: boolean;
	/** Asks once more; what is shown stays until the answer comes. */
	again(): void;
}

/** An answer that follows its question: a new question aborts the one before. */
export const useAnswer = <Kind extends keyof Answers>(
	asker: Asker,
	ask: AskOf<Kind> | null,
	delay = 0,
): Asked<Answers[Kind]> => {
	const [state, setState] = useState<Omit<Asked<Answers[Kind]>, 'again'>>({
		loading: ask !== null,
	});
	const [round, setRound] = useState(0);
	const asking = JSON.stringify(ask);
	const shown = useRef(asking);
	useEffect(() => {
		if (ask === null) {
			setState({ loading: false });
			return;
		}
		const abort = new AbortController();
		const keep = shown.current === asking;
		shown.current = asking;
		setState((before) => ({ value: keep ? before.value : undefined, loading: true }));
		const timer = setTimeout(() => {
			asker(ask, abort.signal).then(
				(value) => setState({ value, loading: false }),
				(error: unknown) => {
					if (isAbort(error)) return;
					setState({ error: error instanceof Denied ? error.denial : UNREACHABLE, loading: false });
				},
			);
		}, delay);
		return () => {
			clearTimeout(timer);
			abort.abort();
		};
	}, [asking, round, asker]);
	return { ...state, again: () => setRound((before) => before + 1) };
};

export const textOf = (error: unknown): string =>
	error instanceof Denied ? error.denial.text : UNREACHABLE.text;
