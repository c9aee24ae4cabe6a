/** A session with the base of a node's credential. */
import type { IAllExecuteFunctions } from 'n8n-workflow';
import { n8nClock, n8nHttp } from '../shared/n8nHttp';
import { openSession, type Session } from './session';

export const ONEC_CREDENTIAL = 'oneCApi';

export const connect = async (
	context: Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'>,
): Promise<Session> => {
	const { url, timeZone, marker } = await context.getCredentials(ONEC_CREDENTIAL);
	const http = n8nHttp(context, ONEC_CREDENTIAL);
	return openSession({ url, timeZone, marker }, http, n8nClock);
};
