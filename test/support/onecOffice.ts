/** A 1C base with the exchange at its desk: sales come in, documents and progress come out, n8n is not there. */
import { serviceRoot, basicAuthorization } from '../../nodes/OneC/odata/address';
import { Supplier, type Supplied } from '../../nodes/OneC/documents/createDocuments';
import type { Kind } from '../../nodes/OneC/documents/documents';
import { findLinked, readProgress } from '../../nodes/OneC/progress/readProgress';
import { openSession, type Session } from '../../nodes/OneC/session';
import type { Clock } from '../../nodes/shared/http';
import type { Progress } from '../../nodes/exchange/progress';
import { saleSchema, type Sale, type SaleJson } from '../../nodes/exchange/sale';
import { openBase, type Base, type BaseOptions } from '../standins/onec/base';
import { axiosHttp, standingClock } from './axiosHttp';

export const INN = '7707083893';

export class OneCOffice {
	private constructor(
		readonly base: Base,
		readonly clock: Clock,
		readonly buyer: string,
		readonly table: string,
		readonly chair: string,
	) {}

	static async open(options: BaseOptions = {}): Promise<OneCOffice> {
		const noon = Date.parse('2026-11-24T09:00:00Z');
		const now = options.now ?? (() => noon);
		const base = await openBase({ ...options, now });
		const { admin } = base;
		return new OneCOffice(
			base,
			standingClock(now()),
			admin.addsCounterparty({ name: 'ООО «Лютик»', inn: INN, kpp: '773601001' }),
			admin.addsProduct({ name: 'Стол', price: 12_200 }),
			admin.addsProduct({ name: 'Стул', price: 2440 }),
		);
	}

	/** Every execution of a node opens a session of its own. */
	session(change: { user?: string; password?: string; marker?: string } = {}): Session {
		const { url, login, password } = this.base;
		const authorization = basicAuthorization(change.user ?? login, change.password ?? password);
		const http = axiosHttp(serviceRoot(url), { Authorization: authorization });
		const credential = { url, timeZone: 'Europe/Moscow', marker: change.marker ?? 'B24' };
		return openSession(credential, http, this.clock);
	}

	/** A deal for two tables and ten chairs: 48 800 roubles with VAT. */
	sale(change: Partial<SaleJson> = {}): Sale {
		return saleSchema.parse({
			dealId: 123,
			portal: 'company.bitrix24.ru',
			title: 'Мебель в переговорную',
			currency: 'RUB',
			total: null,
			pricesIncludeVat: true,
			buyer: { ref: null, name: 'ООО «Лютик»', inn: INN, kpp: '' },
			contract: null,
			organization: null,
			warehouse: null,
			invoice: null,
			order: null,
			lines: [
				{ name: 'Стол', product: this.table, quantity: 2, price: 12_200, vatRate: 22 },
				{ name: 'Стул', product: this.chair, quantity: 10, price: 2440, vatRate: 22 },
			],
			...change,
		});
	}

	async create(kind: Kind, sale: Sale = this.sale(), session = this.session()): Promise<Supplied> {
		const supplier = await Supplier.open(session, kind, [sale]);
		const defaults = { organization: null, warehouse: null };
		return await supplier.supply({ sale, defaults, post: kind === 'order' });
	}

	async progress(dealId = 123, session = this.session()): Promise<Progress> {
		const read = (await readProgress(session, await findLinked(session, [dealId]))).get(dealId);
		if (!read?.value) throw read?.error ?? new Error(`Deal ${dealId} has no documents`);
		return read.value;
	}

	/** Documents that are not marked for deletion. */
	documents(kind: Kind): Array<Record<string, unknown>> {
		const name = kind === 'invoice' ? 'СчетНаОплатуПокупателю' : 'ЗаказПокупателя';
		return this.base.sees.documents(name).filter(({ DeletionMark }) => DeletionMark === false);
	}

	/** How many requests a piece of work costs. */
	async requests(work: () => Promise<unknown>): Promise<number> {
		const before = this.base.requests.length;
		await work();
		return this.base.requests.length - before;
	}
}
