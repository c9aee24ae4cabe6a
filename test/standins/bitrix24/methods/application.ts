/**
 * app.info, app.option.*, feature.get
 * Imitates: api-reference/common/{system,settings}/*.md: options are written by administrators only. An inbound webhook
 * is told its scopes and the plan by app.info, without ID and CODE: the vendor's client tests assert so
 * [b24phpsdk, tests/Integration/Services/Main], though app-info.md says that it is refused.
 * Does not imitate: market applications with trial periods.
 */
import { applicationOf } from '../call';
import type { Methods } from '../call';
import { LOCAL } from '../oauth/authorization';
import { Refusal } from '../refusal';
import { asMap, asText, phpMap } from '../values';

const LICENSE = 'ru_pro100';
const FEATURES = ['rest_offline_extended', 'rest_auth_connector'];

export const applicationMethods: Methods = {
	'app.info': (call) => {
		if (!call.application) return { result: { SCOPE: call.scopes, LICENSE } };
		const { id, clientId, installed } = call.application;
		return {
			result: {
				ID: id,
				CODE: clientId,
				VERSION: 1,
				STATUS: LOCAL,
				INSTALLED: installed,
				PAYMENT_EXPIRED: 'N',
				DAYS: null,
				LANGUAGE_ID: 'ru',
				LICENSE,
				LICENSE_TYPE: 'pro100',
				LICENSE_FAMILY: 'pro',
			},
		};
	},
	'app.option.get': (call) => {
		const { options } = applicationOf(call);
		const name = asText(call.params.option);
		if (name === '') return { result: phpMap([...options]) };
		return { result: options.get(name) ?? null };
	},
	'app.option.set': (call) => {
		const { options } = applicationOf(call);
		if (!call.user.admin) {
			throw new Refusal(400, 'AccessException', 'Administrator authorization required');
		}
		const given = Object.entries(asMap(call.params.options) ?? {});
		if (given.length === 0) throw new Refusal(400, 'ArgumentNullException', 'options is empty');
		for (const [name, value] of given) options.set(name, value);
		return { result: true };
	},
};

export const featureMethods: Methods = {
	'feature.get': ({ params }) => {
		const code = asText(params.CODE ?? params.code);
		if (code === '') throw new Refusal(400, 'CODE_EMPTY', "CODE can't be empty");
		return { result: { value: FEATURES.includes(code) ? 'Y' : 'N' } };
	},
};
