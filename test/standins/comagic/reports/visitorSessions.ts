/**
 * `get.visitor_sessions_report`: visits, the pages of each and what the visitor did. By the documentation's table even
 * `id` and `date_time` are shown only when asked for. Browser and provider are not kept.
 */
import { columnsOf } from '../columns';
import type { Desk } from '../desk';
import type { Session } from '../store';
import type { Fields } from '../values';
import { visitColumns } from './attribution';
import { reportMethod } from './report';

const COLUMNS = columnsOf(
	`date_time:t id:n ua_client_id:s ym_client_id:s gclid:s yclid:s ef_id:s ymclid:s cm_id:s/f
	integrated_campaign_data:o/f referrer_domain:s referrer:s search_engine:s search_query:s
	entrance_page:s exit_page:s duration:n channel:e engine:e
	campaign_id:n/fsd campaign_name:s/fs site_id:n/fsd site_domain_name:s/fs
	person_id:n/fd visitor_id:n/fsd visitor_device:e/fsd visitor_country:s/fs visitor_city:s/fs
	visitor_region:s/fs visitor_ip_address:s visitor_type:e/fs visitor_browser_name:s/fs
	visitor_browser_version:s/fs visitor_os_name:s/fs visitor_os_version:s visitor_provider:s
	visitor_screen:s/fs visitor_language:s/fs visitor_custom_properties:a/f
	utm_source:s/f utm_medium:s/f utm_term:s/f utm_content:s/f utm_campaign:s/f
	openstat_ad:s/f openstat_campaign:s/f openstat_service:s/f openstat_source:s/f
	hits_count:n hits:a segments:a/f communications:a/f ext_id:s/fd
	source_id:n/fs source_name:s/fs source_new:s/fs channel_new:s/fs channel_code:s/fs`,
);

const row = (desk: Desk, session: Session): Fields => {
	const { store, clock } = desk;
	const { hits } = session;
	const last = hits.at(-1);
	return {
		...visitColumns(desk, session),
		id: session.id,
		date_time: clock.text(session.at),
		duration: last ? Math.round((last.at - session.at) / 1000) : 0,
		exit_page: last?.url,
		hits_count: hits.length,
		hits: hits.map(({ at, url }, index) => ({
			hit_time: clock.text(at),
			hit_duration: String(Math.round(((hits[index + 1]?.at ?? at) - at) / 1000)),
			hit_url: url,
		})),
		communications: store.communications
			.filter(({ sessionId, type }) => sessionId === session.id && type !== 'email')
			.map(({ id, type, at }) => ({
				communication_type: type,
				communication_id: id,
				communication_date_time: clock.text(at),
			})),
	};
};

export const visitorSessionsReport = reportMethod<Session>({
	columns: COLUMNS,
	records: ({ store }) => store.sessions,
	row,
});
