/**
 * The environment of a quiet n8n: only 127.0.0.1, nothing sent home, Moscow time. The variables were collected
 * by watching n8n 2.41.1 until neither its log nor a browser showed a request to the outside.
 */
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { e2eDir, nodePath } from './machine.mjs';

export interface N8nPorts {
	web: number;
	broker: number;
}

/** Settings of another n8n or npm on this machine, and Node options of the test runner, must not leak in. */
const isForeign = (name: string): boolean =>
	/^(n8n_|db_|executions_|queue_|webhook_url|generic_timezone|credentials_|npm_|init_cwd|node_options|node_path|tsx_)/i.test(
		name,
	);

/** Another n8n can be tried in the place of the one that is installed here. */
const n8nDir = join(process.env.E2E_N8N ?? e2eDir, 'node_modules', 'n8n');

export const n8nProgram = join(n8nDir, 'bin', 'n8n');

export const n8nVersion = (): string =>
	(JSON.parse(readFileSync(join(n8nDir, 'package.json'), 'utf8')) as { version: string }).version;

/** @param further settings of one process, such as its part in queue mode */
export const n8nEnvironment = (
	userFolder: string,
	ports: N8nPorts,
	further: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv => ({
	...Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name))),
	// n8n starts its task runner as plain `node`, and below Node 24 a Code node would not run.
	PATH: [dirname(nodePath()), process.env.PATH ?? ''].join(delimiter),
	NODE_ENV: 'production',
	NO_PROXY: '127.0.0.1,localhost',
	no_proxy: '127.0.0.1,localhost',
	GENERIC_TIMEZONE: 'Europe/Moscow',
	N8N_USER_FOLDER: userFolder,
	N8N_PORT: String(ports.web),
	N8N_RUNNERS_BROKER_PORT: String(ports.broker),
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_WEBHOOK_URL: `http://127.0.0.1:${ports.web}/`,
	N8N_ENCRYPTION_KEY: 'only-for-the-demo-and-the-test',
	N8N_SECURE_COOKIE: 'false',
	N8N_LOG_LEVEL: 'warn',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// An older n8n has no such modules and would not start.
	...(process.env.E2E_N8N ? {} : { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai' }),
	N8N_PUBLIC_API_SWAGGERUI_DISABLED: 'true',
	...further,
});
