/**
 * Columns of the reports, as the documentation's tables have them. Without `fields` CoMagic sends only its default
 * ones, and those have neither labels nor the campaign's name nor tags.
 */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Where a contact came from; the same columns in every report of communications. */
const ATTRIBUTION = words(`
	site_id site_domain_name campaign_id campaign_name visitor_id visitor_session_id person_id visitor_type visits_count
	utm_source utm_medium utm_campaign utm_content utm_term
	eq_utm_source eq_utm_medium eq_utm_campaign eq_utm_content eq_utm_term
	source_name source_new channel channel_new channel_code search_query search_engine referrer referrer_domain
	entrance_page communication_page_url yclid gclid ymclid ua_client_id ym_client_id tags attributes`);

const MORE = words(`
	communication_number communication_type sale_date sale_cost ef_id visit_other_campaign
	visitor_first_campaign_id visitor_first_campaign_name visitor_city visitor_region visitor_country visitor_device
	visitor_custom_properties segments openstat_ad openstat_campaign openstat_service openstat_source
	eq_utm_referrer eq_utm_expid source_id`);

export interface Report {
	method: string;
	/** What CoMagic sends when nothing is asked for. */
	usual: string[];
	attribution: string[];
	/** The rest. */
	more: string[];
	/** Column to sort by, so that pages are steady; none where no time can be sorted by. */
	sort?: string;
	/** The column that holds the communication's id. */
	communicationId: string;
}

export const COMMUNICATIONS: Report = {
	method: 'get.communications_report',
	usual: words(
		'id communication_type date_time site_id campaign_id visitor_id person_id visitor_session_id',
	),
	attribution: ATTRIBUTION,
	more: [...MORE, 'utm_referrer', 'utm_expid'],
	sort: 'date_time',
	communicationId: 'id',
};

export const CALLS: Report = {
	method: 'get.calls_report',
	usual: words(`
		id start_time finish_time finish_reason direction source is_lost communication_id communication_type
		contact_phone_number virtual_phone_number wait_duration total_wait_duration talk_duration clean_talk_duration
		total_duration call_records wav_call_records full_record_file_link
		cpn_region_id cpn_region_name cpn_country_name cpn_country_id`),
	attribution: ATTRIBUTION,
	more: [
		...MORE,
		...words(`
			properties scenario_operations lost_call_processing_duration postprocess_duration voice_mail_records is_transfer
			employees last_answered_employee_id last_answered_employee_full_name last_answered_employee_rating
			first_answered_employee_id first_answered_employee_full_name last_talked_employee_id
			last_talked_employee_full_name first_talked_employee_id first_talked_employee_full_name operator_phone_number
			scenario_name scenario_id auto_call_campaign_name call_api_request_id call_api_external_id contact_id
			contact_full_name ext_id`),
	],
	sort: 'start_time',
	communicationId: 'communication_id',
};

export const CHATS: Report = {
	method: 'get.chats_report',
	usual: words(`
		id status initiator date_time duration answer_time communication_id chat_ad_url is_group_chat release_cause
		employee_id employee_raiting visitor_phone_number visitor_ids`),
	attribution: ATTRIBUTION,
	more: [
		...MORE,
		...words(`
			chat_channel_id chat_channel_type chat_channel_name chat_user_id chat_username messages_count is_transfer
			employee_full_name employee_messages_count visitor_profile_url ext_id`),
	],
	sort: 'date_time',
	communicationId: 'communication_id',
};

export const SITE_REQUESTS: Report = {
	method: 'get.offline_messages_report',
	usual: words(`
		id text communication_id is_agree_to_process_personal_data is_agree_to_mailing status form_type form_name
		properties employee_id visitor_phone_number visitor_email visitor_name`),
	attribution: ['date_time', ...ATTRIBUTION],
	more: [
		...MORE,
		...words(`
			process_time group_id group_name employee_full_name employee_answer_message employee_comment ext_id`),
	],
	communicationId: 'communication_id',
};

/** By the documentation even the number and the time of a visit come only when asked for. */
export const VISITOR_SESSIONS: Report = {
	method: 'get.visitor_sessions_report',
	usual: words('id date_time campaign_id site_id person_id visitor_id ext_id'),
	attribution: words(`
		site_domain_name campaign_name visitor_type utm_source utm_medium utm_campaign utm_content utm_term source_name
		source_new channel channel_new channel_code search_query search_engine referrer referrer_domain entrance_page
		exit_page yclid gclid ymclid ua_client_id ym_client_id communications`),
	more: words(`
		duration engine hits_count hits segments ef_id cm_id visitor_device visitor_country visitor_city visitor_region
		visitor_ip_address visitor_browser_name visitor_browser_version visitor_os_name visitor_os_version
		visitor_provider visitor_screen visitor_language visitor_custom_properties openstat_ad openstat_campaign
		openstat_service openstat_source integrated_campaign_data source_id`),
	communicationId: 'id',
};

export const FIELD_SETS = ['default', 'attribution', 'all', 'custom'] as const;

export type FieldSet = (typeof FIELD_SETS)[number];

const CHOSEN: Record<FieldSet, (report: Report, custom: string[]) => string[]> = {
	default: ({ usual }) => usual,
	attribution: ({ usual, attribution }) => [...usual, ...attribution],
	all: ({ usual, attribution, more }) => [...usual, ...attribution, ...more],
	custom: (_, custom) => custom,
};

/** A column named twice would come once but be refused by nobody; better not to depend on it. */
export const columnsFor = (report: Report, set: FieldSet, custom: string[] = []): string[] => [
	...new Set(CHOSEN[set](report, custom)),
];
