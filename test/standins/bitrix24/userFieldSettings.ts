/**
 * What a user field is set to when nobody chose.
 * Imitates: the keys by type of userfieldconfig-add.md; the values of its sample and of crm-deal-userfield-list.md.
 * Does not imitate: defaults of a portal's own field types. Values the pages do not show are guesses.
 */
import { asMap } from './values';
import type { Fields } from './values';

const NO_DATE = { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '' } };
const LINKS = ['LEAD', 'CONTACT', 'COMPANY', 'DEAL', 'QUOTE', 'ORDER', 'SMART_INVOICE'];

const DEFAULTS: Record<string, Fields> = {
	string: { SIZE: 20, ROWS: 1, REGEXP: '', MIN_LENGTH: 0, MAX_LENGTH: 0, DEFAULT_VALUE: '' },
	integer: { SIZE: 20, MIN_VALUE: 0, MAX_VALUE: 0, DEFAULT_VALUE: null },
	double: { PRECISION: 4, SIZE: 20, MIN_VALUE: 0, MAX_VALUE: 0, DEFAULT_VALUE: null },
	boolean: { DEFAULT_VALUE: 0, DISPLAY: 'CHECKBOX', LABEL: ['', ''], LABEL_CHECKBOX: '' },
	date: NO_DATE,
	datetime: { ...NO_DATE, USE_SECOND: 'Y', USE_TIMEZONE: 'N' },
	money: { DEFAULT_VALUE: '' },
	url: { POPUP: 'Y', SIZE: 20, MIN_LENGTH: 0, MAX_LENGTH: 0, DEFAULT_VALUE: '', ROWS: 1 },
	address: { SHOW_MAP: 'Y' },
	file: {
		SIZE: 20,
		LIST_WIDTH: 0,
		LIST_HEIGHT: 0,
		MAX_SHOW_SIZE: 0,
		MAX_ALLOWED_SIZE: 0,
		EXTENSIONS: [],
		TARGET_BLANK: 'Y',
	},
	enumeration: { DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' },
	crm_status: { ENTITY_TYPE: '' },
	crm: Object.fromEntries(LINKS.map((name) => [name, null])),
};

/** What was sent replaces the defaults key by key. */
export function fieldSettings(userTypeId: string, given: unknown): Fields {
	return { ...DEFAULTS[userTypeId], ...asMap(given) };
}
