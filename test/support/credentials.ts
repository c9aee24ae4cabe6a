/** n8n's credential helper for tests: the credential classes authenticate for real, only the storage is a map. */
import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentials,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Bitrix24WebhookApi } from '../../credentials/Bitrix24WebhookApi.credentials';
import { OneCApi } from '../../credentials/OneCApi.credentials';

const TYPES: Record<string, ICredentialType> = {
	bitrix24WebhookApi: new Bitrix24WebhookApi(),
	oneCApi: new OneCApi(),
};

export class Credentials extends ICredentialsHelper {
	constructor(private readonly data: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = TYPES[typeName];
		if (typeof authenticate !== 'function')
			throw new Error(`${typeName} does not authenticate requests`);
		return await authenticate.call(TYPES[typeName], credentials, request as IHttpRequestOptions);
	}

	override async preAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	override async runPreAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	override async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('Stored credentials are not used in tests'));
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_credentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		return await Promise.resolve(this.data[type]);
	}

	override async updateCredentials(): Promise<void> {
		await Promise.resolve();
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		await Promise.resolve();
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return TYPES[type].properties;
	}
}
