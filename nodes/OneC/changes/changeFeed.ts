/**
 * The feed of SelectChanges: what changed since the last confirmation, and what was removed for good (RFC 6721). Asked
 * for as atom, the documented form; in JSON nobody has recorded how a removed object looks. Only types and keys are
 * taken from it, the objects themselves are read as everything else is.
 */
import { isGuid } from '../../exchange/reference';

export interface Change {
	/** Such as Document_ЗаказПокупателя. */
	type: string;
	/** Of an object; null for the records of a register. */
	ref: string | null;
	/** As it stands in the address: «guid'…'», or the recorder of a register's records. */
	key: string;
	deleted: boolean;
}

const ENTRY = /<entry\b[^>]*>\s*<id>([^<]*)<\/id>|<at:deleted-entry\b[^>]*?\bref="([^"]*)"/g;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (xml: string): string =>
	xml.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string) =>
		code ? String.fromCodePoint(Number(code)) : (ENTITIES[name] ?? whole),
	);

/** Cyrillic may stand in an address as it is or percent-encoded. */
const decoded = (address: string): string => {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
};

const changeAt = (address: string, deleted: boolean): Change | null => {
	const found = /(?:^|\/)([^/()]{1,200})\((.{0,500})\)$/.exec(decoded(plain(address)));
	if (!found) return null;
	const [, type, key] = found;
	const ref = /^(?:Ref_Key=)?guid'([^']+)'$/.exec(key)?.[1] ?? '';
	return { type, key, ref: isGuid(ref) ? ref.toLowerCase() : null, deleted };
};

export const changesIn = (feed: string): Change[] =>
	[...feed.matchAll(ENTRY)].flatMap(([, id, gone]) => {
		const change = changeAt(id ?? gone, gone !== undefined);
		return change ? [change] : [];
	});
