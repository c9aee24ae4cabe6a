/**
 * The body to paste into a notification of CoMagic. Placeholders stand without quotes, because the service puts JSON
 * values in their place; one template serves all events, and what an event does not have comes as null or broken,
 * which `notification.ts` mends. Names of calls are from public templates, those of requests and chats are the columns
 * of the reports.
 */
const VARIABLES = [
	...['notification_mnemonic', 'notification_name', 'notification_time', 'notification_timestamp'],
	...['communication_id', 'communication_type', 'call_session_id', 'direction', 'call_source'],
	...['start_time', 'contact_phone_number', 'virtual_phone_number', 'contact_full_name'],
	...['talk_time_duration', 'wait_time_duration', 'employee_full_name', 'file_link', 'tag_names'],
	...['visitor_name', 'visitor_phone_number', 'visitor_email', 'message', 'form_name'],
	...[
		'chat_channel_type',
		'site_domain_name',
		'campaign_name',
		'source_name',
		'channel',
		'referrer',
	],
	...['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term', 'yclid', 'gclid'],
	...['entrance_page', 'visitor_id', 'visitor_session_id'],
];

export const TEMPLATE = `{\n${VARIABLES.map((name) => `"${name}":{{${name}}}`).join(',\n')}\n}`;
