/** Reports all measurements as one table, and as JSON in .run/bench.json. */
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '.run');
const NOTED = join(FOLDER, 'measurements.jsonl');

const rounded = (value) => Math.round(value * 100) / 100;

module.exports = class Table {
	onRunStart() {
		rmSync(NOTED, { force: true });
	}

	onRunComplete() {
		if (!existsSync(NOTED)) return;
		const lines = readFileSync(NOTED, 'utf8').trim().split('\n');
		const all = lines
			.map((line) => JSON.parse(line))
			.map(({ measured, floor, because, ...what }) => ({
				...what,
				measured: rounded(measured),
				floor: rounded(floor),
				distance: floor > 0 ? `×${rounded(measured / floor)}` : `+${rounded(measured - floor)}`,
				because,
			}));
		writeFileSync(join(FOLDER, 'bench.json'), `${JSON.stringify(all, null, '\t')}\n`);
		console.table(all);
	}
};
