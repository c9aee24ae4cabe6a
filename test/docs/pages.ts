/** Pages that are made of the code, by where they stand. */
import { nodeReference } from './nodeReference';
import { troubleshooting } from './troubleshooting';

export const PAGES: Array<[path: string, make: () => string]> = [
	['nodes/README.md', nodeReference],
	['nodes/TROUBLESHOOTING.md', troubleshooting],
];
