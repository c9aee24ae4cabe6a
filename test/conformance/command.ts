/** Started by `npm run conformance`. */
import { conformance } from './conformance';

conformance(process.argv.slice(2), process.env, { print: (text) => console.log(text) })
	.then((code) => {
		process.exitCode = code;
	})
	.catch((error: unknown) => {
		/** Without addresses: the one of a webhook is a secret. */
		console.error(String(error).replace(/https?:\/\/\S+/g, '…'));
		process.exitCode = 1;
	});
