/** Predefined items in compact form, one a line: code, name, description. */
import type { Predefined } from './types';

export const predefined = (list: string, fields: Predefined['fields'] = {}): Predefined[] =>
	list
		.split('\n')
		.map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
		.filter((found) => found !== null)
		.map(([, code, name, description]) => ({ code, name, description, fields }));
