/**
 * The standard fields of CRM items.
 * Imitates: `crm/universal/object-fields.md` and the samples of crm.item.get/update/fields; `opened`, titles and names are
 * told as required there and in recorded answers [2BAD/bitrix, test snapshots], though nobody has to send them.
 * Does not imitate: every `settings` block of crm.item.fields.
 */
import { COMPANY, CONTACT, DEAL, isDynamic, LEAD, QUOTE, SMART_INVOICE } from './entityTypes';
import type { EntityType } from './entityTypes';

export type FieldType =
	| 'integer'
	| 'double'
	| 'string'
	| 'text'
	| 'boolean'
	| 'date'
	| 'datetime'
	| 'user'
	| 'location'
	| 'crm_status'
	| 'crm_category'
	| 'crm_company'
	| 'crm_contact'
	| 'crm_lead'
	| 'crm_quote'
	| 'crm_deal'
	| 'crm_currency'
	| 'crm_entity'
	| 'crm_multifield'
	| 'money'
	| 'enumeration'
	| 'url'
	| 'file';

export interface ItemField {
	name: string;
	type: FieldType;
	title: string;
	upperName: string;
	readOnly: boolean;
	multiple: boolean;
	/** Told as required; the portal has a value of its own for those of the standard fields. */
	required: boolean;
	/** Switched off for good: the answer always holds null. */
	disabled: boolean;
	userField: boolean;
}

/** `name type title` and marks: `r` read-only, `m` multiple, `x` switched off, `q` told as required. */
type Line = [name: string, type: FieldType, title: string, marks?: string];

const COMMON: Line[] = [
	['id', 'integer', 'ID', 'r'],
	['createdTime', 'datetime', 'Когда создан', 'r'],
	['updatedTime', 'datetime', 'Когда обновлен', 'r'],
	['createdBy', 'user', 'Кем создан', 'r'],
	['updatedBy', 'user', 'Кем обновлен', 'r'],
	['assignedById', 'user', 'Ответственный'],
	['opened', 'boolean', 'Доступно для всех', 'q'],
	['lastActivityBy', 'user', 'Кем изменена активность', 'r'],
	['lastActivityTime', 'datetime', 'Последняя активность', 'r'],
	['webformId', 'integer', 'Создано CRM-формой', 'r'],
	['utmSource', 'string', 'UTM Source'],
	['utmMedium', 'string', 'UTM Medium'],
	['utmCampaign', 'string', 'UTM Campaign'],
	['utmContent', 'string', 'UTM Content'],
	['utmTerm', 'string', 'UTM Term'],
];
const STAGED: Line[] = [
	['stageId', 'crm_status', 'Стадия'],
	['movedBy', 'user', 'Кем перемещен', 'r'],
	['movedTime', 'datetime', 'Когда перемещен', 'r'],
];
const CLIENT: Line[] = [
	['companyId', 'crm_company', 'Компания'],
	['contactId', 'crm_contact', 'Контакт'],
	['contactIds', 'crm_contact', 'Контакты', 'm'],
];
const AMOUNT: Line[] = [
	['opportunity', 'double', 'Сумма'],
	['isManualOpportunity', 'boolean', 'Сумма установлена вручную'],
	['currencyId', 'crm_currency', 'Валюта'],
];
const TAX: Line[] = [['taxValue', 'double', 'Сумма налога', 'r']];
const SOURCE: Line[] = [
	['sourceId', 'crm_status', 'Источник'],
	['sourceDescription', 'text', 'Дополнительно об источнике'],
];
const ORIGIN: Line[] = [
	['originatorId', 'string', 'Внешний источник'],
	['originId', 'string', 'Идентификатор элемента во внешнем источнике'],
];
const DATES: Line[] = [
	['begindate', 'date', 'Дата начала'],
	['closedate', 'date', 'Дата завершения'],
];
const PERSON: Line[] = [
	['name', 'string', 'Имя'],
	['lastName', 'string', 'Фамилия'],
	['secondName', 'string', 'Отчество'],
	['post', 'string', 'Должность'],
	['birthdate', 'date', 'Дата рождения'],
	['honorific', 'crm_status', 'Обращение'],
];
/** The flat phone and e-mail fields are read helpers over `fm` (reference §2.2). */
const COMMUNICATION: Line[] = [
	['hasPhone', 'boolean', 'Есть телефон', 'r'],
	['hasEmail', 'boolean', 'Есть e-mail', 'r'],
	['phone', 'string', 'Телефон', 'r'],
	['phoneWork', 'string', 'Рабочий телефон', 'r'],
	['phoneMobile', 'string', 'Мобильный телефон', 'r'],
	['phoneMailing', 'string', 'Телефон для рассылок', 'r'],
	['email', 'string', 'E-mail', 'r'],
	['emailWork', 'string', 'Рабочий e-mail', 'r'],
	['emailHome', 'string', 'Личный e-mail', 'r'],
	['emailMailing', 'string', 'E-mail для рассылок', 'r'],
	['fm', 'crm_multifield', 'Мультиполя', 'm'],
];
const TITLE: Line = ['title', 'string', 'Название', 'q'];
const COMMENTS: Line = ['comments', 'text', 'Комментарий'];
const OBSERVERS: Line = ['observers', 'user', 'Наблюдатели', 'm'];
const CATEGORY: Line = ['categoryId', 'crm_category', 'Воронка'];
const SEMANTIC: Line = ['stageSemanticId', 'string', 'Группа стадии', 'r'];
const PREVIOUS_STAGE: Line = ['previousStageId', 'crm_status', 'Предыдущая стадия', 'r'];
const MY_COMPANY: Line = ['mycompanyId', 'crm_company', 'Моя компания'];
const CLOSED: Line = ['closed', 'boolean', 'Закрыта', 'r'];

/** Columns of the database that crm.item.* still names and always answers with null (crm-item-get.md). */
function switchedOff(...names: string[]): Line[] {
	return names
		.join(' ')
		.split(' ')
		.map((name) => [name, 'string', name, 'x']);
}

const LINES: Record<number, Line[]> = {
	[LEAD]: [
		TITLE,
		...COMMON,
		...STAGED,
		SEMANTIC,
		...CLIENT,
		...AMOUNT,
		...SOURCE,
		...ORIGIN,
		...PERSON,
		...COMMUNICATION,
		['companyTitle', 'string', 'Название компании'],
		['statusDescription', 'text', 'Дополнительно о стадии'],
		['isReturnCustomer', 'boolean', 'Повторный лид', 'r'],
		['hasImol', 'boolean', 'Есть открытая линия', 'r'],
		...switchedOff(
			'productId isConvert address shortName login dateClosed searchContent',
			'dateCreateShort dateModifyShort skype icq imol',
		),
		COMMENTS,
		OBSERVERS,
	],
	[DEAL]: [
		TITLE,
		...COMMON,
		CATEGORY,
		...STAGED,
		SEMANTIC,
		CLOSED,
		...CLIENT,
		...AMOUNT,
		...TAX,
		...SOURCE,
		...ORIGIN,
		...DATES,
		['leadId', 'crm_lead', 'Лид'],
		['quoteId', 'crm_quote', 'Предложение'],
		['typeId', 'crm_status', 'Тип'],
		['probability', 'integer', 'Вероятность, %'],
		['additionalInfo', 'string', 'Дополнительная информация'],
		['locationId', 'location', 'Местоположение'],
		['isNew', 'boolean', 'Новая', 'r'],
		['isRecurring', 'boolean', 'Регулярная', 'r'],
		['isReturnCustomer', 'boolean', 'Повторная сделка', 'r'],
		['isRepeatedApproach', 'boolean', 'Повторное обращение', 'r'],
		...switchedOff(
			'receivedAmount lostAmount productId orderStage isWork isWon isLose hasProducts searchContent',
			'dateCreateShort dateModifyShort begindateShort closedateShort',
			'eventDate eventDateShort eventId eventDescription',
		),
		['parentId7', 'crm_entity', 'Предложение'],
		COMMENTS,
		OBSERVERS,
	],
	[CONTACT]: [
		...COMMON,
		...PERSON.map(
			([name, type, title]): Line => [name, type, title, /name$/i.test(name) ? 'q' : ''],
		),
		...ORIGIN,
		['originVersion', 'string', 'Версия оригинала'],
		...SOURCE,
		...COMMUNICATION,
		['companyId', 'crm_company', 'Компания'],
		['companyIds', 'crm_company', 'Компании', 'm'],
		['typeId', 'crm_status', 'Тип'],
		['address', 'text', 'Адрес', 'x'],
		['login', 'string', 'Логин', 'x'],
		CATEGORY,
		COMMENTS,
		OBSERVERS,
	],
	[COMPANY]: [
		TITLE,
		...COMMON,
		...ORIGIN,
		['originVersion', 'string', 'Версия оригинала'],
		...COMMUNICATION,
		['typeId', 'crm_status', 'Тип'],
		['industry', 'crm_status', 'Отрасль'],
		['revenue', 'double', 'Годовой оборот'],
		['currencyId', 'crm_currency', 'Валюта'],
		['employees', 'crm_status', 'Сотрудники'],
		['bankingDetails', 'string', 'Банковские реквизиты'],
		['isMyCompany', 'boolean', 'Моя компания'],
		['leadId', 'crm_lead', 'Лид'],
		['address', 'text', 'Адрес', 'x'],
		['addressLegal', 'text', 'Юридический адрес', 'x'],
		['contactIds', 'crm_contact', 'Контакты', 'm'],
		CATEGORY,
		COMMENTS,
		OBSERVERS,
	],
	[QUOTE]: [
		TITLE,
		...COMMON,
		['stageId', 'crm_status', 'Стадия'],
		CLOSED,
		...CLIENT,
		...AMOUNT,
		...TAX,
		...DATES,
		['leadId', 'crm_lead', 'Лид'],
		['dealId', 'crm_deal', 'Сделка'],
		['quoteNumber', 'string', 'Номер', 'r'],
		MY_COMPANY,
		['content', 'text', 'Содержание'],
		['terms', 'text', 'Условия'],
		['locationId', 'location', 'Местоположение'],
		['parentId2', 'crm_entity', 'Сделка'],
		COMMENTS,
	],
	[SMART_INVOICE]: [
		TITLE,
		['xmlId', 'string', 'Внешний код'],
		...COMMON,
		CATEGORY,
		...STAGED,
		PREVIOUS_STAGE,
		...CLIENT,
		...AMOUNT,
		...TAX,
		...SOURCE,
		...DATES,
		MY_COMPANY,
		['accountNumber', 'string', 'Номер счета'],
		['locationId', 'location', 'Местоположение'],
		['parentId2', 'crm_entity', 'Сделка'],
		['parentId7', 'crm_entity', 'Предложение'],
		COMMENTS,
		OBSERVERS,
	],
};

/** Where the classic name is not simply the camel name in capitals (crm-deal-get.md, crm-company-get.md). */
const CLASSIC_NAMES: Record<string, string> = {
	createdTime: 'DATE_CREATE',
	updatedTime: 'DATE_MODIFY',
	createdBy: 'CREATED_BY_ID',
	updatedBy: 'MODIFY_BY_ID',
	movedBy: 'MOVED_BY_ID',
	parentId2: 'PARENT_ID_2',
	parentId7: 'PARENT_ID_7',
};

const known = new Map<number, ItemField[]>();

export function standardFields(type: EntityType): ItemField[] {
	if (type.smartProcess) return described(type.id, smartProcessLines(type));
	const fields = known.get(type.id) ?? described(type.id, LINES[type.id] ?? []);
	known.set(type.id, fields);
	return fields;
}

/** A smart process has what its settings switch on. */
function smartProcessLines({ hasRows, hasStages, smartProcess }: EntityType): Line[] {
	const has = (flag: string): boolean => smartProcess?.flags[flag] === 'Y';
	return [
		TITLE,
		['xmlId', 'string', 'Внешний код'],
		...COMMON,
		CATEGORY,
		...(hasStages ? STAGED : []),
		...(hasStages ? [PREVIOUS_STAGE] : []),
		...(has('isClientEnabled') ? CLIENT : []),
		...(hasRows ? [...AMOUNT, ...TAX] : []),
		...(has('isSourceEnabled') ? SOURCE : []),
		...(has('isBeginCloseDatesEnabled') ? DATES : []),
		...(has('isMycompanyEnabled') ? [MY_COMPANY] : []),
		...(has('isObserversEnabled') ? [OBSERVERS] : []),
		['parentId2', 'crm_entity', 'Сделка'],
	];
}

function described(entityTypeId: number, lines: Line[]): ItemField[] {
	const classic = !isDynamic(entityTypeId);
	return lines.map(([name, type, title, marks = '']) => ({
		name,
		type,
		title,
		upperName: upperName(name, classic, entityTypeId),
		readOnly: marks.includes('r'),
		multiple: marks.includes('m'),
		required: marks.includes('q'),
		disabled: marks.includes('x'),
		userField: false,
	}));
}

function upperName(name: string, classic: boolean, entityTypeId: number): string {
	if (entityTypeId === COMPANY && name === 'typeId') return 'COMPANY_TYPE';
	const special = CLASSIC_NAMES[name];
	if (special && (classic || name.startsWith('parentId'))) return special;
	return name.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toUpperCase();
}
