/** The reference of all nodes as they describe themselves to n8n, so that it says what the editor shows. */
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import manifest from '../../package.json';

/** In the order in which the package names them. */
export const NODES: INodeType[] = manifest.n8n.nodes.map((file) => {
	const name = /([^/]+)\.node\.js$/.exec(file)?.[1] ?? '';
	const module = jest.requireActual<Record<string, new () => INodeType>>(
		`../../nodes/${name}/${name}.node`,
	);
	return new module[name]();
});

/** Links and line breaks would break a row of a table. */
const plain = (text: string): string =>
	text
		.replace(/<a [^>]*>(.*?)<\/a>/g, '$1')
		.replace(/<br\s*\/?>/g, ' ')
		.replace(/\s+/g, ' ')
		.replaceAll('|', '\\|')
		.replaceAll('<', '&lt;')
		.trim();

/** What n8n tells of every list is not worth repeating. */
const BOILERPLATE = /^Choose from the list, or specify (an ID|a value|IDs) using an expression$/;

const isChoice = (option: object): option is INodePropertyOptions => 'value' in option;

const shownFor = ({ displayOptions }: INodeProperties, name: string, value: string): boolean => {
	const shown = displayOptions?.show?.[name];
	return shown === undefined || shown.includes(value);
};

const choicesOf = ({ type, options = [] }: INodeProperties): INodePropertyOptions[] =>
	['options', 'multiOptions'].includes(type) ? options.filter(isChoice) : [];

/** A field may be shown in several variants, one for each mode. */
const isTold = ({ type }: INodeProperties): boolean => !['hidden', 'notice'].includes(type);

const namesOf = (properties: INodeProperties[]): string => {
	const names = properties
		.filter(isTold)
		.map(({ displayName, required }) => `${plain(displayName)}${required ? '*' : ''}`);
	return [...new Set(names)].join(', ');
};

const operationRows = (properties: INodeProperties[], resource: string): string[] => {
	const selector = properties.find(
		(property) => property.name === 'operation' && shownFor(property, 'resource', resource),
	);
	const operations = selector ? choicesOf(selector) : [];
	return operations.map(({ name, value, description = '' }) => {
		const fields = properties.filter(
			(property) =>
				!['resource', 'operation', 'authentication'].includes(property.name) &&
				shownFor(property, 'resource', resource) &&
				shownFor(property, 'operation', String(value)),
		);
		return `| ${plain(name)} | ${plain(description)} | ${namesOf(fields)} |`;
	});
};

const resourceSections = (properties: INodeProperties[]): string[] => {
	const selector = properties.find(({ name }) => name === 'resource');
	return (selector ? choicesOf(selector) : []).flatMap(({ name, value }) => [
		`### ${plain(name)}`,
		'',
		'| Operation | What it does | Fields |',
		'|---|---|---|',
		...operationRows(properties, String(value)),
		'',
	]);
};

const choiceRow = ({ name, description = '' }: INodePropertyOptions): string =>
	`${plain(name)}${description ? `: ${plain(description)}` : ''}`;

const fieldRow = (property: INodeProperties): string => {
	const { displayName, description = '', required, options = [], type } = property;
	const told = BOILERPLATE.test(plain(description)) ? '' : plain(description);
	const inside =
		type === 'collection' || type === 'fixedCollection'
			? namesOf(
					options.flatMap((option) => {
						if ('values' in option) return option.values;
						return 'type' in option ? [option] : [];
					}),
				)
			: choicesOf(property).map(choiceRow).join('; ');
	return `| ${plain(displayName)}${required ? '*' : ''} | ${[told, inside].filter(Boolean).join(' — ')} |`;
};

const fieldTable = (properties: INodeProperties[]): string[] => {
	const rows = properties
		.filter(isTold)
		.filter(({ name }) => name !== 'authentication')
		.map(fieldRow);
	return ['| Field | |', '|---|---|', ...new Set(rows), ''];
};

const noticesOf = (properties: INodeProperties[]): string[] => {
	const notices = properties.filter(({ type }) => type === 'notice');
	return notices.flatMap(({ displayName }) => [`> ${plain(displayName)}`, '']);
};

const sectionOf = ({ description }: INodeType): string[] => {
	const { displayName, name, properties, credentials = [], outputNames = [] } = description;
	const hasResources = properties.some((property) => property.name === 'resource');
	return [
		`## ${displayName}`,
		'',
		`${plain(description.description)}.`,
		'',
		`Type \`n8n-nodes-bitrix24-1c.${name}\`; credentials: ${credentials.map((one) => `\`${one.name}\``).join(', ') || 'none'}.${outputNames.length > 0 ? ` Outputs: ${outputNames.join(', ')}.` : ''}`,
		'',
		...(hasResources
			? resourceSections(properties)
			: [...noticesOf(properties), ...fieldTable(properties)]),
	];
};

const HEAD = `# Node reference

Written by \`npm run docs\` from the descriptions the nodes give n8n; do not edit it by hand. Fields with an asterisk are
required. What went wrong is explained in [TROUBLESHOOTING.md](TROUBLESHOOTING.md), the example workflows in
[workflows/README.md](../workflows/README.md) (Russian).
`;

export const nodeReference = (): string =>
	[
		HEAD,
		NODES.map(({ description: { displayName } }) => {
			const anchor = displayName.toLowerCase().replace(/\s+/g, '-');
			return `[${displayName}](#${anchor})`;
		}).join(' · '),
		'',
		...NODES.flatMap(sectionOf),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
