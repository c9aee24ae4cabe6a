/**
 * Drives the stand-ins with clients that nobody here wrote, and prints what each of them thinks: `npm run outside`.
 * Everything listens on 127.0.0.1. Ends with an error when something differs (../standins/README.md).
 */
import { b24jssdk } from './b24jssdk';
import { odataClient } from './odataClient';
import { oJs } from './oJs';
import { onecMcp } from './onecMcp';
import { judges, type Verdict } from './scenario';
import { twoBadBitrix } from './twoBadBitrix';

const LONGEST = 'not imitated by design'.length;

const lines = (text: string): string => text.replace(/^/gm, '      ');

function prints(verdicts: Verdict[]): void {
	console.log(`\n${verdicts[0].client}`);
	for (const { scenario, result, detail } of verdicts) {
		console.log(`  ${result.padEnd(LONGEST)}  ${scenario}`);
		if (detail) console.log(lines(detail));
	}
}

async function main(): Promise<void> {
	const all: Verdict[] = [];
	for (const run of [
		() => judges(b24jssdk),
		() => judges(twoBadBitrix),
		() => judges(onecMcp),
		() => judges(oJs),
		() => judges(odataClient),
	]) {
		const verdicts = await run();
		prints(verdicts);
		all.push(...verdicts);
	}
	const count = (result: Verdict['result']) => all.filter((one) => one.result === result).length;
	console.log(
		`\n${count('passed')} passed, ${count('not imitated by design')} not imitated by design, ${count('differs')} differ`,
	);
	process.exitCode = count('differs') > 0 ? 1 : 0;
}

void main();
