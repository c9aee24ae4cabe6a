/**
 * A certificate for 127.0.0.1 that nobody but the tests trusts.
 */
export interface Certificate {
	/** PEM; the tests hand it to their clients as an authority. */
	cert: string;
	key: string;
}

let made: Promise<Certificate> | undefined;

/** One for all portals of a process: making a key pair is slow. */
export async function selfSigned(): Promise<Certificate> {
	made ??= make();
	return await made;
}

async function make(): Promise<Certificate> {
	// Loaded only when asked for, because most portals speak plain http.
	const { generate } = await import('selfsigned');
	const pair = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
		keySize: 2048,
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 7, ip: '127.0.0.1' },
					{ type: 2, value: 'localhost' },
				],
			},
		],
	});
	return { cert: pair.cert, key: pair.private };
}
