/** Pages that are made of the code say what the code says; pages written by hand leave nothing out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PAGES } from './pages';

const root = join(__dirname, '../..');

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

test.each(PAGES)('%s is what npm run docs makes of the code', (path, make) => {
	expect(textOf(path)).toBe(make());
});

const workflows = readdirSync(join(root, 'workflows')).filter((name) => name.endsWith('.json'));

test.each(workflows)('%s is told of in workflows/README.md, with a picture', (name) => {
	const text = textOf('workflows/README.md');
	expect(text).toContain(`](${name})`);
	expect(text).toContain(`pictures/${name.replace('.json', '')}.webp`);
});

const READ = [
	'README.md',
	'README.ru.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	'nodes/README.md',
	'nodes/TROUBLESHOOTING.md',
	'workflows/README.md',
	'workflows/INSTALL.md',
	'workflows/FOR-1C.md',
];

/** Headings as GitHub makes addresses of them. */
const anchorsOf = (text: string): string[] =>
	[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);

test.each(READ)('links of %s lead somewhere', (path) => {
	const links = [
		...textOf(path).matchAll(/\]\(([^)\s]+)\)|<(?:img|source)[^>]*\bsrc(?:set)?="([^"]+)"/g),
	].map(([, link, image]) => link ?? image);
	const broken = links
		.filter((link) => !/^https?:/.test(link))
		.filter((link) => {
			const [file, anchor] = link.split('#');
			const target = file ? join(dirname(path), file) : path;
			if (!existsSync(join(root, target))) return true;
			return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
		});
	expect(broken).toEqual([]);
});
