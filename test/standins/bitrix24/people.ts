/**
 * The hands and eyes of people who work in the portal itself.
 * Imitates: what their clicks change and announce: a card with products is added and then updated
 * (reference §9, trap 2). Changes are theirs: `updatedBy` is not the webhook's owner.
 * Does not imitate: permissions, undo.
 */
import type { Desk } from './call';
import { COMPANY, CONTACT, DEAL, LEAD, SMART_INVOICE } from './entityTypes';
import { inventoryOf, type Thing } from './inventory';
import { itemView } from './itemView';
import { addComment } from './methods/timeline';
import { addRow, replaceRows } from './rows';
import { stagesOf } from './stages';
import type { Semantics } from './store';
import { MANAGER_USER } from './users';
import type { Fields } from './values';

export interface RowInput {
	product?: number;
	name?: string;
	price: number;
	quantity: number;
	/** Percent; null is «без НДС»; left out, the product's rate. */
	vat?: number | null;
	vatIncluded?: boolean;
	discountPercent?: number;
	/** Roubles taken off one unit, without taxes; it makes the discount an absolute one. */
	discountSum?: number;
	measureCode?: number;
}

export interface DealInput {
	title: string;
	pipeline?: number;
	stage?: string;
	company?: number;
	contact?: number;
	currency?: string;
	fields?: Fields;
	rows?: RowInput[];
}

export interface LeadInput {
	title: string;
	phone?: string;
	email?: string;
	fields?: Fields;
	rows?: RowInput[];
}

export interface Manager {
	/** Or whatever other program makes it in a person's name. */
	createsLead(lead: LeadInput): number;
	movesLead(leadId: number, stageId: string): void;
	writesLead(leadId: number, fields: Fields): void;
	createsDeal(deal: DealInput): number;
	/** Within the funnel the deal stands in. */
	moves(dealId: number, stageId: string): void;
	movesToPipeline(dealId: number, categoryId: number, stageId: string): void;
	writes(dealId: number, fields: Fields): void;
	/** Into any card, by the number of its type. */
	writesCard(entityTypeId: number, id: number, fields: Fields): void;
	setsProducts(dealId: number, rows: RowInput[]): void;
	movesInvoice(invoiceId: number, stageId: string): void;
	comments(dealId: number, text: string): void;
}

export interface Sees {
	/** Everything on the portal with whose it is. */
	everything(): Thing[];
	/** Oldest first. */
	leads(): Fields[];
	lead(id: number): Fields;
	deals(): Fields[];
	deal(id: number): Fields;
	companies(): Fields[];
	contacts(): Fields[];
	invoices(dealId: number): Fields[];
	invoice(id: number): Fields;
	rows(ownerType: 'L' | 'D' | 'SI', ownerId: number): Fields[];
	/** Texts of the comments, oldest first. */
	timeline(entity: 'lead' | 'deal' | 'invoice', id: number): string[];
	/** Documents of a card and the PDF a person opens there, oldest first. */
	documents(
		entity: 'deal' | 'invoice',
		id: number,
	): Array<{ title: string; number: string; pdf: Buffer }>;
	stageName(stageId: string): string;
	userFields(entityId: string): string[];
	stages(entityId: string): Array<{ id: string; name: string; semantics: string | null }>;
}

export function managerOf(desk: Desk): Manager {
	const { store, items } = desk;
	const change = (entityTypeId: number, id: number, fields: Fields): void => {
		items.change(entityTypeId, id, checked(desk, entityTypeId, fields), MANAGER_USER);
	};
	return {
		createsLead: ({ title, phone, email, fields, rows = [] }) => {
			const fm = [
				...(phone ? [{ typeId: 'PHONE', valueType: 'WORK', value: phone }] : []),
				...(email ? [{ typeId: 'EMAIL', valueType: 'WORK', value: email }] : []),
			];
			const given = { ...fields, title, fm };
			const { id } = items.add(LEAD, checked(desk, LEAD, given), MANAGER_USER);
			for (const [index, row] of rows.entries())
				addRow(store, 'L', id, rowFields(desk, row, index));
			if (rows.length > 0) items.rowsChanged(LEAD, id, MANAGER_USER);
			return id;
		},
		movesLead: (leadId, stageId) => change(LEAD, leadId, { stageId }),
		writesLead: (leadId, fields) => change(LEAD, leadId, fields),
		createsDeal: (deal) => {
			const fields = checked(desk, DEAL, dealFields(deal));
			const { id } = items.add(DEAL, fields, MANAGER_USER);
			if (!deal.rows || deal.rows.length === 0) return id;
			for (const [index, row] of deal.rows.entries())
				addRow(store, 'D', id, rowFields(desk, row, index));
			items.rowsChanged(DEAL, id, MANAGER_USER);
			return id;
		},
		moves: (dealId, stageId) => change(DEAL, dealId, { stageId }),
		movesToPipeline: (dealId, categoryId, stageId) => change(DEAL, dealId, { categoryId, stageId }),
		writes: (dealId, fields) => change(DEAL, dealId, fields),
		writesCard: change,
		setsProducts: (dealId, rows) => {
			items.find(DEAL, dealId);
			replaceRows(
				store,
				'D',
				dealId,
				rows.map((row, index) => rowFields(desk, row, index)),
			);
			items.rowsChanged(DEAL, dealId, MANAGER_USER);
		},
		movesInvoice: (invoiceId, stageId) => change(SMART_INVOICE, invoiceId, { stageId }),
		comments: (dealId, text) => {
			addComment(desk, DEAL, dealId, text, MANAGER_USER);
		},
	};
}

function dealFields(deal: DealInput): Fields {
	const fields: Fields = { ...deal.fields, title: deal.title };
	if (deal.pipeline !== undefined) fields.categoryId = deal.pipeline;
	if (deal.stage !== undefined) fields.stageId = deal.stage;
	if (deal.company !== undefined) fields.companyId = deal.company;
	if (deal.contact !== undefined) fields.contactIds = [deal.contact];
	if (deal.currency !== undefined) fields.currencyId = deal.currency;
	return fields;
}

/** A person cannot type into a field the card does not have, so a test that tries is wrong. */
function checked({ items }: Desk, entityTypeId: number, fields: Fields): Fields {
	const known = items.fieldsOf(entityTypeId);
	for (const name of Object.keys(fields)) {
		const field = known.find((candidate) => candidate.name === name);
		if (!field) throw new Error(`The card has no field ${name}`);
		if (field.readOnly || field.disabled) throw new Error(`Nobody can write into ${name}`);
	}
	return fields;
}

function rowFields({ store }: Desk, row: RowInput, index: number): Fields {
	const product = store.products.get(row.product);
	if (row.product !== undefined && !product) throw new Error(`No product ${row.product}`);
	const productVat = store.vats.find((known) => known.id === product?.vatId)?.rate ?? null;
	const vat = row.vat === undefined ? productVat : row.vat;
	return {
		productId: row.product ?? 0,
		productName: row.name,
		price: row.price,
		quantity: row.quantity,
		taxRate: vat,
		taxIncluded: (row.vatIncluded ?? vat !== null) ? 'Y' : 'N',
		...(row.discountSum === undefined
			? { discountTypeId: 2, discountRate: row.discountPercent ?? 0 }
			: { discountTypeId: 1, discountSum: row.discountSum }),
		measureCode: row.measureCode,
		sort: (index + 1) * 10,
	};
}

export function seesOf(desk: Desk): Sees {
	const { store, items } = desk;
	const card = (entityTypeId: number, id: number): Fields =>
		structuredClone(
			itemView(items.find(entityTypeId, id), items.fieldsOf(entityTypeId), entityTypeId, true),
		);
	const all = (entityTypeId: number): Fields[] =>
		[...store.table(entityTypeId)].map(({ id }) => card(entityTypeId, id));
	return {
		everything: () => inventoryOf(store),
		leads: () => all(LEAD),
		lead: (id) => card(LEAD, id),
		deals: () => all(DEAL),
		companies: () => all(COMPANY),
		contacts: () => all(CONTACT),
		deal: (id) => card(DEAL, id),
		invoice: (id) => card(SMART_INVOICE, id),
		invoices: (dealId) =>
			store
				.table(SMART_INVOICE)
				.under('parentId2', dealId)
				.map((invoice) => card(SMART_INVOICE, invoice.id)),
		rows: (ownerType, ownerId) => store.rowsOf(ownerType, ownerId).map((row) => ({ ...row })),
		timeline: (entity, id) => {
			const entityTypeId = { lead: LEAD, deal: DEAL, invoice: SMART_INVOICE }[entity];
			return store.comments
				.filter((comment) => comment.entityTypeId === entityTypeId && comment.entityId === id)
				.map((comment) => comment.text);
		},
		documents: (entity, id) =>
			store.documents
				.filter(({ entityTypeId }) => entityTypeId === (entity === 'deal' ? DEAL : SMART_INVOICE))
				.filter(({ entityId }) => entityId === id)
				.map(({ title, number, pdf }) => ({ title, number, pdf: pdf.bytes })),
		stageName: (stageId) => {
			const stages = store.statuses.filter((status) => /STAGE|STATUS/.test(status.entityId));
			// Leads have a NEW as well; a bare id means the deal's.
			const found =
				stages.find(
					(status) => status.statusId === stageId && status.entityId.startsWith('DEAL'),
				) ?? stages.find((status) => status.statusId === stageId);
			if (!found) throw new Error(`No stage ${stageId}`);
			return found.name;
		},
		userFields: (entityId) =>
			store.userFields
				.filter((field) => field.entityId === entityId)
				.map((field) => field.fieldName),
		stages: (entityId) =>
			stagesOf(store, entityId).map(({ statusId, name, semantics }) =>
				stageSeen(statusId, name, semantics),
			),
	};
}

function stageSeen(
	id: string,
	name: string,
	semantics: Semantics,
): { id: string; name: string; semantics: string | null } {
	return { id, name, semantics };
}
