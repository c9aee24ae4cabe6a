/**
 * What 1C answers, and how a refusal is told to a person. An error is recognised by the key `odata.error`, in any
 * status; everything else that is not JSON comes from the web server, a proxy or the platform itself.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome, type HttpResponse } from '../../shared/http';
import { hintFor } from './hints';
import { withoutFullStop } from '../../exchange/plainText';

const errorSchema = z.object({
	'odata.error': z.object({
		code: z.coerce.string(),
		message: z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]),
	}),
});

/** Errors about $batch come in XML even to a client that asks for JSON [1C OData doc 17.4.10]. */
const XML_ERROR = /<(?:\w+:)?code>(-?\d*)<\/(?:\w+:)?code>\s*<(?:\w+:)?message[^>]*>([^<]*)</;

/** Both wordings mean that every licence is busy [live probes of УТ 11]. */
const NO_LICENCE = /свободн\p{L}{1,5} лиценз|не найдена лицензия|не обнаружен ключ защиты/iu;

/** An object open in a client, or a conflict of transactions: the same request may succeed a little later. */
const LOCKED = /заблокировать|конфликт блокировок|изменены или удалены другим/iu;

/** 1C understood the request and refused it: nothing was written. */
export class Refusal extends Problem {
	override name = 'Refusal';

	constructor(
		{ what, writes }: Pick<Asked, 'what' | 'writes'>,
		readonly code: string,
		readonly reason: string,
	) {
		const said = withoutFullStop(reason);
		super(
			`1C refused ${what}: ${said || 'no reason given'} (code ${code}).`,
			hintFor(code, { writes }),
			`1С отказала: «${said || 'причина не названа'}» (код ${code}). ${
				code === '-1' && writes
					? 'Повторите это в 1С под пользователем обмена: людям она называет причину.'
					: 'Передайте это интегратору.'
			}`,
		);
	}

	get isLock(): boolean {
		return this.code === '-1' && LOCKED.test(this.reason);
	}
}

/** No session was opened for want of a licence, so nothing was carried out. */
export class LicenceShortage extends Problem {
	override name = 'LicenceShortage';

	constructor() {
		super(
			'1C has no free licence for the exchange.',
			'Free one (close unused sessions) or add licences; the exchange will try again.',
			'В 1С нет свободной лицензии для обмена. Закройте лишние сеансы; обмен попробует снова сам.',
		);
	}
}

export interface Asked {
	/** What was asked, for a person: «read Document_ЗаказПокупателя». */
	what: string;
	writes: boolean;
	/** Whether success may come with no body, as after posting. */
	emptyIsFine?: boolean;
	/** Whether the answer is XML, which some things exist in only; it is handed on as text. */
	inXml?: boolean;
	/** Whether the answer is a bare number. */
	isCount?: boolean;
}

/** An XML document that is no page for people. */
const XML_DOCUMENT = /^\s*(<\?xml\b[^>]*>\s*)?<(?!!doctype|html|\?)[\w:]/i;

const jsonOf = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
};

const refusalIn = (asked: Asked, text: string, json: unknown): Problem | null => {
	const error = errorSchema.safeParse(json);
	if (error.success) {
		const { code, message } = error.data['odata.error'];
		return new Refusal(asked, code, message);
	}
	const xml = XML_ERROR.exec(text);
	return xml ? new Refusal(asked, xml[1] || '0', xml[2]) : null;
};

/** @returns the JSON, the text of XML, undefined for a success without a body, or the problem the answer stands for */
export const readAnswer = (asked: Asked, { status, text: raw }: HttpResponse): unknown => {
	const text = raw.replace(/^\uFEFF/, '');
	if (NO_LICENCE.test(text) && status >= 400) return new LicenceShortage();
	const isSuccess = status >= 200 && status < 300;
	if (asked.inXml && isSuccess && XML_DOCUMENT.test(text)) return text;
	const json = jsonOf(text);
	const refusal = refusalIn(asked, text, json);
	if (refusal) return refusal;
	if (isSuccess) {
		if (asked.isCount && typeof json === 'number') return json;
		if (typeof json === 'object' && json !== null) return json;
		if (text.trim() === '' && asked.emptyIsFine) return undefined;
	}
	return foreign(asked, status, text);
};

/** The web server, a proxy or another program answered in the place of 1C. */
export class ForeignAnswer extends Problem {
	override name = 'ForeignAnswer';

	constructor(
		readonly status: number,
		readonly isPage: boolean,
		...said: ConstructorParameters<typeof Problem>
	) {
		super(...said);
	}
}

/** An answer that is not 1C's own. */
const foreign = ({ what, writes }: Asked, status: number, text: string): Problem => {
	const said = `instead of an answer of 1C, asked ${what}, came HTTP ${status}`;
	const isPage = /^\s*</.test(text);
	if (status === 401 || status === 403 || (status === 200 && isPage)) {
		return new ForeignAnswer(
			status,
			isPage,
			`1C did not let the exchange in: ${said}.`,
			'Check the user, the password and the address in the credential.',
			'1С не пустила обмен. Интегратору: проверьте пользователя, пароль и адрес в подключении.',
		);
	}
	if (status >= 300 && status < 400) {
		return new ForeignAnswer(
			status,
			isPage,
			`The address redirects elsewhere: ${said}.`,
			'Put the address it redirects to (perhaps https://) into the credential.',
			'Адрес 1С изменился. Интегратору: поправьте его в подключении.',
		);
	}
	if (status >= 500 || (writes && status < 300)) {
		return new UnknownOutcome(
			`1C or a proxy before it failed: ${said}.`,
			'The exchange looks what became of it before it tries again; check the web server of 1C.',
			`1С или веб-сервер перед ней ответили сбоем (HTTP ${status}). Обмен проверит, что получилось, и попробует снова сам.`,
		);
	}
	return new ForeignAnswer(
		status,
		isPage,
		`The address does not answer as OData of 1C does: ${said}.`,
		'Check the address, and that the publication has <standardOdata enable="true"/> in default.vrd.',
		'По адресу 1С отвечает не она. Интегратору: проверьте адрес и публикацию OData.',
	);
};
