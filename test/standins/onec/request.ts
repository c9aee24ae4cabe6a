/** A request to the OData service and what it may be answered with; HTTP itself is in http.ts. */
import { unsupportedFormat } from './odata/errors';
import type { Detail } from './odata/json';

export interface ServiceRequest {
	method: string;
	/** What follows `/odata/standard.odata`, decoded. */
	path: string;
	/** Query string as it came. */
	query: string;
	headers: Readonly<Record<string, string | undefined>>;
	body: string;
	/** Address of the service as the client sees it, with a slash at the end. */
	root: string;
}

export interface Answer {
	status: number;
	headers?: Record<string, string>;
	contentType?: string;
	body: string;
}

const DETAILS: readonly Detail[] = ['nometadata', 'minimalmetadata', 'fullmetadata'];

/** JSON has to be asked for: the default of the real service is atom, which is not imitated (406 instead). */
export function detailOf(format: string | undefined, accept: string | undefined): Detail {
	const asked =
		format ?? (accept ?? '').split(',').find((part) => part.includes('application/json'));
	const [kind, ...parameters] = (asked ?? '').split(';').map((part) => part.trim());
	if (kind !== 'json' && kind !== 'application/json') throw unsupportedFormat();
	const named = parameters
		.find((parameter) => parameter.startsWith('odata='))
		?.slice('odata='.length);
	if (named === undefined) return 'minimalmetadata';
	const detail = DETAILS.find((one) => one === named);
	if (!detail) throw unsupportedFormat();
	return detail;
}

export function jsonAnswer(status: number, json: unknown, detail: Detail): Answer {
	return {
		status,
		contentType: `application/json;odata=${detail};charset=utf-8`,
		headers: { DataServiceVersion: '3.0' },
		body: JSON.stringify(json),
	};
}
