/**
 * The events the portal announces, and who may hear them.
 * Imitates: api-reference/events/events.md and reference §3.2: outgoing webhooks are offered less than
 * applications; a funnel move is for applications only.
 * Does not imitate: events of modules the stand-in does not have, such as tasks and telephony.
 */
import type { PortalSwitches } from './switches';

const ACTIONS = ['ADD', 'UPDATE', 'DELETE'];
const KINDS = [
	'LEAD',
	'DEAL',
	'CONTACT',
	'COMPANY',
	'QUOTE',
	'DYNAMICITEM',
	'TYPE',
	'REQUISITE',
	'BANKDETAIL',
	'TIMELINECOMMENT',
	'DOCUMENTGENERATORDOCUMENT',
];
const EVERYBODY = [
	...KINDS.flatMap((kind) => ACTIONS.map((action) => `ONCRM${kind}${action}`)),
	'ONCRMADDRESSREGISTER',
	'ONCRMADDRESSUNREGISTER',
	...ACTIONS.map((action) => `CATALOG.PRODUCT.ON.${action}`),
	...ACTIONS.map((action) => `CATALOG.PRICE.ON.${action}`),
];
const SMART_INVOICE_SUFFIX = '_31';
const APPLICATIONS = [
	'ONCRMDEALMOVETOCATEGORY',
	'ONAPPINSTALL',
	'ONAPPUNINSTALL',
	'ONAPPUPDATE',
	'ONAPPPAYMENT',
	'ONAPPTEST',
	'ONAPPMETHODCONFIRM',
	'ONOFFLINEEVENT',
];

export function webhookEvents(switches: PortalSwitches): string[] {
	if (switches.invoiceEventNames === 'plain') return EVERYBODY;
	const suffixed = ACTIONS.map((action) => `ONCRMDYNAMICITEM${action}${SMART_INVOICE_SUFFIX}`);
	return [...EVERYBODY, ...suffixed];
}

export function applicationEvents(switches: PortalSwitches): string[] {
	return [...APPLICATIONS, ...webhookEvents(switches)];
}

/** Under which names one change is announced. */
export function spellings(
	event: string,
	fields: Record<string, string>,
	switches: PortalSwitches,
): string[] {
	const names = switches.invoiceEventNames;
	if (!event.startsWith('ONCRMDYNAMICITEM') || names === 'plain') return [event];
	const suffixed = `${event}_${fields.ENTITY_TYPE_ID}`;
	return names === 'both' ? [event, suffixed] : [suffixed];
}
