/** A field that is wrong is told as the editor calls it, with what is expected, to integrators and to managers. */
import { z } from 'zod';
import { inRussian } from '../nodes/exchange/problem';
import { asProblem } from '../nodes/shared/asProblem';
import { parse } from '../nodes/shared/parameters';
import { settled } from '../nodes/shared/settled';
import {
	fieldValueSchema,
	idSchema,
	numberSchema,
	optionalIdSchema,
	textSchema,
} from '../nodes/shared/valueSchemas';
import { Bitrix24Node, NODE } from './support/bitrix24Node';

const told = async (schema: z.ZodTypeAny, value: unknown): Promise<[string, string]> => {
	const { error } = await settled(() => parse(schema, value, 'Цена'));
	return error ? [error.message, inRussian(error)] : ['', ''];
};

const choice = z.enum(['call', 'chat']);

const WRONG: Array<[schema: z.ZodTypeAny, value: unknown, english: string, russian: string]> = [
	[z.string(), undefined, 'is missing', 'не заполнено'],
	[z.string(), 5, 'must be text', 'должно быть текстом'],
	[z.string().min(1), '', 'is empty', 'не заполнено'],
	[z.string().max(3), 'Стол', 'must have at most 3 characters', 'содержать не более 3 знаков'],
	[z.array(z.string()), 'x', 'must be a list', 'должно быть списком'],
	[z.array(z.string()).min(2), ['x'], 'must have at least 2 entries', 'не менее 2 элементов'],
	[z.boolean(), 'true', 'must be true or false', 'значением true или false'],
	[z.record(z.unknown()), 1, 'must be an object with fields', 'должно быть объектом с полями'],
	[choice, 'letter', 'must be one of: call, chat', 'должно быть одним из: call, chat'],
	[choice, 5, 'must be one of: call, chat', 'должно быть одним из: call, chat'],
	[z.literal('RUB'), 'EUR', 'must be RUB', 'должно быть RUB'],
	[z.number().min(1), 0, 'must be at least 1', 'должно быть не менее 1'],
	[z.number().max(9), 10, 'must be at most 9', 'должно быть не более 9'],
	[
		z.union([z.string(), z.array(z.number())]),
		['x'],
		'[1]: must be a number',
		'должно быть числом',
	],
	[numberSchema, '12,5', 'must be a number', 'должно быть числом'],
	[idSchema, -1, 'must be above zero', 'должно быть больше нуля'],
	[idSchema, 1.5, 'must be a whole number', 'должно быть целым числом'],
	[idSchema, 1e21, 'is too large', 'слишком велико'],
	[textSchema, {}, 'must be text', 'должно быть текстом'],
	[fieldValueSchema, {}, 'not an object', 'а не объектом'],
	[z.string().regex(/^A/), 'b', 'has a value that does not fit', 'неподходящее значение'],
];

test.each(WRONG.map(([schema, value, english, russian]) => ({ schema, value, english, russian })))(
	'a field $english',
	async ({ schema, value, english, russian }) => {
		const [forIntegrator, forManager] = await told(schema, value);
		expect(forIntegrator).toMatch(/^Цена/);
		expect(forIntegrator).toContain(english);
		expect(forManager).toContain('поле «Цена');
		expect(forManager).toContain(russian);
	},
);

test('nothing passes for a number but a number, nor for a text but a text', () => {
	for (const value of ['', null, true, [7], {}, '0x10', 'Infinity']) {
		expect(numberSchema.safeParse(value).success).toBe(false);
		expect(idSchema.safeParse(value).success).toBe(false);
	}
	for (const value of [7, '7', ' 7 ', '7.0']) expect(idSchema.parse(value)).toBe(7);
	expect(numberSchema.parse('-12.50')).toBe(-12.5);
	expect(['', null, undefined].map((none) => optionalIdSchema.parse(none))).toEqual([
		null,
		null,
		null,
	]);
	expect([null, undefined, 5, ' стол '].map((one) => textSchema.parse(one))).toEqual([
		'',
		'',
		'5',
		'стол',
	]);
});

test('an answer of another shape names the place and what was expected there', () => {
	const { error } = z.object({ items: z.array(z.object({ id: z.number() })) }).safeParse({
		items: [{ id: 1 }, {}],
	});
	const problem = asProblem(error);
	expect(problem.message).toContain('(items[2].id: is missing)');
	expect(inRussian(problem)).toContain('«items[2].id» в ответе не заполнено');
});

describe('an expression that gives nothing', () => {
	let bitrix24: Bitrix24Node;

	beforeEach(async () => {
		bitrix24 = await Bitrix24Node.open();
	});
	afterEach(async () => await bitrix24.close());

	test('is no price of zero', async () => {
		const dealId = bitrix24.portal.manager.createsDeal({ title: 'Столы' });
		const row = {
			resource: 'productRow',
			operation: 'add',
			owner: 'deal',
			ownerId: '={{ $json.dealId }}',
			productName: 'Стол',
			price: '={{ $json.price }}',
			quantity: 1,
			options: {},
		};
		const [free, sold] = await bitrix24.outcomes(row, [{ dealId }, { dealId, price: 100 }]);
		expect(free.error).toContain('Price: must be a number');
		expect(sold.error).toBeUndefined();
		expect(bitrix24.portal.sees.rows('D', dealId)).toMatchObject([{ price: 100 }]);
	});

	test('makes no empty card', async () => {
		const run = await bitrix24.runs({
			resource: 'deal',
			operation: 'create',
			mapping: { mappingMode: 'defineBelow', value: { title: '={{ $json.none }}' } },
			options: {},
		});
		expect(run.error).toContain('no field has a value');
		expect(run.items(NODE)).toEqual([]);
		expect(bitrix24.portal.sees.deals()).toEqual([]);
	});

	test('in the catalogue is told as the field it is in, not as an answer of the portal', async () => {
		const products = { resource: 'product', operation: 'getAll', iblockId: 'goods', filter: '{}' };
		const run = await bitrix24.runs({ ...products, returnAll: true });
		expect(run.error).toContain('Catalog: must be a number');
	});
});
