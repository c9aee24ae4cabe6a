/**
 * What a lead is told by a contact. First touch wins: whatever a lead already says of its source and labels stays,
 * because it is what brought the person here; later contacts only add what nobody has said yet.
 */
import { UTM, type Contact } from './contact';
import { KIND_NAMES, type ContactKind } from './contactKind';
import { dayOf } from './summary';
import { plainText } from './plainText';

/** A chat has no stock source in Bitrix24 [Bitrix24 docs, crm.lead.add]; the portal setup can make this one. */
export const CHAT_SOURCE = 'COMAGIC_CHAT';

/** In the order of preference: a portal may lack any but keeps the last ones as a rule. */
export const SOURCES: Record<ContactKind, string[]> = {
	call: ['CALL'],
	callback: ['CALLBACK', 'CALL'],
	site_request: ['WEB'],
	chat: [CHAT_SOURCE, 'WEB'],
	email: ['EMAIL'],
};

/**
 * @param chosen what the analyst wants for this kind; comes first when there is such a source
 * @returns the first source the portal has, or nothing
 */
export const sourceFor = (kind: ContactKind, existing: Set<string>, chosen = ''): string =>
	[chosen, ...SOURCES[kind]].find((source) => existing.has(source)) ?? '';

const whoOf = ({ name, phone, email }: Contact): string => name || phone || email;

/** «Заявка с сайта: Иван Петров», «Звонок +74951234567», «Чат 24.11.2026» for somebody unknown. */
export const leadTitle = (contact: Contact): string => {
	const kind = KIND_NAMES[contact.kind];
	const who = whoOf(contact);
	if (who) return contact.name ? `${kind}: ${who}` : `${kind} ${who}`;
	return contact.time ? `${kind} ${dayOf(contact.time)}` : kind;
};

/** «CoMagic: звонок · romashka.ru · Яндекс.Директ» */
export const sourceDescription = ({ kind, site, channel, campaign }: Contact): string =>
	[`CoMagic: ${KIND_NAMES[kind].toLowerCase()}`, site, channel, campaign]
		.filter(Boolean)
		.join(' · ');

/** Labels are one statement: a lead that has any of them keeps them as they are. */
export const firstTouchUtm = (
	{ utm }: Contact,
	has: (label: (typeof UTM)[number]) => boolean,
): Contact['utm'] | null => (UTM.some(has) || !UTM.some((label) => utm[label]) ? null : utm);

const DETAILS: Array<(contact: Contact) => string> = [
	({ lost }) => (lost ? 'никто не ответил.' : ''),
	({ text }) => text,
	({ recordUrl }) => (recordUrl ? `запись разговора ${recordUrl}` : ''),
];

/**
 * What the timeline of the lead is told; nothing while there is nothing but the fact of the contact. The text before
 * the colon names the communication, so that the same news is said once.
 */
export const contactNews = (contact: Contact): string => {
	const details = DETAILS.map((detail) => detail(contact)).filter(Boolean);
	if (details.length === 0) return '';
	const told = plainText(details.join('\n'));
	return `${KIND_NAMES[contact.kind]} CoMagic ${contact.communicationId}: ${told}`;
};
