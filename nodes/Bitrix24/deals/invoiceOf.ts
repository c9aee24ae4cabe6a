/**
 * The smart invoice that shows a 1C invoice in Bitrix24. It is found by `xmlId`, which holds the 1C reference:
 * smart invoices have no originId [Bitrix24 docs, crm.item fields].
 */
import { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import { inRounds } from '../../shared/rounds';
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client } from '../rest/client';
import { DEAL, SMART_INVOICE, SMART_INVOICE_ROWS } from '../rest/entityTypes';
import { replies } from '../rest/replies';
import { usualType } from '../cards/fieldTypes';
import { itemUpdate } from '../rest/items';
import { refuseIgnored } from '../rest/readBack';
import { optional, required } from '../rest/reply';
import { addInvoices } from './addInvoices';
import { rowsCommand } from './dealParts';
import { found, look, missingLinks, ownOf, type InvoiceWish, type Showing } from './invoiceShowing';
import { settingRows } from './rowCopies';
import { itemOf, rowsSchema, type SmartInvoice } from './schemas';

export interface ShownInvoice {
	invoice: SmartInvoice;
	outcome: 'created' | 'found';
}

const cardSchema = itemOf(z.record(z.unknown()));

/** Deals that do not name their documents yet, though the invoices stand there. */
const linkDeals = async (
	client: Bitrix24Client,
	showings: Showing[],
): Promise<Map<InvoiceWish, Error>> => {
	const lacking = showings.filter((showing) => Object.keys(missingLinks(showing)).length > 0);
	const answers = await replies(
		client,
		lacking.map((showing) =>
			itemUpdate({ entityTypeId: DEAL, id: showing.wish.dealId }, missingLinks(showing)),
		),
	);
	const problems = new Map<InvoiceWish, Error>();
	for (const [index, { wish, deal, ...showing }] of lacking.entries()) {
		const fields = missingLinks({ wish, deal, ...showing });
		const { error } = await settled(() => {
			const { item } = required(answers[index], cardSchema);
			refuseIgnored({ fields, before: { ...deal }, after: item, typeOf: usualType });
		});
		if (error) problems.set(wish, error);
	}
	return problems;
};

/**
 * Sets the rows of invoices that have none, where a run was cut off between adding an invoice and its rows. The sum of an
 * invoice comes from its rows, so the invoices are read again.
 */
const completeRows = async (
	client: Bitrix24Client,
	showings: Showing[],
): Promise<{ problems: Map<InvoiceWish, Error>; completed: Map<InvoiceWish, SmartInvoice[]> }> => {
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
	const read = await replies(
		client,
		bare.map(({ wish }) => found(wish.dealId, wish.document.ref)),
	);
	const problems = new Map<InvoiceWish, Error>();
	for (const [some, all] of [
		[shown, answers],
		[bare, set],
		[bare, read],
	] as const) {
		some.forEach(({ wish }, index) => {
			const reply = all[index];
			if ('problem' in reply) problems.set(wish, reply.problem);
		});
	}
	const completed = new Map<InvoiceWish, SmartInvoice[]>();
	bare.forEach(({ wish }, index) => {
		if (!problems.has(wish)) completed.set(wish, ownOf(wish.document.ref, read[index]));
	});
	return { problems, completed };
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
	const looked = await look(client, wishes);
	const before = present(looked);
	const old = before.filter(({ invoices }) => invoices.length > 0);
	const added = await addInvoices(
		client,
		before.filter(({ invoices }) => invoices.length === 0),
	);
	const made: Showing[] = [];
	const unlinked: Showing[] = [];
	for (const showing of before) {
		const outcome = added.get(showing.wish);
		if (outcome === undefined || outcome === 'lost' || outcome.error) continue;
		const whole = { ...showing, invoices: outcome.value.invoices };
		made.push(whole);
		if (!outcome.value.isLinked) unlinked.push(whole);
	}
	const lost = wishes.filter((wish) => added.get(wish) === 'lost');
	const lookedAgain = await look(client, lost);
	const after = present(lookedAgain);
	const rows = await completeRows(client, [...old, ...after]);
	const nameless = await linkDeals(client, [...old, ...after, ...unlinked]);
	await dropYounger(client, [...made, ...after]);
	return wishes.map((wish, index): Settled<ShownInvoice> => {
		const outcome = added.get(wish);
		const failed =
			outcome === 'lost' ? lookedAgain[lost.indexOf(wish)] : (outcome ?? looked[index]);
		const problem = failed.error ?? rows.problems.get(wish) ?? nameless.get(wish);
		if (problem) return { error: problem };
		const showing = [...made, ...after, ...old].find((one) => one.wish === wish) as Showing;
		const invoices = rows.completed.get(wish) ?? showing.invoices;
		return shownOf({ ...showing, invoices }, outcome === undefined ? 'found' : 'created');
	});
};

/** Finds the smart invoices of 1C invoices, or makes them from their deals: sixteen a request. */
export const showInvoices = async (
	client: Bitrix24Client,
	wishes: InvoiceWish[],
): Promise<Array<Settled<ShownInvoice>>> =>
	await inRounds(
		wishes,
		({ dealId, document }) => `${dealId} ${document.ref}`,
		async (some) => await showApart(client, some),
	);

export const oneCInvoiceSchema = z.object({
	ref: z.string().min(1, 'is empty'),
	number: z.string().min(1, 'is empty'),
	date: z.string().regex(/^\d{4}-\d\d-\d\d/, 'must be a date such as 2026-11-24'),
});
