/** Creating, changing and removing: what is stored as it was sent, and what is changed or dropped without a word. */
import type { BaseQuestion } from '../contract';
import {
	ATOM,
	bodyOf,
	change,
	changed,
	create,
	EMPTY_LIST,
	GUIDE,
	instead,
	isOk,
	MARK,
	NOTHING,
	NOWHERE,
	of,
	one,
	ORDERS,
	read,
	RECORDINGS,
	refusalCase,
	refusalIn,
	refusalOr,
	remove,
	removed,
	ROWS_PROBE,
	rowsIn,
	CLIENT,
	CONFIGURATION,
	firstOf,
	TODAY,
	WRITING_PROBE,
	type BaseCase,
	type Row,
} from './baseCase';

const order = (fields: Row = {}): Row => ({ Date: TODAY, Комментарий: MARK, ...fields });
const line = (number: number, fields: Row = {}): Row => ({
	LineNumber: number,
	Количество: 10,
	Коэффициент: 1,
	Цена: 100,
	Сумма: 1000,
	...fields,
});

const CREATED = create(ORDERS, order());
const REF = of(0);
const gone = removed(ORDERS, REF);

/** What of an order is stored after it was created with these fields. */
const createdCase = (
	one: Pick<BaseCase, 'fact' | 'source' | 'expected' | 'settles'> & {
		before?: readonly BaseQuestion[];
		fields: Row;
		headers?: Record<string, string>;
		seen(order: Row): string | null;
		otherwise?: Row;
	},
): BaseCase => {
	const { before = [], fields, headers, seen, otherwise, ...rest } = one;
	const question = { ...create(ORDERS, fields), ...(headers ? { headers } : {}) };
	return {
		...rest,
		writes: true,
		questions: [...before, question],
		observe: (answers) => {
			const answer = answers[before.length];
			return isOk(answer) ? seen(bodyOf(answer)) : refusalIn(answer);
		},
		...(otherwise ? { reversed: changed(question, (body) => ({ ...body, ...otherwise })) } : {}),
		undo: removed(ORDERS, of(before.length)),
	};
};

/** What an order holds after a change. */
const changedCase = (
	one: Pick<BaseCase, 'fact' | 'source' | 'expected' | 'settles'> & {
		fields?: Row;
		patch: Row;
		headers?: Record<string, string>;
		seen(order: Row, before: Row): string | null;
		otherwise?: Row;
	},
): BaseCase => {
	const { fields, patch, headers, seen, otherwise, ...rest } = one;
	const question = { ...change(ORDERS, REF, patch), ...(headers ? { headers } : {}) };
	return {
		...rest,
		writes: true,
		questions: [create(ORDERS, order(fields)), question],
		observe: ([before, after]) => {
			if (!isOk(before)) return null;
			return isOk(after) ? seen(bodyOf(after), bodyOf(before)) : refusalIn(after);
		},
		...(otherwise ? { reversed: changed(question, (body) => ({ ...body, ...otherwise })) } : {}),
		undo: gone,
	};
};

const rowsOf = (order: Row): Row[] => (Array.isArray(order.Товары) ? (order.Товары as Row[]) : []);

const writesIn = ({ DataVersion: version }: Row): number =>
	Buffer.from(String(version), 'base64').readUInt32BE();

const OWN = '6a0e5f0c-8d2b-5c57-9a55-3b1f0f0a0001';
const LONG = 'x'.repeat(25);
const STALE = { 'If-Match': 'AAAAAAAAAAU=' };

const REASONS = 'Catalog_ПричиныЗакрытияЗаказов';
const DEPARTMENTS = 'Catalog_Подразделения';
const put = (set: string, ref: string, body: Row): BaseQuestion => ({
	verb: 'PUT',
	path: `${set}(guid'${ref}')?$format=json`,
	body,
});
const REPLACED = put(REASONS, REF, {
	Code: of(0, 'Code'),
	Description: `${MARK}.`,
	DeletionMark: false,
});
const BOUND = put(DEPARTMENTS, of(1), {
	Code: of(1, 'Code'),
	Description: MARK,
	DeletionMark: false,
	'Parent@odata.bind': `${DEPARTMENTS}(guid'${REF}')`,
});

const BUYERS = 'Catalog_Контрагенты';
const CONTACTS = 'InformationRegister_КонтактнаяИнформация';
const contact = {
	Объект: REF,
	Объект_Type: `StandardODATA.${BUYERS}`,
	Тип: 'Телефон',
	Вид: MARK,
	Вид_Type: 'Edm.String',
	Представление: '+7 495 000-00-01',
};
const CONTACT_KEY = `${CONTACTS}(Объект='${REF}', Объект_Type='StandardODATA.${BUYERS}', Тип='Телефон', Вид='${MARK}', Вид_Type='Edm.String')`;
const noContact: BaseQuestion = { verb: 'DELETE', path: CONTACT_KEY };
const PHONE_CHANGED: BaseQuestion = {
	verb: 'PATCH',
	path: `${CONTACT_KEY}?$format=json`,
	body: { Представление: '+7 495 000-00-02' },
};
const NEW_BUYER = create(BUYERS, { Description: MARK, IsFolder: false, Комментарий: MARK });

const BUYER_CHANGED = change(BUYERS, REF, { ИНН: '7728168971' });

const ENTRY = `<entry>
	<category term="StandardODATA.${BUYERS}" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/>
	<content type="application/xml"><m:properties
		xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"
		xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
		<d:DeletionMark>false</d:DeletionMark><d:IsFolder>false</d:IsFolder>
		<d:Description>${MARK} &amp; Ко</d:Description><d:Комментарий/><d:ИНН>7728168971</d:ИНН>
	</m:properties></content></entry>`;
const FROM_ATOM: BaseQuestion = {
	...create(BUYERS, ENTRY),
	headers: { 'Content-Type': ATOM },
};

const FOLDER = create(BUYERS, { Description: MARK, IsFolder: true });
const INSIDE = create(BUYERS, { Description: MARK, IsFolder: false, Parent_Key: REF });
const IN_FOLDER = read(BUYERS, `$filter=Parent_Key eq guid'${REF}' and IsFolder eq false`);

export const WRITING_CASES: BaseCase[] = [
	{
		fact: 'A created object is answered whole, under 201',
		source: [GUIDE, WRITING_PROBE],
		writes: true,
		questions: [CREATED, one(ORDERS, REF)],
		observe: ([created, stored]) => {
			const [sent, kept] = [bodyOf(created), bodyOf(stored)];
			if (!isOk(created)) return refusalIn(created);
			return sent.Number === kept.Number && 'СуммаДокумента' in sent
				? `${created.status}, whole`
				: `${created.status}, something else`;
		},
		expected: '201, whole',
		reversed: changed(CREATED, (body) => ({ Ref_Key: body.Ref_Key })),
		undo: gone,
	},
	{
		fact: 'The address of a created object is in Location',
		source: [WRITING_PROBE],
		writes: true,
		questions: [CREATED],
		observe: ([answer]) => {
			if (!isOk(answer)) return refusalIn(answer);
			const location = Buffer.from(answer.headers.location ?? '', 'latin1').toString('utf8');
			const address = `${ORDERS}(guid'${String(bodyOf(answer).Ref_Key)}')`;
			return decodeURI(location).endsWith(`/odata/standard.odata/${address}`)
				? 'there'
				: 'not there';
		},
		expected: 'there',
		reversed: {
			isAbout: ({ verb }) => verb === 'POST',
			answer: (answer) => ({ ...answer, headers: {} }),
		},
		undo: gone,
	},
	createdCase({
		fact: 'A document gets a number of its own',
		source: [CONFIGURATION],
		fields: order(),
		seen: ({ Number: number }) => (/\d$/.test(String(number)) ? 'a number' : 'none'),
		expected: 'a number',
		otherwise: { Number: '' },
	}),
	createdCase({
		fact: 'A new document has a version',
		source: [WRITING_PROBE],
		fields: order(),
		seen: ({ DataVersion: version }) => (version === null ? 'null' : 'a version'),
		expected: 'a version',
		settles: { switch: 'newDataVersion', positions: { 'a version': 'counter', null: 'null' } },
	}),
	createdCase({
		fact: 'A document without a date is refused',
		source: ['guess'],
		fields: { Комментарий: MARK },
		seen: () => 'dated',
		expected: 'refused with 500 and code -1',
		settles: {
			switch: 'documentWithoutDate',
			positions: { 'refused with 500 and code -1': 'refuse', dated: 'now' },
		},
	}),
	createdCase({
		fact: 'A new object may bring its own reference',
		source: ['guess'],
		fields: order({ Ref_Key: OWN }),
		seen: ({ Ref_Key: ref }) => (ref === OWN ? 'its own' : 'another'),
		expected: 'its own',
		settles: { switch: 'acceptsOwnRefKey', positions: { 'its own': true, another: false } },
	}),
	createdCase({
		fact: 'A value that an enumeration does not have is refused',
		source: ['guess'],
		fields: order({ Товары: [line(1, { СтавкаНДС: 'НДС99' })] }),
		seen: (stored) => (rowsOf(stored)[0]?.СтавкаНДС === '' ? 'left empty' : 'stored'),
		expected: 'refused with 400 and code 1',
		settles: {
			switch: 'unknownEnumValue',
			positions: { 'refused with 400 and code 1': 'refuse', 'left empty': 'blank' },
		},
	}),
	createdCase({
		fact: 'A composite value without its type is dropped',
		source: ['guess'],
		before: [read('Catalog_БанковскиеСчета', '$top=1')],
		fields: order({ СтруктурнаяЕдиница: firstOf(0) }),
		seen: ({ СтруктурнаяЕдиница: account }) => (account === '' ? 'dropped' : 'stored'),
		expected: 'dropped',
		settles: {
			switch: 'compositeWithoutType',
			positions: { dropped: 'blank', 'refused with 400 and code 4': 'refuse' },
		},
	}),
	createdCase({
		fact: 'A composite value with its type is stored',
		source: [GUIDE],
		before: [read('Catalog_БанковскиеСчета', '$top=1')],
		fields: order({
			СтруктурнаяЕдиница: firstOf(0),
			СтруктурнаяЕдиница_Type: 'StandardODATA.Catalog_БанковскиеСчета',
		}),
		seen: (stored) => `of the type ${String(stored.СтруктурнаяЕдиница_Type)}`,
		expected: 'of the type StandardODATA.Catalog_БанковскиеСчета',
		otherwise: { СтруктурнаяЕдиница_Type: 'StandardODATA.Undefined' },
	}),
	createdCase({
		fact: 'The sum of a document is counted from its rows, whatever was sent',
		source: [CONFIGURATION],
		fields: order({ СуммаДокумента: 5, Товары: [line(1)] }),
		seen: ({ СуммаДокумента: sum }) => String(sum),
		expected: '1000',
		otherwise: { СуммаДокумента: 5 },
	}),
	createdCase({
		fact: 'VAT on top of the prices is added to the sum of a document',
		source: [CONFIGURATION],
		fields: order({
			УчитыватьНДС: true,
			СуммаВключаетНДС: false,
			Товары: [line(1, { Количество: 3, Цена: 0.1, Сумма: 0.3, СуммаНДС: 0.07 })],
		}),
		seen: ({ СуммаДокумента: sum }) => String(sum),
		expected: '0.37',
		otherwise: { СуммаДокумента: 0.3 },
	}),
	createdCase({
		fact: 'The mode of loading data keeps the sum that was sent',
		source: [GUIDE, CONFIGURATION],
		fields: order({ СуммаДокумента: 5, Товары: [line(1)] }),
		headers: { '1C_OData-DataLoadMode': 'true' },
		seen: ({ СуммаДокумента: sum }) => String(sum),
		expected: '5',
		otherwise: { СуммаДокумента: 1000 },
	}),
	refusalCase({
		fact: 'A row without the number of its line is an internal error',
		source: [ROWS_PROBE],
		writes: true,
		question: create(ORDERS, order({ Товары: [{ Цена: 1 }] })),
		status: 500,
		code: '-1',
		accepted: { Ref_Key: NOTHING },
		undo: gone,
	}),
	refusalCase({
		fact: 'Rows that do not begin with line 1 are refused',
		source: [ROWS_PROBE],
		writes: true,
		question: create(ORDERS, order({ Товары: [line(2)] })),
		status: 400,
		code: '4',
		accepted: { Ref_Key: NOTHING },
		undo: gone,
	}),
	refusalCase({
		fact: 'A reference that is taken is refused',
		source: [GUIDE],
		writes: true,
		before: [CREATED],
		question: create(ORDERS, order({ Ref_Key: REF })),
		status: 400,
		code: '15',
		accepted: { Ref_Key: NOTHING },
		undo: [...removed(ORDERS, of(1)), ...gone],
	}),
	changedCase({
		fact: 'A change is answered with the whole object, under 200',
		source: [WRITING_PROBE],
		patch: { Комментарий: `${MARK}.` },
		seen: (after) =>
			after.Комментарий === `${MARK}.` && 'Товары' in after ? 'whole' : 'something else',
		expected: 'whole',
		otherwise: { Комментарий: MARK },
	}),
	changedCase({
		fact: 'A text that is too long is cut without a word',
		source: [WRITING_PROBE],
		patch: { НомерВходящегоДокументаЭлектронногоОбмена: LONG },
		seen: ({ НомерВходящегоДокументаЭлектронногоОбмена: kept }) => String(String(kept).length),
		expected: '20',
		otherwise: { НомерВходящегоДокументаЭлектронногоОбмена: LONG },
	}),
	changedCase({
		fact: 'An unknown field is dropped without a word',
		source: [WRITING_PROBE],
		patch: { НетТакого: 1 },
		seen: (after) => ('НетТакого' in after ? 'stored' : 'dropped'),
		expected: 'dropped',
		otherwise: { НетТакого: 1 },
	}),
	changedCase({
		fact: 'A reference that leads nowhere is stored',
		source: [WRITING_PROBE],
		patch: { Подразделение_Key: NOWHERE },
		seen: ({ Подразделение_Key: ref }) => (ref === NOWHERE ? 'stored' : 'not stored'),
		expected: 'stored',
		otherwise: { Подразделение_Key: NOTHING },
	}),
	changedCase({
		fact: 'A word instead of a whole number is dropped without a word',
		source: [WRITING_PROBE],
		fields: { КратностьВзаиморасчетов: '1' },
		patch: { КратностьВзаиморасчетов: 'много' },
		seen: ({ КратностьВзаиморасчетов: kept }) => String(kept),
		expected: '1',
		otherwise: { КратностьВзаиморасчетов: '0' },
	}),
	changedCase({
		fact: 'Another reference in a change is not looked at',
		source: [WRITING_PROBE],
		patch: { Ref_Key: NOWHERE, Комментарий: `${MARK}.` },
		seen: (after, before) =>
			after.Ref_Key === before.Ref_Key && after.Комментарий === `${MARK}.`
				? 'the rest is stored'
				: 'something else',
		expected: 'the rest is stored',
		otherwise: { Ref_Key: NOWHERE },
	}),
	changedCase({
		fact: 'A change of the sum of a document has no effect',
		source: [CONFIGURATION],
		fields: { Товары: [line(1)] },
		patch: { СуммаДокумента: 5 },
		seen: ({ СуммаДокумента: sum }) => String(sum),
		expected: '1000',
		otherwise: { СуммаДокумента: 5 },
	}),
	changedCase({
		fact: 'A change under a stale If-Match is carried out',
		source: [WRITING_PROBE, CLIENT],
		patch: { Комментарий: `${MARK}.` },
		headers: STALE,
		seen: () => 'carried out',
		expected: 'carried out',
		settles: {
			switch: 'ifMatch',
			positions: { 'carried out': 'ignored', 'refused with 412 and code 0': '412' },
		},
	}),
	changedCase({
		fact: 'Every write gives an object another version, a change of nothing too',
		source: [WRITING_PROBE],
		patch: {},
		seen: (after, before) => (after.DataVersion === before.DataVersion ? 'the same' : 'another'),
		expected: 'another',
		otherwise: { DataVersion: 'AAAAAAAAAAA=' },
	}),
	changedCase({
		fact: 'The first bytes of a version count the writes',
		source: [RECORDINGS],
		patch: {},
		seen: (after, before) => String(writesIn(after) - writesIn(before)),
		expected: '1',
		otherwise: { DataVersion: 'AAAAAAAAAAE=' },
	}),
	changedCase({
		fact: 'A table that a change names is replaced whole',
		source: [WRITING_PROBE],
		fields: { Товары: [line(1), line(2)] },
		patch: { Товары: [line(1, { Количество: 1, Сумма: 100 })] },
		seen: (after) =>
			rowsOf(after)
				.map(({ Сумма: sum }) => String(sum))
				.join(', '),
		expected: '100',
		otherwise: { Товары: [line(1), line(2)] },
	}),
	changedCase({
		fact: 'A table that a change does not name stays',
		source: [WRITING_PROBE],
		fields: { Товары: [line(1), line(2)] },
		patch: { Комментарий: `${MARK}.` },
		seen: (after) => String(rowsOf(after).length),
		expected: '2',
		otherwise: { Товары: [] },
	}),
	refusalCase({
		fact: 'A replacement that does not name every field is refused',
		source: [GUIDE],
		writes: true,
		before: [CREATED],
		question: put(ORDERS, REF, {}),
		status: 400,
		code: '5',
		accepted: {},
		undo: gone,
	}),
	{
		fact: 'A replacement names every field',
		source: [GUIDE],
		writes: true,
		questions: [create(REASONS, { Description: MARK }), REPLACED],
		observe: ([created, answer]) => {
			if (!isOk(created)) return null;
			return refusalOr(answer, String(bodyOf(answer).Description));
		},
		expected: `${MARK}.`,
		reversed: changed(REPLACED, (body) => ({ ...body, Description: MARK })),
		undo: removed(REASONS, REF),
	},
	{
		fact: 'A replacement names references by their addresses',
		source: [GUIDE],
		writes: true,
		questions: [
			create(DEPARTMENTS, { Description: MARK }),
			create(DEPARTMENTS, { Description: MARK }),
			BOUND,
		],
		observe: ([parent, child, answer]) => {
			if (!isOk(parent) || !isOk(child)) return null;
			const bound = bodyOf(answer).Parent_Key === bodyOf(parent).Ref_Key;
			return refusalOr(answer, bound ? 'bound' : 'not bound');
		},
		expected: 'bound',
		reversed: changed(BOUND, (body) => ({ ...body, Parent_Key: NOTHING })),
		undo: [...removed(DEPARTMENTS, of(1)), ...removed(DEPARTMENTS, of(0))],
	},
	{
		fact: 'A removal is for good: 204, then the key leads nowhere',
		source: [WRITING_PROBE],
		writes: true,
		questions: [CREATED, remove(ORDERS, REF), one(ORDERS, REF)],
		observe: ([created, answer, after]) => {
			if (!isOk(created)) return null;
			return `${answer.status}, then ${after.status}`;
		},
		expected: '204, then 404',
		reversed: instead(one(ORDERS, REF), { DeletionMark: true }),
		undo: gone,
	},
	{
		fact: 'An entry of atom is written like JSON',
		source: [GUIDE],
		writes: true,
		questions: [FROM_ATOM],
		observe: ([answer]) => {
			const { Description: name, ИНН: inn } = bodyOf(answer);
			return refusalOr(answer, `${String(name)}, ${String(inn)}`);
		},
		expected: `${MARK} & Ко, 7728168971`,
		reversed: changed(FROM_ATOM, (body) => ({ ...body, Description: '' })),
		undo: removed(BUYERS, REF),
	},
	{
		fact: 'An item of a catalog gets a code of its own',
		source: [CONFIGURATION],
		writes: true,
		questions: [NEW_BUYER],
		observe: ([answer]) =>
			refusalOr(answer, /\d$/.test(String(bodyOf(answer).Code)) ? 'a code' : 'none'),
		expected: 'a code',
		reversed: changed(NEW_BUYER, (body) => ({ ...body, Code: '' })),
		undo: removed(BUYERS, REF),
	},
	{
		fact: 'A change of an item leaves alone what it does not name',
		source: [GUIDE],
		writes: true,
		questions: [NEW_BUYER, BUYER_CHANGED],
		observe: ([created, answer]) => {
			if (!isOk(created)) return null;
			const { ИНН: inn, Description: name } = bodyOf(answer);
			return refusalOr(answer, `${String(inn)}, ${String(name)}`);
		},
		expected: `7728168971, ${MARK}`,
		reversed: changed(BUYER_CHANGED, (body) => ({ ...body, Description: '' })),
		undo: removed(BUYERS, REF),
	},
	{
		fact: 'Items of a folder are found by it',
		source: [GUIDE],
		writes: true,
		questions: [FOLDER, INSIDE, IN_FOLDER],
		observe: ([folder, item, answer]) => {
			if (!isOk(folder) || !isOk(item)) return null;
			const refs = rowsIn(answer).map(({ Ref_Key: ref }) => ref);
			return refs.length === 1 && refs[0] === bodyOf(item).Ref_Key
				? 'the item alone'
				: refusalOr(answer, 'something else');
		},
		expected: 'the item alone',
		reversed: instead(IN_FOLDER, EMPTY_LIST),
		undo: [...removed(BUYERS, of(1)), ...removed(BUYERS, of(0))],
	},
	{
		fact: 'A contact is a record with a key of its own: a second one is refused',
		source: [GUIDE, CONFIGURATION],
		writes: true,
		questions: [NEW_BUYER, create(CONTACTS, contact), create(CONTACTS, contact)],
		observe: ([buyer, first, second]) => {
			if (!isOk(buyer) || !isOk(first)) return null;
			return refusalOr(second, 'accepted');
		},
		expected: 'refused with 400 and code 15',
		reversed: {
			isAbout: ({ verb, path }) => verb === 'POST' && path.startsWith(CONTACTS),
			answer: (answer) => ({ ...answer, status: 201, body: contact }),
		},
		undo: [noContact, ...removed(BUYERS, REF)],
	},
	{
		fact: 'A contact is changed by its whole key',
		source: [GUIDE],
		writes: true,
		questions: [NEW_BUYER, create(CONTACTS, contact), PHONE_CHANGED],
		observe: ([buyer, first, answer]) => {
			if (!isOk(buyer) || !isOk(first)) return null;
			return refusalOr(answer, String(bodyOf(answer).Представление));
		},
		expected: '+7 495 000-00-02',
		reversed: instead(PHONE_CHANGED, contact),
		undo: [noContact, ...removed(BUYERS, REF)],
	},
];
