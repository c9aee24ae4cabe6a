/** What hangs on cards, through the Bitrix24 node: product rows, payments, comments, files, documents, doubles. */
import { Bitrix24Node } from './support/bitrix24Node';

let bitrix24: Bitrix24Node;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
});
afterEach(async () => await bitrix24.close());

const op = (resource: string, operation: string, more: object = {}) => ({
	resource,
	operation,
	...more,
});

const ofDeal = (id: number | string) => ({
	owner: 'deal',
	ownerId: { mode: 'id', value: String(id) },
});

const deal = (rows = 0): number =>
	bitrix24.portal.manager.createsDeal({
		title: 'Окна',
		rows: Array.from({ length: rows }, (_, index) => ({
			name: `Окно ${index + 1}`,
			price: 100,
			quantity: index + 1,
			vat: 22,
		})),
	});

const invoice = async (): Promise<number> => {
	const [made] = await bitrix24.gives(
		op('invoice', 'create', { mapping: { mappingMode: 'defineBelow', value: { title: 'Счет' } } }),
	);
	return Number(made.invoiceId);
};

describe('product rows', () => {
	const set = (id: number, rows: object[]) =>
		op('productRow', 'set', { ...ofDeal(id), rows: JSON.stringify(rows) });
	const window = { productName: 'Окно', price: 1220, quantity: 2, taxRate: 22, taxIncluded: 'Y' };

	test('are read, more than a page of them', async () => {
		const rows = await bitrix24.gives(op('productRow', 'getAll', ofDeal(deal(60))));
		expect(rows).toHaveLength(60);
		expect(rows[59]).toMatchObject({ productName: 'Окно 60', quantity: 60 });
	});

	test('are set as a whole, and left alone when they are so', async () => {
		const id = deal(3);
		const wanted = [window, { productName: 'Монтаж', price: 500, taxRate: null }];
		expect(await bitrix24.gives(set(id, wanted))).toMatchObject([{ dealId: id, changed: true }]);
		expect(bitrix24.portal.sees.rows('D', id)).toMatchObject([
			{ productName: 'Окно', taxRate: 22 },
			{ productName: 'Монтаж', taxRate: null, quantity: 1 },
		]);
		expect(await bitrix24.gives(set(id, wanted))).toMatchObject([{ changed: false }]);
		expect(await bitrix24.gives(set(id, []))).toMatchObject([{ changed: true }]);
		expect(bitrix24.portal.sees.rows('D', id)).toEqual([]);
	});

	test('of one card can be set in another as they were read', async () => {
		const [from, to] = [deal(2), deal()];
		const rows = await bitrix24.gives(op('productRow', 'getAll', ofDeal(from)));
		const cleaned = rows.map(({ dealId: _, entityTypeId: __, ...row }) => row);
		await bitrix24.gives(set(to, cleaned));
		expect(bitrix24.portal.sees.rows('D', to)).toMatchObject([{ quantity: 1 }, { quantity: 2 }]);
	});

	test('of a portal that knows more of rows than we do can be set as they were read', async () => {
		const [from, to] = [deal(1), deal()];
		const [row] = await bitrix24.gives(op('productRow', 'getAll', ofDeal(from)));
		await bitrix24.gives(set(to, [{ ...row, isReserved: 'N' }]));
		expect(bitrix24.portal.sees.rows('D', to)).toMatchObject([{ productName: row.productName }]);
	});

	test('with more digits than a portal keeps are as they should be once they are set', async () => {
		const id = deal();
		const rows = [{ ...window, price: 1000 / 3, quantity: 0.1 + 0.2 }];
		expect(await bitrix24.gives(set(id, rows))).toMatchObject([{ changed: true }]);
		expect(bitrix24.portal.sees.rows('D', id)).toMatchObject([
			{ price: 333.33333333, quantity: 0.3 },
		]);
		expect(await bitrix24.gives(set(id, rows))).toMatchObject([{ changed: false }]);
	});

	test('with a wrong name or without a price are refused before anything is sent', async () => {
		const id = deal(1);
		const wrong = await bitrix24.runs(set(id, [{ ...window, colour: 'белый' }]));
		expect(wrong.error).toContain('no field colour');
		const free = await bitrix24.runs(set(id, [{ productName: 'Окно' }]));
		expect(free.error).toContain('no price');
		expect(bitrix24.portal.sees.rows('D', id)).toHaveLength(1);
	});

	test('are added and removed one by one', async () => {
		const id = deal();
		const product = bitrix24.portal.admin.addsProduct({ name: 'Стол', price: 122 });
		const add = op('productRow', 'add', {
			...ofDeal(id),
			productId: product,
			price: 122,
			quantity: 2,
			options: { taxRate: 22, taxIncluded: true, discountRate: 10 },
		});
		const [added] = await bitrix24.gives(add);
		expect(bitrix24.portal.sees.rows('D', id)).toMatchObject([
			{ productName: 'Стол', quantity: 2, taxIncluded: 'Y', discountRate: 10 },
		]);
		const rowId = (added.productRow as { id: number }).id;
		const [removed] = await bitrix24.gives(op('productRow', 'delete', { rowId }));
		expect(removed).toEqual({ id: rowId, deleted: true });
		expect(bitrix24.portal.sees.rows('D', id)).toEqual([]);
	});

	test('of a card that has none say so', async () => {
		const nowhere = await bitrix24.runs(set(999_999, [window]));
		expect(nowhere.error).toContain('OWNER_NOT_FOUND');
	});
});

describe.each(['uncovered', 'zero'] as const)(
	'payments, whose first sum is %s',
	(freshPaymentSum) => {
		beforeEach(() => {
			bitrix24.portal.switches.freshPaymentSum = freshPaymentSum;
		});

		test('are made once, paid and unpaid, each only when it is not so', async () => {
			const id = deal(1);
			bitrix24.portal.levers.losesNextAnswer('crm.item.payment.add');
			const [made] = await bitrix24.gives(op('payment', 'create', ofDeal(id)));
			expect(made).toMatchObject({ dealId: id, paid: 'N', sum: 100 });
			const listed = await bitrix24.gives(op('payment', 'getAll', ofDeal(id)));
			expect(listed).toMatchObject([{ id: made.id, paid: 'N' }]);
			const mark = async (verb: string) =>
				await bitrix24.gives(op('payment', verb, { paymentId: String(made.id) }));
			expect(await mark('pay')).toMatchObject([{ paid: 'Y', changed: true, sum: 100 }]);
			expect(await mark('pay')).toMatchObject([{ paid: 'Y', changed: false }]);
			expect(await mark('unpay')).toMatchObject([{ paid: 'N', changed: true }]);
		});
	},
);

describe('a payment of nothing', () => {
	test('is not made for a card whose products are covered, or that has none', async () => {
		const id = deal(1);
		const create = op('payment', 'create', ofDeal(id));
		await bitrix24.gives(create);
		expect((await bitrix24.runs(create)).error).toContain('no products');
		expect((await bitrix24.runs(op('payment', 'create', ofDeal(deal())))).error).toContain(
			'no products',
		);
		expect(await bitrix24.gives(op('payment', 'getAll', ofDeal(id)))).toHaveLength(1);
	});

	test('is never reported as paid, and is taken up where a run was cut off', async () => {
		const id = deal(1);
		bitrix24.portal.levers.losesNextAnswer('crm.item.payment.product.add');
		const [made] = await bitrix24.gives(op('payment', 'create', ofDeal(id)));
		expect(made).toMatchObject({ sum: 100 });
		bitrix24.portal.manager.setsProducts(id, [{ price: 0, quantity: 1 }]);
		const free = await bitrix24.runs(op('payment', 'create', ofDeal(id)));
		expect(free.error).toContain('its sum is 0');
		const [, empty] = await bitrix24.gives(op('payment', 'getAll', ofDeal(id)));
		const paid = await bitrix24.runs(op('payment', 'pay', { paymentId: String(empty.id) }));
		expect(paid.error).toContain('its sum is 0');
		const [, still] = await bitrix24.gives(op('payment', 'getAll', ofDeal(id)));
		expect(still).toMatchObject({ id: empty.id, paid: 'N' });
	});
});

test('one payment that is not there fails alone', async () => {
	const [made] = await bitrix24.gives(op('payment', 'create', ofDeal(deal(1))));
	const pay = op('payment', 'pay', { paymentId: '={{ $json.id }}' });
	expect(await bitrix24.outcomes(pay, [{ id: 999 }, { id: made.id }])).toMatchObject([
		{ error: expect.stringContaining('Недостаточно прав') },
		{ changed: true },
	]);
});

describe('comments of the timeline', () => {
	test.each(['any', 'dynamic_31', 'crm_31', 'smart_invoice'] as const)(
		'are read from an invoice under the name %s',
		async (invoiceCommentEntityType) => {
			bitrix24.portal.switches.invoiceCommentEntityType = invoiceCommentEntityType;
			const id = await invoice();
			await bitrix24.gives(
				op('timelineComment', 'create', { entity: 'invoice', entityId: id, text: 'Оплачено' }),
			);
			const owner = { owner: 'invoice', ownerId: { mode: 'id', value: String(id) } };
			expect(await bitrix24.gives(op('timelineComment', 'getAll', owner))).toMatchObject([
				{ invoiceId: id, COMMENT: 'Оплачено' },
			]);
		},
	);

	test('are read newest first, as many as asked for', async () => {
		const id = deal();
		for (let number = 1; number <= 60; number += 1)
			bitrix24.portal.manager.comments(id, `Звонок ${number}`);
		const get = (more: object) => op('timelineComment', 'getAll', { ...ofDeal(id), ...more });
		const all = await bitrix24.gives(get({ returnAll: true }));
		expect([all.length, all[0].COMMENT]).toEqual([60, 'Звонок 60']);
		expect(await bitrix24.gives(get({ limit: 2 }))).toHaveLength(2);
	});
});

const text = (name: string, content: string) => ({
	json: {},
	binary: {
		data: {
			data: Buffer.from(content).toString('base64'),
			mimeType: 'text/plain',
			fileName: name,
		},
	},
});

describe('comments with files', () => {
	const attaches = (id: number, more: object = {}) =>
		op('timelineComment', 'createWithFiles', { entityId: id, text: 'Счет на оплату', ...more });
	const filesIn = async (id: number): Promise<string[][]> => {
		const comments = await bitrix24.gives(op('timelineComment', 'getAll', ofDeal(id)));
		return comments.map(({ FILES }) =>
			Object.values(FILES as Record<string, { name: string }>).map(({ name }) => name),
		);
	};

	test('are written once, and hold the files of the last time', async () => {
		const id = deal();
		const [first] = await bitrix24.gives(attaches(id), [text('счет 17.pdf', 'Всего 1200')]);
		expect(first).toMatchObject({ entityId: id, outcome: 'created' });
		const [again] = await bitrix24.gives(attaches(id), [text('счет 17 испр.pdf', 'Всего 1300')]);
		expect(again).toMatchObject({ commentId: first.commentId, outcome: 'updated' });
		expect(await filesIn(id)).toEqual([['счет 17 испр.pdf']]);
	});

	test('are not doubled when the answer is lost', async () => {
		const id = deal();
		bitrix24.portal.levers.losesNextAnswer('crm.timeline.comment.add');
		await bitrix24.gives(attaches(id), [text('счет.pdf', '1')]);
		expect(await filesIn(id)).toEqual([['счет.pdf']]);
	});

	test('name the file that is not there, and the others are written', async () => {
		const [one, other] = [deal(), deal()];
		const run = await bitrix24.runs(
			attaches(0, { entityId: '={{ $json.deal }}' }),
			[{ ...text('счет.pdf', '1'), json: { deal: one } }, { json: { deal: other } }],
			{ onError: 'continueRegularOutput' },
		);
		expect(run.items('Битрикс24')).toMatchObject([
			{ entityId: one },
			{ error: expect.stringContaining('no file in the binary property "data"') },
		]);
		expect(await filesIn(one)).toHaveLength(1);
		expect(await filesIn(other)).toEqual([]);
	});
});

describe('files', () => {
	const field = (id: number, name: string) => ({ ...ofDeal(id), field: name });

	beforeEach(() => {
		const { admin } = bitrix24.portal;
		admin.addsUserField('CRM_DEAL', 'UF_CRM_SCAN', 'file', { title: 'Скан' });
		admin.addsUserField('CRM_DEAL', 'UF_CRM_SCANS', 'file', { multiple: true });
	});

	test('are put into a field and taken out again, and no live link leaves the node', async () => {
		const id = deal();
		const upload = op('file', 'upload', field(id, 'UF_CRM_SCAN'));
		const [sent] = await bitrix24.gives(upload, [text('счет 17.txt', 'Всего 1200')]);
		expect(sent).toMatchObject({
			dealId: id,
			fileName: 'счет 17.txt',
			fileIds: [expect.any(Number)],
		});
		const run = await bitrix24.runs(op('file', 'download', field(id, 'UF_CRM_SCAN')));
		const [file] = run.files('Битрикс24');
		expect(file.data).toMatchObject({ fileName: 'счет 17.txt', mimeType: 'text/plain' });
		expect(Buffer.from(file.data.data, 'base64').toString()).toBe('Всего 1200');
		expect(run.record).not.toContain('token=');
		const listed = await bitrix24.runs(op('deal', 'getAll'));
		expect(listed.items('Битрикс24')[0]).toHaveProperty('UF_CRM_SCAN.id');
		expect(listed.record).not.toContain('token=');
	});

	test('come through an application as well, after its token has expired', async () => {
		const id = deal();
		const where = { authentication: 'oAuth2', ...field(id, 'UF_CRM_SCAN') };
		await bitrix24.gives(op('file', 'upload', where), [text('1.txt', 'раз')]);
		const node = bitrix24.with(op('file', 'download', where));
		bitrix24.portal.levers.expiresTokens();
		const run = await node.runs('Запустить', [{ json: {} }]);
		expect(run.items('Битрикс24')).toMatchObject([{ dealId: id, fileName: '1.txt' }]);
	});

	test('join those of a multiple field', async () => {
		const id = deal();
		const upload = op('file', 'upload', field(id, 'UF_CRM_SCANS'));
		await bitrix24.gives(upload, [text('1.txt', 'раз')]);
		await bitrix24.gives(upload, [text('2.txt', 'два')]);
		const files = await bitrix24.gives(op('file', 'download', field(id, 'UF_CRM_SCANS')));
		expect(files.map(({ fileName }) => fileName)).toEqual(['1.txt', '2.txt']);
	});

	test('are chosen from the fields that hold them', async () => {
		const node = bitrix24.with(op('file', 'upload', { owner: 'deal' }));
		expect(await node.choices('Битрикс24', 'getFileFields')).toContainEqual({
			name: 'Скан (UF_CRM_SCAN)',
			value: 'UF_CRM_SCAN',
		});
	});

	test('an item without a file, or a field that is none, fails alone', async () => {
		const upload = (name: string) => op('file', 'upload', field(deal(), name));
		const without = await bitrix24.runs(upload('UF_CRM_SCAN'));
		expect(without.error).toContain('no file in the binary property "data"');
		const wrong = await bitrix24.runs(upload('title'), [text('1.txt', 'раз')]);
		expect(wrong.error).toContain('no field title for files');
	});
});

describe('documents', () => {
	test('are uploaded once by their number and listed without live links', async () => {
		const id = deal();
		const file = (data: string) => ({
			data: Buffer.from(data).toString('base64'),
			mimeType: 'x',
			fileName: 'f',
		});
		const upload = op('document', 'upload', {
			...ofDeal(id),
			title: 'Счет на оплату',
			number: 'УТ-17',
			pdfProperty: 'pdf',
		});
		const item = { json: {}, binary: { data: file('docx'), pdf: file('pdf') } };
		bitrix24.portal.levers.losesNextAnswer('crm.documentgenerator.document.upload');
		const [first] = await bitrix24.gives(upload, [item]);
		expect(first).toMatchObject({ dealId: id, outcome: 'created', number: 'УТ-17' });
		expect(await bitrix24.gives(upload, [item])).toMatchObject([
			{ documentId: first.documentId, outcome: 'found' },
		]);
		const listed = await bitrix24.runs(op('document', 'getAll', ofDeal(id)));
		expect(listed.items('Битрикс24')).toMatchObject([{ dealId: id, title: 'Счет на оплату' }]);
		expect(listed.record).not.toContain('token=');
	});
});

describe.each(['array', 'object'] as const)(
	'doubles, where nobody is an empty %s',
	(emptyFindByComm) => {
		beforeEach(() => {
			bitrix24.portal.switches.emptyFindByComm = emptyFindByComm;
		});

		test('are found by phones and e-mails, however they are written', async () => {
			const { admin } = bitrix24.portal;
			const company = admin.addsCompany({ title: 'ООО', phone: '+74951234567' });
			const contact = admin.addsContact({ name: 'Иван', email: 'ivan@example.test' });
			const find = (by: string, values: string, among = 'ALL') =>
				op('duplicate', 'find', { by, values, among });
			expect(await bitrix24.gives(find('PHONE', '8 (495) 123-45-67'))).toMatchObject([
				{ isFound: true, companies: [company], contacts: [], leads: [] },
			]);
			expect(await bitrix24.gives(find('EMAIL', 'IVAN@example.test'))).toMatchObject([
				{ isFound: true, contacts: [contact] },
			]);
			expect(await bitrix24.gives(find('PHONE', '84951234567', 'CONTACT'))).toMatchObject([
				{ isFound: false, companies: [] },
			]);
			expect((await bitrix24.runs(find('EMAIL', 'нет'))).error).toContain('no e-mail');
		});
	},
);

describe('many items go fifty a request, and nobody notices', () => {
	const deals = (count: number) =>
		Array.from({ length: count }, () => ({ dealId: deal() })) as Array<{ dealId: number }>;
	const ownDeal = { owner: 'deal', ownerId: { mode: 'id', value: '={{ $json.dealId }}' } };
	const comment = op('timelineComment', 'create', { text: '={{ $json.text ?? "Оплачено" }}' });

	test('comments', async () => {
		const items = deals(60);
		await bitrix24.gives(comment, items);
		expect(bitrix24.requests).toEqual([
			'batch of 50 crm.item.get crm.timeline.comment.list',
			'batch of 50 crm.item.get crm.timeline.comment.list',
			'batch of 10 crm.item.get crm.timeline.comment.list',
			'batch of 10 crm.item.get crm.timeline.comment.list',
			'batch of 50 crm.timeline.comment.add',
			'batch of 10 crm.timeline.comment.add',
			'batch of 50 crm.timeline.comment.list',
			'batch of 10 crm.timeline.comment.list',
		]);
		expect(await bitrix24.gives(comment, items)).toMatchObject(
			items.map(({ dealId }) => ({ entityId: dealId, outcome: 'found' })),
		);
	});

	test('comments whose answers are lost are looked for, and one that is refused fails alone', async () => {
		const items = [...deals(3), { dealId: 999_999 }, { dealId: 0 }, ...deals(1)];
		bitrix24.portal.levers.losesNextAnswer('crm.timeline.comment.add');
		const outcomes = await bitrix24.outcomes(comment, items);
		expect(outcomes.map(({ error, outcome }) => (error ? 'failed' : outcome))).toEqual([
			...['created', 'created', 'created', 'failed', 'failed', 'created'],
		]);
		for (const { dealId } of [...items.slice(0, 3), items[5]])
			expect(bitrix24.portal.sees.timeline('deal', dealId)).toEqual(['Оплачено']);
	});

	test('comments on one card follow one another, and are written as they were typed', async () => {
		const [{ dealId }] = deals(1);
		const texts = ['Оплачено', 'Оплачено', 'Файл $result[c0]', 'Оплачено'];
		const outcomes = await bitrix24.gives(
			comment,
			texts.map((text) => ({ dealId, text })),
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual([
			'created',
			'found',
			'created',
			'found',
		]);
		expect(bitrix24.portal.sees.timeline('deal', dealId)).toEqual([
			'Оплачено',
			expect.stringMatching(/^Файл .result\[c0\]$/),
		]);
	});

	test('comments are listed for many cards, page after page', async () => {
		const items = deals(3);
		for (const { dealId } of items.slice(0, 2))
			for (let number = 1; number <= 60; number += 1)
				bitrix24.portal.manager.comments(dealId, `Звонок ${number}`);
		const list = op('timelineComment', 'getAll', { ...ownDeal, returnAll: true });
		const run = await bitrix24.runs(list, items);
		expect(run.items('Битрикс24')).toHaveLength(120);
		expect(run.origins('Битрикс24').filter((origin) => origin === 1)).toHaveLength(60);
		expect(bitrix24.requests).toEqual([
			'batch of 3 crm.timeline.comment.list',
			'batch of 2 crm.timeline.comment.list',
		]);
	});

	test.each(['refused', 'allowed'] as const)(
		'payments, whose list is %s in a batch',
		async (paymentListInBatch) => {
			bitrix24.portal.switches.paymentListInBatch = paymentListInBatch;
			const items = Array.from({ length: 3 }, () => ({ dealId: deal(1) }));
			bitrix24.portal.levers.losesNextAnswer('crm.item.payment.add');
			const made = await bitrix24.gives(op('payment', 'create', ownDeal), items);
			expect(made).toMatchObject(items);
			expect(await bitrix24.gives(op('payment', 'getAll', ownDeal), items)).toMatchObject(
				made.map(({ id, dealId }) => ({ id, dealId })),
			);
		},
	);

	test('user fields, of which two are the same', async () => {
		const create = op('userField', 'create', {
			owner: 'deal',
			code: '={{ $json.code }}',
			title: 'Поле',
		});
		bitrix24.portal.levers.losesNextAnswer('userfieldconfig.add');
		const made = await bitrix24.gives(
			create,
			['A', 'B', 'a'].map((code) => ({ code })),
		);
		expect(made).toMatchObject([
			{ name: 'UF_CRM_DEAL_A', outcome: 'created' },
			{ name: 'UF_CRM_DEAL_B', outcome: 'created' },
			{ name: 'UF_CRM_DEAL_A', outcome: 'found' },
		]);
		expect(bitrix24.requests.slice(0, 3)).toEqual([
			'batch of 1 crm.item.fields',
			'batch of 2 userfieldconfig.add',
			'batch of 1 crm.item.fields',
		]);
	});

	test('invoices, with all the rows they have', async () => {
		const rows = Array.from({ length: 60 }, (_, index) => ({
			productName: `Окно ${index}`,
			price: 100,
			quantity: 1,
		}));
		const items = [{ invoiceId: await invoice() }, { invoiceId: await invoice() }];
		const set = { owner: 'invoice', ownerId: { mode: 'id', value: '={{ $json.invoiceId }}' } };
		await bitrix24.gives(op('productRow', 'set', { ...set, rows: JSON.stringify(rows) }), items);
		const read = await bitrix24.outcomes(op('invoice', 'get'), [...items, { invoiceId: 999_999 }]);
		expect(read.slice(0, 2).map(({ productRows }) => (productRows as object[]).length)).toEqual([
			60, 60,
		]);
		expect(read[2].error).toContain('NOT_FOUND');
	});

	test('files of many cards', async () => {
		bitrix24.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_SCAN', 'file');
		const items = deals(3);
		const file = { data: Buffer.from('раз').toString('base64'), mimeType: 'x', fileName: '1.txt' };
		const field = { ...ownDeal, field: 'UF_CRM_SCAN' };
		await bitrix24.gives(
			op('file', 'upload', field),
			items.slice(1).map((json) => ({ json, binary: { data: file } })),
		);
		const before = bitrix24.requests.length;
		const run = await bitrix24.runs(op('file', 'download', field), items);
		expect(run.items('Битрикс24')).toMatchObject(items.slice(1));
		expect(bitrix24.requests.slice(before)).toContain('batch of 3 crm.item.get');
	});
});
