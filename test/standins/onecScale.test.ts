/**
 * A base of 1C that has been filled for years: a hundred thousand counterparties, five thousand products. Limits of time
 * are generous, ten times what a quiet machine needs, so that they catch only what has become quadratic.
 */
import { Caller, castOf, postedOrder, type Row } from './onecCaller';

const COUNT = 100_000;
const PAGE = 1_000;

let caller: Caller;
let filledIn: number;
let refs: string[];

beforeAll(async () => {
	caller = await Caller.open();
	const started = performance.now();
	refs = caller.base.admin.fillsCounterparties(COUNT);
	caller.base.admin.fillsProducts(5_000);
	filledIn = performance.now() - started;
}, 120_000);
afterAll(() => caller.close());

async function timed<T>(action: () => Promise<T>): Promise<[T, number]> {
	const started = performance.now();
	return [await action(), performance.now() - started];
}

const CATALOG = 'Catalog_Контрагенты';

it('is filled in seconds', () => {
	expect(refs).toHaveLength(COUNT);
	expect(new Set(refs).size).toBe(COUNT);
	expect(filledIn).toBeLessThan(40_000);
});

it('has several counterparties of one ИНН in different folders', async () => {
	const first = (await caller.get(`${CATALOG}(guid'${refs[8]}')`)).data as Row;
	const same = await caller.rows(`${CATALOG}?$filter=ИНН eq '${String(first.ИНН)}'`);
	expect(same.map(({ Ref_Key }) => Ref_Key).sort()).toEqual([refs[8], refs[9]].sort());
	expect(new Set(same.map(({ Parent_Key }) => Parent_Key)).size).toBe(2);
	const [contract] = await caller.rows(
		`Catalog_ДоговорыКонтрагентов?$filter=Owner_Key eq guid'${refs[9]}'`,
	);
	expect(contract.Ref_Key).toBe(
		same.find((one) => one.Ref_Key === refs[9])?.ОсновнойДоговорКонтрагента_Key,
	);
});

/** Twice turned round, a condition says the same, but no index is of help. */
it('answers by an index as it would by looking at every object', async () => {
	const [one, other] = [refs[40_000], refs[70_000]];
	const contracts = 'Catalog_ДоговорыКонтрагентов';
	const { Code: from } = (await caller.get(`${CATALOG}(guid'${one}')`)).data as Row;
	const questions = [
		[CATALOG, `(Ref_Key eq guid'${one}' or Ref_Key eq guid'${other}')`],
		[
			contracts,
			`(Owner eq cast(guid'${one}','${CATALOG}') or Owner eq cast(guid'${other}','${CATALOG}'))`,
		],
		[contracts, `(Owner/Code ge '${String(from)}' and Owner/Code lt '${String(from)}9')`],
	];
	const answer = async (set: string, filter: string): Promise<Row[]> =>
		await caller.rows(`${set}?$select=Ref_Key,Description&$orderby=Ref_Key&$filter=${filter}`);
	for (const [set, condition] of questions) {
		const found = await answer(set, condition);
		expect(found.length).toBeGreaterThan(0);
		expect(found).toEqual(await answer(set, `not (not (${condition}))`));
	}
	const [[set, condition]] = questions;
	const before = await answer(set, `DeletionMark eq false and ${condition}`);
	await caller.patch(`${CATALOG}(guid'${one}')`, { DeletionMark: true });
	const after = await answer(set, `DeletionMark eq false and ${condition}`);
	await caller.patch(`${CATALOG}(guid'${one}')`, { DeletionMark: false });
	expect([before.length, after.length]).toEqual([2, 1]);
});

it('gives the same pages by $skip, near and far', async () => {
	const sorted = [...refs].sort();
	for (const skip of [0, COUNT / 2, COUNT - PAGE]) {
		const options = `$filter=IsFolder eq false&$orderby=Ref_Key&$skip=${skip}&$top=${PAGE}`;
		const [page, milliseconds] = await timed(() => caller.rows(`${CATALOG}?${options}`));
		expect(page.map(({ Ref_Key }) => Ref_Key)).toEqual(sorted.slice(skip, skip + PAGE));
		expect(milliseconds).toBeLessThan(5_000);
	}
});

it('shows a change on the next page it belongs to', async () => {
	const address = `${CATALOG}(guid'${refs[500]}')`;
	const newest = `${CATALOG}?$select=Ref_Key,Description&$orderby=Description desc&$top=1`;
	await caller.rows(newest);
	await caller.patch(address, { Description: 'Яхонт' });
	expect((await caller.rows(newest))[0]).toMatchObject({
		Ref_Key: refs[500],
		Description: 'Яхонт',
	});
	await caller.patch(address, { Description: 'Аист' });
	expect((await caller.rows(newest))[0].Ref_Key).not.toBe(refs[500]);
});

it('still takes new counterparties and documents without delay', async () => {
	const [, milliseconds] = await timed(async () => {
		for (let time = 0; time < 5; time += 1) {
			await postedOrder(caller, castOf(caller.base));
		}
	});
	expect(milliseconds).toBeLessThan(10_000);
	const created = await caller.post(CATALOG, { Description: 'Новый' });
	expect(created.data.Code).toMatch(/^0001\d{5}$/);
});

it('has products with articles, units and prices', async () => {
	const [product] = await caller.rows("Catalog_Номенклатура?$filter=Артикул eq 'A-04999'");
	const condition = `Номенклатура_Key eq guid''${String(product.Ref_Key)}''`;
	const [price] = await caller.rows(
		`InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast(Condition='${condition}')`,
	);
	expect(price).toMatchObject({
		Цена: 598,
		ЕдиницаИзмерения_Key: product.ЕдиницаХраненияОстатков_Key,
	});
	expect(await caller.found('Catalog_Номенклатура', "startswith(Артикул,'A-')")).toBe(5_000);
});

it('compares by an index as the base compares, whether or not it minds the case', async () => {
	for (const stringsIgnoreCase of [true, false]) {
		const other = await Caller.open({ switches: { stringsIgnoreCase } });
		const [first] = other.base.admin.fillsCounterparties(600);
		await other.patch(`${CATALOG}(guid'${first}')`, { Description: 'абв' });
		const condition = "(Description ge 'П' and Description le 'я')";
		const answer = async (filter: string): Promise<unknown[]> =>
			(await other.rows(`${CATALOG}?$select=Ref_Key&$filter=${filter}`)).map((row) => row.Ref_Key);
		const [found, seen] = [await answer(condition), await answer(`not (not (${condition}))`)];
		await other.close();
		expect(found.includes(first)).toBe(!stringsIgnoreCase);
		expect(found.sort()).toEqual(seen.sort());
	}
});
