/** Writing XML: escaped text and attributes, elements, the namespaces OData v3 and atom use. */
export const NAMESPACES = {
	atom: 'http://www.w3.org/2005/Atom',
	tombstones: 'http://purl.org/atompub/tombstones/1.0',
	data: 'http://schemas.microsoft.com/ado/2007/08/dataservices',
	metadata: 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata',
	scheme: 'http://schemas.microsoft.com/ado/2007/08/dataservices/scheme',
	related: 'http://schemas.microsoft.com/ado/2007/08/dataservices/related/',
	edmx: 'http://schemas.microsoft.com/ado/2007/06/edmx',
	edm: 'http://schemas.microsoft.com/ado/2009/11/edm',
	app: 'http://www.w3.org/2007/app',
} as const;

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Control characters have no place in XML 1.0 at all, not even escaped. */
export const escaped = (text: string): string =>
	text
		.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
		.replace(/[<>&"]/g, (sign) => ENTITIES[sign]);

const ENTITIES: Readonly<Record<string, string>> = {
	'<': '&lt;',
	'>': '&gt;',
	'&': '&amp;',
	'"': '&quot;',
};

export type Attributes = Readonly<Record<string, string | undefined>>;

/** `content` is markup already; text goes through escaped() first. */
export function element(name: string, attributes: Attributes = {}, content = ''): string {
	const written = Object.entries(attributes)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
		.join('');
	return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}
