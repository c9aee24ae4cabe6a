/** Finds a counterparty by its ИНН in all folders, and makes one only when there is none. */
import { isInn } from '../../exchange/identity';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { parse } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import { COUNTERPARTIES, type Counterparty } from './catalogs';
import type { Body } from '../odata/client';
import { contractsOf } from './contracts';
import { findByInn } from './counterparties';
import { createContract } from './makeContract';
import type { Session } from '../session';
import { writeDifferences } from '../documents/writeDifferences';

export interface NewCounterparty {
	name: string;
	fullName: string;
	inn: string;
	kpp: string;
	kind: 'ЮрЛицо' | 'ФизЛицо';
	folder: string | null;
	/** The organization the main contract is made with; null makes no contract. */
	contractWith: string | null;
	currency: string;
	/** Makes another one although the ИНН is known: one buyer may stand in several folders. */
	evenIfFound: boolean;
}

export interface MadeCounterparty {
	counterparties: Counterparty[];
	outcome: 'created' | 'found';
	contract: string | null;
}

const bodyOf = (wanted: NewCounterparty): Body => ({
	Description: wanted.name,
	НаименованиеПолное: wanted.fullName || wanted.name,
	ИНН: wanted.inn,
	КПП: wanted.kpp,
	ЮрФизЛицо: wanted.kind,
	Покупатель: true,
	...(wanted.folder ? { Parent_Key: wanted.folder } : {}),
});

/** After a lost answer the counterparty is looked for by its ИНН: a blind repetition would double it. */
const create = async (session: Session, wanted: NewCounterparty): Promise<Counterparty> => {
	const { set, schema } = COUNTERPARTIES;
	const known = wanted.inn ? await findByInn(session, wanted.inn, '') : [];
	const before = new Set(known.map(({ ref }) => ref));
	const { value, error } = await settled(
		async () => await session.client.create(set, bodyOf(wanted)),
	);
	session.byInn.delete(wanted.inn);
	if (!error) return parse(schema, value, set);
	const mayBeThere = error instanceof UnknownOutcome && wanted.inn !== '';
	const found = mayBeThere ? await findByInn(session, wanted.inn, '') : [];
	const made = found.find(({ ref }) => !before.has(ref));
	if (made) return made;
	throw error;
};

const mainContract = async (
	session: Session,
	counterparty: Counterparty,
	organization: string,
	currency: string,
): Promise<string> => {
	const [known] = await contractsOf(session, counterparty.ref);
	if (known) return known.ref;
	const made = await createContract(session, {
		counterparty: counterparty.ref,
		organization,
		currency,
		name: 'Основной договор',
		kind: 'СПокупателем',
		settlement: 'ПоДоговоруВЦелом',
	});
	return made.ref;
};

const check = ({ name, inn, kind }: NewCounterparty): void => {
	if (!name) throw new Problem('The counterparty has no name.', 'Fill the name.');
	if (inn && !isInn(inn)) throw new Problem(`ИНН ${inn} is wrong.`, 'Correct it.');
	if (!inn && kind === 'ЮрЛицо') {
		throw new Problem(`«${name}» has no ИНН.`, 'A legal entity is told apart by it: fill it.');
	}
};

export const makeCounterparty = async (
	session: Session,
	wanted: NewCounterparty,
): Promise<MadeCounterparty> => {
	check(wanted);
	const found = wanted.inn ? await findByInn(session, wanted.inn, wanted.kpp) : [];
	if (found.length > 0 && !wanted.evenIfFound) {
		return { counterparties: found, outcome: 'found', contract: null };
	}
	const made = await create(session, wanted);
	const { client } = session;
	const { contractWith, currency } = wanted;
	const contract = contractWith ? await mainContract(session, made, contractWith, currency) : null;
	await writeDifferences(client, COUNTERPARTIES.set, made.ref, {
		ГоловнойКонтрагент_Key: made.ref,
		...(contract ? { ОсновнойДоговорКонтрагента_Key: contract } : {}),
	});
	return { counterparties: [made], outcome: 'created', contract };
};
