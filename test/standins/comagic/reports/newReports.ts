/**
 * Reports of the new style, for those who have bought «Data API для настройки»: the only ones where letters are
 * communications, and the log of notifications for whoever looks for a missed one (reference §1.2).
 * Imitates: `report_id` and `report_type` of an existing report; without `fields` the answer is empty; kinds are objects
 * with `value` and `value_id`; a year at most.
 * Guessed: filters compare `value_id`; titles of kinds but «Электронные письма»; the report of notifications needs no id.
 * Does not imitate: other reports, columns of browsers and advertising systems, trees of columns.
 */
import { columnsOf } from '../columns';
import type { Desk, Methods } from '../desk';
import { list, LISTING } from '../listing';
import type { Sent } from '../notifications';
import { checkParams, type Shape } from '../params';
import { Refusal } from '../refusal';
import { fullName, type Communication } from '../store';
import type { Fields } from '../values';
import { attribution } from './attribution';
import { isLost } from './calls';
import { intervalOf, listed, type Report } from './report';

const LONGEST_MONTHS = 12;

const REPORTS = [
	{ id: 2, type: 'summary_analytics', name: 'Анализ трафика' },
	{ id: 15, type: 'communications', name: 'Все обращения' },
];

const KINDS: Record<Communication['type'], string> = {
	call: 'Звонки',
	chat: 'Чаты',
	offline_message: 'Заявки',
	email: 'Электронные письма',
};

const kind = (type: Communication['type']): Fields => ({ value: KINDS[type], value_id: type });

const COMMUNICATIONS = columnsOf(
	`site_domain_name:s/fsd site_domain_naked:s/fsd site_name:s/fsd communication_type:o/fsd
	communication_id:s/fsd communication_date_time:t/fsd communication_page_url:s/fs communication_number:n/fsd
	contact_phone_number:s/fsd virtual_phone_number:s/fsd contact_full_name:s/fsd total_duration:n/fd
	tags:o/fd employees:a/f campaign_name:s/fsd channel_new:s/fsd channel_code:s/fsd source_new:s/fsd
	source_name:s/fsd channel:s/fs referrer:s/fs referrer_domain:s/fs search_query:s/fs
	eq_utm_source:s/fs eq_utm_medium:s/fs eq_utm_term:s/fs eq_utm_content:s/fs eq_utm_campaign:s/fs
	utm_source:s/fs utm_medium:s/fs utm_term:s/fs utm_content:s/fs utm_campaign:s/fs
	yclid:s/fs gclid:s/fs visitor_country:s/fs visitor_region:s/fs visitor_city:s/fs
	visitor_session_id:n/fs entrance_page:s/fs visitor_id:n/fsd person_id:n/fsd
	call_status:o/fsd call_direction:o/fsd call_records:a/fd offline_message_email:s/fsd
	offline_message_text:s/fsd chat_messages_count:n/fsd email_message:s/fsd email_from:s/fsd
	email_to:s/fsd email_subject:s/fsd`,
);

const NOTIFICATIONS = columnsOf(
	`notification_id:n/fsd notification_name:s/fsd notification_delay:n/fsd notification_message:s/fsd
	notification_send_to:s/fsd notification_sms_count:n/fsd event_type:o/fsd communication_id:n/fsd
	communication_type:o/fsd notification_status:o/fsd notification_channel:o/fsd notification_error_type:o/fsd
	notification_error_message:s/fsd notification_send_date_time:t/fsd notification_start_date_time:t/fsd`,
);

const REPORT_COLUMNS = columnsOf(
	`id:n/fsd type:e/fsd name:s/f description:s/f group_id:n/f sort:n is_mobile:b/fs is_editable:b/fs
	is_favorite:b/fs date_time_added_to_favorite:t/fs`,
);

const INTERVAL: Shape = { ...LISTING, date_from: 'dateTime!', date_till: 'dateTime!' };

export const newReportMethods: Methods = {
	'get.reports_list': (_desk, params) => {
		checkParams(params, LISTING);
		const { rows, total } = list(REPORTS, REPORT_COLUMNS, params);
		return { data: rows, totalItems: total };
	},
	'get.communications': (desk, params) => {
		checkParams(params, { ...INTERVAL, report_id: 'number!', report_type: 'string!' });
		const { report_id: id, report_type: type } = params;
		if (!REPORTS.some((report) => report.id === id && report.type === type))
			throw new Refusal('entity_not_found', { field: 'report_id', value: id });
		return answered(desk, communications, params);
	},
	'get.notifications': (desk, params) => {
		checkParams(params, { ...INTERVAL, report_id: 'number', report_type: 'string' });
		return answered(desk, notifications, params);
	},
};

const answered = <Record extends { at: number }>(
	desk: Desk,
	report: Report<Record>,
	params: Fields,
) => {
	const within = intervalOf(params, LONGEST_MONTHS);
	if (!Array.isArray(params.fields) || params.fields.length === 0)
		return { data: [], totalItems: 0 };
	return listed(desk, report, params, within);
};

const communications: Report<Communication> = {
	columns: COMMUNICATIONS,
	records: ({ store }) => store.communications,
	row: (desk, one) => {
		const { store, clock } = desk;
		const site = store.sites.find(({ id }) => id === one.siteId);
		const columns = attribution(desk, one);
		return {
			...columns,
			...detailsOf(desk, one),
			site_domain_naked: site?.domain,
			site_name: site?.name,
			communication_type: kind(one.type),
			communication_id: String(one.id),
			communication_date_time: clock.text(one.at),
			tags: {
				communication_id: one.id,
				communication_type: one.type,
				items: one.tags.map(({ tagId }) => ({
					id: tagId,
					name: store.tags.find(({ id }) => id === tagId)?.name ?? null,
				})),
			},
		};
	},
};

const detailsOf = ({ store }: Desk, one: Communication): Fields => {
	if (one.type === 'email')
		return {
			contact_full_name: one.senderName,
			email_from: one.from,
			email_subject: one.subject,
			email_message: one.text,
		};
	const employee = one.employeeId === null ? undefined : store.employee(one.employeeId);
	const employees = employee ? [{ employee_full_name: fullName(employee) }] : [];
	if (one.type === 'call')
		return {
			employees,
			contact_phone_number: one.phone,
			virtual_phone_number: one.virtualNumber,
			total_duration: one.wait + one.talk,
			call_status: isLost(one)
				? { value: 'Потерянный', value_id: 'lost' }
				: { value: 'Принятый', value_id: 'answered' },
			call_direction: {
				value: one.direction === 'in' ? 'Входящий' : 'Исходящий',
				value_id: one.direction,
			},
		};
	if (one.type === 'chat')
		return {
			employees,
			contact_phone_number: one.phone,
			contact_full_name: one.userName,
			chat_messages_count: one.messages.length,
		};
	return {
		employees,
		contact_phone_number: one.phone,
		contact_full_name: one.name,
		offline_message_email: one.email,
		offline_message_text: one.text,
	};
};

const STATUSES: Record<Sent['status'], string> = {
	sent: 'Отправлено',
	failed: 'Ошибка',
	// The service believes that it has sent what the network lost.
	lost: 'Отправлено',
	held: 'Ожидает отправки',
	'under way': 'Ожидает отправки',
};

/** The sample of the documentation, taken from a live account, has numbers where the table says strings. */
const notifications: Report<Sent> = {
	columns: NOTIFICATIONS,
	records: (desk) => desk.notifications.log,
	row: ({ store, clock }, sent) => {
		const { status } = sent;
		const waits = status === 'held' || status === 'under way';
		return {
			notification_id: sent.id,
			notification_name: sent.name,
			notification_delay: 0,
			notification_message: sent.body,
			notification_send_to: sent.url,
			event_type: { value: sent.title, value_id: sent.mnemonic },
			communication_id: sent.communicationId,
			communication_type: kind(store.communication(sent.communicationId).type),
			notification_status: {
				value: STATUSES[status],
				value_id: waits ? 'waiting' : status === 'failed' ? 'error' : 'sent',
			},
			notification_channel: { value: 'HTTP', value_id: 'http_request' },
			notification_error_message: status === 'failed' ? 'Адрес не отвечает' : null,
			notification_send_date_time: waits ? null : clock.text(sent.at),
			notification_start_date_time: clock.text(sent.at),
		};
	},
};
