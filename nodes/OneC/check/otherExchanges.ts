/** Who else writes the same documents, and what the documents of the exchange itself say about the base. */
import { shareOf, type Finding, type Probe } from '../../exchange/connectionReport';
import { probed } from '../../shared/probing';
import { listNodes } from '../changes/exchangeNode';
import { bodySchema } from '../documents/createOnce';
import { INVOICE, ORDER } from '../documents/documents';
import type { OneCClient } from '../odata/client';
import { explainBase } from './baseRefusal';

/** 1C's own exchange of orders with a site, which every УТ 10.3 has [УТ 10.3.88.3 sources]. */
const SITE_PLAN = 'ExchangePlan_ОбменССайтомЗаказами';

export const siteExchange = async (
	client: OneCClient,
	published: ReadonlySet<string>,
): Promise<Probe> =>
	await probed(
		'siteExchange',
		'Прежний обмен заказами с сайтом',
		async (): Promise<Finding> => {
			if (!published.has(SITE_PLAN))
				return { state: 'ok', found: 'плана обмена с сайтом не видно' };
			const nodes = await listNodes(client, SITE_PLAN);
			const busy = nodes.filter(({ sentNo, receivedNo }) => sentNo + receivedNo > 0);
			const facts = { nodes: nodes.map(({ name, sentNo }) => ({ name, sentNo })) };
			if (busy.length === 0)
				return { state: 'ok', found: 'не настроен или ни разу не выполнялся', facts };
			return {
				state: 'warning',
				found: `настроен: ${busy.map(({ name, sentNo }) => `«${name}» (отправлено ${sentNo})`).join(', ')}`,
				cause: 'Два обмена будут писать одни и те же заказы и статусы',
				remedy:
					'В день запуска выключите в настройке обмена с сайтом «Обмен заказами»; обмен товарами можно оставить',
				facts,
			};
		},
		explainBase,
	);

/** For which n8n can be told of changes; the platform's own plans belong to other exchanges. */
export const changePlans = (published: ReadonlySet<string>): Probe => {
	const plans = [...published].filter((set) => /^ExchangePlan_[^_]+$/.test(set));
	const own = plans.filter((set) => /битрикс|bitrix|n8n/i.test(set));
	return {
		probe: 'changePlans',
		title: 'План обмена для изменений',
		state: 'ok',
		found:
			own.length > 0
				? `есть свой: ${own.join(', ')}`
				: 'своего нет: обмен сам просматривает документы сделок, этого достаточно',
		facts: { plans },
	};
};

/** A reference chosen by the client is a UUID of version 5, those of 1C are of version 1. */
const isChosen = (ref: string): boolean => ref[14] === '5';

const SAMPLE = 50;

/** Whether the base takes a key of ours is proven by the documents that have one, and by nothing else that reads. */
export const ownKeys = async (client: OneCClient): Promise<Probe> =>
	await probed(
		'ownKeys',
		'Документы обмена и свой Ref_Key',
		async (): Promise<Finding> => {
			const refs: string[] = [];
			for (const kind of [INVOICE, ORDER]) {
				const made = await client.list(kind.set, bodySchema, {
					filter: kind.madeByExchange(client.base.marker),
					select: ['Ref_Key'],
					orderby: 'Date desc,Ref_Key desc',
					top: SAMPLE,
				});
				refs.push(...made.map(({ Ref_Key }) => String(Ref_Key)));
			}
			const chosen = refs.filter(isChosen).length;
			const facts = { marker: client.base.marker, looked: refs.length, ownKeys: chosen };
			if (refs.length === 0) {
				return {
					state: 'unknown',
					found: `документов с меткой ${client.base.marker} еще нет, и чтением не узнать, принимает ли база ключ, выбранный снаружи`,
					remedy:
						'Проведите первую сделку и повторите проверку. Обмен работает в обоих случаях: двойник ищется по метке',
					facts,
				};
			}
			return {
				state: 'ok',
				found: `с меткой ${client.base.marker} найдено ${refs.length}, ключ обмена приняла база в ${shareOf(chosen, refs.length)}`,
				facts,
			};
		},
		explainBase,
	);
