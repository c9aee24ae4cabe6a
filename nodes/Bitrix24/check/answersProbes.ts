/**
 * Whether answers mean what the exchange takes them to mean: a filter that excludes nothing would make documents for
 * deals of others, a refusal without its code would be taken for another one. Reading only; the whole list of such facts
 * is the table that `npm run conformance` runs.
 */
import { z } from 'zod';
import { problemOf, probed, type Reason } from '../../shared/probing';
import type { Finding, Probe } from '../../exchange/connectionReport';
import { itemsOf } from '../deals/schemas';
import { rowsCommand } from '../deals/dealParts';
import { Refusal } from '../rest/answer';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { DEAL, DEAL_ROWS } from '../rest/entityTypes';
import { itemGet, itemList } from '../rest/items';
import { optional, required } from '../rest/reply';
import { explainPortal } from './portalRefusal';

const idsSchema = itemsOf(z.object({ id: z.coerce.number() }));

const deals = (filter: Record<string, unknown>, way: 'ASC' | 'DESC' = 'ASC'): Command =>
	itemList({ entityTypeId: DEAL, select: ['id'], filter, order: { id: way } });

const idsIn = (reply: Reply): number[] => required(reply, idsSchema).items.map(({ id }) => id);

/** ИНН consists of ten digits or twelve, and none of nothing but zeros. */
const NO_INN = '0000000000';

const INCOMPLETE: Reason = [
	'Обмен ищет по условиям сделки, документы и покупателей; условие, которое портал не применяет, приводит чужие карточки',
	'Не включайте обмен на этом портале. Приложите к обращению отчет npm run conformance: он покажет все отличия портала',
];

const filtersFinding = async (client: Bitrix24Client): Promise<Finding> => {
	const { items } = idsSchema.parse(await client.call(deals({}, 'DESC')));
	const [last] = items;
	if (last === undefined) return { state: 'ok', found: 'сделок нет, проверить не на чем' };
	const { id } = last;
	const [one, others, requisites] = await client.batch([
		deals({ '@id': [id] }),
		deals({ '>id': id }),
		{
			method: 'crm.requisite.list',
			params: { filter: { '@RQ_INN': [NO_INN] }, select: ['ID', 'RQ_INN'] },
		},
	]);
	const wrong = [
		...(idsIn(one).join() === String(id) ? [] : ['список номеров']),
		...(idsIn(others).includes(id) ? ['«больше»'] : []),
		...((optional(requisites, z.array(z.unknown())) ?? []).length === 0 ? [] : ['ИНН']),
	];
	const facts = { wrong };
	if (wrong.length > 0) {
		return problemOf(`портал не применяет условия: ${wrong.join(', ')}`, INCOMPLETE, facts);
	}
	return { state: 'ok', found: 'условия находят нужное и исключают лишнее', facts };
};

export const filtersProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'filters',
		'Условия отбора',
		async () => await filtersFinding(client),
		explainPortal,
	);

const rowsSchema = z.object({ productRows: z.array(z.object({ price: z.unknown() })) });

const digitsOf = (price: number): number => (String(price).split('.')[1] ?? '').length;

/** How many deals are looked into for rows. */
const LATEST = 10;

const decimalsFinding = async (client: Bitrix24Client): Promise<Finding> => {
	const { items } = idsSchema.parse(await client.call(deals({}, 'DESC')));
	const replies = await client.batch(
		items.slice(0, LATEST).map(({ id }) => rowsCommand(DEAL_ROWS, id, 0)),
	);
	const prices = replies.flatMap((reply) =>
		(optional(reply, rowsSchema)?.productRows ?? []).map(({ price }) => price),
	);
	if (prices.length === 0) {
		return { state: 'ok', found: 'товаров в последних сделках нет, проверить не на чем' };
	}
	const digits = Math.max(
		...prices.map((price) => (typeof price === 'number' ? digitsOf(price) : 0)),
	);
	const facts = { rows: prices.length, digits };
	if (!prices.every((price) => typeof price === 'number')) {
		return problemOf(
			'цены строк приходят не числами',
			[
				'Суммы документов 1С считаются из цен строк сделки',
				'Обновите модуль crm портала или напишите нам, приложив отчет npm run conformance',
			],
			facts,
		);
	}
	return {
		state: 'ok',
		found: `цены строк числами, знаков после запятой до ${digits}; обмен хранит восемь и округляет строку один раз`,
		facts,
	};
};

export const decimalsProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'decimals',
		'Цены в строках сделок',
		async () => await decimalsFinding(client),
		explainPortal,
	);

/** No portal has so many deals. */
const NO_DEAL = 2_000_000_000;

const refusalsFinding = async (client: Bitrix24Client): Promise<Finding> => {
	const [reply] = await client.batch([itemGet({ entityTypeId: DEAL, id: NO_DEAL })]);
	const refusal = 'problem' in reply && reply.problem instanceof Refusal ? reply.problem : null;
	const facts = { code: refusal?.code ?? null };
	if (refusal?.code === 'NOT_FOUND') {
		return {
			state: 'ok',
			found: `о том, чего нет, портал говорит «${refusal.description}»; обмен решает по коду NOT_FOUND, язык портала значения не имеет`,
			facts,
		};
	}
	return problemOf(
		`о сделке, которой нет, портал не говорит NOT_FOUND${refusal ? `, а «${refusal.code}»` : ''}`,
		[
			'По кодам отказов обмен отличает удаленную карточку от сбоя',
			'Не включайте обмен на этом портале и напишите нам, приложив отчет npm run conformance',
		],
		facts,
	);
};

export const refusalsProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'refusals',
		'Отказы портала',
		async () => await refusalsFinding(client),
		explainPortal,
	);
