/** What credentials of all systems have. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** @param whenNeeded goes on after the description */
export const ignoreSslField = (whenNeeded = ''): INodeProperties => ({
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'ignoreSslIssues',
	type: 'boolean',
	default: false,
	description: `Whether to connect even if SSL certificate validation is not possible${whenNeeded}`,
});

export const sslOptions = ({
	ignoreSslIssues,
}: ICredentialDataDecryptedObject): Pick<IHttpRequestOptions, 'skipSslCertificateValidation'> =>
	ignoreSslIssues === true ? { skipSslCertificateValidation: true } : {};

/** The test of a credential: an answer without this key is not the system's. */
export const answersWith = (key: string, message: string): ICredentialTestRequest['rules'] => [
	{ type: 'responseSuccessBody', properties: { key, value: undefined, message } },
];
