/**
 * Waits in a process of its own until the program that started it has gone, then ends what that program left:
 * servers and temporary folders. Exit handlers are not enough, because tsx kills a program outright when it
 * does not answer Ctrl-C within 60 ms. Each input line is a command: `process <pid>`, `forget <pid>`,
 * `folder <path>`; the end of the input means that the program has gone.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const processes = new Set();
const folders = new Set();

const commands = {
	process: (pid) => processes.add(Number(pid)),
	forget: (pid) => processes.delete(Number(pid)),
	folder: (path) => folders.add(path),
};

const endsTree = (pid) => {
	try {
		if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		else process.kill(-pid, 'SIGKILL');
	} catch {
		// It has ended by itself in the meantime.
	}
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
	const [command, ...rest] = line.split(' ');
	commands[command](rest.join(' '));
});
lines.on('close', () => {
	for (const pid of processes) endsTree(pid);
	for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});
