/**
 * event.offline.get, .list, .clear, .error
 * Imitates: E/event-offline-{get,list,clear,error}.md (reference §3.3): administrators only, string-typed rows,
 * `clear=1` by default, a source asked for by the same `auth_connector` it was bound with.
 * Does not imitate: EVENT_ADDITIONAL, which is always false here as in the samples.
 */
import { applicationOf } from '../call';
import type { Answer, Call, Methods } from '../call';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { pageOf, sorted } from '../lists';
import type { OfflineRow } from '../offlineQueue';
import { Refusal } from '../refusal';
import { asFlag, asList, asText, asWhole, upperKeys } from '../values';
import type { Fields } from '../values';

const MOST = 50;

const COLUMNS = new Map<string, Filterable<OfflineRow>>([
	['ID', { kind: 'number', reads: (row) => row.id }],
	['TIMESTAMP_X', { kind: 'moment', reads: (row) => row.timestamp }],
	['EVENT_NAME', { kind: 'text', reads: (row) => row.event }],
	['MESSAGE_ID', { kind: 'text', reads: (row) => row.messageId }],
]);
const LIST_COLUMNS = new Map([
	...COLUMNS,
	['PROCESS_ID', { kind: 'text', reads: (row: OfflineRow) => row.processId }] as const,
	['ERROR', { kind: 'number', reads: (row: OfflineRow) => Number(row.error) }] as const,
]);

export const offlineEventMethods: Methods = {
	'event.offline.get': take,
	'event.offline.list': (call) => {
		const params = paramsOf(call);
		const rows = call.queue
			.of(applicationOf(call), asText(params.AUTH_CONNECTOR))
			.filter(filterOf(params.FILTER, LIST_COLUMNS, { strict: false }));
		const inOrder = sorted(rows, params.ORDER, LIST_COLUMNS, false, 'ID');
		const page = pageOf(inOrder, params.START, call.switches, 'classic');
		const result = page.rows.map((row) => ({
			...shown(row),
			PROCESS_ID: row.processId,
			ERROR: row.error ? '1' : '0',
		}));
		return { result, total: page.total, next: page.next };
	},
	'event.offline.clear': (call) => {
		const params = paramsOf(call);
		const ids = asList(params.ID)?.map((id) => asWhole(id));
		const messages = asList(params.MESSAGE_ID)?.map(asText);
		call.queue.clear(applicationOf(call), processOf(params), (row) => {
			if (ids) return ids.includes(row.id);
			return messages === undefined || messages.includes(row.messageId);
		});
		return { result: true };
	},
	'event.offline.error': (call) => {
		const params = paramsOf(call);
		const messages = (asList(params.MESSAGE_ID) ?? []).map(asText);
		call.queue.fail(applicationOf(call), processOf(params), messages);
		return { result: true };
	},
};

function take(call: Call): Answer {
	const params = paramsOf(call);
	const processId = asText(params.PROCESS_ID);
	const withErrors = asFlag(params.ERROR) === 'Y';
	const rows = call.queue
		.of(applicationOf(call), asText(params.AUTH_CONNECTOR))
		.filter((row) => row.processId === processId && (withErrors || !row.error))
		.filter(filterOf(params.FILTER, COLUMNS, { strict: false }));
	const [reservedAs, events] = call.queue.take(
		sorted(rows, params.ORDER, COLUMNS, false, 'TIMESTAMP_X'),
		{
			limit: asWhole(params.LIMIT) ?? MOST,
			clear: !('CLEAR' in params) || asFlag(params.CLEAR) === 'Y',
			processId,
		},
	);
	return { result: { process_id: reservedAs, events: events.map(shown) } };
}

function shown(row: OfflineRow): Fields {
	return {
		ID: String(row.id),
		TIMESTAMP_X: row.timestamp,
		EVENT_NAME: row.event,
		EVENT_DATA: { FIELDS: row.fields },
		EVENT_ADDITIONAL: false,
		MESSAGE_ID: row.messageId,
	};
}

function paramsOf(call: Call): Fields {
	if (!call.user.admin) throw new Refusal(403, 'ACCESS_DENIED', 'Access denied!');
	return upperKeys(call.params);
}

function processOf(params: Fields): string {
	const processId = asText(params.PROCESS_ID);
	if (processId === '') {
		throw new Refusal(400, 'ERROR_ARGUMENT', "Argument 'PROCESS_ID' is null or empty");
	}
	return processId;
}
