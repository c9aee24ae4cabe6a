/** What n8n keeps of the consent of a portal. */
import { z } from 'zod';
import { withoutEnding } from '../../exchange/plainText';
import { Problem } from '../../exchange/problem';

/** `domain` beside it in the stored tokens is the authorization server, not the portal. */
export interface Access {
	token: string;
	/** Address of the portal's REST, such as https://company.bitrix24.ru/rest/. */
	endpoint: string;
	/** The portal's own ID, the same under every name it has had. */
	memberId: string;
}

const accessSchema = z
	.object({
		access_token: z.string().min(1),
		client_endpoint: z.string().regex(/^https?:\/\/[^/\s@]+\/\S*$/),
		member_id: z.string().catch(''),
	})
	.transform(
		({ access_token: token, client_endpoint: endpoint, member_id: memberId }): Access => ({
			token,
			endpoint: `${withoutEnding(endpoint, '/')}/`,
			memberId,
		}),
	);

/** The words on the button of the credential. */
export const RECONNECT =
	'Open the credential and connect it again (Connect my account), as an administrator of the portal; the exchange then goes on by itself.';

export const reconnectInRussian = (credential: string): string =>
	`Администратор портала должен открыть учетные данные «${credential}» в n8n и подключить приложение заново (Connect my account); после этого обмен пойдет сам.`;

export const readAccess = (tokenData: unknown, credential: string): Access => {
	const access = accessSchema.safeParse(tokenData);
	if (access.success) return access.data;
	throw new Problem(
		`The Bitrix24 OAuth2 credential "${credential}" is not connected to a portal.`,
		RECONNECT,
		`Приложение не подключено к Битрикс24. ${reconnectInRussian(credential)}`,
	);
};
