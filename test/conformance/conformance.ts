/**
 * `npm run conformance -- --portal https://company.bitrix24.ru/rest/1/code/`: runs the table of cases against a live
 * portal, a live base, or both, and prints what holds, what differs and what cannot be told. README.md has the options.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { baseAsker, portalAsker } from './askSystems';
import { PORTAL_CASES } from './bitrix24/portalCases';
import { BASE_CASES } from './onec/baseCases';
import { asJson, asText, summaryOf, type SystemReport } from './report';
import { runTable, type Row } from './runTable';

const USAGE = `npm run conformance -- --portal <webhook URL> [--base <address> --user <name>]

  --portal    inbound webhook, https://company.bitrix24.ru/rest/1/code/ (or CONFORMANCE_PORTAL in the environment)
  --base      publication of a 1C base, https://server/ut; its password is read from CONFORMANCE_PASSWORD
  --user      the user of the base
  --ca        file with the certificate to trust, where it is self-signed
  --json      file to write the report to
  --write     also run the cases that make objects of their own and remove them again;
              only with --test-system, which repeats the host that may be written to, for each system`;

const address = z.string().url();
const schema = z.object({
	portal: address.optional(),
	base: address.optional(),
	user: z.string().optional(),
	ca: z.string().optional(),
	json: z.string().optional(),
	write: z.boolean().default(false),
	'test-system': z.array(z.string()).default([]),
});

/** What is asked of the command cannot be done; its text is for whoever typed it. */
class WrongUse extends Error {}

export interface Environment {
	CONFORMANCE_PORTAL?: string;
	CONFORMANCE_PASSWORD?: string;
}

interface Output {
	print(text: string): void;
}

const hostOf = (url: string): string => new URL(url).host;

/** A live system is written to only when its host is named a second time. */
const mayWrite = (url: string, asked: boolean, named: readonly string[]): boolean => {
	if (!asked) return false;
	if (named.includes(hostOf(url))) return true;
	throw new WrongUse(
		`--write makes objects in ${hostOf(url)}. Repeat its host to confirm that it is a test system: --test-system ${hostOf(url)}`,
	);
};

const isUnknownDifference = ({ verdict }: Row): boolean =>
	verdict.outcome === 'differs' && !verdict.known;

const optionsIn = (args: readonly string[]) => {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				portal: { type: 'string' },
				base: { type: 'string' },
				user: { type: 'string' },
				ca: { type: 'string' },
				json: { type: 'string' },
				write: { type: 'boolean' },
				'test-system': { type: 'string', multiple: true },
			},
		});
		return schema.parse(values);
	} catch {
		throw new WrongUse(USAGE);
	}
};

const reportsOf = async (args: readonly string[], env: Environment): Promise<SystemReport[]> => {
	const options = optionsIn(args);
	const portal = options.portal ?? env.CONFORMANCE_PORTAL;
	const { base, user, write, 'test-system': named } = options;
	if (portal === undefined && base === undefined) throw new WrongUse(USAGE);
	const ca = options.ca === undefined ? undefined : readFileSync(options.ca, 'utf8');
	const reports: SystemReport[] = [];
	if (portal !== undefined) {
		const writes = mayWrite(portal, write, named);
		const cases = PORTAL_CASES.filter(({ through }) => through === undefined);
		const rows = await runTable(cases, { ask: portalAsker(portal, ca), writes });
		reports.push({ system: 'Bitrix24', rows });
	}
	if (base !== undefined) {
		const password = env.CONFORMANCE_PASSWORD;
		if (user === undefined || password === undefined) throw new WrongUse(USAGE);
		const writes = mayWrite(base, write, named);
		const ask = baseAsker({ url: base, login: user, password }, ca);
		reports.push({ system: '1C', rows: await runTable(BASE_CASES, { ask, writes }) });
	}
	if (options.json !== undefined) writeFileSync(options.json, asJson(reports));
	return reports;
};

/** @returns the exit code: 1 where a system differs in a way that the nodes are not tested with, 2 for a wrong use */
export const conformance = async (
	args: readonly string[],
	env: Environment,
	{ print }: Output,
): Promise<0 | 1 | 2> => {
	try {
		const reports = await reportsOf(args, env);
		for (const report of reports) print(asText(report));
		for (const report of reports) print(summaryOf(report));
		return reports.some(({ rows }) => rows.some(isUnknownDifference)) ? 1 : 0;
	} catch (error) {
		if (!(error instanceof WrongUse)) throw error;
		print(error.message);
		return 2;
	}
};
