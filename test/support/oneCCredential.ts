/** The credential of the exchange's user in a stand-in base, as whoever installs it fills it in. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Base } from '../standins/onec/base';

export const oneCCredential = ({
	url,
	login: user,
	password,
}: Pick<Base, 'url' | 'login' | 'password'>): ICredentialDataDecryptedObject => ({
	url,
	user,
	password,
	timeZone: 'Europe/Moscow',
	marker: 'B24',
});
