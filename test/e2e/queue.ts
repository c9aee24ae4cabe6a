/**
 * What n8n's queue mode needs beside n8n: a PostgreSQL and a Redis of its own, in a temporary folder, on free ports of
 * 127.0.0.1. Both forget everything at the end.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endsProcessAtEnd, forgetsProcess, removesFolderAtEnd } from './atEnd';
import { serverPath } from './machine.mjs';
import { freePort } from './n8nProcess';

export interface Queue {
	/** Common to the server and its workers. */
	environment: NodeJS.ProcessEnv;
	closes(): Promise<void>;
}

const HOST = '127.0.0.1';
const USER = 'n8n';
const START_TIMEOUT = 30_000;

const program = (name: string): string => {
	const path = serverPath(name);
	if (path) return path;
	throw new Error(`${name} is not installed: run node test/e2e/setup.mjs --queue`);
};

interface Account {
	uid?: number;
	gid?: number;
}

/** PostgreSQL refuses to run as root; its Debian package has made an account for it. */
const accountOfPostgres = (): Account => {
	if (process.getuid?.() !== 0) return {};
	const number = (flag: string): number =>
		Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: number('-u'), gid: number('-g') };
};

const listens = async (port: number): Promise<boolean> =>
	await new Promise((answer) => {
		const socket = connect(port, HOST);
		const says = (heard: boolean): void => {
			socket.destroy();
			answer(heard);
		};
		socket.once('connect', () => says(true)).once('error', () => says(false));
	});

const serves = async (
	name: string,
	args: string[],
	port: number,
	account: Account,
): Promise<ChildProcess> => {
	const child = spawn(program(name), args, { ...account, detached: true, stdio: 'ignore' });
	const { pid } = child;
	if (pid === undefined) throw new Error(`${name} could not be started.`);
	endsProcessAtEnd(pid);
	child.on('exit', () => forgetsProcess(pid));
	for (const end = Date.now() + START_TIMEOUT; Date.now() < end; await pause(100)) {
		if (await listens(port)) return child;
	}
	throw new Error(`${name} does not listen on port ${port}.`);
};

const ends = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise<void>((done) => child.once('exit', () => done()));
	child.kill(signal);
	await ended;
};

const opensPostgres = async (folder: string, port: number): Promise<ChildProcess> => {
	const account = accountOfPostgres();
	const data = join(folder, 'postgres');
	mkdirSync(data);
	if (account.uid !== undefined && account.gid !== undefined) {
		for (const path of [folder, data]) chownSync(path, account.uid, account.gid);
	}
	const runs = async (name: string, args: string[]): Promise<void> => {
		await promisify(execFile)(program(name), args, { ...account, cwd: folder });
	};
	await runs('initdb', ['-D', data, '-A', 'trust', '-U', USER, '--no-sync']);
	const place = ['-D', data, '-p', String(port), '-h', HOST, '-k', folder];
	const server = await serves('postgres', [...place, '-c', 'fsync=off'], port, account);
	await runs('createdb', ['-h', HOST, '-p', String(port), '-U', USER, USER]);
	return server;
};

const opensRedis = async (folder: string, port: number): Promise<ChildProcess> => {
	const place = ['--port', String(port), '--bind', HOST, '--dir', folder];
	return await serves('redis-server', [...place, '--save', '', '--appendonly', 'no'], port, {});
};

export const openQueue = async (): Promise<Queue> => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
	removesFolderAtEnd(folder);
	const ports = { postgres: await freePort(), redis: await freePort() };
	const postgres = await opensPostgres(folder, ports.postgres);
	const redis = await opensRedis(folder, ports.redis);
	return {
		environment: {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(ports.postgres),
			DB_POSTGRESDB_DATABASE: USER,
			DB_POSTGRESDB_USER: USER,
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(ports.redis),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		},
		closes: async () => {
			await ends(redis, 'SIGTERM');
			await ends(postgres, 'SIGINT');
		},
	};
};
