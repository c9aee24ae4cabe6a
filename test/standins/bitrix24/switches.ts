import type { Language } from './texts';

/**
 * Behaviours that rest on one source alone, or on a guess. The default is the stricter one; a test that depends on a switch
 * runs with every value. Which position a live portal is in is told by `npm run conformance`, except for tokens, events and
 * operating time, which no request through a webhook shows.
 */
export interface PortalSwitches {
	/** The language refusals are written in, which is that of the portal: no client may read their words. */
	language: Language;
	/**
	 * What `crm.timeline.comment.*` takes for smart invoices; the docs name nothing. A server was seen to take
	 * `dynamic_31`, `smart_invoice` and `si` and to answer with `smart_invoice` (`any`); public code uses one of three.
	 */
	invoiceCommentEntityType: 'any' | 'dynamic_31' | 'crm_31' | 'smart_invoice';
	/** FILES of a comment without files: a server was seen to leave it out, crm-timeline-comment-list.md shows an empty map. */
	emptyCommentFiles: 'absent' | 'empty';
	/** Whether the owner in the filter of crm.timeline.comment.list may stand under `=ENTITY_ID` as well; a server was seen not to know it. */
	commentFilter: 'plain names' | 'prefixed too';
	/** The sample of catalog-vat-list.md contradicts its own field table. */
	catalogVatEnvelope: 'result.vats' | 'result';
	/** The sample of catalog-measure-list.md has the same flaw. */
	catalogMeasureEnvelope: 'result.measures' | 'measures';
	/** The samples of catalog-section-list.md and catalog-price-type-list.md have it too. */
	catalogSectionEnvelope: 'result.sections' | 'sections';
	catalogPriceTypeEnvelope: 'result.priceTypes' | 'priceTypes';
	/**
	 * The sum of a payment just made: zero by server behaviour, and by the samples of crm-item-payment-add.md, which takes
	 * none; goods are put in by crm.item.payment.product.add.
	 */
	freshPaymentSum: 'uncovered' | 'zero';
	/** A third-party note says that a batch refuses crm.item.payment.list; servers let it pass [server behaviour]. */
	paymentListInBatch: 'refused' | 'allowed';
	/** What crm.duplicate.findbycomm answers when it finds nobody. */
	emptyFindByComm: 'array' | 'object';
	/**
	 * How crm.duplicate.findbycomm compares phones, apart from their extensions: how-to-add-repeat-lead.md says that a card
	 * with +7 900 123-45-67 is not found by 89001234567, and search-by-phone-and-email.md that the number is compared whole
	 * [commit ca8c22d of bitrix-tools/b24-rest-docs]; how much of the spelling counts neither says.
	 */
	phoneSearch: 'as written' | 'by digits';
	/**
	 * `total` of crm.address.list: the vendor's SDK skips its test because on portals of 2025 it is never above 50, and so
	 * nothing says that there is more [b24phpsdk issue 144]; in 2021 it was right.
	 */
	addressTotal: 'of the page' | 'counted';
	/** Whether an outgoing webhook may choose, and gets, ONCRMDYNAMICITEMUPDATE_31 and its kin. A server was seen to send both. */
	invoiceEventNames: 'plain' | 'suffixed' | 'both';
	/** Whether `accountNumber` of a smart invoice can be written by REST; a server was seen to take it. */
	accountNumberWritable: boolean;
	/** crm.item.add ignores the stage of a new lead (third-party note); a server was seen to take it. */
	leadStageOnAdd: 'ignored' | 'taken';
	/** What a wrong webhook code is answered with [server behaviour: INVALID_CREDENTIALS]. */
	wrongWebhookCode: 'NO_AUTH_FOUND' | 'INVALID_CREDENTIALS';
	/**
	 * `total` of a list asked for with start=-1: classic lists answer 0, crm.item.* and catalog.* have neither `total`
	 * nor `next` [server behaviour]; the docs show 0 for all of them.
	 */
	totalWithoutCount: 'zeroInClassicLists' | 'zero' | 'absent';
	/**
	 * What crm.item.list answers to an explicit `select` without `*` together with useOriginalUfNames=Y: the user fields
	 * among the selected ones and nothing else, `[]` where there are none
	 * [github.com/bitrix-tools/b24-rest-docs/issues/263, /issues/368], or all that was selected, as the page says.
	 */
	selectWithOriginalNames: 'userFieldsOnly' | 'asSelected';
	/** Whether crm.item.* knows useOriginalUfNames: a self-hosted portal before CRM 25.0.0 does not [crm/universal/index.md]. */
	originalNames: 'known' | 'unknown';
	/** Whether crm.item.list refuses a filter value that does not suit its field; the server was seen not to look. */
	filterValues: 'unchecked' | 'checked';
	/** What becomes of a date that is none: a server was seen to drop it and to answer with a success. */
	invalidDates: 'dropped' | 'refused';
	/** Whether requisites that are too long for their columns are refused; a server was seen to do so. */
	requisiteLengths: 'refused' | 'unchecked';
	/** The 51st and later commands of a batch: each fails, or the whole batch is refused. */
	batchOverflow: 'extraCommandsFail' | 'wholeBatchRefused';
	/**
	 * Whose operating time a batch uses: limits.md says each command's, and real answers of the cloud agree; on a
	 * self-hosted portal the method `batch` was seen to use it and the commands nothing [b24jssdk pull request 539].
	 */
	batchOperating: 'each command' | 'the batch';
	/**
	 * What becomes of a `$result[…]` that leads nowhere: what was reached on the way, an array, of which PHP's (int)
	 * makes 1 [server behaviour]. batch.md shows only references that lead somewhere.
	 */
	referenceToNothing: 'reached' | 'empty' | 'asWritten';
	/** Whether saving product rows arrives as an update event of their owner. */
	rowsFireOwnerUpdate: boolean;
	/** What an access token nobody issued is answered with; the vendor's SDK knows both codes. */
	unknownToken: 'NO_AUTH_FOUND' | 'invalid_token';
	/**
	 * What a refresh token is worth that was used once. The vendor's course of 2020 says nothing at all, from then on;
	 * today's pages only tell to store the new one.
	 */
	usedRefreshToken: 'worthless' | 'accepted';
	/** The access token beside it: by the same course it ends with the renewal, today's pages give it its hour. */
	accessAfterRenewal: 'lives' | 'ends';
	/** The HTTP status of /oauth/token/ errors; the docs show the body only. */
	oauthErrorStatus: 400 | 401;
	/** Whether ordinary events carry a refresh token: their pages show one, events/index.md denies it. */
	refreshTokenInEvents: boolean;
	/** crm.item.fields of real portals tells the values of lists (third-party note); its page does not say so. */
	listValuesInFields: 'told' | 'absent';
	/**
	 * What crm.item.update does when a multiple field of type enumeration is to be emptied: one user and the vendor's
	 * ticket 243682 report that nothing happens, while the answer shows null (issue 269 of bitrix-tools/b24-rest-docs).
	 */
	emptiedListField: 'kept' | 'emptied';
	/**
	 * Which conditions on a time crm.item.list understands: its page shows 2025-10-31T00:00:00+02:00 and the vendor stands
	 * by it, a user says twice that this does not filter and 2025-10-31 00:00:00 alone does [issue 215 of
	 * bitrix-tools/b24-rest-docs].
	 */
	momentFilter: 'any ISO form' | 'portal form only';
	/**
	 * What crm.item.update does with empty values of a company: a user saw them do nothing while crm.company.update clears,
	 * and the vendor calls that a defect of REST [issue 145 of bitrix-tools/b24-rest-docs].
	 */
	emptiedCompanyField: 'kept' | 'emptied';
	/** userfieldconfig-add.md asks for names that begin with `UF_{entityId}_`. */
	userFieldConfigPrefix: 'UF_{entityId}_' | 'UF_CRM_';
}

export const DEFAULT_SWITCHES: PortalSwitches = {
	language: 'ru',
	invoiceCommentEntityType: 'any',
	emptyCommentFiles: 'absent',
	commentFilter: 'plain names',
	catalogVatEnvelope: 'result.vats',
	catalogMeasureEnvelope: 'result.measures',
	catalogSectionEnvelope: 'result.sections',
	catalogPriceTypeEnvelope: 'result.priceTypes',
	freshPaymentSum: 'zero',
	paymentListInBatch: 'allowed',
	emptyFindByComm: 'array',
	phoneSearch: 'as written',
	addressTotal: 'of the page',
	invoiceEventNames: 'both',
	accountNumberWritable: true,
	leadStageOnAdd: 'taken',
	wrongWebhookCode: 'INVALID_CREDENTIALS',
	totalWithoutCount: 'zeroInClassicLists',
	selectWithOriginalNames: 'userFieldsOnly',
	originalNames: 'known',
	filterValues: 'unchecked',
	invalidDates: 'dropped',
	requisiteLengths: 'refused',
	batchOverflow: 'extraCommandsFail',
	batchOperating: 'each command',
	referenceToNothing: 'reached',
	rowsFireOwnerUpdate: true,
	unknownToken: 'NO_AUTH_FOUND',
	usedRefreshToken: 'worthless',
	accessAfterRenewal: 'lives',
	oauthErrorStatus: 401,
	refreshTokenInEvents: false,
	listValuesInFields: 'told',
	emptiedListField: 'kept',
	emptiedCompanyField: 'kept',
	momentFilter: 'portal form only',
	userFieldConfigPrefix: 'UF_{entityId}_',
};
