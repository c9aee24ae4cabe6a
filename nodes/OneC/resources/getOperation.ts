/** The document of a deal as it stands in 1C: by the deal's number or by its reference. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { ItemOperation } from '../../shared/operation';
import { parse, type ItemParameters } from '../../shared/parameters';
import { idSchema } from '../../shared/valueSchemas';
import { bodySchema } from '../documents/createOnce';
import {
	documentJson,
	documentSchema,
	findDocuments,
	type DocumentKind,
} from '../documents/documents';
import type { Session } from '../session';
import { dealId, ref, requiredRef } from './parameters';

const FIND_BY: INodeProperties = {
	displayName: 'Find By',
	name: 'findBy',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Deal ID', value: 'dealId' },
		{ name: 'GUID', value: 'ref' },
	],
	default: 'dealId',
};

export const findByFields: INodeProperties[] = [
	FIND_BY,
	{ ...dealId, displayOptions: { show: { findBy: ['dealId'] } } },
	{ ...ref, displayOptions: { show: { findBy: ['ref'] } } },
];

const findByDeal = async ({ client }: Session, kind: DocumentKind, id: number): Promise<string> => {
	const found = (await findDocuments(client, kind, [{ dealId: id }])).get(id) ?? [];
	if (found[0]) return found[0].ref;
	throw new Problem(
		`1C has no ${kind.title} marked ${client.base.marker}-${id}.`,
		'Create it first, or check the marker in the credential.',
	);
};

/** @returns the deal, when the item names one, and the reference of its document */
export const chosenRef = async (
	session: Session,
	kind: DocumentKind,
	item: ItemParameters,
): Promise<{ dealId?: number; ref: string }> => {
	if (item.read('findBy', 'Find By', z.enum(['dealId', 'ref'])) === 'ref') {
		return { ref: item.read('ref', 'GUID', requiredRef) };
	}
	const id = item.read('dealId', 'Deal ID', idSchema);
	return { dealId: id, ref: await findByDeal(session, kind, id) };
};

export const getOperation = (kind: DocumentKind, action: string): ItemOperation<Session> => ({
	value: 'get',
	name: 'Get',
	action,
	description: 'The document with all its fields as 1C stores them',
	properties: findByFields,
	forEach: async (session, item) => {
		const chosen = await chosenRef(session, kind, item);
		const stored = await session.client.read(kind.set, chosen.ref, bodySchema);
		if (!stored) throw new Problem(`1C has no ${kind.title} ${chosen.ref}.`);
		const document = parse(documentSchema, stored, kind.set);
		return {
			...(chosen.dealId ? { dealId: chosen.dealId } : {}),
			document: { ...documentJson(kind, document, session.client.base.timeZone) },
			object: stored as IDataObject,
		};
	},
});
