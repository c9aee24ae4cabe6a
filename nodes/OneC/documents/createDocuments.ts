/** Finds or makes the invoices or the orders of many sales; each sale has its own outcome. */
import { inRoubles, less } from '../../exchange/money';
import { isStranger, strangerProblem } from '../../exchange/ownership';
import { saleTotal, type Sale } from '../../exchange/sale';
import { withOffset } from '../../shared/wallTime';
import type { Body } from '../odata/client';
import { bodySchema, createOnce } from './createOnce';
import {
	findDocuments,
	INVOICE,
	ORDER,
	type DocumentKind,
	type Kind,
	type SaleDocument,
} from './documents';
import { postOrder } from './postOrder';
import { checkRates, checkStored } from './readBack';
import { contextFor, fetchFor, type Defaults, type SaleContext } from './saleContext';
import type { Session } from '../session';
import { toInvoice } from './toInvoice';
import { toOrder } from './toOrder';

export interface Demand {
	sale: Sale;
	defaults: Defaults;
	/** Only orders can be posted. */
	post: boolean;
}

export interface Supplied {
	document: SaleDocument;
	outcome: 'created' | 'found';
	anomalies: string[];
}

const living = (documents: SaleDocument[] | undefined): SaleDocument[] =>
	(documents ?? []).filter(({ deletionMark }) => !deletionMark);

/** The document the CRM remembers comes first, then the earliest with the marker. */
const chosenOf = (documents: SaleDocument[], ref: string | null): SaleDocument | undefined =>
	documents.find((document) => document.ref === ref) ?? documents[0];

/** An accountant may have corrected the document, so a difference is told and nothing is overwritten. */
const anomaliesOf = (documents: SaleDocument[], chosen: SaleDocument, sale: Sale): string[] => {
	const expected = saleTotal(sale);
	const others = documents
		.filter(({ ref }) => ref !== chosen.ref)
		.map(({ number }) => `№ ${number}`);
	return [
		...(less(chosen.amount, expected) === 0
			? []
			: [
					`сумма документа № ${chosen.number} в 1С ${inRoubles(chosen.amount)}, а по сделке ${inRoubles(expected)}`,
				]),
		...(others.length > 0 ? [`по сделке есть еще документы: ${others.join(', ')}`] : []),
	];
};

export class Supplier {
	private readonly found = new Map<number, SaleDocument[]>();
	private readonly invoices = new Map<number, SaleDocument[]>();

	private constructor(
		private readonly session: Session,
		private readonly kind: DocumentKind,
	) {}

	/** Reads for all sales together what can be read together. */
	static async open(session: Session, kind: Kind, sales: readonly Sale[]): Promise<Supplier> {
		const supplier = new Supplier(session, kind === 'invoice' ? INVOICE : ORDER);
		await supplier.look(supplier.kind, sales, supplier.found);
		const lacking = sales.filter(({ dealId }) => living(supplier.found.get(dealId)).length === 0);
		if (lacking.length === 0) return supplier;
		if (kind === 'order') await supplier.look(INVOICE, lacking, supplier.invoices);
		await fetchFor(session, lacking);
		return supplier;
	}

	async supply(demand: Demand): Promise<Supplied> {
		const supplied = await this.findOrCreate(demand);
		if (!demand.post || this.kind.kind !== 'order') return supplied;
		const { document, outcome } = supplied;
		if (outcome === 'found' && !document.posted) await this.checkFound(document, demand.sale);
		return { ...supplied, document: await postOrder(this.session.client, document) };
	}

	private async checkFound(document: SaleDocument, sale: Sale): Promise<void> {
		const stored = await this.session.client.read(this.kind.set, document.ref, bodySchema);
		if (stored) checkRates(this.kind, document, stored, sale);
	}

	private async look(
		kind: DocumentKind,
		sales: readonly Sale[],
		into: Map<number, SaleDocument[]>,
	): Promise<void> {
		const wanted = sales.map((sale) => ({ dealId: sale.dealId, ref: sale[kind.kind] }));
		const documents = await findDocuments(this.session.client, kind, wanted);
		for (const [dealId, list] of documents) into.set(dealId, list);
	}

	/** Documents in use that can have been made for the deal; the marker of the others leads to an earlier one. */
	private own(kind: DocumentKind, found: SaleDocument[] | undefined, sale: Sale): SaleDocument[] {
		const { dealId, created } = sale;
		const claimant = { dealId, created, names: sale[kind.kind] };
		const dated = (document: SaleDocument) => ({
			...document,
			date: withOffset(document.date, this.session.client.base.timeZone),
		});
		const all = living(found);
		const own = all.filter((document) => !isStranger(dated(document), claimant));
		if (own.length > 0 || all.length === 0) return own;
		throw strangerProblem(kind.kind, dated(all[0]), claimant);
	}

	private async findOrCreate({ sale, defaults }: Demand): Promise<Supplied> {
		const documents = this.own(this.kind, this.found.get(sale.dealId), sale);
		const chosen = chosenOf(documents, sale[this.kind.kind]);
		if (chosen) {
			return {
				document: chosen,
				outcome: 'found',
				anomalies: anomaliesOf(documents, chosen, sale),
			};
		}
		const body = this.bodyOf(sale, await contextFor(this.session, sale, defaults));
		const { portal, dealId } = sale;
		const made = await createOnce(this.session.client, { kind: this.kind, portal, dealId, body });
		this.found.set(dealId, [made.document]);
		const { document, outcome, anomalies, stored } = made;
		if (stored) checkStored(this.kind, document, body, stored, saleTotal(sale));
		return { document, outcome, anomalies };
	}

	private bodyOf(sale: Sale, context: SaleContext): Body {
		if (this.kind.kind === 'invoice') return toInvoice(sale, context);
		const invoices = this.own(INVOICE, this.invoices.get(sale.dealId), sale);
		const invoice = chosenOf(invoices, sale.invoice);
		return toOrder(sale, context, invoice?.ref ?? null);
	}
}
