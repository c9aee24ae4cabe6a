/** A bare caller of a fresh base: whole answers, whatever their status, JSON where it is JSON. */
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';

import { openBase, type Base, type BaseOptions } from './onec/base';
import type { Settlement } from './onec/people/admin';

export type Row = Record<string, unknown>;

const NOON = Date.parse('2026-11-24T09:00:00Z'); // 12:00 in Moscow

export class Caller {
	private constructor(
		readonly base: Base,
		readonly client: AxiosInstance,
	) {}

	static async open(options: BaseOptions = {}): Promise<Caller> {
		const base = await openBase({ now: () => NOON, ...options });
		const client = axios.create({
			baseURL: `${base.url}/odata/standard.odata/`,
			auth: { username: base.login, password: base.password },
			headers: { Accept: 'application/json' },
			validateStatus: () => true,
			maxBodyLength: Infinity,
			transformResponse: (data: string) => {
				try {
					return JSON.parse(data) as unknown;
				} catch {
					return data;
				}
			},
		});
		return new Caller(base, client);
	}

	get(path: string, headers: Record<string, string> = {}): Promise<AxiosResponse> {
		return this.client.get(encodeURI(path), { headers });
	}

	/** The default of the real service. */
	atom(path: string): Promise<AxiosResponse> {
		return this.get(path, { Accept: 'application/atom+xml' });
	}

	post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<AxiosResponse> {
		return this.client.post(encodeURI(path), body, { headers });
	}

	patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<AxiosResponse> {
		return this.client.patch(encodeURI(path), body, { headers });
	}

	put(path: string, body: unknown): Promise<AxiosResponse> {
		return this.client.put(encodeURI(path), body);
	}

	delete(path: string): Promise<AxiosResponse> {
		return this.client.delete(encodeURI(path));
	}

	async rows(path: string): Promise<Row[]> {
		return valueOf(await this.get(path));
	}

	async found(set: string, filter: string): Promise<number> {
		return (await this.rows(`${set}?$filter=${filter}`)).length;
	}

	close(): Promise<void> {
		return this.base.close();
	}
}

export function valueOf(response: AxiosResponse): Row[] {
	const data = response.data as { value?: Row[] };
	if (!data.value) throw new Error(`${response.status} ${JSON.stringify(response.data)}`);
	return data.value;
}

export const codeOf = (response: AxiosResponse): string =>
	response.data['odata.error']?.code as string;

export const textOf = (response: AxiosResponse): string =>
	response.data['odata.error']?.message.value as string;

export const order = (ref: string): string => `Document_ЗаказПокупателя(guid'${ref}')`;

export interface Cast {
	buyer: string;
	contract: string;
	chair: string;
	table: string;
	unit: string;
}

export function castOf({ admin, sees }: Base, contract: Settlement = 'ПоЗаказам'): Cast {
	const buyer = admin.addsCounterparty({ name: 'Альфа', inn: '7707083893', contract });
	const chair = admin.addsProduct({ name: 'Стул', article: 'С-1', price: 100 });
	return {
		buyer,
		chair,
		table: admin.addsProduct({ name: 'Стол', article: 'С-2', price: 333.33 }),
		contract: String(sees.document(buyer).ОсновнойДоговорКонтрагента_Key),
		unit: String(sees.document(chair).ЕдиницаХраненияОстатков_Key),
	};
}

/** Ten chairs for 1 000 roubles, not posted yet. */
export function orderBody({ seed }: Base, who: Cast): Row {
	return {
		Date: '2026-11-24T12:00:00',
		Организация_Key: seed.organization,
		Контрагент_Key: who.buyer,
		ДоговорКонтрагента_Key: who.contract,
		ВалютаДокумента_Key: seed.currency,
		КурсВзаиморасчетов: 1,
		КратностьВзаиморасчетов: '1',
		УчитыватьНДС: true,
		СуммаВключаетНДС: true,
		Товары: [
			{
				LineNumber: '1',
				Номенклатура_Key: who.chair,
				ЕдиницаИзмерения_Key: who.unit,
				Количество: 10,
				Коэффициент: 1,
				Цена: 100,
				Сумма: 1000,
				СтавкаНДС: 'НДС22',
				СуммаНДС: 180.33,
			},
		],
	};
}

export async function postedOrder(caller: Caller, who: Cast, changes: Row = {}): Promise<string> {
	const body = { ...orderBody(caller.base, who), ...changes };
	const created = await caller.post('Document_ЗаказПокупателя', body);
	const ref = String(created.data.Ref_Key);
	const posted = await caller.post(`${order(ref)}/Post?PostingModeOperational=true`);
	if (posted.status !== 200) throw new Error(JSON.stringify(posted.data));
	return ref;
}
