/**
 * n8n's credential helper for tests: the credential classes authenticate for real, only the storage is a map. What is
 * stored can be shared by several workflows, as credentials are, and OAuth tokens are stored anew when n8n renews them.
 */
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentials,
	type INodeParameters,
	type INodeTypes,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Bitrix24OAuth2Api } from '../../credentials/Bitrix24OAuth2Api.credentials';
import { Bitrix24WebhookApi } from '../../credentials/Bitrix24WebhookApi.credentials';
import { CoMagicApi } from '../../credentials/CoMagicApi.credentials';
import { OneCApi } from '../../credentials/OneCApi.credentials';

const TYPES: Record<string, ICredentialType> = {
	bitrix24OAuth2Api: new Bitrix24OAuth2Api(),
	bitrix24WebhookApi: new Bitrix24WebhookApi(),
	coMagicApi: new CoMagicApi(),
	oneCApi: new OneCApi(),
};

/** What a credential that extends n8n's OAuth2 has beside its own fields and lets the user see. */
const INHERITED: INodeProperties[] = ['clientId', 'clientSecret'].map((name) => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
}));

const expressions = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: {} as INodeTypes,
});

const nowhere = {
	id: '',
	name: '',
	type: '',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

export class Credentials extends ICredentialsHelper {
	constructor(private readonly data: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	/** As they are stored; a test may read them, or change them like another n8n process would. */
	stored(type: string): ICredentialDataDecryptedObject {
		return this.data[type];
	}

	override getParentTypes(type: string): string[] {
		return TYPES[type].extends ?? [];
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
		_mode?: unknown,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data[type];
		if (raw || !TYPES[type].extends) return await Promise.resolve(structuredClone(stored));
		const filled = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		const resolved = expressions.expression.getComplexParameterValue(
			nowhere,
			filled,
			'internal',
			{},
			undefined,
			undefined,
			filled,
		) as ICredentialDataDecryptedObject;
		return { ...resolved, oauthTokenData: structuredClone(stored.oauthTokenData) };
	}

	override async updateCredentials(): Promise<void> {
		await Promise.resolve();
	}

	override async updateCredentialsOauthTokenData(
		_credentials: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[type] = { ...this.data[type], oauthTokenData };
		await Promise.resolve();
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents, properties } = TYPES[type];
		return parents ? [...INHERITED, ...properties] : properties;
	}
}
