/** A session with the base of a node's credential. */
import type { IAllExecuteFunctions, INodeCredentialDescription } from 'n8n-workflow';
import { n8nClock, n8nHttp } from '../shared/n8nHttp';
import { openSession, type Session } from './session';

export const ONEC_CREDENTIAL = 'oneCApi';

/**
 * For nodes that have a portal beside the base. The editor lists all credentials that depend on the choice of
 * authentication, or on nothing, in one and the same list, where those of 1C would be missing; so this one depends on
 * the version of the node.
 */
export const oneCCredentialBesidePortal: INodeCredentialDescription = {
	name: ONEC_CREDENTIAL,
	displayName: '1C',
	required: true,
	displayOptions: { show: { '@version': [1] } },
};

export const connect = async (
	context: Pick<IAllExecuteFunctions, 'helpers' | 'getCredentials'>,
): Promise<Session> => {
	const { url, timeZone, marker } = await context.getCredentials(ONEC_CREDENTIAL);
	const http = n8nHttp(context, ONEC_CREDENTIAL);
	return openSession({ url, timeZone, marker }, http, n8nClock);
};
