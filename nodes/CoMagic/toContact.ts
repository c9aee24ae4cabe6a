/**
 * A contact in one shape, from whatever CoMagic tells of it: a row of a report, of a report of the new style, or a
 * notification. Columns and variables have the same names as a rule; where they differ, the first that is filled wins.
 */
import { kindOf, type ContactKind } from '../exchange/contactKind';
import { phoneIdentity } from '../exchange/identity';

export interface ContactJson {
	kind: ContactKind | null;
	/** What has just happened, in the words of the notification; empty when a report was read. */
	event: string;
	type: string;
	communicationId: number | null;
	/** ISO 8601 with an offset. */
	time: string;
	direction: string;
	/** Null while nobody knows. */
	lost: boolean | null;
	phone: string;
	virtualPhone: string;
	email: string;
	name: string;
	text: string;
	form: string;
	site: string;
	campaign: string;
	channel: string;
	source: string;
	utm: Record<'source' | 'medium' | 'campaign' | 'content' | 'term', string>;
	clickIds: Record<'yclid' | 'gclid' | 'ymclid', string>;
	page: string;
	referrer: string;
	visitorId: string;
	sessionId: string;
	employee: string;
	talkSeconds: number | null;
	waitSeconds: number | null;
	recordUrl: string;
	tags: string[];
	/** As CoMagic sent it. */
	raw: Record<string, unknown>;
}

type Fields = Record<string, unknown>;

const written = (value: unknown): string => {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' ? String(value) : '';
};

/** Kinds of the new reports are objects with a title; the id is what means something. */
const plain = (value: unknown): string =>
	typeof value === 'object' && value !== null && 'value_id' in value
		? written(value.value_id)
		: written(value);

/** Whether the own value of a field and not what every object inherits. */
const first = (fields: Fields, ...names: string[]): string =>
	names
		.filter((name) => Object.hasOwn(fields, name))
		.map((name) => plain(fields[name]))
		.find((value) => value !== '') ?? '';

const numberIn = (fields: Fields, ...names: string[]): number | null => {
	const value = first(fields, ...names);
	return /^\d{1,15}$/.test(value) ? Number(value) : null;
};

/** E.164; CoMagic leaves the plus out. Short numbers are extensions of the exchange. */
const phoneIn = (fields: Fields, ...names: string[]): string => {
	const text = first(fields, ...names);
	return phoneIdentity(text) ?? phoneIdentity(`+${text}`) ?? '';
};

const named = (tag: unknown): string => {
	if (typeof tag === 'string') return tag.trim();
	if (typeof tag !== 'object' || tag === null) return '';
	return first(tag as Fields, 'tag_name', 'name');
};

const tagsIn = ({ tags, tag_names: names }: Fields): string[] => {
	const items = typeof tags === 'object' && tags !== null && 'items' in tags ? tags.items : tags;
	const list = [names, items].find((one): one is unknown[] => Array.isArray(one)) ?? [];
	return list.map(named).filter(Boolean);
};

/** Labels of the visit, else the extended ones that CoMagic works out itself. */
const utmIn = (fields: Fields): ContactJson['utm'] => {
	const own = (label: string): string => first(fields, `utm_${label}`);
	const extended = (label: string): string => first(fields, `eq_utm_${label}`);
	const labels = ['source', 'medium', 'campaign', 'content', 'term'] as const;
	const from = labels.some((label) => own(label) !== '') ? own : extended;
	return Object.fromEntries(labels.map((label) => [label, from(label)])) as ContactJson['utm'];
};

const lostIn = (fields: Fields, mnemonic: string): boolean | null => {
	if (typeof fields.is_lost === 'boolean') return fields.is_lost;
	if (first(fields, 'call_status') !== '') return first(fields, 'call_status') === 'lost';
	if (/lost/i.test(mnemonic)) return true;
	return (numberIn(fields, 'talk_time_duration') ?? 0) > 0 ? false : null;
};

const textIn = (fields: Fields): string => {
	const written = first(fields, 'text', 'message', 'offline_message_text', 'email_message');
	return [first(fields, 'email_subject', 'subject'), written].filter(Boolean).join('\n');
};

/**
 * @param type of the communication, when the report is of one type only
 * @param time in ISO 8601: whoever calls knows the zone
 */
export const toContact = (fields: Fields, type: string, time: string): ContactJson => {
	const mnemonic = first(fields, 'notification_mnemonic', 'event_mnemonic');
	const virtualPhone = phoneIn(fields, 'virtual_phone_number', 'virtual_phone');
	const phone = phoneIn(fields, 'contact_phone_number', 'visitor_phone_number', 'phone');
	const callSource = first(fields, 'call_source', 'source');
	const evidence = { type, callSource, channel: first(fields, 'chat_channel_type') };
	return {
		kind: kindOf(evidence),
		event: mnemonic || first(fields, 'notification_name'),
		type,
		communicationId: numberIn(fields, 'communication_id'),
		time,
		direction: first(fields, 'direction', 'call_direction'),
		lost: type === 'call' ? lostIn(fields, mnemonic) : null,
		phone: phone === virtualPhone ? '' : phone,
		virtualPhone,
		email: first(
			fields,
			'visitor_email',
			'offline_message_email',
			'email_from',
			'email',
		).toLowerCase(),
		name: first(fields, 'contact_full_name', 'visitor_name', 'chat_username', 'name'),
		text: textIn(fields),
		form: first(fields, 'form_name'),
		site: first(fields, 'site_domain_name', 'site_name'),
		campaign: first(fields, 'campaign_name'),
		channel: first(fields, 'channel_new', 'channel'),
		source: first(fields, 'source_name', 'source_new'),
		utm: utmIn(fields),
		clickIds: {
			yclid: first(fields, 'yclid'),
			gclid: first(fields, 'gclid'),
			ymclid: first(fields, 'ymclid'),
		},
		page: first(fields, 'entrance_page', 'communication_page_url'),
		referrer: first(fields, 'referrer'),
		visitorId: first(fields, 'visitor_id'),
		sessionId: first(fields, 'visitor_session_id'),
		employee: first(
			fields,
			'last_talked_employee_full_name',
			'last_answered_employee_full_name',
			'employee_full_name',
		),
		talkSeconds: numberIn(fields, 'talk_duration', 'talk_time_duration'),
		waitSeconds: numberIn(fields, 'wait_duration', 'wait_time_duration'),
		recordUrl: first(fields, 'full_record_file_link', 'file_link'),
		tags: tagsIn(fields),
		raw: fields,
	};
};
