/**
 * Makes a fresh clone ready for `npm test`, `npm run demo` and `npm run e2e`: dependencies, the built package, a real n8n
 * with the Node 24 that it needs, with `--browser` a Chromium and LibreOffice, with `--queue` the PostgreSQL and Redis of
 * n8n's queue mode. `--package` stops before the build and n8n: `npm test` needs no more than the dependencies of the
 * package, and `npm run bench` a Chromium beside them. It is plain JavaScript because it runs before anything is
 * installed. A step that has nothing to do is skipped, so every later run takes a second.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { isInstalled } from './installed.mjs';
import {
	chromiumPath,
	e2eDir,
	nodePath,
	nodePlatformDir,
	repoDir,
	serverPath,
} from './machine.mjs';
import { runs, runsNpm, StepError } from './steps.mjs';

const require = createRequire(import.meta.url);
const startedAt = Date.now();

const modifiedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

const newestFileAt = (path) => {
	if (!existsSync(path)) return 0;
	if (!statSync(path).isDirectory()) return modifiedAt(path);
	return Math.max(0, ...readdirSync(path).map((name) => newestFileAt(join(path, name))));
};

/** The build deletes dist first and writes all of it, so its newest file tells when it was made. */
const isBuilt = () => {
	const { n8n } = JSON.parse(readFileSync(join(repoDir, 'package.json'), 'utf8'));
	if (![...n8n.nodes, ...n8n.credentials].every((file) => existsSync(join(repoDir, file))))
		return false;
	const sources = ['nodes', 'credentials', 'package.json', 'gulpfile.js'].map((name) =>
		join(repoDir, name),
	);
	return newestFileAt(join(repoDir, 'dist')) >= Math.max(...sources.map(newestFileAt));
};

const installsRoot = async () => {
	if (isInstalled(repoDir)) return;
	await runsNpm('Installing the dependencies of the package', ['ci', '--ignore-scripts'], repoDir);
};

const builds = async () => {
	if (isBuilt()) return;
	await runsNpm('Building the nodes', ['run', 'build'], repoDir);
};

const installsN8n = async () => {
	if (isInstalled(e2eDir)) return;
	console.log('A real n8n comes next: about 2 GB on disk and 2 to 5 minutes, once.');
	await runsNpm('Installing n8n and Node 24', ['ci', '--ignore-scripts'], e2eDir);
};

const loadsSqlite = () =>
	runs('', nodePath(), ['-e', "require('sqlite3')"], { cwd: e2eDir, quiet: true }).then(
		() => true,
		() => false,
	);

/** sqlite3 is native code: its ready-made binary lives on GitHub, and where that is out of reach it compiles. */
const buildsSqlite = async () => {
	if (await loadsSqlite()) return;
	const headers = nodePlatformDir();
	await runsNpm(
		'Building sqlite3, the database of n8n',
		[
			'rebuild',
			'sqlite3',
			'--ignore-scripts=false',
			'--foreground-scripts',
			...(headers ? [`--nodedir=${headers}`] : []),
		],
		e2eDir,
	).catch((error) => {
		throw new StepError(
			`${error.message}\nsqlite3 needs a C++ compiler: on Debian apt-get install -y build-essential python3`,
		);
	});
	if (!(await loadsSqlite())) throw new StepError('sqlite3 was built but does not load.');
};

const checksN8n = async () => {
	const wanted = require('./package.json').dependencies.n8n;
	const found = (
		await runs('', nodePath(), [join('node_modules', 'n8n', 'bin', 'n8n'), '--version'], {
			cwd: e2eDir,
			quiet: true,
		})
	).trim();
	if (found !== wanted)
		throw new StepError(`n8n ${wanted} was expected, but ${found || 'nothing'} answered.`);
	return found;
};

/** Only root of a Debian may do it; elsewhere the caller says what is missing. */
const installsFromDebian = async (what, packages) => {
	if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
	await runs('Refreshing the Debian package list', 'apt-get', ['update']);
	await runs(
		`Installing ${what}`,
		'apt-get',
		['install', '-y', '--no-install-recommends', ...packages],
		{ env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
	);
};

const findsServers = async () => {
	if (serverPath('redis-server') && serverPath('postgres')) return;
	await installsFromDebian('PostgreSQL and Redis', ['postgresql', 'redis-server']);
	if (!serverPath('redis-server') || !serverPath('postgres')) {
		throw new StepError(
			'n8n in queue mode needs PostgreSQL and Redis.\nOn Debian or Ubuntu: sudo apt-get install -y postgresql redis-server',
		);
	}
};

const hasWriter = () =>
	runs('', 'soffice', ['--version'], { quiet: true }).then(
		() => true,
		() => false,
	);

/** LibreOffice opens the Word files that the print node makes; without a screen it takes a minute to install. */
const findsWriter = async () => {
	if (await hasWriter()) return;
	const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
	if (isDebianRoot) {
		await runs('Refreshing the Debian package list', 'apt-get', ['update']);
		await runs(
			'Installing LibreOffice Writer',
			'apt-get',
			['install', '-y', '--no-install-recommends', 'libreoffice-writer-nogui'],
			{ env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
		);
	}
	if (!(await hasWriter())) {
		throw new StepError(
			'No LibreOffice was found.\nOn Debian or Ubuntu: sudo apt-get install -y libreoffice-writer-nogui',
		);
	}
};

const findsBrowser = async () => {
	if (chromiumPath()) return;
	await installsFromDebian('Chromium', ['chromium', 'fonts-dejavu-core']);
	if (!chromiumPath()) {
		throw new StepError(
			'No Chromium was found. Install Chromium or Chrome, or set CHROMIUM_PATH to its program file.\nOn Debian or Ubuntu: sudo apt-get install -y chromium fonts-dejavu-core',
		);
	}
};

const main = async () => {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new StepError(`Node 20 or newer is needed to begin with; this is ${process.version}.`);
	}
	const withBrowser = process.argv.includes('--browser');
	await installsRoot();
	if (withBrowser) await findsBrowser();
	if (process.argv.includes('--package')) return;
	await builds();
	await installsN8n();
	await buildsSqlite();
	const version = await checksN8n();
	if (withBrowser) await findsWriter();
	if (process.argv.includes('--queue')) await findsServers();
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	console.log(`Ready: n8n ${version} (${seconds} s).`);
};

main().catch((error) => {
	console.error(`\nSetup stopped: ${error instanceof StepError ? error.message : error.stack}`);
	process.exitCode = 1;
});
