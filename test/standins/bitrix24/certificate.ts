/**
 * A certificate for 127.0.0.1 that nobody but the tests trusts.
 */
export interface Certificate {
	/** PEM; the tests hand it to their clients as an authority. */
	cert: string;
	key: string;
}

export async function selfSigned(): Promise<Certificate> {
	// Loaded only when asked for: making a key pair is slow and the package is for tests.
	const { generate } = await import('selfsigned');
	const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
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
	return { cert: made.cert, key: made.private };
}
