/** All that can be asked of a portal without writing anything, in the order an integrator would ask. */
import { z } from 'zod';
import { clockFinding, shareOf, type Finding, type Probe } from '../../exchange/connectionReport';
import type { Chain } from '../../exchange/presets';
import { isGuid } from '../../exchange/reference';
import { probed } from '../../shared/probing';
import { catalogRows, readProductCatalog } from '../catalog/catalogSettings';
import { pipelinesCommand, readPipelines } from '../deals/stages';
import { readPresets } from '../buyers/requisitePresets';
import type { Bitrix24Client } from '../rest/client';
import { DEAL, SMART_INVOICE } from '../rest/entityTypes';
import { itemList } from '../rest/items';
import { OPERATING_LIMIT, PACED_FROM } from '../rest/operatingTime';
import { optional } from '../rest/reply';
import { setUpLeads } from '../setup/leadSetup';
import { setUpPortal, type SetupStep } from '../setup/portalSetup';
import { decimalsProbe, filtersProbe, refusalsProbe } from './answersProbes';
import { explainPortal } from './portalRefusal';
import { requiredFieldsProbe } from './requiredFields';
import { userFieldNamesProbe } from './userFieldNamesProbe';

export interface PortalWishes {
	pipeline: string;
	chain: Chain;
	/** Whether contacts of CoMagic are to become leads. */
	leadIntake: boolean;
}

const profileSchema = z.object({
	ID: z.coerce.number(),
	NAME: z.string().nullish(),
	LAST_NAME: z.string().nullish(),
	ADMIN: z.boolean(),
});

const access = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'access',
		'Доступ к порталу',
		async (): Promise<Finding> => {
			const profile = profileSchema.parse(await client.call({ method: 'profile' }));
			const name = [profile.NAME, profile.LAST_NAME].filter(Boolean).join(' ');
			const facts = { portal: client.portal, userId: profile.ID, isAdmin: profile.ADMIN };
			const found = `${client.portal} отвечает, обмен работает от имени «${name}» (${profile.ID})`;
			if (profile.ADMIN) return { state: 'ok', found: `${found}, администратор`, facts };
			return {
				state: 'warning',
				found: `${found}, не администратор`,
				cause:
					'Поля, стадии, вкладку и очередь событий настраивает только администратор, а чужие карточки сотрудник видит по правам своей роли',
				remedy: 'Выпустите вебхук или подключите приложение от имени администратора',
				facts,
			};
		},
		explainPortal,
	);

interface Scope {
	/** Any of them will do. */
	names: string[];
	purpose: string;
	isEssential: boolean;
}

const SCOPES: Scope[] = [
	{ names: ['crm'], purpose: 'сделки, счета, компании', isEssential: true },
	{ names: ['catalog'], purpose: 'товары сделок и их связь с 1С', isEssential: true },
	{ names: ['userfieldconfig'], purpose: 'пользовательские поля', isEssential: false },
	{
		names: ['user_brief', 'user_basic', 'user'],
		purpose: 'списки сотрудников в редакторе',
		isEssential: false,
	},
];

const scopesProbe = (granted: string[], isApplication: boolean): Probe => {
	const wanted = [
		...SCOPES,
		...(isApplication
			? [{ names: ['placement'], purpose: 'вкладка «1С» в карточке сделки', isEssential: false }]
			: []),
	];
	const missing = wanted.filter(({ names }) => !names.some((name) => granted.includes(name)));
	const head = { probe: 'scopes', title: 'Права (scope)' };
	const facts = { granted, missing: missing.map(({ names }) => names[0]) };
	if (missing.length === 0) return { ...head, state: 'ok', found: granted.join(', '), facts };
	return {
		...head,
		state: missing.some(({ isEssential }) => isEssential) ? 'problem' : 'warning',
		found: `не хватает: ${missing.map(({ names }) => names[0]).join(', ')}`,
		cause: `Без них не работает: ${missing.map(({ purpose }) => purpose).join('; ')}`,
		remedy: isApplication
			? 'Отметьте права в карточке приложения и подключите его заново (Connect)'
			: 'Отметьте права в карточке входящего вебхука: адрес при этом не меняется',
		facts,
	};
};

/** What a portal of today has; a self-hosted one may be years behind [Bitrix24 docs, pages of the methods]. */
const METHODS = [
	'crm.item.list',
	'crm.item.batchImport',
	'crm.item.productrow.set',
	'crm.item.payment.add',
	'crm.category.list',
	'crm.duplicate.findbycomm',
	'crm.timeline.comment.add',
	'catalog.product.add',
	'catalog.price.add',
];

const availabilitySchema = z.object({ isExisting: z.boolean(), isAvailable: z.boolean() });

const methodsProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'methods',
		'Методы REST',
		async (): Promise<Finding> => {
			const replies = await client.batch(
				METHODS.map((name) => ({ method: 'method.get', params: { name } })),
			);
			const known = replies.map((reply) => optional(reply, availabilitySchema));
			const absent = METHODS.filter((_, index) => known[index]?.isExisting === false);
			const closed = METHODS.filter(
				(_, index) => known[index]?.isExisting && !known[index].isAvailable,
			);
			const facts = { absent, closed };
			if (absent.length > 0) {
				return {
					state: 'warning',
					found: `портал не знает: ${absent.join(', ')}`,
					cause: 'Модули портала старые (коробочная версия), или имя недоступно на этом тарифе',
					remedy: 'Обновите модули crm и catalog коробочного портала',
					facts,
				};
			}
			if (closed.length > 0) {
				return {
					state: 'warning',
					found: `есть, но закрыты: ${closed.join(', ')}`,
					cause: 'Не хватает права (scope) или прав владельца',
					remedy: 'Дайте недостающие права вебхуку или приложению',
					facts,
				};
			}
			return { state: 'ok', found: `REST 2.0, методы обмена на месте: ${METHODS.length}`, facts };
		},
		explainPortal,
	);

const CLASSIC = 1;

const modeProbe = async (client: Bitrix24Client, { leadIntake }: PortalWishes): Promise<Probe> =>
	await probed(
		'crmMode',
		'Режим CRM',
		async (): Promise<Finding> => {
			const mode = z.coerce.number().parse(await client.call({ method: 'crm.settings.mode.get' }));
			const facts = { mode: mode === CLASSIC ? 'classic' : 'simple' };
			if (mode === CLASSIC) return { state: 'ok', found: 'классическая CRM, лиды есть', facts };
			return {
				state: leadIntake ? 'problem' : 'ok',
				found: 'простая CRM, без лидов',
				...(leadIntake
					? {
							cause:
								'Прием обращений создает лиды, а в простой CRM портал сам превращает их в сделки',
							remedy: 'Включите классическую CRM: CRM → Настройки → Режим работы',
						}
					: {}),
				facts,
			};
		},
		explainPortal,
	);

const invoicesProbe = async (client: Bitrix24Client, { chain }: PortalWishes): Promise<Probe> =>
	await probed(
		'invoices',
		'Смарт-счета',
		async (): Promise<Finding> => {
			const pipelines = readPipelines(await client.call(pipelinesCommand(SMART_INVOICE)));
			return {
				state: 'ok',
				found: 'включены',
				facts: { pipelines: pipelines.map(({ id, name }) => ({ id, name })) },
			};
		},
		(error) => ({
			state: chain === 'prepaid' ? 'problem' : 'ok',
			found: 'недоступны',
			...(chain === 'prepaid'
				? {
						cause: `Цепочка по предоплате ведет оплату в смарт-счете. ${error.message}`,
						remedy:
							'Включите новые счета (CRM → Настройки) и дайте роли право на них; старые счета не поддерживаются',
					}
				: {}),
		}),
	);

const missingOf = (steps: readonly SetupStep[]): SetupStep[] =>
	steps.filter(({ state }) => state === 'missing');

const setupFinding = (steps: readonly SetupStep[], remedy: string): Finding => {
	const missing = missingOf(steps);
	const facts = { missing: missing.map(({ kind, of, id }) => ({ kind, of, id })) };
	if (missing.length === 0) return { state: 'ok', found: `на месте: ${steps.length}`, facts };
	return {
		state: 'problem',
		found: `не хватает ${missing.length}: ${missing.map(({ title }) => `«${title}»`).join(', ')}`,
		cause: 'В эти поля и стадии обмен пишет ссылки на документы 1С и по ним узнает, что делать',
		remedy,
		facts,
	};
};

const setupProbe = async (
	client: Bitrix24Client,
	{ pipeline, chain }: PortalWishes,
): Promise<Probe> =>
	await probed(
		'setup',
		`Поля и стадии обмена в воронке ${pipeline}`,
		async () =>
			setupFinding(
				await setUpPortal(client, pipeline, chain, true),
				'Запустите workflows/portal-setup.json с выключенным Dry Run; свои стадии вместо этих можно выбрать в таблицах',
			),
		explainPortal,
	);

const leadSetupProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'leadSetup',
		'Поля для приема обращений',
		async () =>
			setupFinding(
				await setUpLeads(client, false, true),
				'Запустите подготовку в workflows/lead-intake.json (нижняя дорожка) с выключенным Dry Run',
			),
		explainPortal,
	);

const presetsProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'requisites',
		'Реквизиты',
		async (): Promise<Finding> => {
			await readPresets(client);
			return { state: 'ok', found: 'шаблоны реквизитов для России есть, покупатель ищется по ИНН' };
		},
		explainPortal,
	);

const productsSchema = z.array(z.object({ id: z.coerce.number(), xmlId: z.string().nullish() }));

/** The first page is enough to see whether anybody has tied the products to 1C. */
const catalogProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'catalog',
		'Каталог товаров',
		async (): Promise<Finding> => {
			const iblockId = await readProductCatalog(client);
			const answer = await client.answer({
				method: 'catalog.product.list',
				params: {
					select: ['id', 'iblockId', 'xmlId'],
					filter: { iblockId },
					order: { id: 'DESC' },
				},
			});
			const page = z.object({ products: productsSchema }).parse(answer.result).products;
			const tied = page.filter(({ xmlId }) => isGuid(xmlId ?? '')).length;
			const total = answer.total ?? page.length;
			const facts = { iblockId, total, looked: page.length, tied };
			const found = `товаров: ${total}, GUID 1С в XML_ID у ${shareOf(tied, page.length)} последних`;
			if (page.length > 0 && tied === page.length) return { state: 'ok', found, facts };
			return {
				state: 'warning',
				found,
				cause:
					'Строку сделки с товаром без GUID обмен не сможет передать в 1С и скажет об этом в ленте',
				remedy:
					'Загрузите номенклатуру из 1С: workflows/catalogs.json; или подбирайте товары во вкладке «1С»',
				facts,
			};
		},
		explainPortal,
	);

const vatSchema = z.object({ rate: z.coerce.number().nullable(), active: z.string().optional() });

const vatProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'vatRates',
		'Ставки НДС портала',
		async (): Promise<Finding> => {
			const all = await catalogRows(client, 'catalog.vat.list', 'vats', vatSchema);
			const rates = all.filter(({ active }) => active !== 'N').map(({ rate }) => rate);
			const words = rates.map((rate) => (rate === null ? 'без НДС' : `${rate} %`)).join(', ');
			const facts = { rates };
			if (rates.includes(22)) return { state: 'ok', found: words, facts };
			return {
				state: 'warning',
				found: words || 'ставок нет',
				cause: 'С 2026 года основная ставка 22 %, и в 1С товары идут по ней',
				remedy: 'Добавьте ставку: CRM → Настройки → Налоги',
				facts,
			};
		},
		explainPortal,
	);

const currencySchema = z.array(z.object({ CURRENCY: z.string(), BASE: z.string().nullish() }));

const currencyProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'currencies',
		'Валюты',
		async (): Promise<Finding> => {
			const all = currencySchema.parse(await client.call({ method: 'crm.currency.list' }));
			const base = all.find(({ BASE }) => BASE === 'Y')?.CURRENCY ?? '';
			const names = all.map(({ CURRENCY }) => CURRENCY);
			return {
				state: names.includes('RUB') ? 'ok' : 'warning',
				found: `базовая ${base}, всего: ${names.join(', ')}`,
				...(names.includes('RUB')
					? {}
					: {
							cause: 'Валюта сделки должна совпадать с валютой договора в 1С',
							remedy: 'Добавьте рубль: CRM → Настройки → Валюты',
						}),
				facts: { base, currencies: names },
			};
		},
		explainPortal,
	);

const featureSchema = z.object({ value: z.string() });

/** An inbound webhook is answered too, with its scopes and the plan, but it has neither ID nor CODE [b24phpsdk, tests]. */
const applicationSchema = z.object({ ID: z.coerce.number(), CODE: z.string().min(1) });

const licenseSchema = z.object({ LICENSE: z.string() });

const eventsProbe = (isApplication: boolean, hasQueue: boolean): Probe => {
	const head = { probe: 'events', title: 'События портала' };
	const facts = { isApplication, eventQueue: hasQueue };
	if (!isApplication) {
		return {
			...head,
			state: 'ok',
			found:
				'вебхук: сделки опрашиваются раз в минуту, исходящий вебхук может будить обмен раньше; очередь событий есть только у приложения',
			facts,
		};
	}
	return {
		...head,
		state: 'ok',
		found: hasQueue
			? 'приложение: события по вызову и очередь событий'
			: 'приложение: события по вызову; очереди событий тариф не дает',
		facts,
	};
};

const timeSchema = z
	.object({ time: z.object({ duration: z.number(), operating: z.number().optional() }) })
	.passthrough();

const limitsProbe = async (client: Bitrix24Client, license: string): Promise<Probe> =>
	await probed(
		'limits',
		'Пределы',
		async (): Promise<Finding> => {
			const start = client.clock.now();
			const answer = await client.answer(
				itemList({ entityTypeId: DEAL, select: ['id'], order: { id: 'ASC' }, start: -1 }),
			);
			const milliseconds = client.clock.now() - start;
			const { time } = timeSchema.parse(answer);
			const operating = time.operating ?? 0;
			const isNear = operating > PACED_FROM;
			return {
				state: isNear ? 'warning' : 'ok',
				found: `список сделок за ${(milliseconds / 1000).toFixed(1).replace('.', ',')} с; метод израсходовал ${Math.round(operating)} из ${OPERATING_LIMIT} с за 10 минут; 2 запроса в секунду на адрес (на Enterprise 5), до 50 команд в каждом${license ? `; тариф ${license}` : ''}`,
				...(isNear
					? {
							cause: 'Еще немного, и портал откажет этому методу на десять минут',
							remedy: 'Проверьте, какие сценарии часто перебирают сделки, и опрашивайте реже',
						}
					: {}),
				facts: { milliseconds, operatingSeconds: operating, license },
			};
		},
		explainPortal,
	);

const clockProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'clock',
		'Часы портала',
		async () => {
			const told = z.string().parse(await client.call({ method: 'server.time' }));
			return clockFinding(Date.parse(told) - client.clock.now());
		},
		explainPortal,
	);

const pipelinesProbe = async (client: Bitrix24Client, { pipeline }: PortalWishes): Promise<Probe> =>
	await probed(
		'pipelines',
		'Воронки сделок',
		async (): Promise<Finding> => {
			const all = readPipelines(await client.call(pipelinesCommand(DEAL)));
			const list = all.map(({ id, name }) => `${name} (${id})`).join(', ');
			const facts = { pipelines: all.map(({ id, name }) => ({ id, name })) };
			if (all.some(({ id }) => String(id) === pipeline)) return { state: 'ok', found: list, facts };
			return {
				state: 'problem',
				found: `воронки ${pipeline} не видно; есть ${list}`,
				cause: 'Воронка удалена, или у роли владельца нет на нее прав',
				remedy: 'Выберите воронку из списка или дайте роли право на нее',
				facts,
			};
		},
		explainPortal,
	);

const readAuthorization = async (
	client: Bitrix24Client,
): Promise<{ isApplication: boolean; license: string; scopes: string[]; hasQueue: boolean }> => {
	const [info, scopes, queue] = await client.batch([
		{ method: 'app.info', repeatable: true },
		{ method: 'scope' },
		{ method: 'feature.get', params: { CODE: 'rest_offline_extended' } },
	]);
	return {
		isApplication: optional(info, applicationSchema) !== null,
		license: optional(info, licenseSchema)?.LICENSE ?? '',
		scopes: optional(scopes, z.array(z.string())) ?? [],
		hasQueue: optional(queue, featureSchema)?.value === 'Y',
	};
};

/** A portal that does not let n8n in is not asked any further. */
export const checkPortal = async (
	client: Bitrix24Client,
	wishes: PortalWishes,
): Promise<Probe[]> => {
	const entry = await access(client);
	if (entry.state === 'problem') return [entry];
	const { isApplication, license, scopes, hasQueue } = await readAuthorization(client);
	return [
		entry,
		scopesProbe(scopes, isApplication),
		await methodsProbe(client),
		await modeProbe(client, wishes),
		await pipelinesProbe(client, wishes),
		await setupProbe(client, wishes),
		await invoicesProbe(client, wishes),
		await userFieldNamesProbe(client),
		await presetsProbe(client),
		await requiredFieldsProbe(client, wishes),
		await catalogProbe(client),
		await vatProbe(client),
		await currencyProbe(client),
		...(wishes.leadIntake ? [await leadSetupProbe(client)] : []),
		eventsProbe(isApplication, hasQueue),
		await limitsProbe(client, license),
		await clockProbe(client),
		await filtersProbe(client),
		await decimalsProbe(client),
		await refusalsProbe(client),
	];
};
