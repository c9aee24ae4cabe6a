/** The base that strangers' clients of OData are led into: a buyer, two products and one order of ten chairs. */
import { Caller, castOf, postedOrder, type Cast, type Row } from '../standins/onecCaller';
import type { Base } from '../standins/onec/base';

export interface OfficeBase {
	base: Base;
	who: Cast;
	/** Posted. */
	order: string;
	/** `http://127.0.0.1:…/ut/odata/standard.odata/` */
	service: string;
	authorization: string;
	/** A new document of the buyer, not posted: for a client that changes it. */
	draft(changes?: Row): Promise<string>;
	close(): Promise<void>;
}

export async function opensOffice(): Promise<OfficeBase> {
	const caller = await Caller.open();
	const { base } = caller;
	const who = castOf(base);
	const order = await postedOrder(caller, who);
	return {
		base,
		who,
		order,
		service: `${base.url}/odata/standard.odata/`,
		authorization: `Basic ${Buffer.from(`${base.login}:${base.password}`).toString('base64')}`,
		draft: async (changes = {}) => {
			const ref = base.salesman.copiesOrder(order, changes);
			base.salesman.unposts(ref);
			return ref;
		},
		close: () => caller.close(),
	};
}
