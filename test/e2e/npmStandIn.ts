/**
 * A registry with one package in it, for n8n's own «Install a community node». n8n asks npm for packages of
 * registry.npmjs.org and takes another registry only under a paid licence, so an npm that stands before the real one
 * turns that address into ours; everything else of the installation is n8n's and npm's own.
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

export interface NpmStandIn {
	/** To stand first in the PATH of n8n. */
	binDir: string;
	/** Paths asked for. */
	requests: string[];
	closes(): Promise<void>;
}

const PUBLIC = 'https://registry.npmjs.org';

const shimOf = (origin: string, npm: string): string => `#!${process.execPath}
const { spawnSync } = require('node:child_process');
const args = process.argv.slice(2).map((arg) => arg.replace(${JSON.stringify(PUBLIC)}, ${JSON.stringify(origin)}));
const { status } = spawnSync(process.execPath, [${JSON.stringify(npm)}, ...args], { stdio: 'inherit' });
process.exit(status ?? 1);
`;

/** @param npm the program file of the real npm */
export const openNpmStandIn = async (
	folder: string,
	tarball: string,
	npm: string,
): Promise<NpmStandIn> => {
	const bytes = readFileSync(tarball);
	const manifest = JSON.parse(
		readFileSync(join(__dirname, '../../package.json'), 'utf8'),
	) as Record<string, unknown> & { name: string; version: string };
	const { name, version } = manifest;
	const requests: string[] = [];
	let origin = '';
	const server = createServer((request, response) => {
		const path = decodeURIComponent(request.url ?? '').split('?')[0];
		requests.push(path);
		if (path === `/${name}/-/${name}.tgz`) {
			response.end(bytes);
			return;
		}
		if (path !== `/${name}` && path !== `/${name}/${version}` && path !== `/${name}/latest`) {
			response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
			return;
		}
		const dist = {
			tarball: `${origin}/${name}/-/${name}.tgz`,
			integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
		};
		const one = { ...manifest, dist };
		const all = { name, 'dist-tags': { latest: version }, versions: { [version]: one } };
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(path === `/${name}` ? all : one));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const address = server.address();
	origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
	const binDir = join(folder, 'bin');
	mkdirSync(binDir, { recursive: true });
	writeFileSync(join(binDir, 'npm'), shimOf(origin, npm));
	chmodSync(join(binDir, 'npm'), 0o755);
	return {
		binDir,
		requests,
		closes: async () => {
			await new Promise<void>((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			});
		},
	};
};
