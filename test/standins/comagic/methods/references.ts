/**
 * Lists a client builds its menus of.
 * Imitates: columns and flags of the documentation's tables, as far as the account keeps such things.
 * Does not imitate: number blocks, schedules, rights, conditions of campaigns; paging of get.account, which has none.
 */
import { columnsOf, type Column } from '../columns';
import type { Desk, Method, Methods } from '../desk';
import { list, LISTING } from '../listing';
import { checkParams } from '../params';
import { fullName } from '../store';
import type { Fields } from '../values';

export interface Owner {
	appId: number;
	name: string;
}

const listOf =
	(columns: Map<string, Column>, rows: (desk: Desk) => Fields[]): Method =>
	(desk, params) => {
		checkParams(params, LISTING);
		const { rows: data, total } = list(rows(desk), columns, params);
		return { data, totalItems: total };
	};

const SITES = columnsOf(
	`id:n/f domain_name:s/f name:s/f default_phone_number:s/f default_scenario:o scenario_id:n scenario_name:s/f
	app_key:s site_key:s is_editable:b creation_date:t/f target_call_min_duration:n/f track_subdomains:b/f
	cookie_lifetime:n/f campaign_lifetime:n/f sales_enabled:b/f second_communication_period:n/f
	services_enabled:b/f replacement_dynamical_block_enabled:b is_support_web_directory:b/f widget_link:o
	state:s industry_id:n industry_name:s child_customer_id:n/fs show_visitor_id:o site_blocks:a/f
	connected_integrations:a parent_id:n/fs`,
);

const CAMPAIGNS = columnsOf(
	`id:n/fd name:s/fsd description:s/d status:e/fd creation_time:t/fsd campaign_conditions:o/d engine:e/fsd
	type:e/fsd costs:n/fsd cost_ratio:n/d cost_ratio_operator:e/d site_id:n/fsd site_domain_name:s/fd
	site_blocks:a/fd dynamic_call_tracking:o/fd
	static_utm_source:s/f static_utm_medium:s/f static_utm_campaign:s/f static_utm_term:s/f
	static_utm_content:s/f static_utm_referrer:s/f static_utm_expid:s/f`,
);

const EMPLOYEES = columnsOf(
	`id:n/f login:s/fs first_name:s/fs last_name:s/fs patronymic:s/s full_name:s/fs status:e/f status_id:n/f
	calls_available:b/fs allowed_in_call_types:a/f in_external_allowed_call_directions:a/f
	in_internal_allowed_call_directions:a/f allowed_out_call_types:a/f
	out_external_allowed_call_directions:a/f out_internal_allowed_call_directions:a/f email:s/f
	call_recording:e/f schedule_id:n/f schedule_name:s/f coach:o/f groups:a/f phone_numbers:a/f
	extension:o/f operator:o`,
);

const VIRTUAL_NUMBERS = columnsOf(
	`id:n/f child_customer_id:n/fs virtual_phone_number:s/f redirection_phone_number:s/f activation_date:t/f
	status:e/fs category:e/fs type:e/fs comment:s/fs name:s/fs campaigns:a/f scenarios:a/f`,
);

const domainOf = ({ store }: Desk, siteId: number): string | undefined =>
	store.sites.find(({ id }) => id === siteId)?.domain;

export const referenceMethods = (owner: Owner): Methods => ({
	'get.account': ({ clock }, params) => {
		checkParams(params, {});
		return { data: [{ app_id: owner.appId, name: owner.name, timezone: clock.timeZone }] };
	},
	'get.sites': listOf(SITES, ({ store }) =>
		store.sites.map(({ id, domain, name, phone }) => ({
			id,
			domain_name: domain,
			name,
			default_phone_number: phone,
			is_editable: true,
			target_call_min_duration: 30,
			track_subdomains: true,
			cookie_lifetime: 90,
			campaign_lifetime: 90,
			sales_enabled: false,
			second_communication_period: 1,
			services_enabled: true,
			state: 'work',
		})),
	),
	'get.campaigns': listOf(CAMPAIGNS, (desk) =>
		desk.store.campaigns.map(({ id, name, type, engine, siteId }) => ({
			id,
			name,
			type,
			engine,
			status: 'active',
			costs: 0,
			cost_ratio: 1,
			cost_ratio_operator: 'wo_changes',
			site_id: siteId,
			site_domain_name: domainOf(desk, siteId),
		})),
	),
	'get.tags': listOf(columnsOf('id:n/f name:s/fs is_system:b/fs'), ({ store }) =>
		store.tags.map(({ id, name, isSystem }) => ({ id, name, is_system: isSystem })),
	),
	'get.employees': listOf(EMPLOYEES, ({ store }) =>
		store.employees.map((employee) => ({
			id: employee.id,
			first_name: employee.firstName,
			last_name: employee.lastName,
			full_name: fullName(employee),
			status: 'available',
			calls_available: true,
			phone_numbers: [
				{
					phone_id: employee.id,
					phone_number: employee.phone,
					channels_count: 1,
					dial_time: 30,
					status: 'active',
				},
			],
		})),
	),
	'get.virtual_numbers': listOf(VIRTUAL_NUMBERS, (desk) =>
		desk.store.virtualNumbers.map(({ id, phone, name, campaignId }) => ({
			id,
			virtual_phone_number: phone,
			name,
			status: 'active',
			campaigns: desk.store.campaigns
				.filter((campaign) => campaign.id === campaignId)
				.map((campaign) => ({
					campaign_id: campaign.id,
					campaign_name: campaign.name,
					site_id: campaign.siteId,
					site_domain_name: domainOf(desk, campaign.siteId),
				})),
		})),
	),
});
