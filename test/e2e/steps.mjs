/**
 * Runs one long command of the setup and tells every few seconds what it is busy with. The full output is
 * kept aside and shown only when the command fails. Plain JavaScript for the same reason as setup.mjs.
 */
import { spawn } from 'node:child_process';

/** A failure whose message is all that the reader needs: no stack trace. */
export class StepError extends Error {}

const tellEveryMs = 5_000;
const tailLines = 24;

/** npm with `--loglevel=http` names each package it has received, the best sign of life that it gives. */
const whatNpmDoes = (state, line) => {
	const fetched = /^npm http (?:fetch|cache) .*\/([^/\s]+)\.tgz/.exec(line);
	if (fetched) {
		state.packages += 1;
		state.doing = `${state.packages} packages received, last ${fetched[1]}`;
	} else if (/^npm http (?:fetch|cache)/.test(line)) {
		state.doing = state.packages ? state.doing : 'asking the registry which packages there are';
	} else if (
		/^(> |\s+(CC|CXX)\(target\)|gyp info spawn|prebuild-install|node-pre-gyp)/.test(line)
	) {
		state.doing = line.trim().slice(0, 90);
	} else if (/^\[[\d:]+\] (Starting|Finished)/.test(line)) {
		state.doing = line.replace(/^\S+ /, '').slice(0, 90);
	}
};

/** npm puts the reason first and its help last, every other tool puts the reason last. */
const whatWentWrong = (output) => {
	const lines = output.split('\n').filter((line) => line && !/^npm (http|warn)/.test(line));
	const ofNpm = lines.filter((line) => line.startsWith('npm error'));
	const ofOthers = lines.filter((line) => !line.startsWith('npm error'));
	return [...ofOthers.slice(-tailLines), ...ofNpm.slice(0, tailLines / 2)].join('\n');
};

/** A nested npm must not take the folder of the outer `npm run` for its own. */
const cleanEnv = () =>
	Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) =>
				!/^(npm_package_|npm_lifecycle_|npm_command$|npm_config_local_prefix$|INIT_CWD$)/i.test(
					name,
				),
		),
	);

export const runs = (
	title,
	program,
	args,
	{ cwd, env = cleanEnv(), quiet = false, shell = false } = {},
) =>
	new Promise((resolve, reject) => {
		const startedAt = Date.now();
		const state = { packages: 0, doing: 'starting' };
		let output = '';
		let stdout = '';
		const elapsed = () => `${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s`;
		if (!quiet) console.log(`${title} …`);
		const timer = setInterval(() => {
			if (!quiet) console.log(`  ${elapsed()}  ${state.doing}`);
		}, tellEveryMs);
		const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
		const ends = () => child.kill('SIGTERM');
		process.once('exit', ends);
		const hears = (chunk) => {
			output = (output + chunk).slice(-200_000);
			for (const line of chunk.split('\n')) whatNpmDoes(state, line);
		};
		child.stdout.setEncoding('utf8').on('data', (chunk) => {
			stdout += chunk;
			hears(chunk);
		});
		child.stderr.setEncoding('utf8').on('data', hears);
		const finishes = () => {
			clearInterval(timer);
			process.off('exit', ends);
		};
		child.on('error', (error) => {
			finishes();
			reject(new StepError(`${program} could not be started: ${error.message}`));
		});
		child.on('close', (code, signal) => {
			finishes();
			if (code === 0) {
				if (!quiet) console.log(`  ${elapsed()}  done`);
				resolve(stdout);
				return;
			}
			const tail = whatWentWrong(output);
			reject(new StepError(`${program} ${args.join(' ')} ended with ${code ?? signal}\n${tail}`));
		});
	});

/** The npm that started this script when there is one; Windows can start it by name only through a shell. */
export const runsNpm = (title, args, cwd) => {
	const npmScript = process.env.npm_execpath;
	const npmArgs = [...args, '--loglevel=http', '--no-audit', '--no-fund'];
	return npmScript?.endsWith('.js')
		? runs(title, process.execPath, [npmScript, ...npmArgs], { cwd })
		: runs(title, 'npm', npmArgs, { cwd, shell: process.platform === 'win32' });
};
