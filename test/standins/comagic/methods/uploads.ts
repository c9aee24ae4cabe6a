/**
 * Contacts that happened outside the site: requests and letters a client uploads.
 * Imitates: at most fifty requests, all or nothing; phone or e-mail, and a visit, a campaign or a site; a campaign of
 * −1 wants a site.
 * Does not imitate: user fields, sources, upload.calls and upload.chats.
 */
import type { Desk, Methods } from '../desk';
import { checkFields, checkParams, numberIn, recordsIn, textIn, type Shape } from '../params';
import { isE164, digitsOf } from '../phone';
import { Refusal } from '../refusal';
import type { Mail, OfflineMessage } from '../store';
import type { Fields } from '../values';

const MOST_REQUESTS = 50;

const REQUEST: Shape = {
	date_time: 'dateTime',
	name: 'string',
	phone: 'string',
	email: 'string',
	message: 'string',
	visitor_session_id: 'number',
	campaign_id: 'number',
	source_id: 'number',
	site_id: 'number',
	form_name: 'string',
	ext_id: 'string',
	user_fields: 'array',
};

const LETTER: Shape = {
	date_time: 'dateTime!',
	sender_name: 'string',
	subject: 'string',
	message: 'string!',
	message_html: 'string!',
	email_from: 'string!',
	email_to: 'string',
	email_to_cc: 'array',
	email_to_bcc: 'array',
};

export const uploadMethods: Methods = {
	'upload.offline_messages': (desk, params) => {
		checkParams(params, { offline_messages: 'array!' });
		const requests = recordsIn(params, 'offline_messages', MOST_REQUESTS);
		for (const request of requests) checkRequest(desk, request);
		return { data: requests.map((request) => ({ id: added(desk, request).messageId })) };
	},
	'upload.emails': (desk, params) => {
		checkParams(params, {
			emails: 'array!',
			site_id: 'number',
			session_id: 'number',
			source_id: 'number',
		});
		const letters = recordsIn(params, 'emails', MOST_REQUESTS);
		for (const letter of letters) checkLetter(letter);
		return { data: letters.map((letter) => ({ id: addedLetter(desk, params, letter).id })) };
	},
};

const invalid = (field: string, value: unknown): Refusal =>
	new Refusal('invalid_parameter_value', { field: `offline_messages.${field}`, value });

const checkRequest = (desk: Desk, request: Fields): void => {
	checkFields(request, REQUEST, 'offline_messages.');
	const { store, clock, switches } = desk;
	const {
		phone,
		email,
		visitor_session_id: session,
		campaign_id: campaign,
		site_id: site,
	} = request;
	if (!phone && !email)
		throw new Refusal('required_parameter_missed', { field: 'offline_messages.phone' });
	if (phone !== undefined && !isE164(String(phone))) throw invalid('phone', phone);
	if (session === undefined && campaign === undefined && site === undefined)
		throw new Refusal('required_parameter_missed', {
			field: 'offline_messages.visitor_session_id',
		});
	if (campaign === -1 && site === undefined)
		throw new Refusal('required_parameter_missed', { field: 'offline_messages.site_id' });
	const at = textIn(request, 'date_time');
	if (at !== undefined && at > clock.text(clock.now()))
		throw new Refusal('invalid_date_time', { field: 'offline_messages.date_time', value: at });
	const missing = (field: string): Refusal =>
		new Refusal('entity_not_found', { field: `offline_messages.${field}`, value: request[field] });
	if (session !== undefined && !store.session(Number(session))) throw missing('visitor_session_id');
	if (
		campaign !== undefined &&
		campaign !== -1 &&
		!store.campaigns.some(({ id }) => id === campaign)
	)
		throw missing('campaign_id');
	if (site !== undefined && !store.sites.some(({ id }) => id === site)) throw missing('site_id');
	const repeats = store
		.of('offline_message')
		.some(({ extId }) => extId !== null && extId === request.ext_id);
	if (repeats && switches.repeatedExtId === 'duplicate_entity')
		throw new Refusal('duplicate_entity', {
			field: 'offline_messages.ext_id',
			value: request.ext_id,
		});
};

const added = (desk: Desk, request: Fields): OfflineMessage => {
	const { store, clock } = desk;
	const session = store.session(numberIn(request, 'visitor_session_id') ?? null);
	const campaign = numberIn(request, 'campaign_id');
	const chosen = store.campaigns.find(({ id }) => id === (session?.campaignId ?? campaign));
	const phone = textIn(request, 'phone');
	const message: OfflineMessage = {
		type: 'offline_message',
		id: store.nextId('communication', 784_601),
		messageId: store.nextId('offline message', 41_001),
		at: momentOf(desk, textIn(request, 'date_time')) ?? clock.now(),
		visitorId: session?.visitorId ?? null,
		sessionId: session?.id ?? null,
		siteId: session?.siteId ?? numberIn(request, 'site_id') ?? chosen?.siteId ?? null,
		campaignId: chosen?.id ?? null,
		number: null,
		tags: [],
		extId: textIn(request, 'ext_id') ?? null,
		text: textIn(request, 'message') ?? '',
		form: { name: textIn(request, 'form_name') ?? null, type: 'DataAPI' },
		name: textIn(request, 'name') ?? null,
		phone: phone === undefined ? null : digitsOf(phone),
		email: textIn(request, 'email') ?? null,
		status: 'not_processed',
		employeeId: null,
		comment: null,
	};
	store.communications.push(message);
	desk.notifications.tell('requestSent', message);
	return message;
};

/** A text of the account's zone as a moment: the offset of that zone is asked for where it is near enough. */
const momentOf = ({ clock }: Desk, text: string | undefined): number | undefined => {
	if (text === undefined) return undefined;
	const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
	const shift = Date.parse(`${clock.text(asUtc).replace(' ', 'T')}Z`) - asUtc;
	return asUtc - shift;
};

const checkLetter = (letter: Fields): void => {
	checkFields(letter, LETTER, 'emails.');
	if (!letter.email_to && !letter.email_to_cc && !letter.email_to_bcc)
		throw new Refusal('required_parameter_missed', { field: 'emails.email_to' });
};

const addedLetter = (desk: Desk, params: Fields, letter: Fields): Mail => {
	const { store, clock } = desk;
	const session = store.session(numberIn(params, 'session_id') ?? null);
	const mail: Mail = {
		type: 'email',
		id: store.nextId('communication', 784_601),
		at: momentOf(desk, textIn(letter, 'date_time')) ?? clock.now(),
		visitorId: session?.visitorId ?? null,
		sessionId: session?.id ?? null,
		siteId: session?.siteId ?? numberIn(params, 'site_id') ?? null,
		campaignId: session?.campaignId ?? null,
		number: null,
		tags: [],
		extId: null,
		from: String(letter.email_from),
		senderName: textIn(letter, 'sender_name') ?? null,
		subject: textIn(letter, 'subject') ?? '',
		text: textIn(letter, 'message') ?? '',
	};
	store.communications.push(mail);
	desk.notifications.tell('mailReceived', mail);
	return mail;
};
