/**
 * Behaviours no public source settles (reference §1; the documentation contradicts itself in places). Each has the
 * likeliest default; a test that depends on one should run with every value.
 */
export interface AccountSwitches {
	/** The field table of login.user says `expire_at`, its sample says `expire`. */
	loginExpiryField: 'expire_at' | 'expire';
	/** The error of a session that is over: the docs keep access_token_expired for keys. */
	expiredSession: 'access_token_invalid' | 'access_token_expired';
	/** Whether a JSON-RPC error comes with status 200 (an integrator's experience) or one that fits it. */
	errorStatus: 'always200' | 'fitting';
	/** Samples of get.account and get.sites say `meta_data`, those of all others `metadata`. */
	referenceMetadata: 'metadata' | 'meta_data';
	/** Samples of writes show a bare result, the chapter on limits promises them in every answer. */
	limitsInWrites: boolean;
	/** The docs type visitor_phone_number of chats and requests as a number. */
	visitorPhone: 'number' | 'string';
	/** Whether an e-mail conversation is a chat of the channel «email» or only in the new reports. */
	mailIs: 'onlyInNewReports' | 'chatOfEmailChannel';
	/** A record is in its report so long after it happened; nothing says how long. */
	recordDelaySeconds: number;
	/** Whether the link to the record of a talk gives it, or sends on to where it is kept. */
	recordLink: 'gives' | 'sends on';
	/** Records of talks, attributes and the source are filled in so long after the communication. */
	lateColumnsSeconds: number;
	/** What stands in for a variable the event does not have; all but null break the JSON of a template. */
	unknownVariable: 'null' | 'nothing' | 'placeholder';
	/** What a second ext_id of the same upload does. */
	repeatedExtId: 'duplicate_entity' | 'newRecord';
}

export const DEFAULT_SWITCHES: AccountSwitches = {
	loginExpiryField: 'expire_at',
	expiredSession: 'access_token_invalid',
	errorStatus: 'always200',
	referenceMetadata: 'metadata',
	limitsInWrites: true,
	visitorPhone: 'number',
	mailIs: 'onlyInNewReports',
	recordDelaySeconds: 0,
	recordLink: 'gives',
	lateColumnsSeconds: 60,
	unknownVariable: 'null',
	repeatedExtId: 'duplicate_entity',
};
