/**
 * `upload.leads_history`, `upload.deals_history` and `get.deals_history`: the way back, from the CRM's stages to analytics.
 * Imitates: a thousand rows, all or nothing; the first upload of an ext_id creates, later ones add a stage; stages
 * must exist, dates must not go back or into the future, a communication comes with its type.
 * Does not imitate: contacts, employees, user fields of deals (they are kept unread); creating funnels by API.
 */
import { columnsOf } from '../columns';
import type { Desk, Method, Methods } from '../desk';
import { list, LISTING } from '../listing';
import { checkFields, checkParams, recordsIn, textIn, type Shape } from '../params';
import { Refusal } from '../refusal';
import type { Uploaded } from '../store';
import type { Fields } from '../values';

const MOST_ROWS = 1000;
const TYPES = ['chat', 'offline_message', 'call', 'goal', 'email'];

const COMMON: Shape = {
	ext_id: 'string!',
	name: 'string!',
	created_date_time: 'dateTime!',
	modified_date_time: 'dateTime',
	modified_stage_date_time: 'dateTime!',
	closed_date_time: 'dateTime',
	employee_ext_id: 'string',
	company_ext_id: 'string',
	stage_ext_id: 'string!',
	source: 'string',
	communication_id: 'number',
	communication_type: 'string',
	user_fields: 'array',
	child_customer_id: 'number',
};

const LEAD: Shape = {
	...COMMON,
	emails: 'strings',
	phones: 'strings',
	contact_ext_id: 'string',
	messagers: 'array',
	client_name: 'string',
	utm_campaign: 'string',
	utm_content: 'string',
	utm_medium: 'string',
	utm_source: 'string',
	utm_term: 'string',
};

const DEAL: Shape = {
	...COMMON,
	contact_ext_ids: 'strings',
	main_contact_ext_id: 'string',
	lead_ext_id: 'string',
	revenue: 'number',
	sales_funnel_ext_id: 'string!',
	comments: 'string',
	tags: 'array',
};

interface History {
	list: 'leads' | 'deals';
	shape: Shape;
	stages(desk: Desk, row: Fields): string[] | undefined;
	known(desk: Desk): Map<string, Uploaded>;
}

const upload =
	({ list, shape, stages, known }: History): Method =>
	(desk, params) => {
		checkParams(params, { [list]: 'array!' });
		const rows = recordsIn(params, list, MOST_ROWS);
		for (const row of rows) {
			checkFields(row, shape, `${list}.`);
			checkRow(desk, list, row, stages(desk, row), known(desk).get(String(row.ext_id)));
		}
		for (const row of rows) keep(known(desk), row);
		return { data: {} };
	};

const DEAL_COLUMNS = columnsOf(
	`ext_id:s/fs name:s/f created_date_time:t/fs closed_date_time:t/fs modified_stage_date_time:t/fs
	contact_ext_ids:a/f tag_ext_ids:a/f main_contact_ext_id:s/fs employee_ext_id:s/f revenue:n/fs
	sales_funnel_ext_id:s/fs stage_ext_id:s/fs comments:s source:s/fs is_generated:b/f
	communication_id:n/fs communication_type:s/fs`,
);

/** One row for every stage a deal went through (ca_deal/get_deals_history). */
const dealsHistory: Method = ({ store }, params) => {
	checkParams(params, LISTING);
	const rows = [...store.deals.values()].flatMap(({ fields, stages }) =>
		stages.map(({ stage, at }) => ({
			...fields,
			stage_ext_id: stage,
			modified_stage_date_time: at,
			is_generated: false,
		})),
	);
	const { rows: data, total } = list(rows, DEAL_COLUMNS, params);
	return { data, totalItems: total };
};

export const crmHistoryMethods: Methods = {
	'get.deals_history': dealsHistory,
	'upload.leads_history': upload({
		list: 'leads',
		shape: LEAD,
		stages: ({ store }) => store.leadStages,
		known: ({ store }) => store.leads,
	}),
	'upload.deals_history': upload({
		list: 'deals',
		shape: DEAL,
		stages: ({ store }, row) =>
			store.funnels.find(({ extId }) => extId === row.sales_funnel_ext_id)?.stages,
		known: ({ store }) => store.deals,
	}),
};

const checkRow = (
	{ store, clock }: Desk,
	list: string,
	row: Fields,
	stages: string[] | undefined,
	earlier: Uploaded | undefined,
): void => {
	const refuse = (
		mnemonic: 'entity_not_found' | 'invalid_date_time' | 'invalid_parameter_value',
		name: string,
	) => new Refusal(mnemonic, { field: `${list}.${name}`, value: row[name] });
	if (!stages) throw refuse('entity_not_found', 'sales_funnel_ext_id');
	if (!stages.includes(String(row.stage_ext_id))) throw refuse('entity_not_found', 'stage_ext_id');
	const created = String(row.created_date_time);
	const moved = String(row.modified_stage_date_time);
	if (created > clock.text(clock.now())) throw refuse('invalid_date_time', 'created_date_time');
	if (moved < created || moved < (earlier?.stages.at(-1)?.at ?? ''))
		throw refuse('invalid_date_time', 'modified_stage_date_time');
	const closed = textIn(row, 'closed_date_time');
	if (closed !== undefined && closed < created)
		throw refuse('invalid_date_time', 'closed_date_time');
	const { communication_id: id, communication_type: type } = row;
	if ((id === undefined) !== (type === undefined))
		throw new Refusal('invalid_parameters_combination', { field: `${list}.communication_id` });
	if (type === undefined) return;
	if (!TYPES.includes(String(type))) throw refuse('invalid_parameter_value', 'communication_type');
	if (!store.communications.some((one) => one.id === id && one.type === type))
		throw refuse('entity_not_found', 'communication_id');
};

const keep = (known: Map<string, Uploaded>, row: Fields): void => {
	const extId = String(row.ext_id);
	const uploaded = known.get(extId) ?? { extId, fields: {}, stages: [] };
	uploaded.fields = { ...uploaded.fields, ...row };
	uploaded.stages.push({
		stage: String(row.stage_ext_id),
		at: String(row.modified_stage_date_time),
	});
	known.set(extId, uploaded);
};
