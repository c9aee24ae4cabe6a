/**
 * Refusals of the OData service: the body shape and the texts that were recorded (reference 1c-ut103.md §2 "Statuses",
 * samples/errors.json). The key really is `odata.error` with a dot. Texts without a record are paraphrased.
 */
import { element, escaped, NAMESPACES, XML_HEAD } from './xml';

export class ODataError extends Error {
	constructor(
		readonly status: number,
		readonly code: number,
		message: string,
	) {
		super(message);
	}

	body(): string {
		const message = { lang: 'ru', value: this.message };
		return JSON.stringify({ 'odata.error': { code: String(this.code), message } });
	}

	xml(): string {
		const code = element('m:code', {}, String(this.code));
		const message = element('m:message', {}, escaped(this.message));
		return XML_HEAD + element('m:error', { 'xmlns:m': NAMESPACES.metadata }, code + message);
	}
}

export const unknownSet = (name: string) => new ODataError(404, 8, `Сущность "${name}" не найдена`);

export const unknownInstance = (object: string) =>
	new ODataError(404, 9, `Экземпляр сущности "${object}" не найден по переданному ключу.`);

export const unknownOption = (name: string) =>
	new ODataError(400, 0, `Параметр ${name} не поддерживается`);

export const unknownSegment = (name: string) =>
	new ODataError(400, 6, `Сегмент пути ${name} не найден!`);

export const unknownMethod = () => new ODataError(400, 6, 'Метод не найден');

export const badAddress = () => new ODataError(400, 6, 'Неправильный формат адреса запроса');

export const badKey = () => new ODataError(400, 7, 'Не задано значение ключевого поля');

export const badOption = (name: string) =>
	new ODataError(400, 14, `Ошибка при разборе опции запроса ${name}`);

export const badValue = (value: unknown, edm: string) =>
	new ODataError(
		400,
		1,
		`Не удалось разобрать строку '${String(value)}' как значение типа ${edm}!`,
	);

export const badPropertyValue = (name: string) =>
	new ODataError(400, 4, `Неправильное значение свойства ${name}`);

export const badRequestFormat = () => new ODataError(400, 2, 'Неправильный формат запроса');

export const keyExists = () =>
	new ODataError(400, 15, 'Экземпляр сущности с таким ключом уже существует');

export const rowsAreReadOnly = () =>
	new ODataError(400, 13, 'Непосредственное создание строк табличной части не поддерживается');

export const missingProperty = (name: string) =>
	new ODataError(400, 5, `Отсутствует обязательное значение свойства ${name}`);

export const missingArgument = (name: string) =>
	new ODataError(400, 12, `Отсутствует обязательный аргумент метода ${name}`);

export const wrongArguments = () => new ODataError(400, 21, 'Неправильные аргументы функции');

/** Rights on an object, or a row under access restrictions read without allowedOnly (reference §2 "Statuses"). */
export const accessDenied = () => new ODataError(401, 20, 'Нарушение прав доступа');

export const forbiddenMethod = () =>
	new ODataError(405, 19, 'Метод HTTP не поддерживается для указанного ресурса');

export const unsupportedFormat = () =>
	new ODataError(406, 3, 'Запрошенный тип представления не поддерживается');

export const notImplemented = (what: string) => new ODataError(501, 0, `${what} не поддерживается`);

export const precondition = () => new ODataError(412, 0, 'Версия данных не совпадает');

export const internalError = () =>
	new ODataError(
		500,
		-1,
		'Произошла внутренняя ошибка OData сервиса. Дополнительные сведения можно найти в технологическом журнале',
	);

/** What the query language cannot compare or order by; the service passes its text on (recorded on live bases). */
export const incomparable = () =>
	new ODataError(500, -1, 'Нельзя сравнивать поля неограниченной длины и поля несовместимых типов');

export const brokenJson = () => new ODataError(500, -1, 'Непредвиденный символ при чтении JSON');

/** A refusal from the configuration: the reason goes to Сообщить() and is lost on the server (reference §0.5). */
export const refusedByConfiguration = (text: string) => new ODataError(500, -1, text);

export const lockedByAnother = () =>
	new ODataError(
		500,
		-1,
		'Не удалось заблокировать запись. Данные были изменены или удалены другим пользователем',
	);

/** Automatic locks of the DBMS met, or waited too long (reference §2 "Locks"); nothing has been written. */
export const lockConflict = () =>
	new ODataError(
		500,
		-1,
		'Конфликт блокировок при выполнении транзакции: превышено максимальное время ожидания предоставления блокировки',
	);
