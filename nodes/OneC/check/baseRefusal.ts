/** Why a base does not let the exchange in, told to whoever publishes it. */
import type { Finding } from '../../exchange/connectionReport';
import { explained, problemOf, type Explain } from '../../shared/probing';
import { ForeignAnswer, LicenceShortage, Refusal } from '../odata/answers';

const closed = (found: string, cause: string, remedy: string): Finding =>
	problemOf(found, [cause, remedy]);

const byStatus = ({ status, isPage, remedy }: ForeignAnswer): Finding => {
	if (status === 401) {
		return closed(
			'вход отклонен (HTTP 401)',
			'Неверны имя или пароль пользователя базы, либо у него выключена «Аутентификация 1С:Предприятия»',
			'Проверьте пользователя в Конфигураторе (Администрирование → Пользователи) и пару «имя, пароль» в учетных данных n8n',
		);
	}
	if (status === 403) {
		return closed(
			'доступ запрещен (HTTP 403)',
			'Веб-сервер не пускает этот адрес или путь: ограничение по IP, права папки публикации, другая схема входа',
			'Разрешите адрес n8n на веб-сервере (IIS или Apache) и анонимный доступ к папке публикации: вход проверяет сама 1С',
		);
	}
	if (status === 404) {
		return closed(
			'публикации по этому адресу нет (HTTP 404)',
			'Неверно имя публикации, или в ее default.vrd не включен стандартный интерфейс OData',
			'Проверьте адрес и строку <standardOdata enable="true"/> в default.vrd (буква d строчная), затем перезапустите веб-сервер',
		);
	}
	if (status >= 300 && status < 400) {
		return closed(
			`адрес переадресует на другой (HTTP ${status})`,
			'Веб-сервер ведет с http на https или на другое имя; n8n за ним не идет, чтобы не унести пароль',
			'Поставьте в учетные данные конечный адрес',
		);
	}
	if (status === 200 && isPage) {
		return closed(
			'вместо данных пришла страница (HTTP 200)',
			'Это страница входа или веб-клиент 1С: путь не ведет в OData, либо 1С не приняла пользователя',
			'Проверьте пользователя, пароль и что адрес указывает на публикацию, например http://server/ut',
		);
	}
	return closed(
		`ответил не OData (HTTP ${status})`,
		'По адресу отвечает другая программа',
		remedy ?? 'Проверьте адрес публикации',
	);
};

/** How a refusal of rights is worded does not matter, its number does [1C OData doc 17.4.10]. */
const NO_RIGHTS = '20';

export const explainBase: Explain = (error) => {
	if (error instanceof ForeignAnswer) return byStatus(error);
	if (error instanceof LicenceShortage) {
		return closed(
			'нет свободной лицензии 1С',
			'Каждый запрос занимает клиентскую лицензию, и все они заняты',
			'Завершите лишние сеансы или добавьте лицензии: обмену нужны одна или две',
		);
	}
	if (error instanceof Refusal && error.code === NO_RIGHTS) {
		return closed(
			'нет прав на чтение (код 20)',
			'У пользователя обмена нет роли с чтением этого объекта, или записи скрыты ограничением доступа (RLS)',
			'Дайте пользователю обмена роль без ограничений на уровне записей',
		);
	}
	return explained(error);
};
