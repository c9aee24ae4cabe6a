/** Every refusal the nodes know a way out of, found by its text: the ways out are those the nodes themselves show. */
import { REMEDIES as OF_COMAGIC } from '../../nodes/CoMagic/answer';
import { HINTS } from '../../nodes/OneC/odata/hints';
import { BY_METHOD, REMEDIES, WITHOUT_CODE } from '../../nodes/Bitrix24/rest/remedies';

const HEAD = `# Troubleshooting by error text

Written by \`npm run docs\` from the texts in the code; do not edit it by hand. A node always says which item failed, what
the system answered and the way out that stands here; search this page for the code in brackets.

Before anything else run *Check Connection* (\`workflows/connection-check.json\`): it only reads, and it names most causes
in Russian. Сначала запустите проверку соединений: она только читает и называет большинство причин по-русски.

## Without a code

| What the node says | What it means | What to do |
|---|---|---|
| … did not answer: the connection was refused | Nobody listens at the address and port. | Check the address; from Docker \`localhost\` is the container itself. |
| … did not answer: the address was not found | The name is unknown to the DNS of n8n. | Check the name on the n8n server. |
| … did not answer: the time ran out | Two minutes without an answer. | Check firewalls; a cold 1C base may need half a minute, not two. |
| The certificate of the system is not trusted | The certificate is self-signed or its chain is incomplete. | NODE_EXTRA_CA_CERTS for n8n, or *Ignore SSL Issues* in the credential. |
| 1C did not let the exchange in: … HTTP 401 | Wrong user or password, or a login page. | Check the user in the Configurator («Аутентификация 1С:Предприятия»). |
| The address does not answer as OData of 1C does: … HTTP 404 | The publication is not there, or has no OData. | \`<standardOdata enable="true"/>\` in default.vrd, restart the web server. |
| 1C has no free licence for the exchange | Every request takes a client licence. | Close unused sessions or add licences; the exchange repeats by itself. |
| The portal redirects … | The portal was renamed. | Put the new address into the credential. |
| The portal no longer accepts the application | Its consent was taken back, or n8n was killed while it renewed the tokens. | Open the named credential, *Connect my account*; everything goes on by itself. |
| The authorization server of Bitrix24 did not answer, or failed | Tokens are renewed once an hour, by another host than the portal. | It is asked again at the next look; check that n8n reaches it. |
| No bridge acquired for this context | n8n's own clock got in the way while n8n published the workflow, and its triggers do not run. | Unpublish the workflow and publish it again. |
| The inbound webhook URL in the credential is not the address of a webhook | Only a part was copied. | Copy it whole: \`https://company.bitrix24.ru/rest/1/…/\`. |
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

const table = (title: string, intro: string, rows: Array<[string, string]>): string[] => [
	`## ${title}`,
	'',
	intro,
	'',
	'| Code | What to do |',
	'|---|---|',
	...rows.map(([code, remedy]) => `| \`${code}\` | ${cell(remedy)} |`),
	'',
];

export const troubleshooting = (): string =>
	[
		HEAD,
		...table('Bitrix24', '«Bitrix24 refused *method*: *text* (*code*).»', Object.entries(REMEDIES)),
		'Where the code is blank or 0, by a part of the name of the method:',
		'',
		'| Method | What to do |',
		'|---|---|',
		...BY_METHOD.map(([method, remedy]) => `| \`${method}\` | ${cell(remedy)} |`),
		`| any other | ${cell(WITHOUT_CODE)} |`,
		'',
		...table(
			'1C (OData)',
			'«1C refused *request*: *text* (code *N*).»',
			Object.entries(HINTS).sort(([a], [b]) => Number(a) - Number(b)),
		),
		...table(
			'CoMagic',
			'«CoMagic refused *method*: *text* (*mnemonic*).»',
			Object.entries(OF_COMAGIC),
		),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
