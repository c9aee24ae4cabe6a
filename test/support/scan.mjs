/**
 * n8n's own scan of community packages over one folder: what a verification by n8n would say.
 * A program of its own, because the scanner is an ES module and jest runs CommonJS.
 * Usage: node scan.mjs <folder> <pattern>…; without patterns the scanner's own, for sources. Prints its verdict as JSON.
 */
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, ...patterns] = process.argv.slice(2);

console.log(
	JSON.stringify(
		await analyzePackage(folder, patterns.length > 0 ? patterns : SOURCE_FILE_PATTERNS),
	),
);
