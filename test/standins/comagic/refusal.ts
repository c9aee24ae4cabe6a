/**
 * An answer in which the API declines a call.
 * Imitates: codes, mnemonics and English messages of the documentation's tables (data_api/index.html of
 * comagic.github.io @ f43e2b4). A client has to branch on the mnemonic, so a code never travels without one.
 * Does not imitate: `extended_helper`, which links to a page of the documentation.
 */
const ERRORS = {
	parse_error: [-32700, 'Invalid JSON was received by the server.'],
	invalid_request: [-32600, 'Invalid Request The JSON sent is not a valid Request object'],
	method_not_found: [-32601, 'The method does not exist / is not available'],
	required_parameter_missed: [-32602, 'The required parameter has been missed'],
	invalid_parameter_value: [-32602, 'Invalid parameter value'],
	unexpected_parameters: [-32602, 'Unexpected method parameter(s)'],
	invalid_parameters_combination: [-32602, 'The combination of parameters is not permitted'],
	data_type_error: [-32602, 'Data supplied is of wrong type'],
	sort_prohibited: [-32602, 'Sort by parameter is prohibited'],
	filter_prohibited: [-32602, 'Filter by parameter is prohibited'],
	date_interval_limit_reached: [-32602, 'Max value of requested date interval is 3 months'],
	entity_not_found: [-32602, 'Entity not found'],
	duplicate_entity: [-32602, 'Duplicate entity'],
	invalid_date_time: [-32602, 'Invalid date time'],
	data_limit_exceeded: [-32602, 'A new data limit has been exceeded'],
	internal_error: [-32603, 'Internal error, contact the support service'],
	access_token_expired: [-32001, 'Access token has been expired'],
	access_token_blocked: [-32001, 'Access token has been blocked'],
	access_token_invalid: [-32001, 'Access token is invalid'],
	auth_error: [-32001, 'Login or password is wrong'],
	ip_not_whitelisted: [-32003, 'Your IP {ip} is not whitelisted'],
	forbidden: [-32003, 'Permission denied'],
	method_component_disabled: [
		-32008,
		'You need at least on of the following components to access this method: {components}',
	],
	account_inactive: [-32009, 'Your account has been disabled, contact the support service'],
	limit_exceeded: [
		-32029,
		'Limit per {limit_type} has been exceeded. Value of current limit per {limit_type} is {limit_max_value}',
	],
	// Spelled so by the API itself.
	batch_opreations_not_supported: [-32099, 'Batch operations not supported'],
	notifications_not_supported: [-32099, 'Notifications not supported'],
} as const satisfies Record<string, readonly [code: number, message: string]>;

export type Mnemonic = keyof typeof ERRORS;

export const MNEMONICS = Object.keys(ERRORS) as Mnemonic[];

export interface RefusalDetails {
	/** Dotted path of the parameter, such as `offline_messages.phone`. */
	field?: string;
	value?: unknown;
	/** What the placeholders of the message stand for. */
	params?: Record<string, string | number>;
}

export class Refusal extends Error {
	readonly code: number;

	constructor(
		readonly mnemonic: Mnemonic,
		readonly details: RefusalDetails = {},
	) {
		const [code, template] = ERRORS[mnemonic];
		super(filled(template, details.params ?? {}));
		this.name = 'Refusal';
		this.code = code;
	}
}

const filled = (template: string, params: Record<string, string | number>): string =>
	template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
		String(params[name] ?? placeholder),
	);

/** Used only where the switch asks for statuses that fit: which ones a real server has is unknown. */
export const fittingStatus = ({ code, mnemonic }: Refusal): number => {
	if (mnemonic === 'internal_error') return 500;
	if (code === -32001) return 401;
	if (code === -32003 || code === -32008 || code === -32009) return 403;
	if (code === -32029) return 429;
	return 400;
};
