/** Documents that others name by their references or their numbers, with their marker or without. */
import type { OneCClient } from '../odata/client';
import { guid, quoted } from '../odata/odata';
import { documentSchema, type DocumentKind, type SaleDocument } from './documents';
import { commentOf, markerOf } from './marker';
import { INCOMING_NUMBER } from './documents';
import { writeDifferences } from './writeDifferences';

const listBy = async (
	client: OneCClient,
	{ set, select }: DocumentKind,
	conditions: readonly string[],
): Promise<SaleDocument[]> =>
	conditions.length === 0 ? [] : await client.listAny(set, documentSchema, conditions, { select });

export const documentsByRef = async (
	client: OneCClient,
	kind: DocumentKind,
	refs: readonly string[],
): Promise<SaleDocument[]> =>
	await listBy(
		client,
		kind,
		refs.map((ref) => `Ref_Key eq ${guid(ref)}`),
	);

/** Several documents may have a number: numbers begin anew every year. */
export const documentsByNumber = async (
	client: OneCClient,
	kind: DocumentKind,
	numbers: readonly string[],
): Promise<SaleDocument[]> =>
	await listBy(
		client,
		kind,
		numbers.map((number) => `Number eq ${quoted(number)}`),
	);

/** Gives a document its marker back; what an accountant has written into the comment stays. */
export const markDocument = async (
	client: OneCClient,
	kind: DocumentKind,
	{ ref, marks }: SaleDocument,
	dealId: number,
): Promise<void> => {
	const { marker } = client.base;
	const fields =
		kind.kind === 'order'
			? { [INCOMING_NUMBER]: markerOf(marker, dealId) }
			: { Комментарий: commentOf(marker, dealId, marks.comment) };
	await writeDifferences(client, kind.set, ref, fields);
};
