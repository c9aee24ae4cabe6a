/** The address of the OData service, made of whatever address of the publication a person has pasted. */
import { withoutEnding } from '../../exchange/plainText';

const SERVICE = 'odata/standard.odata';

/** http://server/ut, http://server/ut/ and http://server/ut/odata/standard.odata all mean one base. */
export const serviceRoot = (url: string): string => {
	const [address] = url.trim().split(/[?#]/);
	const publication = withoutEnding(address, '/').replace(/\/odata(\/standard\.odata.*)?$/i, '');
	return `${withoutEnding(publication, '/')}/${SERVICE}/`;
};

/** 1C takes logins in Cyrillic only as UTF-8; in cp1251 IIS refuses them with 401.5 [live probes of УТ 11]. */
export const basicAuthorization = (user: string, password: string): string =>
	`Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
