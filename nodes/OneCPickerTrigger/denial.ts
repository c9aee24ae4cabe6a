/** Why a visitor is not told something, in the words of the page. */
import { z } from 'zod';
import { ChangedRows } from '../Bitrix24/picker/basket';
import { Refusal as PortalRefusal } from '../Bitrix24/rest/answer';
import { Problem } from '../exchange/problem';
import { UnknownOutcome } from '../shared/http';
import type { DenialJson } from './wire';

export class Denial extends Error {
	override name = 'Denial';

	constructor(
		readonly status: number,
		readonly code: DenialJson['code'],
		readonly text: string,
		readonly details?: string,
	) {
		super(text);
	}

	get json(): DenialJson {
		const { code, text, details } = this;
		return { code, text, ...(details ? { details } : {}) };
	}
}

export const expired = (): Denial =>
	new Denial(
		403,
		'expired',
		'Сеанс закончился. Откройте вкладку «1С» в карточке сделки еще раз, ничего не потеряно.',
	);

export const forbidden = (): Denial =>
	new Denial(
		403,
		'denied',
		'Нет доступа. Вкладка открывается только из карточки сделки и только тем, кому портал показывает эту сделку.',
	);

const TOKEN_OVER = /^(expired_token|invalid_token|NO_AUTH_FOUND)$/i;
const NO_RIGHT = /^(ACCESS_DENIED|INVALID_CREDENTIALS|user_access_error)$/i;

/** Texts of problems never hold secrets, so they may be shown below the words for the person. */
export const denialFrom = (error: unknown): Denial => {
	if (error instanceof Denial) return error;
	if (error instanceof z.ZodError)
		return new Denial(400, 'wrong', 'Страница прислала непонятный запрос.');
	const details = error instanceof Problem ? error.text : undefined;
	if (error instanceof ChangedRows) {
		const text = 'Товары сделки тем временем изменились. Посмотрите на них и перенесите еще раз.';
		return new Denial(409, 'changed', text, details);
	}
	if (error instanceof PortalRefusal) {
		if (TOKEN_OVER.test(error.code)) return expired();
		if (NO_RIGHT.test(error.code)) {
			return new Denial(403, 'denied', 'Портал не дает вам прав на это.', details);
		}
	}
	const text =
		error instanceof UnknownOutcome
			? 'Система не ответила. Попробуйте еще раз чуть позже.'
			: 'Не получилось.';
	return new Denial(502, 'failed', text, details);
};
