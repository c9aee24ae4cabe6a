/**
 * Clients nobody here has written read the stand-in of 1C: Microsoft's datajs (OData v3 over atom), OASIS's converter of
 * CSDL and an XML parser on $metadata. What they take for granted is what a stand-in forgets.
 */
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import axios from 'axios';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { Caller, castOf, order, orderBody, postedOrder, type Cast, type Row } from './onecCaller';

let caller: Caller;
let who: Cast;

beforeEach(async () => {
	caller = await Caller.open();
	who = castOf(caller.base);
});
afterEach(() => caller.close());

interface Request {
	requestUri: string;
	method?: string;
	headers?: Record<string, string>;
	data?: unknown;
	body?: string;
}

interface Response {
	statusCode: number;
	headers: Record<string, string>;
	body: string;
}

interface HttpClient {
	request(
		request: Request,
		success: (response: Response) => void,
		error: (failure: { message: string; response: Response }) => void,
	): { abort(): void };
}

type Handler = object;

interface OData {
	defaultHttpClient: HttpClient;
	metadataHandler: Handler;
	request(
		request: Request,
		success: (data: never, response: Response) => void,
		error: (failure: unknown) => void,
		handler?: Handler,
		client?: HttpClient,
		metadata?: unknown,
	): void;
}

/** The DOM at hand keeps a value and a nodeValue of an attribute apart, a browser does not. */
class BrowserDom extends DOMImplementation {
	override createDocument(...args: Parameters<DOMImplementation['createDocument']>): Document {
		const document = super.createDocument(...args);
		const createAttributeNS = document.createAttributeNS.bind(document);
		document.createAttributeNS = (namespace: string | null, name: string) =>
			Object.defineProperty(createAttributeNS(namespace, name), 'nodeValue', {
				set(this: Attr, value: string) {
					this.value = value;
				},
			});
		return document;
	}
}

/** datajs looks for a browser's window when it is loaded. */
function loadDatajs(): OData {
	const window = {
		DOMParser,
		XMLSerializer,
		JSON,
		setTimeout,
		clearTimeout,
		document: { implementation: new BrowserDom() },
	};
	Object.assign(globalThis, { window });
	require('datajs');
	return (window as unknown as { OData: OData }).OData;
}

const odata = loadDatajs();

/** datajs writes addresses as they are meant, so they are encoded on the way out. */
const http: HttpClient = {
	request({ requestUri, method = 'GET', headers, body }, success, error) {
		void axios
			.request<string>({
				url: encodeURI(decodeURI(requestUri)),
				method,
				headers,
				data: body,
				auth: { username: caller.base.login, password: caller.base.password },
				responseType: 'text',
				transformResponse: (text: string) => text,
				validateStatus: () => true,
			})
			.then((answer) => {
				const response: Response = {
					statusCode: answer.status,
					headers: { ...(answer.headers as Record<string, string>) },
					body: answer.data,
				};
				response.headers['Content-Type'] = String(answer.headers['content-type']);
				response.headers.DataServiceVersion = String(answer.headers.dataserviceversion);
				if (answer.status < 300) success(response);
				else error({ message: 'HTTP request failed', response });
			});
		return { abort: () => undefined };
	},
};

/** datajs knows the verbose JSON of OData v2 only, so atom is asked for. */
const ask = <T>(request: Request, handler?: Handler, metadata?: unknown): Promise<T> =>
	new Promise((resolve, reject) => {
		const headers = { Accept: 'application/atom+xml', ...request.headers };
		odata.request({ ...request, headers }, resolve, reject, handler, http, metadata);
	});

const uri = (path: string) => `${caller.base.url}/odata/standard.odata/${path}`;

interface Metadata {
	dataServices: {
		schema: Array<{
			namespace: string;
			entityType: Array<{ name: string; property: Array<{ name: string; type: string }> }>;
			entityContainer: Array<{ entitySet: unknown[] }>;
		}>;
	};
}

const readMetadata = () => ask<Metadata>({ requestUri: uri('$metadata') }, odata.metadataHandler);

describe('datajs', () => {
	it('finds the sets in the service document', async () => {
		const document = await ask<{ workspaces: Array<{ collections: Array<{ href: string }> }> }>({
			requestUri: uri(''),
			headers: { Accept: 'application/atomsvc+xml, */*' },
		});
		const sets = document.workspaces[0].collections.map(({ href }) => href.split('/').at(-1));
		expect(sets).toEqual(
			expect.arrayContaining(['Document_ЗаказПокупателя', 'Catalog_Контрагенты']),
		);
	});

	it('reads $metadata', async () => {
		const [schema] = (await readMetadata()).dataServices.schema;
		const found = schema.entityType.find(({ name }) => name === 'Document_ЗаказПокупателя');
		expect(schema.namespace).toBe('StandardODATA');
		expect(found?.property).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ name: 'СуммаДокумента', type: 'Edm.Double' }),
				expect.objectContaining({ name: 'ДокументОснование_Type', type: 'Edm.String' }),
			]),
		);
	});

	it('reads a feed with links and a count, every value a string: 1C writes no types into atom', async () => {
		const ref = await postedOrder(caller, who, { Комментарий: 'A & <B> "C"' });
		const feed = await ask<{ results: Row[]; __count: string }>({
			requestUri: uri('Document_ЗаказПокупателя?$inlinecount=allpages'),
		});
		expect([feed.results.length, Number(feed.__count)]).toEqual([1, 1]);
		expect(feed.results[0]).toMatchObject({
			Ref_Key: ref,
			__metadata: { type: 'StandardODATA.Document_ЗаказПокупателя', uri: uri(order(ref)) },
			Posted: 'true',
			Date: '2026-11-24T12:00:00',
			СуммаДокумента: '1000',
			Комментарий: 'A & <B> "C"',
			КратностьВзаиморасчетов: '1',
			Контрагент: { __deferred: { uri: uri(`${order(ref)}/Контрагент`) } },
		});
	});

	it('reads one entry, a set of rows, and what a reference leads to', async () => {
		const ref = await postedOrder(caller, who);
		const entry = await ask<Row>({ requestUri: uri(order(ref)) });
		expect(entry.Number).toBe('РТ000000001');
		const rows = await ask<{ results: Row[] }>({
			requestUri: uri(`Document_ЗаказПокупателя_Товары?$filter=Ref_Key eq guid'${ref}'`),
		});
		expect(rows.results).toMatchObject([{ LineNumber: '1', Цена: '100', СтавкаНДС: 'НДС22' }]);
		const buyer = await ask<Row>({ requestUri: uri(`${order(ref)}/Контрагент`) });
		expect(buyer.ИНН).toBe('7707083893');
	});

	it('unfolds what is expanded and selected', async () => {
		await postedOrder(caller, who);
		const path = 'Document_ЗаказПокупателя?$select=Number,Контрагент/ИНН&$expand=Контрагент';
		const feed = await ask<{ results: Row[] }>({ requestUri: uri(path) });
		expect(feed.results[0].Контрагент).toMatchObject({ ИНН: '7707083893' });
	});

	it('creates and changes a counterparty with atom entries', async () => {
		const metadata = await readMetadata();
		const created = await ask<Row>(
			{
				requestUri: uri('Catalog_Контрагенты'),
				method: 'POST',
				headers: { 'Content-Type': 'application/atom+xml', DataServiceVersion: '2.0' },
				data: { Description: 'Бета & сыновья', ИНН: '7728168971', Покупатель: true },
			},
			undefined,
			metadata,
		);
		expect(caller.base.sees.counterparty(String(created.Ref_Key))).toMatchObject({
			Description: 'Бета & сыновья',
			ИНН: '7728168971',
			Покупатель: true,
		});
	});

	it('gets a refusal as XML of the protocol', async () => {
		const refusal = await ask({ requestUri: uri('Catalog_НетТакого') }).catch(
			(failure: { response: Response }) => failure.response,
		);
		expect(refusal).toMatchObject({ statusCode: 404, body: expect.stringContaining('<m:code>8') });
	});
});

interface Csdl {
	$EntityContainer?: string;
	StandardODATA: Record<string, Record<string, unknown>>;
}

describe('$metadata', () => {
	const parsed = (xml: string) =>
		new XMLParser({
			ignoreAttributes: false,
			attributeNamePrefix: '',
			removeNSPrefix: true,
			isArray: (name, _path, _isLeaf, isAttribute) =>
				!isAttribute &&
				!['Edmx', 'DataServices', 'Schema', 'EntityContainer', 'Key'].includes(name),
		}).parse(xml) as { Edmx: { DataServices: { Schema: Schema } } };

	interface Named {
		Name: string;
		Type?: string;
		EntityType?: string;
		Relationship?: string;
		ReturnType?: string;
	}

	interface Structure extends Named {
		Key?: { PropertyRef: Named[] };
		Property: Array<Named & { Nullable: string; MaxLength?: string }>;
		NavigationProperty?: Named[];
	}

	interface Schema {
		EntityType: Structure[];
		ComplexType: Structure[];
		EnumType: Named[];
		Association: Array<Named & { End: Named[] }>;
		EntityContainer: {
			EntitySet: Named[];
			FunctionImport: Array<Named & { Parameter: Named[] }>;
		};
	}

	const schemaOf = async (): Promise<Schema> =>
		parsed(String((await caller.get('$metadata')).data)).Edmx.DataServices.Schema;

	it('is well-formed XML whatever is asked for', async () => {
		for (const accept of ['application/json', 'application/xml', '*/*']) {
			const response = await caller.get('$metadata', { Accept: accept });
			expect(response.headers['content-type']).toBe('application/xml;charset=utf-8');
			expect(XMLValidator.validate(String(response.data))).toBe(true);
		}
	});

	it('names nothing twice and points nowhere in vain', async () => {
		const schema = await schemaOf();
		const types = [...schema.EntityType, ...schema.ComplexType, ...schema.EnumType];
		const names = new Set(types.map(({ Name }) => Name));
		expect(names.size).toBe(types.length);
		const associations = new Set(schema.Association.map(({ Name }) => Name));
		const known = (type: string) =>
			type.startsWith('Edm.') || names.has(type.replace(/^StandardODATA\./, ''));
		const bare = (type: string) => type.replace(/^Collection\((.*)\)$/, '$1');
		const dangling: string[] = [];
		for (const { Name, Key, Property, NavigationProperty = [] } of [
			...schema.EntityType,
			...schema.ComplexType,
		]) {
			const own = Property.map((property) => property.Name);
			if (new Set(own).size !== own.length) dangling.push(`${Name} repeats a property`);
			for (const { Name: key } of Key?.PropertyRef ?? []) {
				const property = Property.find((one) => one.Name === key);
				if (property?.Nullable !== 'false') dangling.push(`${Name} key ${key}`);
			}
			for (const { Name: property, Type = '' } of Property) {
				if (!known(bare(Type))) dangling.push(`${Name}.${property}: ${Type}`);
			}
			for (const { Relationship = '' } of NavigationProperty) {
				if (!associations.has(Relationship.replace('StandardODATA.', '')))
					dangling.push(Relationship);
			}
		}
		for (const { End, Name } of schema.Association) {
			for (const { Type = '' } of End) if (!known(Type)) dangling.push(`${Name} → ${Type}`);
		}
		const { EntitySet, FunctionImport } = schema.EntityContainer;
		for (const { EntityType = '' } of EntitySet) if (!known(EntityType)) dangling.push(EntityType);
		for (const { ReturnType, Parameter } of FunctionImport) {
			for (const type of [ReturnType, ...Parameter.map(({ Type }) => Type)]) {
				if (type && !known(bare(type))) dangling.push(type);
			}
		}
		expect(dangling).toEqual([]);
	});

	it('has every set the service serves, and serves every set it has', async () => {
		const { EntitySet } = (await schemaOf()).EntityContainer;
		const listed = (await caller.rows('')).map(({ name }) => name);
		expect(EntitySet.map(({ Name }) => Name).sort()).toEqual([...listed].sort());
		for (const { Name } of EntitySet) {
			const response = await caller.get(`${Name}?$top=1`);
			expect([Name, response.status]).toEqual([Name, 200]);
		}
	});

	it('describes what answers really hold', async () => {
		const schema = await schemaOf();
		const ref = await postedOrder(caller, who);
		caller.base.storekeeper.ships({ order: ref });
		const fieldsOf = (name: string) =>
			[...schema.EntityType, ...schema.ComplexType]
				.find((type) => type.Name === name)
				?.Property.map((property) => property.Name)
				.sort();
		for (const set of [
			'Document_ЗаказПокупателя',
			'Document_ЗаказПокупателя_Товары',
			'Catalog_Контрагенты',
			'AccumulationRegister_ЗаказыПокупателей',
			'AccumulationRegister_ТоварыНаСкладах_RecordType',
			'InformationRegister_ЦеныНоменклатуры_RecordType',
		]) {
			const [row] = await caller.rows(`${set}?$format=json;odata=nometadata`);
			expect([set, Object.keys(row).sort()]).toEqual([set, fieldsOf(set)]);
		}
		const [turnover] = await caller.rows('AccumulationRegister_ТоварыНаСкладах/Turnovers()');
		expect(fieldsOf('AccumulationRegister_ТоварыНаСкладах_Turnover')).toEqual(
			expect.arrayContaining(Object.keys(turnover)),
		);
	});

	it('shows lengths of strings only where the base does', async () => {
		const lengths = async () => {
			const { EntityType } = await schemaOf();
			const type = EntityType.find(({ Name }) => Name === 'Catalog_Контрагенты');
			return type?.Property.filter(({ MaxLength }) => MaxLength).map(
				(property) => `${property.Name} ${property.MaxLength}`,
			);
		};
		expect(await lengths()).toEqual([]);
		caller.base.switches.metadataShowsLengths = true;
		expect(await lengths()).toEqual(
			expect.arrayContaining(['Code 9', 'Description 100', 'ИНН 12', 'КПП 9']),
		);
	});

	it('is taken by the converter of OASIS without a complaint, as a damaged one is not', async () => {
		const { xml2json } = require('odata-csdl') as {
			xml2json(xml: string, options: { messages: unknown[] }): Csdl;
		};
		const complaintsAbout = (xml: string): [Csdl, string[]] => {
			const messages: Array<{ message: string }> = [];
			const csdl = xml2json(xml, { messages });
			return [csdl, messages.map(({ message }) => message)];
		};
		const xml = String((await caller.get('$metadata')).data);
		const [csdl, complaints] = complaintsAbout(xml);
		expect(complaints).toEqual([]);
		expect(csdl.StandardODATA.Document_ЗаказПокупателя).toMatchObject({
			$Kind: 'EntityType',
			$Key: ['Ref_Key'],
			Товары: { $Collection: true, $Type: 'StandardODATA.Document_ЗаказПокупателя_Товары_RowType' },
		});
		const doubled = xml.replace('Name="DeletionMark"', 'Name="DataVersion"');
		expect(complaintsAbout(doubled)[1]).not.toEqual([]);
	});
});

it('an order written by one client is read by the other', async () => {
	const created = await caller.post('Document_ЗаказПокупателя', orderBody(caller.base, who), {
		Accept: 'application/atom+xml',
	});
	expect([created.status, created.headers['content-type']]).toEqual([
		201,
		'application/atom+xml;type=entry;charset=utf-8',
	]);
	const [json] = await caller.rows('Document_ЗаказПокупателя');
	expect(String(created.data)).toContain(`<d:Ref_Key>${String(json.Ref_Key)}</d:Ref_Key>`);
});
