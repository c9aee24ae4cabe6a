/** The account of a node's credential. */
import type { IAllExecuteFunctions } from 'n8n-workflow';
import { Problem } from '../exchange/problem';
import { n8nClock, n8nHttp, plainHttp } from '../shared/n8nHttp';
import { dataApiRoot } from './address';
import { CoMagicClient, type Access } from './client';

export const COMAGIC_CREDENTIAL = 'coMagicApi';

const accessIn = (stored: Record<string, unknown>): Access => {
	const [key, login] = [stored.apiKey, stored.login].map((value) => String(value ?? '').trim());
	const password = String(stored.password ?? '');
	if (stored.authentication === 'login' && login) return { kind: 'login', login, password };
	if (stored.authentication !== 'login' && key) return { kind: 'key', key };
	throw new Problem('The CoMagic credential is empty.', 'Put an API key or a login into it.');
};

export const connect = async (
	context: Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'>,
): Promise<CoMagicClient> => {
	const stored = await context.getCredentials(COMAGIC_CREDENTIAL);
	const http = n8nHttp(context, COMAGIC_CREDENTIAL);
	const root = dataApiRoot(stored);
	const skipSslCertificateValidation = stored.ignoreSslIssues === true;
	const media = {
		root,
		http: plainHttp(context, { baseURL: root, skipSslCertificateValidation }),
	};
	return new CoMagicClient(root, accessIn(stored), http, n8nClock, media);
};
