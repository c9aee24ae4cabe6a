/**
 * Makes ready for `npm run outside`: the dependencies of the package, and the clients of package.json beside this file.
 * No script of any of them runs.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from '../e2e/installed.mjs';
import { runsNpm, StepError } from '../e2e/steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const installs = async (title, dir) => {
	if (!isInstalled(dir)) await runsNpm(title, ['ci', '--ignore-scripts'], dir);
};

const main = async () => {
	await installs('Installing the dependencies of the package', join(here, '..', '..'));
	await installs('Installing the clients that nobody here wrote', here);
};

main().catch((error) => {
	console.error(`\nSetup stopped: ${error instanceof StepError ? error.message : error.stack}`);
	process.exitCode = 1;
});
