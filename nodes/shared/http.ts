/**
 * The port through which the clients of both systems reach the network. Inside n8n its own helper stands behind it
 * (proxy, TLS, credentials), outside n8n axios does; the clients cannot tell.
 */
import { Problem } from '../exchange/problem';

export interface HttpRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Relative to the address the credential holds, percent-encoded already: what is given is what is sent. */
	path: string;
	headers?: Record<string, string>;
	body?: string;
	/** Milliseconds. */
	timeout?: number;
	/** Whether a file is asked for, not a text. */
	isFile?: boolean;
}

export interface ReceivedFile {
	bytes: Buffer;
	/** Headers of the answer, in lower case. */
	type: string;
	disposition: string;
}

export interface HttpResponse {
	status: number;
	/** Undecoded, because each system has its own idea of errors, numbers and byte order marks. */
	text: string;
	/** Where a file was asked for. */
	file?: ReceivedFile;
	/** Where a redirect points to; redirects are never followed by themselves, because they would take secrets along. */
	location?: string;
	/** What the clock of the web server said, in milliseconds since 1970. */
	date?: number;
}

/** The header `Date` of an answer; a server or a proxy may leave it out. */
export const dateIn = (header: unknown): { date?: number } => {
	const date = typeof header === 'string' ? Date.parse(header) : Number.NaN;
	return Number.isNaN(date) ? {} : { date };
};

/** Resolves for every HTTP status; rejects with `NoAnswer` when no HTTP answer came. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** Waiting is behind a port too, so that tests need not wait. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** The request may or may not have been carried out: nobody knows until the system is asked again. */
export class UnknownOutcome extends Problem {
	override name = 'UnknownOutcome';
}

/**
 * The network's codes in words. n8n puts texts of its own in the place of any message that holds such a code, and
 * they say that it can be tried again at once, which is not true of a write.
 */
const CUT_OFF = ['the connection was cut off', 'связь оборвалась'];
const NOT_FOUND = ['the address was not found', 'адрес не найден'];
const UNREACHABLE = ['the network does not reach it', 'сеть до нее не достает'];
const TIME_RAN_OUT = ['the time ran out', 'время ожидания вышло'];

const HAPPENED: Record<string, string[]> = {
	ECONNRESET: CUT_OFF,
	EPIPE: CUT_OFF,
	ECONNREFUSED: ['the connection was refused', 'в соединении отказано'],
	ENOTFOUND: NOT_FOUND,
	EAI_AGAIN: NOT_FOUND,
	EHOSTUNREACH: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	ETIMEDOUT: TIME_RAN_OUT,
	ECONNABORTED: TIME_RAN_OUT,
};

/** How people at work call the systems; other systems are called by their own names. */
const IN_RUSSIAN: Record<string, string> = {
	'1C': '1С',
	Bitrix24: 'Битрикс24',
	'The system': 'Система',
};

/** No HTTP answer: refused, reset or timed out. `code` is the network's word for it, such as ECONNRESET. */
export class NoAnswer extends UnknownOutcome {
	override name = 'NoAnswer';

	constructor(
		readonly code: string,
		system = 'The system',
	) {
		const [what, inRussian] = HAPPENED[code] ?? [code, code];
		super(
			`${system} did not answer: ${what}.`,
			'Check that it is reachable from n8n; the exchange will try again.',
			`Нет ответа от системы «${IN_RUSSIAN[system] ?? system}»: ${inRussian}. Обмен попробует снова сам; если так остается, скажите интегратору.`,
		);
	}

	/** The same, with the name of who did not answer: the port does not know whom it talks to. */
	of(system: string): NoAnswer {
		return new NoAnswer(this.code, system);
	}

	/** Whether the request cannot have reached the system, so that repeating it is safe. */
	get neverSent(): boolean {
		return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(this.code);
	}
}

const codeOf = (error: unknown): string => {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const { code } = cause as Error & { code?: unknown };
		if (typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code)) return code;
	}
	return 'NO_RESPONSE';
};

/** The network's code from whatever an HTTP library throws; never its message, which may hold the address and so the secret. */
export const noAnswerFrom = (error: unknown): Problem => {
	const code = codeOf(error);
	if (!/CERT|UNABLE_TO_VERIFY/.test(code)) return new NoAnswer(code);
	return new Problem(
		`The certificate of the system is not trusted (${code}), so nothing was sent.`,
		'Tell n8n of its authority (NODE_EXTRA_CA_CERTS), or choose Ignore SSL Issues in the credential.',
	);
};
