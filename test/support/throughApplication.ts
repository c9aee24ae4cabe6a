/**
 * An example workflow that works as a local application instead of an inbound webhook, as whoever installs it chooses in
 * every node. The call of the portal stays with the webhook: an application would subscribe to events by itself.
 */
interface Node {
	parameters: object;
	credentials?: object;
}

const CREDENTIAL = 'bitrix24OAuth2Api';

export const APPLICATION = { id: 'bitrix24-app', name: 'Битрикс24 (приложение)' };

const isOfPortal = ({ parameters, credentials = {} }: Node): boolean =>
	'bitrix24WebhookApi' in credentials && !('mode' in parameters && parameters.mode === 'webhook');

export const throughApplication = <Workflow extends object>(workflow: Workflow): Workflow => {
	const { nodes } = workflow as { nodes: Node[] };
	return {
		...workflow,
		nodes: nodes.map((node) =>
			isOfPortal(node)
				? {
						...node,
						parameters: { ...node.parameters, authentication: 'oAuth2' },
						credentials: { [CREDENTIAL]: APPLICATION },
					}
				: node,
		),
	};
};
