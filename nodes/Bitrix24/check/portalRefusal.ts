/** Why a portal does not let n8n in, told to whoever connects it. */
import { explained, problemOf, type Explain, type Reason } from '../../shared/probing';
import { Refusal } from '../rest/answer';

const RECONNECT = 'Откройте учетные данные в n8n и подключите приложение заново (Connect)';

/** By codes in capitals [Bitrix24 docs, system errors]. */
const REASONS: Record<string, Reason> = {
	NO_AUTH_FOUND: [
		'Код вебхука неверен, вебхук удален или его срок истек; у приложения отозван доступ',
		'Скопируйте адрес вебхука заново: Битрикс24 → Разработчикам → Другое → Входящий вебхук; приложение подключите заново',
	],
	INVALID_CREDENTIALS: [
		'Код вебхука неверен, или его владелец уволен',
		'Скопируйте адрес вебхука заново или выпустите его от действующего сотрудника',
	],
	EXPIRED_TOKEN: ['Доступ приложения истек и не обновился', RECONNECT],
	INVALID_TOKEN: ['Доступ приложения отозван', RECONNECT],
	AUTHORIZATION_ERROR: [
		'Сервер авторизации Битрикс24 сбоит, и портал не может подтвердить доступ',
		'Повторите проверку через несколько минут; подключать заново ничего не нужно',
	],
	ACCESS_DENIED: [
		'Не хватает прав владельца вебхука, или тариф портала не включает REST',
		'Проверьте права в CRM и подписку: REST доступен на платных тарифах с подпиской на Маркет',
	],
	INSUFFICIENT_SCOPE: ['У вебхука нет нужного права (scope)', 'Добавьте право в карточке вебхука'],
	PAYMENT_REQUIRED: ['Тариф портала или пробный период Маркета закончился', 'Продлите тариф'],
	OVERLOAD_LIMIT: [
		'Портал заблокирован за перегрузку запросами',
		'Напишите в поддержку Битрикс24, и проверьте, кто еще обращается с этого адреса',
	],
	QUERY_LIMIT_EXCEEDED: [
		'С этого адреса идет слишком много запросов: предел общий на все приложения и вебхуки',
		'Проверьте, какие еще программы обращаются к порталу с этого адреса',
	],
	INVALID_REQUEST: ['Портал принимает только https', 'Поставьте в адрес https://'],
	PORTAL_DELETED: ['Портала больше нет', 'Укажите адрес действующего портала'],
};

export const explainPortal: Explain = (error) => {
	const code = error instanceof Refusal ? error.code : '';
	const reason = REASONS[code.toUpperCase()];
	return reason ? problemOf(`портал отказал (${code})`, reason, { code }) : explained(error);
};
