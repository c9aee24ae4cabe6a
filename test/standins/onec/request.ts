/** A request to the OData service and what it may be answered with; HTTP itself is in http.ts. */
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
	/** How many objects or records it shows. */
	objects?: number;
}

export function jsonAnswer(status: number, json: unknown, detail: Detail): Answer {
	return {
		status,
		contentType: `application/json;odata=${detail};charset=utf-8`,
		headers: { DataServiceVersion: '3.0' },
		body: JSON.stringify(json),
	};
}

export const atomAnswer = (status: number, kind: 'feed' | 'entry', body: string): Answer => ({
	status,
	contentType: `application/atom+xml;type=${kind};charset=utf-8`,
	headers: { DataServiceVersion: '3.0' },
	body,
});

export const xmlAnswer = (status: number, body: string): Answer => ({
	status,
	contentType: 'application/xml;charset=utf-8',
	headers: { DataServiceVersion: '3.0' },
	body,
});
