/**
 * What the public issues of the vendor's documentation and of other people's clients say of each method that the nodes
 * use, looked through once in November 2026. An empty list means that nothing was found, not that there is nothing.
 */
export interface MethodIssue {
	fact: string;
	address: string;
}

export const METHOD_ISSUES: Record<string, readonly MethodIssue[]> = {
	'app.info': [],
	'app.option.get': [],
	'crm.requisite.preset.field.list': [],
	'crm.company.update': [],
	'crm.requisite.link.register': [],
	'catalog.productProperty.add': [],
	batch: [
		{
			fact: 'Commands numbered from 0 give lists instead of maps in result, result_total and result_time.',
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/210',
		},
		{
			fact: 'A null in parameters of a command vanishes with http_build_query, so the filter is lost.',
			address: 'https://github.com/bitrix24/b24phpsdk/issues/319',
		},
		{
			fact: 'None written as text reaches the field as the word None.',
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/235',
		},
		{
			fact: 'false becomes 0 and true 1 in a query string; the vendor: only Y and N are flags.',
			address: 'https://github.com/bitrix-tools/crest/issues/5',
		},
		{
			fact: 'On a self-hosted portal (rest 26.500.0) the operating time of a batch is billed to the method batch, inner methods stay 0, and every inner time block carries the running sum of the whole batch.',
			address: 'https://github.com/bitrix24/b24jssdk/pull/539',
		},
		{
			fact: 'operating and operating_reset_at have three states: counted, present but 0, absent; a self-hosted portal with the limiter off sends none or zeros and has a limit of 420 s.',
			address: 'https://github.com/bitrix24/b24jssdk/issues/459',
		},
		{
			fact: 'Exceeding 480 s blocks the method for that application or webhook only, 429 OPERATION_TIME_LIMIT, for ten minutes.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/250',
		},
		{
			fact: 'While the limit of operating time was exceeded, a batch answered text/html instead of JSON (self-hosted address, 2024).',
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/216',
		},
		{
			fact: "By a user's report whatever is not a 500 comes as 400 with the portal's own code and text in the body, which a client that raises on the status loses.",
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/125',
		},
	],
	'catalog.catalog.list': [],
	'catalog.measure.list': [],
	'catalog.price.add': [],
	'catalog.price.get': [],
	'catalog.price.list': [
		{
			fact: 'A user got one price only when no productId was in the filter (2020); later answers page by start as all lists.',
			address: 'https://github.com/akopdev/bitrix24-python-rest/issues/5',
		},
	],
	'catalog.price.update': [],
	'catalog.priceType.list': [],
	'catalog.product.add': [],
	'catalog.product.get': [],
	'catalog.product.list': [
		{
			fact: "'@id' is not accepted in filters of catalog.product.*; an array after = (or !) means one of.",
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/181',
		},
		{
			fact: 'An order that is not the id breaks paging by >id; rows of equal order move between pages.',
			address: 'https://github.com/bitrix24/b24jssdk/issues/19',
		},
	],
	'catalog.product.offer.list': [
		{
			fact: 'Rows are in result.offers, parents in result.units, not result.products.',
			address: 'https://github.com/andrey-tech/bx24-wrapper-js/issues/3',
		},
	],
	'catalog.product.service.list': [],
	'catalog.product.update': [],
	'catalog.productProperty.list': [],
	'catalog.section.add': [],
	'catalog.section.get': [],
	'catalog.section.list': [],
	'catalog.section.update': [],
	'catalog.vat.list': [],
	'crm.address.add': [
		{
			fact: 'crm.enum.addresstype has correspondence and delivery types besides the documented ones.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/pull/124',
		},
	],
	'crm.address.delete': [],
	'crm.address.list': [
		{
			fact: "total of crm.address.list never exceeds 50 on portals of 2025, so nothing says that there is a second page; the vendor's SDK test is skipped for it (2021: totals of 5,884 were right).",
			address: 'https://github.com/bitrix24/b24phpsdk/issues/144',
		},
		{
			fact: 'Rows of addresses have no ID, so a client that orders or deduplicates by ID loses some (5,863 of 5,884).',
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/151',
		},
	],
	'crm.address.update': [],
	'crm.category.list': [
		{
			fact: 'Only deals, contacts, companies, invoices and smart processes have funnels; others get ENTITY_TYPE_NOT_SUPPORTED. Contacts and companies have hidden system categories of suppliers.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ac5c9c3450e31c6675e62f5be91d751a480b8d7a',
		},
		{
			fact: 'crm.stagehistory.list shows only the stages of the current funnel.',
			address: 'https://github.com/bitrix24/b24restdocs/issues/8',
		},
	],
	'crm.company.userfield.add': [],
	'crm.company.userfield.list': [],
	'crm.contact.userfield.add': [],
	'crm.contact.userfield.list': [],
	'crm.currency.list': [],
	'crm.deal.userfield.add': [],
	'crm.deal.userfield.list': [],
	'crm.documentgenerator.document.delete': [],
	'crm.documentgenerator.document.list': [],
	'crm.documentgenerator.document.upload': [
		{
			fact: 'Repeating crm.documentgenerator.document.add after a timeout made three documents; heavy document calls outlive 30 s.',
			address: 'https://github.com/bitrix24/b24jssdk/issues/24',
		},
	],
	'crm.documentgenerator.numerator.add': [],
	'crm.documentgenerator.numerator.list': [],
	'crm.documentgenerator.template.add': [],
	'crm.documentgenerator.template.delete': [],
	'crm.documentgenerator.template.list': [],
	'crm.duplicate.findbycomm': [
		{
			fact: "The extension of a phone takes no part: +78129999331#404812, …#4048 and without are the same to the method and to the portal's own search.",
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/72',
		},
		{
			fact: "The number is compared whole and a number kept in another format is not found (vendor's tutorial of 08.2026); clients are told to store one format.",
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ca8c22df4f31e59d1fa43500bd0be3762093ea8c',
		},
		{
			fact: "Without type, or when the body did not arrive, the real answer is 400 with an empty error and 'Communication type is not defined.'; the page shows the text as the code.",
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/223',
		},
		{
			fact: 'Nobody found is an empty list, found types only are keys; 20 hits of one type hide the other types.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ca8c22df4f31e59d1fa43500bd0be3762093ea8c',
		},
	],
	'crm.item.add': [
		{
			fact: 'A client that repeats a heavy create after a timeout makes duplicates, because the portal has carried the first one out.',
			address: 'https://github.com/bitrix24/b24jssdk/issues/24',
		},
		{
			fact: 'REST 2 has no idempotency key at all; only REST 3 takes one.',
			address: 'https://github.com/bitrix24/b24jssdk/issues/462',
		},
	],
	'crm.item.batchImport': [],
	'crm.item.delete': [],
	'crm.item.fields': [
		{
			fact: 'useOriginalUfNames is documented with a wrong type on all pages; Y and N are the values.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/202',
		},
	],
	'crm.item.get': [
		{
			fact: 'fm is in every answer of crm.item.get; emailWork and phoneWork are read-only short forms of its first values.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/264',
		},
		{
			fact: 'With a batch of crm.item.get the text of a missing element is Russian on Russian portals (Элемент не найден).',
			address: 'https://github.com/bitrix24/b24jssdk/issues/184',
		},
	],
	'crm.item.list': [
		{
			fact: 'With useOriginalUfNames=Y and an explicit select of system fields the rows come back as empty arrays although total is right; without select everything is there.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/368',
		},
		{
			fact: 'With useOriginalUfNames=Y and select only user fields are returned, and with N (or without it) a select that uses original UF_ names returns system fields only; the vendor keeps it as defect 235098.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/263',
		},
		{
			fact: "A developer reports twice that conditions on createdTime written as ISO with an offset (2025-10-31T00:00:00+02:00) do not filter and only 'YYYY-MM-DD HH:MM:SS' works; the vendor re-checked and calls its ISO sample right, so both are possible per portal.",
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/215',
		},
		{
			fact: 'User fields of type boolean are filtered by 1 or 0 only, although the same field is read and written as Y or N.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/348',
		},
		{
			fact: 'The filter for deals does not support contactIds and contacts (page corrected after the issue); servers were seen to accept them, so this stays contradictory.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/73',
		},
		{
			fact: 'crm.deal.list neither returns nor filters CONTACT_IDS although crm.deal.fields shows it.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/219',
		},
		{
			fact: "fm cannot be named in select; it comes only without select or with '*'.",
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/268',
		},
		{
			fact: 'Rows are in result.items, unlike the classic lists whose rows are result itself.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/165',
		},
		{
			fact: 'BX24.js drops start from callMethod, so the browser library always gets the first page.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/237',
		},
		{
			fact: 'entityTypeId 14 (order) is refused with ENTITY_TYPE_NOT_SUPPORTED and a Russian text.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/274',
		},
		{
			fact: 'UF_CRM_1742556744977 becomes ufCrm_1742556744977 (first underscore kept), not ufCrm1742556744977.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/158',
		},
		{
			fact: 'categoryId null in a filter lists the default category of contacts or companies instead of nothing: clients of hidden system categories (suppliers) are separate rows with their own categoryId, and crm.category.list shows the category with isSystem Y.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ca8c22df4f31e59d1fa43500bd0be3762093ea8c',
		},
	],
	'crm.item.payment.add': [
		{
			fact: 'For an object without payments (lead, smart process) crm.item.payment.add refuses with a Russian text that creating payments is not available.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ac5c9c3450e31c6675e62f5be91d751a480b8d7a',
		},
	],
	'crm.item.payment.get': [],
	'crm.item.payment.list': [
		{
			fact: 'A wrong entityTypeId is not refused: the list is empty.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/4e2b7229a8735c6b8e2918717884ddb57238f5e7',
		},
		{
			fact: 'A deal may have several payments in no promised order; the first is neither the latest nor the paid one.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/4e2b7229a8735c6b8e2918717884ddb57238f5e7',
		},
	],
	'crm.item.payment.pay': [],
	'crm.item.payment.unpay': [],
	'crm.item.productrow.add': [
		{
			fact: 'TAX_INCLUDED of classic rows is a char Y/N, not a boolean.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/233',
		},
	],
	'crm.item.productrow.delete': [],
	'crm.item.productrow.list': [
		{
			fact: '=ownerType is the short letter code; a smart process is T and the lower-case hexadecimal entityTypeId (T80).',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/75',
		},
		{
			fact: 'An unknown extra parameter at the top level of the request makes crm.item.productrow.list return only part of the rows.',
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/234',
		},
	],
	'crm.item.productrow.set': [
		{
			fact: 'crm.deal.productrows.set with rows that reach the server flattened empties the deal instead of failing.',
			address: 'https://github.com/akopdev/bitrix24-python-rest/issues/22',
		},
	],
	'crm.item.productrow.update': [],
	'crm.item.update': [
		{
			fact: 'Clearing a field of a company with an empty value may do nothing although the answer is success; the vendor calls it a defect of REST itself, the old crm.company.update clears it.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/145',
		},
		{
			fact: 'An unknown field, a value that is no date and fields that do not belong to the object are dropped and the answer is success.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/4e2b7229a8735c6b8e2918717884ddb57238f5e7',
		},
		{
			fact: 'A field the description calls writable can still be ignored: IS_RETURN_CUSTOMER of a deal is not read-only but keeps its value.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/58',
		},
		{
			fact: 'Elements of fm are added by keys n0, n1…, changed and deleted by their number; the number keeps the rest unchanged.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/265',
		},
		{
			fact: 'typeId is needed in every element of fm, in deletions too; without it the answer is success and nothing happens, and the answer of the update shows the new fm, so it can be checked at once.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/4e2b7229a8735c6b8e2918717884ddb57238f5e7',
		},
		{
			fact: 'A multiple file field is set as a whole: files whose id is not in the list are deleted without a word; a single file field is cleared by an empty string, a multiple one by an empty list.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/f2cb4dc659327f6c3d589f437e6aa907c18a5f12',
		},
		{
			fact: 'crm.deal.update overwrites kept files given as {id}; crm.item.update is the way to keep them.',
			address: 'https://github.com/bitrix24/b24restdocs/issues/11',
		},
		{
			fact: 'A file in a field of the classic methods is {fileData:[name, base64]}; the page of uploads names it for the catalogue only.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/156',
		},
		{
			fact: "A date field answers a midnight in the server's zone whatever was sent (sent 13:03:20+03:00, read 03:00:00+03:00).",
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/4e2b7229a8735c6b8e2918717884ddb57238f5e7',
		},
		{
			fact: 'The funnel of a deal is changed by crm.item.update, not by crm.deal.update.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/pull/116',
		},
	],
	'crm.lead.userfield.add': [],
	'crm.lead.userfield.list': [],
	'crm.requisite.add': [
		{
			fact: 'PRESET_ID is not checked: with a number of no preset the requisite is made without the fields of a preset.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/9888d80db0eaff9b39d30903679787b3ef7519ad',
		},
		{
			fact: 'Refusals of requisite and address methods have an empty code, only the text tells them apart.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/9888d80db0eaff9b39d30903679787b3ef7519ad',
		},
		{
			fact: 'A failure of crm.requisite.add leaves the company, of crm.address.add the company and the requisite: nothing is rolled back.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/9888d80db0eaff9b39d30903679787b3ef7519ad',
		},
	],
	'crm.requisite.bankdetail.add': [],
	'crm.requisite.bankdetail.delete': [],
	'crm.requisite.bankdetail.fields': [],
	'crm.requisite.bankdetail.list': [],
	'crm.requisite.bankdetail.update': [],
	'crm.requisite.fields': [],
	'crm.requisite.link.get': [],
	'crm.requisite.list': [
		{
			fact: 'A deal takes the requisite of its company by itself; REQUISITE_ID given to a deal is ignored with success.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/b234fe9913469f6e194affd8fa9d130663972579',
		},
	],
	'crm.requisite.preset.list': [
		{
			fact: 'Numbers of the standard presets differ per portal (sole proprietor 3, person 5 seen); the vendor confirms that only the list tells.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/pull/125',
		},
	],
	'crm.requisite.update': [],
	'crm.settings.mode.get': [],
	'crm.status.add': [],
	'crm.status.list': [
		{
			fact: 'DYNAMIC_xx_STAGE_yy takes the entityTypeId of the smart process, not its id.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/180',
		},
		{
			fact: 'The method needs the right to read at least one kind of CRM object, not just any user.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ca8c22df4f31e59d1fa43500bd0be3762093ea8c',
		},
	],
	'crm.timeline.comment.add': [
		{
			fact: 'ENTITY_ID is not checked: for a card that does not exist the comment gets a number and is shown nowhere; only an unknown ENTITY_TYPE is OWNER_NOT_FOUND.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/b234fe9913469f6e194affd8fa9d130663972579',
		},
		{
			fact: 'ENTITY_TYPE is taken in any letter case and comes back in lower case.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/b234fe9913469f6e194affd8fa9d130663972579',
		},
		{
			fact: 'A smart process is written dynamic_{entityTypeId}; its id does not do.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/pull/185',
		},
		{
			fact: "An empty COMMENT is refused with INVALID_ARG_VALUE 'Empty comment message'.",
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/b234fe9913469f6e194affd8fa9d130663972579',
		},
	],
	'crm.timeline.comment.delete': [],
	'crm.timeline.comment.list': [
		{
			fact: 'Only ENTITY_ID and ENTITY_TYPE filter, both needed; only ID, CREATED and AUTHOR_ID order; an empty or missing select gives all fields.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/232',
		},
		{
			fact: "urlDownload of an attached file leads to the Drive of a logged-in user; a client downloads it by disk.file.get with the file's number.",
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/f2cb4dc659327f6c3d589f437e6aa907c18a5f12',
		},
	],
	'crm.timeline.comment.update': [
		{
			fact: 'As soon as FILES is in the request all old files of the comment are deleted, an empty list deletes all; COMMENT has to come along.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/f2cb4dc659327f6c3d589f437e6aa907c18a5f12',
		},
	],
	'crm.type.getByEntityTypeId': [
		{
			fact: 'Exists since crm 24.1200.0; an older self-hosted portal has crm.type.get only.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/pull/69',
		},
	],
	'crm.type.list': [
		{
			fact: "order {ID:'ASC'} is refused with error 100 'Unknown field definition `I_D`'; the lower-case id is right.",
			address: 'https://github.com/leshchenko1979/fast_bitrix24/issues/196',
		},
	],
	'event.bind': [
		{
			fact: 'Only an administrator binds offline events or events for another user (403 ACCESS_DENIED); online events anybody.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/343',
		},
		{
			fact: 'Failed deliveries of online events are not repeated.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/178',
		},
		{
			fact: 'ONOFFLINEEVENT comes with empty data; minTimeout belongs into options of event.bind, and one report says it is not kept.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/228',
		},
	],
	'event.get': [
		{
			fact: 'A user who is no administrator sees only handlers bound for himself.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/343',
		},
	],
	'event.offline.clear': [
		{
			fact: 'process_id is given out by event.offline.get with clear=0 only; administrators only.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/239',
		},
	],
	'event.offline.get': [
		{
			fact: 'auth_connector of the binding has to be repeated, or nothing comes.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/216',
		},
		{
			fact: 'Administrators only.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/343',
		},
	],
	'event.offline.list': [
		{
			fact: 'Without the matching auth_connector only events without a source are listed; PROCESS_ID is empty there until a get reserves the row.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/238',
		},
	],
	'event.unbind': [],
	events: [],
	'feature.get': [],
	'method.get': [
		{
			fact: 'Without a name it answers about one method (both flags false by the corrected page), not a list; method methods lacks part of the methods.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/207',
		},
	],
	'oauth/token': [
		{
			fact: 'A refresh answers expires and user_id besides the documented keys and status L.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/285',
		},
		{
			fact: "Plain HTTP is refused for webhooks only (INVALID_REQUEST 'Https required.'); an access token over HTTP is accepted.",
			address: 'https://github.com/bitrix24/b24jssdk/issues/500',
		},
		{
			fact: 'When the authorization server fails for a moment, the portal answers 401 to a good token because it cannot confirm the rights.',
			address: 'https://github.com/bitrix-tools/crest/pull/15',
		},
		{
			fact: "Such an answer was seen with the code authorization_error and the text 'Unable to authorize user'.",
			address: 'https://github.com/mesilov/bitrix24-php-sdk/issues/215',
		},
		{
			fact: "Too many requests is 503 QUERY_LIMIT_EXCEEDED 'Too many requests'.",
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/193',
		},
		{
			fact: 'A missing record of classic get methods has an empty error code.',
			address: 'https://github.com/bitrix24/b24phpsdk/issues/127',
		},
	],
	'placement.bind': [
		{
			fact: 'placement.list of a cloud portal knows more places (CRM_REQUISITE_EDIT_FORM, CRM_DETAIL_SEARCH, 1C_PAGE…) than the pages.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/209',
		},
		{
			fact: 'The code of the tab of a smart process is CRM_DYNAMIC_XXX_DETAIL_TAB.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/pull/22',
		},
	],
	'placement.get': [],
	'placement.list': [],
	'placement.unbind': [],
	profile: [],
	scope: [],
	'server.time': [],
	'user.current': [],
	'user.get': [
		{
			fact: 'A webhook always acts as the user who made it, whoever looks.',
			address: 'https://github.com/bitrix24/b24restdocs/issues/4',
		},
	],
	'userfieldconfig.add': [
		{
			fact: 'showInList N is ignored, the field is shown in lists.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/247',
		},
		{
			fact: 'The answer is result.field, as in all methods of the section.',
			address: 'https://github.com/bitrix-tools/b24-rest-docs/issues/246',
		},
		{
			fact: 'A smart process is CRM_{id} by the id of crm.type.list, not by entityTypeId.',
			address:
				'https://github.com/bitrix-tools/b24-rest-docs/commit/ac5c9c3450e31c6675e62f5be91d751a480b8d7a',
		},
		{
			fact: "A user without the right gets error 0 'You are not allowed to create custom fields', and by the page of the method the same refusal comes for a name without the prefix UF_{entityId}_.",
			address: 'https://github.com/bitrix24/b24restdocs/issues/6',
		},
	],
	'userfieldconfig.list': [],
};
