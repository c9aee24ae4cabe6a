/** All that can be asked of an account without writing anything. Each question costs a point of the tariff. */
import { z } from 'zod';
import type { Finding, Probe } from '../exchange/connectionReport';
import { explained, probed, problemOf, type Explain, type Reason } from '../shared/probing';
import { settled } from '../shared/settled';
import { Refusal } from './answer';
import type { CoMagicClient } from './client';
import { asText } from './period';

/** By mnemonics, because several errors share a code [CoMagic docs, errors]. */
const REASONS = new Map<string, Reason>(
	Object.entries({
		auth_error: ['Логин или пароль неверны', 'Проверьте их в учетных данных n8n'],
		access_token_invalid: [
			'Ключ API неверен, или он от другого сервиса (CoMagic, UIS и CallGear не знают ключей друг друга)',
			'Проверьте ключ и поле Service в учетных данных n8n',
		],
		access_token_expired: ['Срок ключа API истек', 'Выпустите новый ключ в личном кабинете'],
		access_token_blocked: ['Ключ API заблокирован', 'Разблокируйте ключ или выпустите новый'],
		ip_not_whitelisted: [
			'Адрес сервера n8n не разрешен в аккаунте',
			'Разрешите его: Администратор → Аккаунт → Правила и настройки безопасности → API',
		],
		account_inactive: ['Аккаунт отключен', 'Причину знает поддержка CoMagic'],
		limit_exceeded: [
			'Баллы тарифа израсходованы',
			'Опрашивайте реже или попросите увеличить предел',
		],
		forbidden: ['У пользователя нет права на этот отчет', 'Дайте право в личном кабинете'],
		method_component_disabled: [
			'Услуга не подключена в тарифе',
			'Подключите ее у CoMagic, если она нужна',
		],
	} satisfies Record<string, Reason>),
);

const explainAccount: Explain = (error) => {
	const mnemonic = error instanceof Refusal ? error.mnemonic : '';
	const reason = REASONS.get(mnemonic);
	return reason ? problemOf(`отказ (${mnemonic})`, reason, { mnemonic }) : explained(error);
};

const accountSchema = z.array(
	z.object({ app_id: z.number().optional(), name: z.string().nullish(), timezone: z.string() }),
);

const access = async (client: CoMagicClient): Promise<Probe> =>
	await probed(
		'access',
		'Доступ к аккаунту',
		async (): Promise<Finding> => {
			const { data } = await client.call({ method: 'get.account' });
			const [account] = accountSchema.min(1).parse(data);
			const facts = { appId: account.app_id, name: account.name, timeZone: account.timezone };
			return {
				state: 'ok',
				found: `«${account.name ?? ''}», часовой пояс ${account.timezone}; ключ принят, адрес n8n разрешен`,
				facts,
			};
		},
		explainAccount,
	);

/** What a trigger looks through, and which option of the tariff it belongs to. */
const REPORTS: Array<[method: string, title: string]> = [
	['get.calls_report', 'звонки'],
	['get.chats_report', 'чаты'],
	['get.offline_messages_report', 'заявки'],
	['get.communications_report', 'обращения с источниками'],
];

const HOUR = 3_600_000;

const reports = async (client: CoMagicClient): Promise<Probe> =>
	await probed(
		'reports',
		'Отчеты',
		async (): Promise<Finding> => {
			const timeZone = await client.timeZone();
			const now = client.clock.now();
			const period = {
				date_from: asText(now - HOUR, timeZone),
				date_till: asText(now, timeZone),
			};
			const closed: Array<{ title: string; error: Error }> = [];
			for (const [method, title] of REPORTS) {
				const params = { ...period, limit: 1 };
				const { error } = await settled(async () => await client.call({ method, params }));
				if (error) closed.push({ title, error });
			}
			const facts = { closed: closed.map(({ title }) => title) };
			if (closed.length === 0) {
				return { state: 'ok', found: REPORTS.map(([, title]) => title).join(', '), facts };
			}
			return {
				...explainAccount(closed[0].error),
				state: closed.length === REPORTS.length ? 'problem' : 'warning',
				found: `недоступны: ${closed.map(({ title }) => title).join(', ')}`,
				facts,
			};
		},
		explainAccount,
	);

/** A poll every five minutes asks for as many pages as there are kinds of contacts. */
const POLLS_A_DAY = (24 * 60) / 5;

const points = ({ limits }: CoMagicClient): Probe => {
	const head = { probe: 'limits', title: 'Баллы тарифа' };
	if (!limits) return { ...head, state: 'unknown', found: 'аккаунт не сообщает пределов' };
	const { day_limit: day, day_remaining: left, minute_limit: minute } = limits;
	const found = `за день осталось ${left} из ${day}, за минуту можно ${minute}`;
	const facts = { ...limits };
	if (left > day / 10 && day >= POLLS_A_DAY) return { ...head, state: 'ok', found, facts };
	return {
		...head,
		state: 'warning',
		found,
		cause: 'Один запрос стоит балл; когда они кончатся, опрос замолчит до полуночи',
		remedy: 'Опрашивайте реже, подключите HTTP-уведомления или попросите CoMagic увеличить предел',
		facts,
	};
};

const uploads = (): Probe => ({
	probe: 'uploads',
	title: 'Обратная связь с аналитикой',
	state: 'unknown',
	found: 'проверка ничего не пишет, поэтому право загружать сделки и ставить теги не проверено',
	remedy: 'Дайте пользователю ключа право на Data API с записью и загрузите одну сделку вручную',
});

/** An account that does not let n8n in is not asked any further. */
export const checkAccount = async (client: CoMagicClient): Promise<Probe[]> => {
	const entry = await access(client);
	if (entry.state === 'problem') return [entry];
	return [entry, await reports(client), points(client), uploads()];
};
