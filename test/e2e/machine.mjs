/**
 * Where things are on this machine: the folders, the Node 24 that runs n8n and the Chromium that shows it.
 * Plain JavaScript, because setup.mjs needs it before anything is installed (types: machine.d.mts).
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const e2eDir = dirname(fileURLToPath(import.meta.url));
export const repoDir = join(e2eDir, '..', '..');

/** n8n 2.41 refuses to start below Node 24. */
const neededMajor = 24;

/** Node comes from the npm registry as a package per platform; it also holds the headers for native code. */
export const nodePlatformDir = () => {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const dir = join(e2eDir, 'node_modules', `node-${platform}-${process.arch}`);
	return existsSync(dir) ? dir : undefined;
};

export const nodePath = () => {
	const dir = nodePlatformDir();
	if (dir) return join(dir, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
	throw new Error(
		`npm has no Node ${neededMajor} package for ${process.platform}-${process.arch}: start this with Node ${neededMajor} or newer.`,
	);
};

const isProgram = (path) => {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
};

/** Debian keeps the programs of PostgreSQL in a folder for each version, outside of PATH. */
const serverFolders = () => {
	const versions = '/usr/lib/postgresql';
	const found = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
	return [
		...found.map((version) => join(versions, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
	];
};

/** Where a program of PostgreSQL or Redis is. */
export const serverPath = (name) =>
	serverFolders()
		.map((folder) => join(folder, name))
		.find(isProgram);

export const chromiumPath = () =>
	[
		process.env.CHROMIUM_PATH,
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		'/usr/bin/google-chrome',
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	].find((path) => path && isProgram(path));
