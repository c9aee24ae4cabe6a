/** `npm run docs`: writes the pages that are made of the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from './pages';

test.each(PAGES)('%s is written', (path, make) => {
	writeFileSync(join(__dirname, '../..', path), make());
});
