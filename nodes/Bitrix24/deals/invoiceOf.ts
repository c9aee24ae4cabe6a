/**
 * The smart invoice that shows a 1C invoice in Bitrix24. It is found by `xmlId`, which holds the 1C reference:
 * smart invoices have no originId [Bitrix24 docs, crm.item fields].
 */
import { z } from 'zod';
import { dayOf } from '../../exchange/summary';
import { UnknownOutcome } from '../../shared/http';
import { rounds } from '../../shared/rounds';
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client, Command } from '../rest/client';
import { runGroups, type Group } from '../rest/commandGroups';
import { allRows, rowsCommand } from './dealParts';
import { DEAL, DEAL_ROWS, SMART_INVOICE, SMART_INVOICE_ROWS } from '../rest/entityTypes';
import { harmless } from '../rest/harmless';
import { replies } from '../rest/replies';
import { isLost, optional, required } from '../rest/reply';
import { settingRows } from './rowCopies';
import {
	dealSchema,
	itemOf,
	itemsOf,
	rowsSchema,
	smartInvoiceSchema,
	type Deal,
	type Row,
	type SmartInvoice,
} from './schemas';

export interface OneCInvoice {
	ref: string;
	number: string;
	/** ISO 8601. */
	date: string;
}

export interface InvoiceWish {
	dealId: number;
	document: OneCInvoice;
}

export interface ShownInvoice {
	invoice: SmartInvoice;
	outcome: 'created' | 'found';
}

const found = (dealId: number, ref: string): Command => ({
	method: 'crm.item.list',
	params: {
		entityTypeId: SMART_INVOICE,
		filter: { '=xmlId': ref, parentId2: dealId },
		order: { id: 'ASC' },
	},
});

const addition = (deal: Deal, { ref, number, date }: OneCInvoice): Command => ({
	method: 'crm.item.add',
	params: {
		entityTypeId: SMART_INVOICE,
		fields: {
			title: harmless(`Счет на оплату № ${number} от ${dayOf(date)}`),
			xmlId: ref,
			parentId2: deal.id,
			companyId: deal.companyId,
			contactIds: deal.contactId > 0 ? [deal.contactId] : [],
			currencyId: deal.currencyId ?? 'RUB',
			mycompanyId: deal.mycompanyId,
			assignedById: deal.assignedById,
			isManualOpportunity: 'N',
		},
	},
	repeatable: false,
});

/** An invoice that is to be shown, and what is there of it. */
interface Showing {
	wish: InvoiceWish;
	deal: Deal;
	rows: Row[];
	/** Oldest first. */
	invoices: SmartInvoice[];
}

const LOOK_COMMANDS = 3;

const lookCommands = ({ dealId, document }: InvoiceWish): Command[] => [
	{ method: 'crm.item.get', params: { entityTypeId: DEAL, id: dealId } },
	rowsCommand(DEAL_ROWS, dealId, 0),
	found(dealId, document.ref),
];

const look = async (
	client: Bitrix24Client,
	wishes: InvoiceWish[],
): Promise<Array<Settled<Showing>>> => {
	const answers = await replies(client, wishes.flatMap(lookCommands));
	const showings: Array<Settled<Showing>> = [];
	for (const [index, wish] of wishes.entries()) {
		const [deal, rows, invoices] = answers.slice(index * LOOK_COMMANDS);
		showings.push(
			await settled(async () => ({
				wish,
				deal: required(deal, itemOf(dealSchema)).item,
				rows: await allRows(client, wish.dealId, required(rows, rowsSchema).productRows),
				invoices: required(invoices, itemsOf(smartInvoiceSchema)).items.filter(
					({ xmlId }) => xmlId === wish.document.ref,
				),
			})),
		);
	}
	return showings;
};

/** The rows go in with the invoice they belong to. @returns what the portal has refused; what it lost is looked for */
const add = async (
	client: Bitrix24Client,
	showings: Showing[],
): Promise<Map<InvoiceWish, Error>> => {
	const groups = showings.map(
		({ wish, deal, rows }): Group =>
			(result) => [
				addition(deal, wish.document),
				settingRows(SMART_INVOICE_ROWS, result(0, 'item', 'id'), rows),
			],
	);
	const answers = await settled(async () => await runGroups(client, groups));
	const { error } = answers;
	if (error) return new Map(showings.map(({ wish }) => [wish, error]));
	const refused = new Map<InvoiceWish, Error>();
	answers.value.forEach((group, index) => {
		for (const reply of group) {
			if ('problem' in reply && !isLost(reply)) {
				refused.set(showings[index].wish, reply.problem);
				return;
			}
		}
	});
	return refused;
};

/** Whoever was cut off between adding an invoice and its rows is finished here. */
const completeRows = async (
	client: Bitrix24Client,
	showings: Showing[],
): Promise<Map<InvoiceWish, Error>> => {
	const shown = showings.filter(({ rows, invoices }) => rows.length > 0 && invoices.length > 0);
	const answers = await replies(
		client,
		shown.map(({ invoices }) => rowsCommand(SMART_INVOICE_ROWS, invoices[0].id, 0)),
	);
	const bare = shown.filter((_, index) => {
		const rows = optional(answers[index], rowsSchema);
		return rows?.productRows.length === 0;
	});
	const set = await replies(
		client,
		bare.map(({ invoices, rows }) => settingRows(SMART_INVOICE_ROWS, invoices[0].id, rows)),
	);
	const problems = new Map<InvoiceWish, Error>();
	for (const [some, all] of [
		[shown, answers],
		[bare, set],
	] as const) {
		some.forEach(({ wish }, index) => {
			const reply = all[index];
			if ('problem' in reply) problems.set(wish, reply.problem);
		});
	}
	return problems;
};

/** Of several invoices for one 1C document the oldest stays; a younger one is ours, made by two runs at once. */
const dropYounger = async (client: Bitrix24Client, showings: Showing[]): Promise<void> => {
	await replies(
		client,
		showings
			.flatMap(({ invoices }) => invoices.slice(1))
			.map(({ id }) => ({
				method: 'crm.item.delete',
				params: { entityTypeId: SMART_INVOICE, id },
			})),
	);
};

const present = (showings: Array<Settled<Showing>>): Showing[] =>
	showings.flatMap(({ value }) => (value ? [value] : []));

const shownOf = (
	{ wish, invoices }: Showing,
	outcome: ShownInvoice['outcome'],
): Settled<ShownInvoice> => {
	const [invoice] = invoices;
	if (invoice) return { value: { invoice, outcome } };
	const { dealId } = wish;
	return {
		error: new UnknownOutcome(
			`Bitrix24 did not make the invoice of deal ${dealId}, or does not show it yet.`,
			'The exchange will look again.',
			'Битрикс24 еще не показывает счет этой сделки. Обмен посмотрит снова сам.',
		),
	};
};

/** Each wish of another document. */
const showApart = async (
	client: Bitrix24Client,
	wishes: InvoiceWish[],
): Promise<Array<Settled<ShownInvoice>>> => {
	const before = await look(client, wishes);
	const lacking = present(before).filter(({ invoices }) => invoices.length === 0);
	const refused = await add(client, lacking);
	const made = lacking.filter(({ wish }) => !refused.has(wish));
	const after = await look(
		client,
		made.map(({ wish }) => wish),
	);
	const old = present(before).filter(({ invoices }) => invoices.length > 0);
	const incomplete = await completeRows(client, [...old, ...present(after)]);
	await dropYounger(client, present(after));
	return wishes.map((wish, index): Settled<ShownInvoice> => {
		const problem = refused.get(wish) ?? incomplete.get(wish);
		if (problem) return { error: problem };
		const at = made.findIndex((showing) => showing.wish === wish);
		const showing = at < 0 ? before[index] : after[at];
		return showing.error ? showing : shownOf(showing.value, at < 0 ? 'found' : 'created');
	});
};

/** Finds the smart invoices of 1C invoices, or makes them from their deals: sixteen a request. */
export const showInvoices = async (
	client: Bitrix24Client,
	wishes: InvoiceWish[],
): Promise<Array<Settled<ShownInvoice>>> => {
	const outcomes: Array<Settled<ShownInvoice>> = [];
	for (const round of rounds(wishes.map(({ dealId, document }) => `${dealId} ${document.ref}`))) {
		const shown = await showApart(
			client,
			round.map((index) => wishes[index]),
		);
		round.forEach((index, at) => {
			outcomes[index] = shown[at];
		});
	}
	return outcomes;
};

export const oneCInvoiceSchema = z.object({
	ref: z.string().min(1, 'is empty'),
	number: z.string().min(1, 'is empty'),
	date: z.string().regex(/^\d{4}-\d\d-\d\d/, 'must be a date such as 2026-11-24'),
});
