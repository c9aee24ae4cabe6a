/** Where Data API of each service lives [CoMagic docs, Data API]. */
import { Problem } from '../exchange/problem';
import { withoutEnding } from '../exchange/plainText';

export interface Address {
	service?: unknown;
	/** Of a server of one's own, or of a proxy. */
	url?: unknown;
}

const SERVICES = ['comagic.ru', 'uiscom.ru', 'callgear.com'];

const ownRoot = (url: string): string => {
	if (/^https?:\/\/[^\s/?#@]+/.test(url)) return url;
	throw new Problem(
		'The address in the credential is not one.',
		'Write it whole, such as https://dataapi.comagic.ru.',
	);
};

/** With a slash at its end, without the version. */
export const dataApiRoot = ({ service, url }: Address): string => {
	const root = SERVICES.includes(String(service))
		? `https://dataapi.${String(service)}`
		: ownRoot(String(url ?? '').trim());
	return `${withoutEnding(root, '/').replace(/\/v2\.0$/, '')}/`;
};
