/** One probe of a connection: whatever goes wrong in it is its own finding, and the other probes go on. */
import type { Finding, Probe } from '../exchange/connectionReport';
import { Problem } from '../exchange/problem';
import { NoAnswer } from './http';
import { settled } from './settled';

/** What a refusal or a silence means to the people who set the connection up. */
export type Explain = (error: Error) => Finding;

/** Why something does not work, and what to do about it. */
export type Reason = readonly [cause: string, remedy: string];

export const problemOf = (
	found: string,
	[cause, remedy]: Reason,
	facts?: Finding['facts'],
): Finding => ({ state: 'problem', found, cause, remedy, ...(facts ? { facts } : {}) });

/** The network's codes as an administrator would tell them. */
const SILENCE: Record<string, Reason> = {
	ECONNREFUSED: [
		'Соединение отклонено: по этому адресу и порту никто не слушает',
		'Проверьте адрес и порт, и что веб-сервер запущен',
	],
	ENOTFOUND: ['Имя сервера не найдено в DNS', 'Проверьте адрес; n8n в Docker видит свой DNS'],
	EAI_AGAIN: ['DNS не отвечает', 'Проверьте DNS на сервере n8n (в Docker он свой)'],
	ETIMEDOUT: [
		'Сервер не ответил за отведенное время',
		'Проверьте сетевой экран между n8n и сервером и нагрузку сервера',
	],
	ECONNABORTED: [
		'Сервер не ответил за отведенное время',
		'Проверьте сетевой экран между n8n и сервером и нагрузку сервера',
	],
};

const explainedSilence = ({ code }: NoAnswer): Finding => {
	const reason: Reason = SILENCE[code] ?? [
		`Соединение оборвалось или сервер недоступен по сети (${code})`,
		'Проверьте сеть, прокси и сетевой экран между n8n и сервером',
	];
	return problemOf('нет ответа', reason, { code });
};

export const explained: Explain = (error) => {
	if (error instanceof NoAnswer) return explainedSilence(error);
	const { russian, remedy } = error instanceof Problem ? error : new Problem(error.message);
	return {
		state: 'problem',
		found: 'проверка не удалась',
		cause: russian ?? error.message,
		remedy,
	};
};

export const probed = async (
	probe: string,
	title: string,
	look: () => Promise<Finding> | Finding,
	explain: Explain = explained,
): Promise<Probe> => {
	const { value, error } = await settled(look);
	return { probe, title, ...(error ? explain(error) : value) };
};
