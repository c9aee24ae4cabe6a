/** How the base answers at all: reached, described, published, readable, in time. */
import { clockFinding, type Finding, type Probe } from '../../exchange/connectionReport';
import { probed } from '../../shared/probing';
import { settled } from '../../shared/settled';
import { wallTime } from '../../shared/wallTime';
import { COUNTERPARTIES, ORGANIZATIONS } from '../catalogs/catalogs';
import { bodySchema } from '../documents/createOnce';
import { INVOICE, ORDER } from '../documents/documents';
import { BaseShape } from '../metadata/shape';
import type { OneCClient } from '../odata/client';
import { guid, LONGEST_QUERY, packed } from '../odata/odata';
import { explainBase } from './baseRefusal';
import { missingFields, NEEDS, type Need } from './needs';

/** Milliseconds; a description that takes longer is near the time-out of two minutes. */
const SLOW = 60_000;

const seconds = (milliseconds: number): string =>
	`${(milliseconds / 1000).toFixed(1).replace('.', ',')} с`;

const named = (needs: readonly Need[]): string => needs.map(({ set }) => set).join(', ');

/** The first request after a pause may take half a minute, which is not how the base answers all day. */
export const reached = async (
	client: OneCClient,
): Promise<{ probe: Probe; published: Set<string> | null }> => {
	let published: Set<string> | null = null;
	const probe = await probed(
		'publication',
		'Публикация OData',
		async (): Promise<Finding> => {
			const start = client.clock.now();
			published = new Set(await client.sets());
			const time = client.clock.now() - start;
			return {
				state: 'ok',
				found: `база отвечает за ${seconds(time)}, опубликовано наборов: ${published.size}`,
				facts: { sets: published.size, milliseconds: time },
			};
		},
		explainBase,
	);
	return { probe, published };
};

export const described = async (
	client: OneCClient,
): Promise<{ probe: Probe; xml: string | null }> => {
	let xml: string | null = null;
	const probe = await probed(
		'metadata',
		'Описание базы ($metadata)',
		async (): Promise<Finding> => {
			const start = client.clock.now();
			xml = await client.metadata();
			const time = client.clock.now() - start;
			const megabytes = Buffer.byteLength(xml) / 1_048_576;
			const size = `${megabytes.toFixed(1).replace('.', ',')} МБ`;
			const [, version = ''] = /DataServiceVersion="([\d.]+)"/.exec(xml) ?? [];
			return {
				state: time > SLOW ? 'warning' : 'ok',
				found: `${size} за ${seconds(time)}, OData ${version}`,
				...(time > SLOW
					? {
							cause: 'Списки объектов и полей в редакторе n8n ждут этого описания раз в час',
							remedy: 'Запаситесь терпением при настройке; на обмен документами это не влияет',
						}
					: {}),
				facts: { megabytes: Number(megabytes.toFixed(2)), milliseconds: time, odata: version },
			};
		},
		explainBase,
	);
	return { probe, xml };
};

/** Neither the platform nor the configuration tells its version over OData; what is published hints at the mode. */
export const platform = (published: ReadonlySet<string>): Probe => ({
	probe: 'platform',
	title: 'Платформа и режим совместимости',
	state: 'unknown',
	found: published.has(INVOICE.set)
		? 'объекты УТ 10.3 видны; версии платформы и конфигурации OData не сообщает'
		: 'объектов УТ 10.3 не видно; версии платформы и конфигурации OData не сообщает',
	remedy:
		'Посмотрите в 1С: Справка → О программе, и в Конфигураторе свойство «Режим совместимости». Нужна платформа 8.3.5 или новее',
	facts: { isUt103: published.has(INVOICE.set) },
});

const COMPOSITION =
	'При режиме совместимости 8.3.4 и ниже (у типовой УТ 10.3 он 8.2.13) видно все. Если режим выше, состав OData задает УстановитьСоставСтандартногоИнтерфейсаOData()';

export const objects = (published: ReadonlySet<string>): Probe => {
	/** A register is published together with its records, and its virtual tables belong to it. */
	const missing = NEEDS.filter(({ set }) => !published.has(set));
	const essential = missing.filter(({ isEssential }) => isEssential);
	const head = { probe: 'objects', title: 'Объекты для обмена' };
	const facts = { missing: missing.map(({ set }) => set) };
	if (missing.length === 0) {
		return { ...head, state: 'ok', found: `опубликованы все ${NEEDS.length}`, facts };
	}
	return {
		...head,
		state: essential.length > 0 ? 'problem' : 'warning',
		found: `не опубликованы: ${named(missing)}`,
		cause: `Без них не работает: ${[...new Set(missing.map(({ purpose }) => purpose))].join('; ')}. ${COMPOSITION}`,
		remedy: 'Добавьте эти объекты в состав OData и проверьте, что адрес ведет в базу УТ 10.3',
		facts,
	};
};

export const fields = (xml: string, published: ReadonlySet<string>): Probe => {
	const shape = new BaseShape(xml);
	const missing = NEEDS.filter(({ set }) => published.has(set)).flatMap((need) =>
		missingFields(shape, need).map((field) => ({ need, name: `${need.set}.${field}` })),
	);
	const names = [...new Set(missing.map(({ name }) => name))];
	const head = { probe: 'fields', title: 'Поля объектов' };
	if (names.length === 0) {
		return { ...head, state: 'ok', found: 'все, что читает и пишет обмен, на месте', facts: {} };
	}
	return {
		...head,
		state: missing.some(({ need }) => need.isEssential) ? 'problem' : 'warning',
		found: `нет полей: ${names.join(', ')}`,
		cause: 'Конфигурация отличается от типовой УТ 10.3: поля удалены или переименованы',
		remedy: 'Верните поля или заведите с теми же именами; спросите программиста 1С о доработках',
		facts: { missing: names },
	};
};

/** One row of each set, without an order: that is all a right to read needs. */
const canRead = async (client: OneCClient, { set }: Need): Promise<Error | null> => {
	const isStock = set.startsWith('AccumulationRegister_') && !set.endsWith('_RecordType');
	const { error } = await settled(
		async () => await client.table(isStock ? `${set}_RecordType` : set, bodySchema, { top: 1 }),
	);
	return error ?? null;
};

export const readable = async (
	client: OneCClient,
	published: ReadonlySet<string>,
): Promise<Probe> =>
	await probed('reading', 'Права на чтение', async (): Promise<Finding> => {
		const needs = NEEDS.filter(({ set }) => published.has(set));
		const errors = await Promise.all(needs.map(async (need) => await canRead(client, need)));
		const refused = needs.flatMap((need, index) => {
			const error = errors[index];
			return error ? [{ need, error }] : [];
		});
		if (refused.length === 0) {
			return { state: 'ok', found: `читаются все ${needs.length}`, facts: {} };
		}
		return {
			...explainBase(refused[0].error),
			state: refused.some(({ need }) => need.isEssential) ? 'problem' : 'warning',
			found: `не читаются: ${named(refused.map(({ need }) => need))}`,
			facts: { refused: refused.map(({ need }) => need.set) },
		};
	});

/** Reading proves nothing about writing. */
export const writing = (): Probe => ({
	probe: 'writing',
	title: 'Права на запись',
	state: 'unknown',
	found: 'проверка ничего не пишет, поэтому право на запись не проверено',
	remedy: `Дайте роли обмена добавление и изменение ${INVOICE.set} и ${ORDER.set}, проведение заказа; проведите пробную сделку на копии базы`,
});

export const clock = (client: OneCClient): Probe => {
	const head = { probe: 'clock', title: 'Часы сервера 1С' };
	if (client.toldTime === undefined) {
		return {
			...head,
			state: 'unknown',
			found: 'веб-сервер не сообщает время',
			remedy: 'Сверьте часы сервера 1С и сервера n8n вручную',
		};
	}
	return { ...head, ...clockFinding(client.toldTime - client.clock.now()) };
};

const HOUR = 3_600_000;

const latestDate = async (client: OneCClient, set: string): Promise<string> => {
	const [latest] = await client.list(set, bodySchema, {
		select: ['Date'],
		orderby: 'Date desc,Ref_Key desc',
		top: 1,
	});
	return String(latest?.Date ?? '');
};

/** Dates of 1C carry no zone, so a wrong one shows only in documents that seem to come from the future. */
export const timeZone = async (client: OneCClient): Promise<Probe> =>
	await probed(
		'timeZone',
		'Часовой пояс 1С',
		async (): Promise<Finding> => {
			const { timeZone: zone } = client.base;
			const now = client.now();
			const latest = [
				await latestDate(client, INVOICE.set),
				await latestDate(client, ORDER.set),
			].sort()[1];
			const soon = wallTime(client.clock.now() + HOUR / 4, zone);
			const facts = { timeZone: zone, now, latest };
			if (latest <= soon) {
				return { state: 'ok', found: `${zone}: в 1С сейчас ${now.replace('T', ' ')}`, facts };
			}
			return {
				state: 'warning',
				found: `последний документ датирован ${latest.replace('T', ' ')}, а по поясу ${zone} сейчас ${now.replace('T', ' ')}`,
				cause: 'Либо документы вводят будущей датой, либо в учетных данных не тот пояс',
				remedy: 'Сравните с часами на сервере 1С; пояс задается в учетных данных n8n',
				facts,
			};
		},
		explainBase,
	);

/** Lists are asked for with many references in one address; IIS lets 2048 characters through unless told otherwise. */
export const longAddresses = async (client: OneCClient): Promise<Probe> =>
	await probed('longAddresses', 'Длинные адреса', async (): Promise<Finding> => {
		const refs = Array.from({ length: 100 }, (_, index) => String(index).padStart(12, '0'));
		const conditions = refs.map((tail) => `Ref_Key eq ${guid(`00000000-0000-0000-0001-${tail}`)}`);
		const [longest] = packed(conditions, { select: ['Ref_Key'], orderby: 'Ref_Key' });
		const { set } = ORGANIZATIONS;
		const { error } = await settled(async () => await client.list(set, bodySchema, longest));
		const facts = { characters: LONGEST_QUERY };
		if (!error) return { state: 'ok', found: `до ${LONGEST_QUERY} знаков проходят`, facts };
		return {
			state: 'problem',
			found: `адрес в ${LONGEST_QUERY} знаков не проходит`,
			cause: `Веб-сервер или прокси ограничивает длину запроса. ${error.message}`,
			remedy:
				'Увеличьте предел: в IIS это requestFiltering → requestLimits maxQueryString, в Apache LimitRequestLine, в nginx large_client_header_buffers',
			facts,
		};
	});

const PAGE = 500;

/** The exchange reads by pages of 500; whoever cuts them shorter would make it believe the list has ended. */
export const pages = async (client: OneCClient): Promise<Probe> =>
	await probed(
		'pages',
		'Размер страниц',
		async (): Promise<Finding> => {
			const start = client.clock.now();
			const rows = await client.table(COUNTERPARTIES.set, bodySchema, {
				select: ['Ref_Key'],
				orderby: 'Ref_Key',
				top: PAGE,
			});
			const time = client.clock.now() - start;
			const total = await client.count(COUNTERPARTIES.set);
			const expected = Math.min(PAGE, total);
			const facts = { asked: PAGE, got: rows.length, counterparties: total, milliseconds: time };
			if (rows.length >= expected) {
				return {
					state: 'ok',
					found: `строк: ${rows.length} за ${seconds(time)}, контрагентов всего: ${total}`,
					facts,
				};
			}
			return {
				state: 'problem',
				found: `из ${expected} строк пришло ${rows.length}`,
				cause:
					'Что-то между n8n и 1С обрезает списки, или записи скрыты ограничением доступа (RLS)',
				remedy:
					'Дайте пользователю обмена роль без ограничений на уровне записей и проверьте прокси',
				facts,
			};
		},
		explainBase,
	);
