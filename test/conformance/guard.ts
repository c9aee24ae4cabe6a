/**
 * Loaded beside each test file: whatever its nodes send to a stand-in has to be in some case of the tables, so that no
 * request rests on a belief that nobody can check against a live system.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { METHOD_ISSUES } from './bitrix24/methodIssues';
import { PORTAL_CASES } from './bitrix24/portalCases';
import { baseFeatures, portalFeatures } from './features';
import { BASE_CASES } from './onec/baseCases';

/** What the stand-ins publish of each request. */
interface PortalRequest {
	method: string;
	params: Record<string, unknown>;
}
interface BaseRequest {
	verb: string;
	path: string;
}

/** Tests of the stand-ins ask them all kinds of things, and hostile parameters are nonsense on purpose. */
const UNGUARDED = /[\\/]test[\\/](standins|conformance|chaos|bench|e2e)[\\/]|[\\/]hostile\w+\.test/;

const covered = (): Set<string> =>
	new Set([
		...PORTAL_CASES.flatMap(({ questions, undo = [] }) =>
			[...questions, ...undo].flatMap(({ method, params = {} }) => portalFeatures(method, params)),
		),
		...BASE_CASES.flatMap(({ questions, undo = [] }) =>
			[...questions, ...undo].flatMap(({ verb, path }) => baseFeatures(verb, path)),
		),
	]);

const sent = new Set<string>();
const methods = new Set<string>();

/** Methods that public issues were looked through for. */
const LOOKED_FOR = new Set(Object.keys(METHOD_ISSUES).map((method) => method.toLowerCase()));

const onPortal = (message: unknown): void => {
	const { method, params } = message as PortalRequest;
	for (const feature of portalFeatures(method, params)) sent.add(feature);
	if (!['batch', 'no.such.method'].includes(method.toLowerCase()))
		methods.add(method.toLowerCase());
};
const onBase = (message: unknown): void => {
	const { verb, path } = message as BaseRequest;
	for (const feature of baseFeatures(verb, path)) sent.add(feature);
};

if (!UNGUARDED.test(expect.getState().testPath ?? '')) {
	subscribe('standin:bitrix24', onPortal);
	subscribe('standin:onec', onBase);
	afterAll(() => {
		unsubscribe('standin:bitrix24', onPortal);
		unsubscribe('standin:onec', onBase);
		const known = covered();
		expect([...sent].filter((feature) => !known.has(feature)).sort()).toEqual([]);
		expect([...methods].filter((method) => !LOOKED_FOR.has(method)).sort()).toEqual([]);
	});
}
