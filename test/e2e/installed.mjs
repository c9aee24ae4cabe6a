/** Whether the dependencies that a lock file names are there. Plain JavaScript for the same reason as setup.mjs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packagesIn = (path) =>
	existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};

/**
 * npm writes its hidden lock last, so an interrupted install counts as missing. Versions are compared, not times:
 * a checkout makes every file new. Optional packages are of other platforms.
 */
export const isInstalled = (dir) => {
	const installed = packagesIn(join(dir, 'node_modules', '.package-lock.json'));
	return Object.entries(packagesIn(join(dir, 'package-lock.json')))
		.filter(([path, { optional, peer }]) => path !== '' && !optional && !peer)
		.every(([path, { version }]) => installed[path]?.version === version);
};
