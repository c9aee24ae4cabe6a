/** A contract that fits, or a new one: two contracts of one kind with one organization only confuse people. */
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { parse } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import { CONTRACTS, type Contract } from './catalogs';
import { contractsOf } from './contracts';
import type { Session } from '../session';

export interface NewContract {
	counterparty: string;
	organization: string;
	currency: string;
	name: string;
	/** «ВидДоговора», such as СПокупателем. */
	kind: string;
	/** «ВедениеВзаиморасчетов», such as ПоЗаказам. */
	settlement: string;
}

export interface MadeContract {
	contract: Contract;
	outcome: 'created' | 'found';
}

const fitting = async (session: Session, wanted: NewContract): Promise<Contract | undefined> => {
	session.contractsOf.delete(wanted.counterparty);
	const all = await contractsOf(session, wanted.counterparty);
	return all.find(
		({ deletionMark, kind, settlement, organization, currency }) =>
			!deletionMark &&
			kind === wanted.kind &&
			settlement === wanted.settlement &&
			organization === wanted.organization &&
			currency === wanted.currency,
	);
};

/** For a counterparty that is known to have none that fits. */
export const createContract = async (session: Session, wanted: NewContract): Promise<Contract> => {
	const { set, schema } = CONTRACTS;
	const { value, error } = await settled(
		async () =>
			await session.client.create(set, {
				Owner_Key: wanted.counterparty,
				Description: wanted.name,
				ВидДоговора: wanted.kind,
				ВедениеВзаиморасчетов: wanted.settlement,
				ВидУсловийДоговора: 'БезДополнительныхУсловий',
				Организация_Key: wanted.organization,
				ВалютаВзаиморасчетов_Key: wanted.currency,
			}),
	);
	session.contractsOf.delete(wanted.counterparty);
	if (!error) return parse(schema, value, set);
	/** After a lost answer the contract is there, or it is not. */
	const made = error instanceof UnknownOutcome ? await fitting(session, wanted) : undefined;
	if (made) return made;
	throw error;
};

export const makeContract = async (
	session: Session,
	wanted: NewContract,
): Promise<MadeContract> => {
	const owner = await session.shelves.counterparties.get(wanted.counterparty);
	if (!owner || owner.isFolder) {
		throw new Problem(
			`1C has no counterparty ${wanted.counterparty}${owner ? ', it is a folder' : ''}.`,
			'Choose the counterparty again.',
		);
	}
	const found = await fitting(session, wanted);
	if (found) return { contract: found, outcome: 'found' };
	return { contract: await createContract(session, wanted), outcome: 'created' };
};
