/**
 * Promises that hold however this program ends, be it by return, error, Ctrl-C or SIGKILL: a started server ends
 * and a temporary folder goes. The work is done by a small process that outlives us, see cleaner.mjs.
 */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { e2eDir } from './machine.mjs';

let cleaner: Writable | undefined;

const tells = (command: string): void => {
	if (!cleaner) {
		const child = spawn(process.execPath, [join(e2eDir, 'cleaner.mjs')], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
			windowsHide: true,
		});
		// Neither the process nor its pipe may keep this program from ending.
		child.unref();
		(child.stdin as Socket).unref();
		cleaner = child.stdin;
	}
	cleaner.write(`${command}\n`);
};

/** For a process that leads its own group (`detached`); the group ends with it. */
export const endsProcessAtEnd = (pid: number): void => tells(`process ${pid}`);

/** A number can come back for another process, so an ended one must be forgotten. */
export const forgetsProcess = (pid: number): void => tells(`forget ${pid}`);

export const removesFolderAtEnd = (folder: string): void => tells(`folder ${folder}`);
