/**
 * One n8n process, the server or a worker of its queue, and its command line. The process gets its own group, so that n8n and the task
 * runner that it starts end together, whatever ends us.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endsProcessAtEnd, forgetsProcess } from './atEnd';
import { nodePath } from './machine.mjs';
import { n8nEnvironment, type N8nPorts, n8nProgram } from './n8nEnvironment';

const isWindows = process.platform === 'win32';
const startTimeoutMs = 120_000;
const stopTimeoutMs = 30_000;
const keptLogLength = 1_000_000;

const endsGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
	if (child.pid === undefined) return;
	try {
		if (isWindows)
			execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		else process.kill(-child.pid, signal);
	} catch {
		// The group has ended by itself in the meantime.
	}
};

export const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject).listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});

export class N8nProcess {
	private child?: ChildProcess;
	private output = '';

	constructor(
		private readonly userFolder: string,
		private readonly ports: N8nPorts,
		private readonly further: NodeJS.ProcessEnv = {},
		private readonly command: string[] = ['start'],
	) {}

	get isRunning(): boolean {
		return (
			this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null
		);
	}

	log(): string {
		return this.output;
	}

	/** A command such as `import:workflow`. It opens a broker of its own, which must not meet the server's. */
	async commands(...args: string[]): Promise<string> {
		const ports = { ...this.ports, broker: await freePort() };
		const env = n8nEnvironment(this.userFolder, ports, this.further);
		try {
			const options = { env, cwd: this.userFolder, maxBuffer: 64 * 1024 * 1024 };
			const { stdout } = await promisify(execFile)(nodePath(), [n8nProgram, ...args], options);
			return stdout;
		} catch (error) {
			const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
			throw new Error(`n8n ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
		}
	}

	async starts(): Promise<void> {
		if (this.isRunning) throw new Error('n8n is running already.');
		// The working directory is the user folder, because n8n reads a .env file from where it is started.
		const child = spawn(nodePath(), [n8nProgram, ...this.command], {
			cwd: this.userFolder,
			env: n8nEnvironment(this.userFolder, this.ports, this.further),
			detached: !isWindows,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.child = child;
		if (child.pid !== undefined) endsProcessAtEnd(child.pid);
		child.on('exit', () => {
			// A task runner can outlive a killed server for a moment; the rest of the group goes with it.
			endsGroup(child, 'SIGKILL');
			if (child.pid !== undefined) forgetsProcess(child.pid);
		});
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.output = (this.output + text).slice(-keptLogLength);
			});
		}
		await this.waitsUntilReady(child);
	}

	async stops(): Promise<void> {
		const { child } = this;
		if (!child || !this.isRunning) return;
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		// Only the server gets the polite signal: it ends its task runner itself and finishes running workflows.
		child.kill('SIGTERM');
		const late = setTimeout(() => endsGroup(child, 'SIGKILL'), stopTimeoutMs);
		await ended;
		clearTimeout(late);
	}

	/** The power failure: no clean end for anything. */
	async kills(): Promise<void> {
		const { child } = this;
		if (!child || !this.isRunning) return;
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		endsGroup(child, 'SIGKILL');
		await ended;
	}

	private async waitsUntilReady(child: ChildProcess): Promise<void> {
		const end = Date.now() + startTimeoutMs;
		while (Date.now() < end && child.exitCode === null && child.signalCode === null) {
			const answer = await fetch(`http://127.0.0.1:${this.ports.web}/healthz/readiness`).catch(
				() => undefined,
			);
			if (answer?.status === 200) return;
			await pause(100);
		}
		endsGroup(child, 'SIGKILL');
		throw new Error(`n8n did not start:\n${this.output.slice(-5_000)}`);
	}
}
