/**
 * How a lead knows the contact it came from: the user fields that the setup of the lead intake makes. The deal has the
 * same ones, so that they go along when a lead is converted.
 */
import { text, texts, type CardField } from './cardField';

/** `originatorId` of a lead made of a contact; `originId` is then the contact's key, such as call:784601. */
export const ORIGINATOR = 'COMAGIC';

/** Every contact the lead has taken in, by key: what is listed here makes no second lead, even of a closed one. */
export const CONTACTS = 'UF_CRM_CM_CONTACTS';
export const KIND = 'UF_CRM_CM_KIND';
export const SITE = 'UF_CRM_CM_SITE';
export const CAMPAIGN = 'UF_CRM_CM_CAMPAIGN';
export const PAGE = 'UF_CRM_CM_PAGE';
export const VISITOR = 'UF_CRM_CM_VISITOR_ID';
export const SESSION = 'UF_CRM_CM_SESSION_ID';

export const LEAD_FIELDS: CardField[] = [
	texts(CONTACTS, 'CoMagic: обращения'),
	text(KIND, 'CoMagic: вид обращения'),
	text(SITE, 'CoMagic: сайт'),
	text(CAMPAIGN, 'CoMagic: рекламная кампания'),
	text(PAGE, 'CoMagic: страница'),
	text(VISITOR, 'CoMagic: посетитель'),
	text(SESSION, 'CoMagic: визит'),
];
