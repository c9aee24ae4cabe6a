/**
 * A link to the page inside the deal card, for portals where no application can be had: it stands in a field of the
 * deal, opens this deal alone and runs out. Whoever may see the field may use it.
 */
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client } from '../rest/client';
import { openPass, sealPass } from './pass';

const DAY = 86_400_000;

export interface LinkWanted {
	deal: number;
	/** Where 1C Picker Trigger shows its page. */
	address: string;
	days: number;
}

const keyOf = ({ passKey }: Bitrix24Client): Buffer => {
	if (passKey) return passKey;
	throw new Problem('Links can only be made with a credential of the portal.');
};

const passIn = (link: unknown): string => {
	const text = typeof link === 'string' ? link : '';
	return URL.canParse(text) ? (new URL(text).searchParams.get('pass') ?? '') : '';
};

/** A link that is good for at least half of its time stays, so that the deal is not written every night. */
export const pickerLink = (
	client: Bitrix24Client,
	current: unknown,
	{ deal, address, days }: LinkWanted,
	now: number,
): string => {
	const key = keyOf(client);
	const { portal } = client;
	const claims = openPass(key, passIn(current));
	const isGood =
		claims?.kind === 'link' &&
		claims.deal === deal &&
		claims.portal === portal &&
		claims.until - now > (days * DAY) / 2 &&
		String(current).startsWith(`${address}?`);
	if (isGood) return String(current);
	const until = now + days * DAY;
	return `${address}?pass=${sealPass(key, { kind: 'link', portal, deal, user: 0, until })}`;
};
