/** What n8n loads at its start: every node of the built package, each in a process of its own that has n8n's part already. */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { n8n } from '../../package.json';
import { note } from './measurements';

const ROOT = join(__dirname, '../..');
const TIMES = 3;

/** Milliseconds of the processor, so that neighbours on the machine change little. */
const LOADS = `
	require('n8n-workflow');
	const before = process.cpuUsage();
	require(process.argv[1]);
	const { user, system } = process.cpuUsage(before);
	console.log((user + system) / 1000);
`;

const loadTime = (file: string): number =>
	Math.min(
		...Array.from({ length: TIMES }, () =>
			Number(execFileSync(process.execPath, ['-e', LOADS, file], { cwd: ROOT, encoding: 'utf8' })),
		),
	);

test.each(n8n.nodes)('%s is loaded', (path) => {
	const file = join(ROOT, path);
	if (!existsSync(file)) throw new Error('Build the package first: npm run build');
	note({
		row: `load ${basename(path, '.node.js')} (size in KB)`,
		size: Math.round(statSync(file).size / 1024),
		unit: 'ms of processor',
		measured: loadTime(file),
		floor: 0,
		because: 'once a start of n8n',
	});
});
