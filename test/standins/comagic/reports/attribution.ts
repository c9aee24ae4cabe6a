/**
 * Where a communication came from: the columns reports of calls, chats and requests share.
 * Imitates: names and flags of the documentation's tables; the channel is judged the way a person would: labels mean
 * paid, a search query organic, a referrer referral, nothing direct.
 * Does not imitate: multi-channel models, Openstat, sales, segments, custom properties, several visitors of a person.
 */
import type { Records } from '../desk';
import { fullName, type Communication, type Session, type Visitor } from '../store';
import type { Fields } from '../values';

export const SHARED = `
	communication_number:n/fs communication_page_url:s communication_type:e
	ua_client_id:s ym_client_id:s sale_date:t/fs sale_cost:n/fs
	search_query:s/f search_engine:s/f referrer_domain:s/f referrer:s/f entrance_page:s/f
	gclid:s/f yclid:s/f ymclid:s ef_id:s/f channel:e/f
	tags:a/f site_id:n/fsd site_domain_name:s/f campaign_id:n/fsd campaign_name:s/f visit_other_campaign:b
	visitor_id:n/fsd person_id:n/fs visitor_type:e/fs visitor_session_id:n/f visits_count:n/f
	visitor_first_campaign_id:n/f visitor_first_campaign_name:s/f
	visitor_city:s/f visitor_region:s/f visitor_country:s/f visitor_device:e/fs
	visitor_custom_properties:a/f segments:a/f
	utm_source:s/f utm_medium:s/f utm_term:s/f utm_content:s/f utm_campaign:s/f
	openstat_ad:s/f openstat_campaign:s/f openstat_service:s/f openstat_source:s/f attributes:a/f
	eq_utm_source:s/f eq_utm_medium:s/f eq_utm_term:s/f eq_utm_content:s/f eq_utm_campaign:s/f
	eq_utm_referrer:s/f eq_utm_expid:s/f
	source_id:n/fs source_name:s/fs source_new:s/fs channel_new:s/fs channel_code:s/fs
`;

/** Columns the account fills in some time after the record has appeared (reference §1.8, overlap window). */
const LATE = [
	'attributes',
	'source_id',
	'source_name',
	'source_new',
	'channel_new',
	'channel_code',
	'call_records',
	'wav_call_records',
	'full_record_file_link',
];

interface Channel {
	code: string;
	name: string;
	source: { id: number; name: string; group: string };
}

const channelOf = ({ utm, yclid, gclid, searchQuery, referrer }: Session): Channel => {
	const name = utm.source ?? (yclid ? 'yandex' : 'google');
	if (utm.source !== undefined || yclid || gclid)
		return {
			code: utm.medium === 'email' ? 'email' : 'paid',
			name: utm.medium === 'email' ? 'Рассылки' : 'Платный трафик',
			source: { id: 9_001, name, group: name },
		};
	if (searchQuery)
		return {
			code: 'organic',
			name: 'Поисковый трафик',
			source: { id: 9_002, name: 'Яндекс', group: 'Поиск' },
		};
	if (referrer)
		return {
			code: 'referral',
			name: 'Переходы с сайтов',
			source: { id: 9_003, name: domainOf(referrer), group: 'Сайты' },
		};
	return {
		code: 'direct',
		name: 'Прямые заходы',
		source: { id: 9_004, name: 'Прямые заходы', group: 'Прямые заходы' },
	};
};

const domainOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** How a visit came to the site; the report of visits has the same columns. */
export const visitColumns = ({ store }: Records, session: Session): Fields => {
	const { utm, referrer } = session;
	const channel = channelOf(session);
	const visitor = store.visitors.find(({ id }) => id === session.visitorId);
	return {
		...visitorColumns(visitor),
		site_id: session.siteId,
		site_domain_name: store.sites.find(({ id }) => id === session.siteId)?.domain,
		campaign_id: session.campaignId,
		campaign_name: store.campaigns.find(({ id }) => id === session.campaignId)?.name,
		search_query: session.searchQuery,
		search_engine: session.searchQuery ? 'Яндекс' : null,
		referrer,
		referrer_domain: referrer ? domainOf(referrer) : null,
		entrance_page: session.page,
		yclid: session.yclid,
		gclid: session.gclid,
		channel: channel.code,
		visitor_type: session.visit === 1 ? 'Новый' : 'Вернувшийся',
		utm_source: utm.source,
		utm_medium: utm.medium,
		utm_campaign: utm.campaign,
		utm_content: utm.content,
		utm_term: utm.term,
		source_id: channel.source.id,
		source_name: channel.source.name,
		source_new: channel.source.group,
		channel_new: channel.name,
		channel_code: channel.code,
	};
};

const visitorColumns = (visitor: Visitor | undefined): Fields => ({
	visitor_id: visitor?.id,
	person_id: visitor?.personId,
	visitor_city: visitor?.city,
	visitor_region: visitor?.city,
	visitor_country: visitor ? 'Россия' : null,
	visitor_device: visitor?.device,
});

export const attribution = (records: Records, one: Communication): Fields => {
	const { store } = records;
	const session = store.session(one.sessionId);
	const visits = store.sessions.filter(({ visitorId }) => visitorId === one.visitorId);
	const visit: Fields = session ? visitColumns(records, session) : { visitor_type: 'Не заполнен' };
	const campaign = (id: number | null | undefined): string | undefined =>
		store.campaigns.find((known) => known.id === id)?.name;
	const extended = ['source', 'medium', 'term', 'content', 'campaign'].map((label) => [
		`eq_utm_${label}`,
		visit[`utm_${label}`],
	]);
	return {
		...visit,
		...Object.fromEntries(extended),
		...(one.visitorId === null ? {} : { visitor_id: one.visitorId }),
		communication_number: one.number,
		communication_type: one.type,
		communication_id: one.id,
		communication_page_url: session?.hits.at(-1)?.url,
		visitor_session_id: one.sessionId,
		visits_count: visits.length || null,
		visitor_first_campaign_id: visits[0]?.campaignId,
		visitor_first_campaign_name: campaign(visits[0]?.campaignId),
		visit_other_campaign: visits.some(({ campaignId }) => campaignId !== session?.campaignId),
		site_id: one.siteId,
		site_domain_name: store.sites.find(({ id }) => id === one.siteId)?.domain,
		campaign_id: one.campaignId,
		campaign_name: campaign(one.campaignId),
		attributes: attributesOf(one),
		tags: tagsOf(records, one),
		ext_id: one.extId,
	};
};

const attributesOf = (one: Communication): string[] => {
	const order = one.number === 1 ? ['first', 'primary'] : ['secondary'];
	if (one.type !== 'call') return [...order, 'target'];
	// Thirty seconds of talk is the site's setting target_call_min_duration by default.
	return [...order, one.talk >= 30 ? 'target' : 'off-target', ...(one.talk === 0 ? ['lost'] : [])];
};

const tagsOf = ({ store, clock }: Records, { tags }: Communication): Fields[] =>
	tags.map(({ tagId, at, employeeId }) => ({
		tag_id: tagId,
		tag_name: store.tags.find(({ id }) => id === tagId)?.name ?? null,
		tag_type: 'manual',
		tag_change_time: clock.text(at),
		tag_user_id: employeeId === null ? 1 : null,
		tag_user_login: employeeId === null ? 'api' : null,
		tag_employee_id: employeeId,
		tag_employee_full_name: employeeId === null ? null : fullName(store.employee(employeeId)),
	}));

/** The row a reader gets now: columns that come later are still empty. */
export const asOfNow = ({ clock, switches }: Records, row: Fields, at: number): Fields => {
	if (clock.now() >= at + switches.lateColumnsSeconds * 1000) return row;
	return Object.fromEntries(Object.entries(row).filter(([name]) => !LATE.includes(name)));
};
