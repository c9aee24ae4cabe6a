/**
 * Makes a document for a deal so that there is never a second one, although 1C has no transactions over requests, an
 * answer may get lost, and two workers may be at it at the same time.
 *
 * 1. Look by the marker. 2. Create, with a key of our own where the base takes it. 3. When the answer is lost, look
 * again before anything else. 4. When the base chose the key itself, look once more: of two the earliest stays.
 */
import { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import { parse } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import type { Body, OneCClient } from '../odata/client';
import {
	byAge,
	documentSchema,
	findDocuments,
	type DocumentKind,
	type SaleDocument,
} from './documents';
import { ownRef } from './marker';
import { ratesIn } from './rows';
import { refusedWrite } from './refusedWrite';

export interface Creation {
	kind: DocumentKind;
	portal: string;
	dealId: number;
	body: Body;
}

export interface Created {
	document: SaleDocument;
	outcome: 'created' | 'found';
	anomalies: string[];
	/** The object as 1C stored it; null when it was found, and then there is nothing to compare. */
	stored: Body | null;
}

/** An object of 1C with all its fields. */
export const bodySchema = z.record(z.unknown());

const read = async (
	client: OneCClient,
	{ kind }: Creation,
	ref: string,
): Promise<{ document: SaleDocument; stored: Body } | null> => {
	const stored = await client.read(kind.set, ref, bodySchema);
	return stored && { document: parse(documentSchema, stored, kind.set), stored };
};

/** A document in use that says it was made for this deal; somebody may have taken the marker off another. */
const isOf = (client: OneCClient, { kind, dealId }: Creation, document: SaleDocument): boolean =>
	!document.deletionMark && kind.dealOf(client.base.marker, document.marks) === dealId;

const living = async (client: OneCClient, creation: Creation): Promise<SaleDocument[]> => {
	const { kind, dealId } = creation;
	const found = await findDocuments(client, kind, [{ dealId }]);
	return (found.get(dealId) ?? []).filter(({ deletionMark }) => !deletionMark).sort(byAge);
};

/** What is known of the document after one attempt: as 1C stored it, or as another one made it before. */
interface Made {
	document: SaleDocument;
	stored: Body;
	ours: boolean;
}

type Attempted = Made | 'unknown';

const attempt = async (
	client: OneCClient,
	creation: Creation,
	ref: string | null,
): Promise<Attempted> => {
	const { kind, body } = creation;
	const { value, error } = await settled(
		async () => await client.create(kind.set, ref ? { Ref_Key: ref, ...body } : body),
	);
	if (!error) {
		const stored = parse(bodySchema, value, kind.set);
		return { document: parse(documentSchema, stored, kind.set), stored, ours: true };
	}
	if (error instanceof UnknownOutcome) return 'unknown';
	if (!(error instanceof Refusal)) throw error;
	if (error.code !== '15' || !ref) throw refusedWrite(kind, error, ratesIn(body));
	const taken = await read(client, creation, ref);
	if (taken && isOf(client, creation, taken.document)) return { ...taken, ours: false };
	return await attempt(client, creation, null);
};

/** The answer was lost: the document is there, or it is not, and only then creating again is safe. */
const afterLostAnswer = async (client: OneCClient, creation: Creation): Promise<Attempted> => {
	const [document] = await living(client, creation);
	const made = document && (await read(client, creation, document.ref));
	return made ? { ...made, ours: true } : 'unknown';
};

const create = async (client: OneCClient, creation: Creation, ref: string): Promise<Made> => {
	for (let number = 1; number <= 2; number += 1) {
		const attempted = await attempt(client, creation, ref);
		if (attempted !== 'unknown') return attempted;
		const found = await afterLostAnswer(client, creation);
		if (found !== 'unknown') return found;
	}
	throw new UnknownOutcome(
		`1C did not confirm ${creation.kind.title} of deal ${creation.dealId}, and it is not in the base.`,
		'The exchange will try again; check that 1C is reachable and not overloaded.',
		`1С не подтвердила документ «${creation.kind.russian}», и в базе его нет. Обмен попробует снова сам.`,
	);
};

/** Of several documents for one deal the earliest stays; only what was made just now is taken back. */
const settle = async (
	client: OneCClient,
	creation: Creation,
	document: SaleDocument,
): Promise<Pick<Created, 'document' | 'anomalies'>> => {
	const all = await living(client, creation);
	const [earliest] = all;
	if (all.length < 2 || !earliest) return { document, anomalies: [] };
	if (earliest.ref === document.ref) {
		const others = all.slice(1).map(({ number }) => `№ ${number}`);
		return { document, anomalies: [`по сделке есть еще документы: ${others.join(', ')}`] };
	}
	await client.update(creation.kind.set, document.ref, { DeletionMark: true });
	const said = `по сделке уже был документ № ${earliest.number}, созданный вторым № ${document.number} помечен на удаление`;
	return { document: earliest, anomalies: [said] };
};

export const createOnce = async (client: OneCClient, creation: Creation): Promise<Created> => {
	const ref = ownRef(creation.portal, creation.dealId, creation.kind.kind);
	const made = await create(client, creation, ref);
	const { document, stored, ours } = made;
	if (!ours) return { document, outcome: 'found', anomalies: [], stored: null };
	if (document.ref === ref) return { document, outcome: 'created', anomalies: [], stored };
	const settled = await settle(client, creation, document);
	const stays = settled.document.ref === document.ref;
	return { ...settled, outcome: stays ? 'created' : 'found', stored: stays ? stored : null };
};
