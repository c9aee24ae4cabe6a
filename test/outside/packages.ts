/**
 * Loads the clients installed beside this file. Their names are not known to the compiler: typecheck and lint must do
 * without them, so each client is described here in the few words that the scenarios need.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const installed = createRequire(join(__dirname, 'package.json'));

/** Of a CommonJS package. */
export const loads = <Module>(name: string): Module => installed(name) as Module;

/** Of a package that is a module. */
export const imports = async <Module>(name: string): Promise<Module> =>
	(await import(pathToFileURL(installed.resolve(name)).href)) as Module;

/** A program of a package. */
export const programOf = (name: string, file: string): string =>
	join(__dirname, 'node_modules', name, file);

/** «name version» as the package installed beside this file, or in the root, says. */
export function titleOf(name: string, root = __dirname): string {
	const manifest = JSON.parse(
		readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
	) as { version: string };
	return `${name} ${manifest.version}`;
}
