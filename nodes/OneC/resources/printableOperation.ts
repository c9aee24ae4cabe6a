/** An invoice with all that its printed form says, for the Invoice Print node. */
import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../exchange/problem';
import type { ListOperation } from '../../shared/operation';
import { parse, type ItemParameters } from '../../shared/parameters';
import { eachItem } from '../../shared/together';
import { bodySchema } from '../documents/createOnce';
import { documentJson, documentSchema, INVOICE } from '../documents/documents';
import { openPrintedCatalogs, type PrintedCatalogs } from '../documents/print/printedCatalogs';
import { printedDocumentSchema } from '../documents/print/printedDocument';
import { toPrintedInvoice } from '../documents/print/toPrintedInvoice';
import type { Session } from '../session';
import { chosenRef, findByFields } from './getOperation';

const FOREIGN_FIELDS = 'This base differs from the stock УТ 10.3; check its fields.';

const printable = async (
	session: Session,
	catalogs: PrintedCatalogs,
	item: ItemParameters,
): Promise<IDataObject> => {
	const { client } = session;
	const { dealId, ref } = await chosenRef(session, INVOICE, item);
	const stored = await client.read(INVOICE.set, ref, bodySchema);
	if (!stored) throw new Problem(`1C has no ${INVOICE.title} ${ref}.`);
	const document = parse(documentSchema, stored, INVOICE.set);
	if (document.deletionMark) {
		throw new Problem(
			`${INVOICE.title} ${document.number} is marked for deletion in 1C.`,
			'Choose another invoice, or take the mark off in 1C.',
		);
	}
	const { timeZone } = client.base;
	const printed = parse(printedDocumentSchema, stored, INVOICE.set, FOREIGN_FIELDS);
	return {
		...(dealId ? { dealId } : {}),
		document: { ...documentJson(INVOICE, document, timeZone) },
		printedInvoice: (await toPrintedInvoice(printed, catalogs, timeZone)) as IDataObject,
	};
};

export const getPrintable: ListOperation<Session> = {
	value: 'getPrintable',
	name: 'Get Printable',
	action: 'Get a printable customer invoice',
	description:
		'The invoice with all that its printed form says: requisites, bank, contract, units, VAT, discounts',
	properties: findByFields,
	forAll: async (session, items) => {
		const catalogs = openPrintedCatalogs(session.client);
		return await eachItem(items, async (item) => ({
			items: [{ json: await printable(session, catalogs, item) }],
		}));
	},
};
