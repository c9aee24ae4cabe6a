/**
 * The OData service: finds the resource an address names and answers, or refuses the way 1C does. Whatever goes wrong
 * in here ends as an internal error of the service, never as a dead process. $batch is refused with XML even for
 * clients that speak JSON (reference 1c-ut103.md §2 "Statuses"); $metadata will be generated from the model later.
 */
import { objectTypes, registerTypes } from './model/metadata';
import { internalError, notImplemented, ODataError, unknownSet } from './odata/errors';
import { readPath, readQuery, type Segment } from './odata/url';
import { Reading } from './reading';
import { detailOf, jsonAnswer, type Answer, type ServiceRequest } from './request';
import {
	objectResource,
	tableOwner,
	tableResource,
	type ResourceContext,
} from './resources/objects';
import { registerOf, registerResource } from './resources/registers';
import type { Store } from './store';
import type { BaseSwitches } from './switches';
import type { Writing } from './writing';

export class Service {
	constructor(
		private readonly store: Store,
		private readonly writing: Writing,
		private readonly switches: BaseSwitches,
	) {}

	handle(request: ServiceRequest): Answer {
		try {
			return this.route(request);
		} catch (error) {
			const refusal = error instanceof ODataError ? error : internalError();
			return refusalAnswer(refusal, request);
		}
	}

	private route(request: ServiceRequest): Answer {
		const path = readPath(request.path);
		const last = path.at(-1)?.name;
		if (path[0]?.name === '$batch') return batchRefusal();
		if (path[0]?.name === '$metadata') throw notImplemented('$metadata');
		const isCommand = last === 'Post' || last === 'Unpost';
		const query = readQuery(request.query, isCommand ? ['PostingModeOperational'] : []);
		const detail = detailFor(request, query.get('$format'), last === '$count' || isCommand);
		const reading = new Reading(this.store, this.switches, query, detail, request.root);
		const { store, writing, switches } = this;
		return resource({ store, writing, switches, request, reading, query }, path);
	}
}

/** Answers without a JSON body do not need JSON asked for. */
function detailFor(request: ServiceRequest, format: string | undefined, bodiless: boolean) {
	if (bodiless || request.method === 'DELETE') return 'minimalmetadata';
	return detailOf(format, request.headers.accept);
}

function resource(context: ResourceContext, path: Segment[]): Answer {
	if (path.length === 0) return serviceRoot(context);
	const { name } = path[0];
	const type = objectTypes.get(name);
	if (type) return objectResource(context, type, path);
	const register = registerOf(name);
	if (register) return registerResource(context, register, path);
	if (tableOwner(name)) return tableResource(context, name, path);
	throw unknownSet(name);
}

/** In compatibility mode 8.2.13 everything is exposed: no composition is set up (reference §0.3). */
function serviceRoot({ reading, request }: ResourceContext): Answer {
	const sets: string[] = [];
	for (const type of objectTypes.values()) {
		sets.push(type.name, ...[...type.tables.values()].map((table) => table.name));
	}
	for (const { set, record, source } of registerTypes.values()) {
		sets.push(set, ...(source.recorders === 'none' ? [] : [record.name]));
	}
	const metadata =
		reading.detail === 'nometadata' ? {} : { 'odata.metadata': `${request.root}$metadata` };
	const value = sets.map((name) => ({ name, url: name }));
	return jsonAnswer(200, { ...metadata, value }, reading.detail);
}

function batchRefusal(): Answer {
	const namespace = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';
	const message = '<message xml:lang="ru">$batch не поддерживается</message>';
	return {
		status: 501,
		contentType: 'application/xml;charset=utf-8',
		body: `<?xml version="1.0"?><error xmlns="${namespace}"><code>0</code>${message}</error>`,
	};
}

/** Refusals are JSON for those who asked for JSON and XML for the rest. */
function refusalAnswer(refusal: ODataError, { headers, query }: ServiceRequest): Answer {
	const asksJson = /(^|&)(\$|%24)format=(application\/)?json/i.test(query);
	if (asksJson || headers.accept?.includes('application/json')) {
		return {
			status: refusal.status,
			contentType: 'application/json;charset=utf-8',
			headers: { DataServiceVersion: '3.0' },
			body: refusal.body(),
		};
	}
	return {
		status: refusal.status,
		contentType: 'application/xml;charset=utf-8',
		body: refusal.xml(),
	};
}
