/**
 * A real n8n with the package under test in it, the way a user gets it: packed by npm, installed into
 * `.n8n/nodes`, so node types are called `n8n-nodes-bitrix24-1c.…` as in the example workflows.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { removesFolderAtEnd } from './atEnd';
import { type Execution, isFinished, type Workflow } from './execution';
import { repoDir } from './machine.mjs';
import { type Login, N8nApi } from './n8nApi';
import { freePort, N8nProcess } from './n8nProcess';
import { openQueue, type Queue } from './queue';

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface RealN8n {
	url: string;
	login: Login;
	userFolder: string;
	api: N8nApi;
	/** Both imports are best done before the start; an import of a published workflow unpublishes it. */
	importsCredentials(list: StoredCredential[]): Promise<void>;
	importsWorkflow(workflow: Record<string, unknown>, id: string): Promise<void>;
	publishes(id: string): Promise<void>;
	/** The server, and in queue mode its workers. */
	processes: readonly string[];
	/** Starts what does not run. Also sets up the owner at the first start. */
	starts(): Promise<void>;
	/** Lets n8n end cleanly. The user folder stays until this program ends, so n8n can start again. */
	stops(): Promise<void>;
	/** SIGKILL, like a power failure, of the server or of another process. */
	kills(process?: string): Promise<void>;
	/** Whether all of its processes are; one may have ended by itself. */
	isRunning(): boolean;
	executions(workflowId: string): Promise<Execution[]>;
	/** Runs the saved workflow now, as the editor's button does, and waits for the end. */
	runs(workflowId: string, triggerNode?: string): Promise<Execution>;
	/** Waits for the end of a run that was started elsewhere. */
	finished(executionId: string): Promise<Execution>;
	/** Changes the saved workflow, and publishes the result if it was published. */
	setsWorkflow(id: string, change: (workflow: Workflow) => Workflow): Promise<void>;
	log(): string;
}

export interface N8nOptions {
	port?: number;
	/** A folder to keep and reuse; without it a temporary one is made and removed at the end. */
	userFolder?: string;
	packageDir?: string;
	/** Without the package: it will be installed from the editor. */
	isBare?: boolean;
	/** Further settings of the server. */
	environment?: NodeJS.ProcessEnv;
	/** Queue mode: PostgreSQL, Redis, the server and two workers, which do all the work. */
	queue?: boolean;
}

const runTimeoutMs = 120_000;
const login: Login = { email: 'demo@example.com', password: 'Demo12345' };

const runsNpm = async (args: string[], cwd: string): Promise<string> => {
	const isWindows = process.platform === 'win32';
	const options = { cwd, shell: isWindows, maxBuffer: 16 * 1024 * 1024 };
	return (await promisify(execFile)('npm', args, options)).stdout;
};

/** Without `--omit=peer --legacy-peer-deps` npm would add a second n8n-workflow, foreign to n8n's own. */
const installsPackage = async (packageDir: string, userFolder: string): Promise<void> => {
	const nodesDir = join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodesDir, { recursive: true });
	const packed = await runsNpm(
		['pack', '--json', '--ignore-scripts', '--pack-destination', nodesDir],
		packageDir,
	);
	const [{ filename }] = JSON.parse(packed) as Array<{ filename: string }>;
	const flags = [
		'--omit=peer',
		'--legacy-peer-deps',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
	];
	await runsNpm(['install', '--prefix', nodesDir, join(nodesDir, filename), ...flags], nodesDir);
};

const triggerOf = (workflow: Workflow): string => {
	const enabled = workflow.nodes.filter((node) => !node.disabled);
	const trigger =
		enabled.find((node) => node.type === 'n8n-nodes-base.manualTrigger') ??
		enabled.find((node) => /trigger$/i.test(node.type));
	if (!trigger) throw new Error(`Workflow "${workflow.name}" has no trigger to run from.`);
	return trigger.name;
};

const temporaryFolder = (): string => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	if (!process.env.E2E_KEEP) removesFolderAtEnd(folder);
	return folder;
};

const SERVER = 'server';
const WORKERS = ['worker 1', 'worker 2'];

/** A worker as on a machine of its own: its own folder with the package in it. */
const worker = async (packageDir: string, { environment }: Queue): Promise<N8nProcess> => {
	const folder = temporaryFolder();
	await installsPackage(packageDir, folder);
	const ports = { web: await freePort(), broker: await freePort() };
	const further = { ...environment, QUEUE_HEALTH_CHECK_PORT: String(ports.web) };
	return new N8nProcess(folder, ports, further, ['worker', '--concurrency=5']);
};

export const prepareN8n = async (options: N8nOptions = {}): Promise<RealN8n> => {
	const packageDir = options.packageDir ?? repoDir;
	const userFolder = options.userFolder ?? temporaryFolder();
	if (!options.isBare) await installsPackage(packageDir, userFolder);

	const queue = options.queue ? await openQueue() : undefined;
	const ports = { web: options.port ?? (await freePort()), broker: await freePort() };
	const url = `http://127.0.0.1:${ports.web}`;
	const server = new N8nProcess(userFolder, ports, {
		...queue?.environment,
		...options.environment,
	});
	const workers = queue
		? await Promise.all(WORKERS.map(async () => await worker(packageDir, queue)))
		: [];
	const processes = new Map([
		[SERVER, server],
		...workers.map((one, index): [string, N8nProcess] => [WORKERS[index], one]),
	]);
	const api = new N8nApi(url, login);

	/** The command line reads files only; the file goes at once, because it can hold a password. */
	const imports = async (command: string, content: unknown): Promise<void> => {
		const file = join(userFolder, `${command.replace(':', '-')}.json`);
		writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
		try {
			await server.commands(command, `--input=${file}`);
		} finally {
			rmSync(file, { force: true });
		}
	};

	const waitsForEnd = async (executionId: string): Promise<Execution> => {
		const end = Date.now() + runTimeoutMs;
		for (;;) {
			const execution = await api.execution(executionId);
			if (isFinished(execution)) return execution;
			if (Date.now() > end)
				throw new Error(`Execution ${executionId} is still ${execution.status}.`);
			await pause(100);
		}
	};

	return {
		url,
		login,
		userFolder,
		api,
		importsCredentials: (list) => imports('import:credentials', list),
		importsWorkflow: (workflow, id) => imports('import:workflow', [{ ...workflow, id }]),
		// The command line takes effect only with the next start, the API at once.
		async publishes(id) {
			if (server.isRunning) await api.publishes(id);
			else await server.commands('publish:workflow', `--id=${id}`);
		},
		processes: [...processes.keys()],
		async starts() {
			for (const one of processes.values()) if (!one.isRunning) await one.starts();
			await api.signsIn();
		},
		async stops() {
			for (const one of processes.values()) await one.stops();
			await queue?.closes();
		},
		async kills(name = SERVER) {
			await processes.get(name)?.kills();
		},
		isRunning: () => [...processes.values()].every((one) => one.isRunning),
		executions: (workflowId) => api.executions(workflowId),
		async runs(workflowId, triggerNode) {
			const trigger = triggerNode ?? triggerOf(await api.workflow(workflowId));
			return await waitsForEnd(await api.runsByHand(workflowId, trigger));
		},
		finished: waitsForEnd,
		async setsWorkflow(id, change) {
			const workflow = await api.workflow(id);
			await api.updates(id, change(workflow));
			if (workflow.active) await api.publishes(id);
		},
		log: () => server.log(),
	};
};
