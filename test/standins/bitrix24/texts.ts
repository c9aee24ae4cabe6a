/**
 * The texts a Russian portal writes in Russian.
 * Imitates: error texts of the Russian pages of the docs (`bitrix-tools/b24-rest-docs`: `"error_description"` of their
 * samples and the tables of their codes), which were taken from Russian portals. Whatever is not listed a portal of any
 * language says in English: `Not found` of `crm.deal.get` [b24phpsdk #127, fast_bitrix24 #262], `Access Denied` of the
 * catalogue, `Could not find value for parameter {…}`. Codes never change.
 * Does not imitate: portals of other languages than Russian and English.
 */

export type Language = 'ru' | 'en';

type Text = [code: string, english: RegExp, russian: string];

/** An empty code and `0` are met with many texts, so both are compared. */
const RUSSIAN: Text[] = [
	// crm/universal/crm-item-{add,get,update,delete}.md, product-rows, category
	['NOT_FOUND', /^Element not found$/, 'Элемент не найден'],
	['NOT_FOUND', /^Smart process not found$/, 'Смарт-процесс не найден'],
	['ACCESS_DENIED', /^Access denied$/, 'Доступ запрещен'],
	[
		'CRM_FIELD_ERROR_VALUE_NOT_VALID',
		/^Invalid value of field "(.*)"$/,
		'Неверное значение поля "$1"',
	],
	// crm/universal/import/crm-item-batch-import.md
	[
		'CRM_FIELD_ERROR_REQUIRED',
		/^The field "(.*)" is required\.$/,
		'Поле "$1" обязательно для заполнения',
	],
	// crm/document-generator/{documents,templates}
	['0', /^Document not found$/, 'Документ не найден'],
	['0', /^Template not found$/, 'Шаблон не найден'],
	// crm/universal/payment
	['0', /^Access denied$/, 'Доступ запрещен'],
	['0', /^Insufficient permissions$/, 'Недостаточно прав'],
	['0', /^Pay system not found$/, 'Платежная система не найдена'],
	[
		'0',
		/^Entity with identifier (.*) does not exist$/,
		'Сущность с идентификатором $1 не существует',
	],
	// crm/status/crm-status-add.md
	['', /^The field NAME is required\.$/, 'Не заполнено обязательное поле "Заголовок"'],
	[
		'',
		/^Cannot create more stages after the final stage\.$/,
		'Нельзя создать промежуточную стадию после успешной',
	],
	[
		'ERROR_CORE',
		/^The specified status ID already exists\.$/,
		'Указанный идентификатор статуса, уже существует.',
	],
	// crm/universal/userfieldconfig
	['', /^You cannot create user fields$/, 'Вы не можете создавать пользовательские поля'],
	[
		'',
		/^You cannot change the settings of the user field$/,
		'Вы не можете изменить настройки пользовательского поля',
	],
	['', /^You cannot delete the user field$/, 'Вы не можете удалить пользовательское поле'],
	['', /^Field (.*) already exists\.$/, 'Поле $1 уже существует'],
	// crm/deals/user-defined-fields/crm-deal-userfield-add.md
	[
		'ERROR_CORE',
		/^Field (.*) for entity (.*) already exists\.$/,
		'Поле $1 для объекта $2 уже существует.',
	],
	['ERROR_CORE', /^An invalid user type is specified\.$/, 'Указан неверный пользовательский тип.'],
	[
		'ERROR_CORE',
		/^The field name is too long .*$/,
		'Имя поля слишком длинное (больше 50-ти символов).',
	],
	[
		'ERROR_CORE',
		/^The field name contains invalid characters\. .*$/,
		'Имя поля содержит недопустимые символы. Допустимыми являются: A-Z, 0-9 и _.',
	],
];

export function translated(language: Language, code: string, english: string): string {
	if (language === 'en') return english;
	const text = RUSSIAN.find(([known, pattern]) => known === code && pattern.test(english));
	return text ? english.replace(text[1], text[2]) : english;
}
