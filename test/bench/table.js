/** Reports all measurements as one table, a line for the sizes of a row, and as JSON in .run/bench.json. */
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '.run');
const NOTED = join(FOLDER, 'measurements.jsonl');

/** Two digits after the point matter of small numbers only. */
const rounded = (value) =>
	Math.abs(value) < 10 ? Math.round(value * 100) / 100 : Math.round(value);

const signed = (value) => `${value < 0 ? '−' : '+'}${rounded(Math.abs(value))}`;

const distance = ({ measured, floor }) =>
	floor > 0 ? `×${rounded(measured / floor)}` : signed(measured - floor);

/** Measurements of one thing in several sizes, in order of the sizes. */
const lines = (all) => {
	const groups = new Map();
	for (const one of all) {
		const key = `${one.row}, ${one.unit}`;
		groups.set(key, [...(groups.get(key) ?? []), one]);
	}
	return [...groups.values()].map((group) => group.sort((a, b) => a.size - b.size));
};

const told = (group) => {
	const each = (show) => group.map(show).join(' / ');
	return {
		row: group[0].row,
		size: each(({ size }) => size),
		measured: each(({ measured }) => rounded(measured)),
		unit: group[0].unit,
		floor: each(({ floor }) => rounded(floor)),
		distance: each(distance),
		'the floor is': group[0].because,
	};
};

module.exports = class Table {
	onRunStart() {
		rmSync(NOTED, { force: true });
	}

	onRunComplete() {
		if (!existsSync(NOTED)) return;
		const all = readFileSync(NOTED, 'utf8')
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		writeFileSync(join(FOLDER, 'bench.json'), `${JSON.stringify(all, null, '\t')}\n`);
		console.table(lines(all).map(told));
	}
};
