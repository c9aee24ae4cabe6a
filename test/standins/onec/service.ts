/**
 * The OData service: finds the resource an address names and answers, or refuses the way 1C does. Whatever goes wrong
 * in here ends as an internal error of the service, never as a dead process. $batch is refused with XML even for
 * clients that speak JSON, $metadata is XML only (reference 1c-ut103.md §2 "Statuses").
 */
import { isHidden, type Changes } from './changes';
import type { Clock } from './clock';
import type { DecodingRules } from './decode';
import { objectTypes } from './model/metadata';
import { registerTypes } from './model/registerTypes';
import { metadataDocument } from './odata/edmx';
import {
	accessDenied,
	forbiddenMethod,
	internalError,
	ODataError,
	unknownSet,
} from './odata/errors';
import { readPath, readQuery, type Segment } from './odata/url';
import { element, NAMESPACES, XML_HEAD } from './odata/xml';
import { Reading } from './reading';
import { representationOf, type Representation } from './representation';
import { xmlAnswer, type Answer, type ServiceRequest } from './request';
import { EXCHANGE_OPTIONS, exchangeResource, isExchange } from './resources/exchange';
import {
	objectResource,
	tableOwner,
	tableResource,
	type ResourceContext,
} from './resources/objects';
import { registerOf, registerResource } from './resources/registers';
import { virtualTableOptions } from './resources/virtualTables';
import type { Store } from './store';
import type { Writing } from './writing';

export interface ServiceParts {
	store: Store;
	writing: Writing;
	changes: Changes;
	rules: DecodingRules;
	clock: Clock;
}

export class Service {
	constructor(private readonly parts: ServiceParts) {}

	/** `obstacle` is what stops the request before anything is looked at. */
	handle(request: ServiceRequest, obstacle?: ODataError): Answer {
		try {
			if (obstacle) throw obstacle;
			return this.route(request);
		} catch (error) {
			const refusal = error instanceof ODataError ? error : internalError();
			return refusalAnswer(refusal, request);
		}
	}

	private route(request: ServiceRequest): Answer {
		const path = readPath(request.path);
		const first = path[0]?.name;
		const last = path.at(-1)?.name;
		if (first === '$batch') return batchRefusal();
		const query = readQuery(request.query, ownOptions(last));
		if (first === '$metadata') return this.metadata(request);
		const { store, writing, changes, rules, clock } = this.parts;
		const { switches } = rules;
		const representation = representationFor(request, query.get('$format'), last);
		const { root } = request;
		const reading = new Reading({ store, switches, query, representation, root, now: clock() });
		return resource({ store, writing, changes, switches, request, reading, query }, path);
	}

	private metadata({ method }: ServiceRequest): Answer {
		if (method !== 'GET') throw forbiddenMethod();
		const { rules, store } = this.parts;
		const { switches, vatRates } = rules;
		const hidden = new Set([
			...[...objectTypes.keys()].filter((set) => isHidden(set, switches)),
			...store.unpublished,
		]);
		const showsLengths = switches.metadataShowsLengths;
		const wideIntegers = switches.smallIntegers === 'Int64';
		return xmlAnswer(200, metadataDocument({ showsLengths, wideIntegers, hidden, vatRates }));
	}
}

/** Arguments that commands and functions take from the query string. */
function ownOptions(last: string | undefined): readonly string[] {
	if (last === 'Post' || last === 'Unpost') return ['PostingModeOperational'];
	return last && isExchange(last) ? EXCHANGE_OPTIONS : virtualTableOptions(last);
}

/** Answers without a body of rows do not care what was asked for. */
function representationFor(
	{ method, headers }: ServiceRequest,
	format: string | undefined,
	last: string | undefined,
): Representation {
	const isBodiless = last === '$count' || last === 'NotifyChangesReceived' || method === 'DELETE';
	return isBodiless ? { kind: 'atom' } : representationOf(format, headers.accept);
}

function resource(context: ResourceContext, path: Segment[]): Answer {
	if (path.length === 0) return serviceRoot(context);
	const { name } = path[0];
	if (context.store.unpublished.has(name)) throw unknownSet(name);
	if (context.store.unreadable.has(name)) throw accessDenied();
	if (isExchange(name)) return exchangeResource(context, name);
	const type = objectTypes.get(name);
	if (type && !isHidden(name, context.switches)) return objectResource(context, type, path);
	const register = registerOf(name);
	if (register) return registerResource(context, register, path);
	if (tableOwner(name)) return tableResource(context, name, path);
	throw unknownSet(name);
}

/** In compatibility mode 8.2.13 everything is exposed: no composition is set up (reference §0.3). */
function serviceRoot({ reading, request, store, switches }: ResourceContext): Answer {
	if (request.method !== 'GET') throw forbiddenMethod();
	const sets: string[] = [];
	for (const type of objectTypes.values()) {
		if (isHidden(type.name, switches) || store.unpublished.has(type.name)) continue;
		sets.push(type.name, ...[...type.tables.values()].map((table) => table.name));
	}
	for (const { set, record, source } of registerTypes.values()) {
		if (store.unpublished.has(set)) continue;
		sets.push(set, ...(source.recorders === 'none' ? [] : [record.name]));
	}
	if (reading.representation.kind === 'atom') return serviceDocument(sets, request.root);
	const value = sets.map((name) => ({ name, url: name }));
	return reading.jsonAnswer(200, { ...reading.metadata(''), value });
}

function serviceDocument(sets: string[], root: string): Answer {
	const title = (text: string) => element('atom:title', {}, text);
	const collections = sets.map((href) => element('collection', { href }, title(href)));
	const workspace = element('workspace', {}, title('Default') + collections.join('\n'));
	const attributes = {
		xmlns: NAMESPACES.app,
		'xmlns:atom': NAMESPACES.atom,
		'xml:base': root,
	};
	const answer = xmlAnswer(200, XML_HEAD + element('service', attributes, workspace));
	return { ...answer, contentType: 'application/atomsvc+xml;charset=utf-8' };
}

function batchRefusal(): Answer {
	const message = element('message', { 'xml:lang': 'ru' }, '$batch не поддерживается');
	const content = element('code', {}, '0') + message;
	const body = XML_HEAD + element('error', { xmlns: NAMESPACES.metadata }, content);
	return { status: 501, contentType: 'application/xml;charset=utf-8', body };
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
	return xmlAnswer(refusal.status, refusal.xml());
}
