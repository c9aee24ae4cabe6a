/**
 * Everything about a live UT 10.3 base that nobody has verified, as a switch with the default the stand-in takes.
 * A client must pass its tests in both positions (reference 1c-ut103.md §2, §9). The cases of test/conformance/onec settle
 * them on a live base.
 */
export interface BaseSwitches {
	/** Own Ref_Key in a POST body: widely believed to be accepted, never recorded (reference §2 "Create"). */
	acceptsOwnRefKey: boolean;
	/** The documentation promises 412 on a stale If-Match, two live tests saw it ignored (reference §0.4). */
	ifMatch: 'ignored' | '412';
	/** What becomes of an enumeration value the base does not have. */
	unknownEnumValue: 'refuse' | 'blank';
	/** Refusals name their reasons; a stock base on a server never does (reference §0.5). */
	verboseRefusals: boolean;
	/** Bad credentials give a 401 page, or a page with status 200 (reference §2 "Auth"). */
	badAuth: '401' | 'html200';
	/** A posted return gives the quantity back to its order: the source writes a negative expense per row. */
	returnReopensOrder: boolean;
	/**
	 * The status under which «Не обнаружено свободной лицензии!» comes was not recorded. No request can settle it: a client
	 * would have to take all licences of the base.
	 */
	licenceExhaustedStatus: 500 | 503;
	/** The documentation says $inlinecount makes $top and $skip ignored; probably only the count ignores them. */
	inlineCountIgnoresTop: boolean;
	/** Over-shipment is controlled by a user right, and by the source only in operational posting. */
	overShipmentControl: 'always' | 'operational' | 'never';
	/** /Post without PostingModeOperational: the default mode was not recorded. */
	defaultPostingMode: 'operational' | 'non-operational';
	/** The body of a successful /Post and /Unpost was not recorded. */
	postAnswer: 'empty' | 'object';
	/** A composite value sent without its `_Type`: silently not written, or refused. */
	compositeWithoutType: 'blank' | 'refuse';
	/** A new document without Date: refused, or dated with the server's clock. */
	documentWithoutDate: 'refuse' | 'now';
	/** A programmer of the customer has added an exchange plan of ours; a stock base has none (reference §5). */
	ownExchangePlan: boolean;
	/** gt and its like on guids: recorded as 500 code -1 (public recordings of live bases), though the query language could. */
	comparesGuids: boolean;
	/**
	 * A string of unlimited length compared or ordered by: the query language can do neither («Нельзя сравнивать поля
	 * неограниченной длины…»); recorded of comparing, and a rule of the language for the order.
	 */
	unlimitedStrings: 'refused' | 'compared';
	/** A composite attribute against a bare guid: recorded as 500 code -1, and earlier as a filter that finds nothing. */
	compositeAgainstGuid: 'refused' | 'nothing';
	/** Where Int32 ends: neither recorded $metadata of this family has an Edm.Int32, so n(5,0) is Int64 and a string. */
	smallIntegers: 'Int32' | 'Int64';
	/** DataVersion in the answer to a POST: the counter (seen live), or null as the documentation's sample shows. */
	newDataVersion: 'counter' | 'null';
	/** MaxLength in $metadata: recorded ones have none, hand-trimmed samples do. */
	metadataShowsLengths: boolean;
	/** `IBSession: start` was answered with nothing on the probed publication; the platform knows a cookie (reference §2). */
	ibSession: 'ignored' | 'cookie';
	/** Shipping more than the warehouse has: a right of the user, looked at in operational posting. */
	stockControl: 'never' | 'operational';
	/** $expand was seen at work in a base of УТ 11; no one has recorded it of УТ 10.3. */
	expands: boolean;
	/** The DBMS compares strings without regard to case on most installations. */
	stringsIgnoreCase: boolean;
}

export const defaultSwitches: Readonly<BaseSwitches> = {
	acceptsOwnRefKey: true,
	ifMatch: 'ignored',
	unknownEnumValue: 'refuse',
	verboseRefusals: false,
	badAuth: '401',
	returnReopensOrder: true,
	licenceExhaustedStatus: 500,
	inlineCountIgnoresTop: false,
	overShipmentControl: 'always',
	defaultPostingMode: 'operational',
	postAnswer: 'empty',
	compositeWithoutType: 'blank',
	documentWithoutDate: 'refuse',
	ownExchangePlan: false,
	comparesGuids: false,
	unlimitedStrings: 'refused',
	compositeAgainstGuid: 'refused',
	smallIntegers: 'Int64',
	newDataVersion: 'counter',
	metadataShowsLengths: false,
	ibSession: 'ignored',
	stockControl: 'never',
	expands: true,
	stringsIgnoreCase: true,
};
