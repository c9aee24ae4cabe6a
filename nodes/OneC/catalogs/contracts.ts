/**
 * Which contract the documents go by. УТ 10.3 refuses a document whose organisation is not the contract's, and a
 * contract in another currency would turn every sum into another one [УТ 10.3.88.3 sources].
 */
import { Problem } from '../../exchange/problem';
import { CONTRACTS, type Contract, type Counterparty, type Organization } from './catalogs';
import { guid } from '../odata/odata';
import { keepCurrency } from './currencies';
import type { Session } from '../session';

export interface ContractWanted {
	buyer: Counterparty;
	organization: Organization;
	currency: { ref: string; letters: string };
	/** The contract the deal names. */
	chosen: string | null;
}

const CHOOSE = 'Choose the contract in the deal, or make a main contract in the 1C counterparty.';
const CHOOSE_IN_RUSSIAN =
	'Выберите договор на вкладке «1С» сделки или назначьте основной договор в карточке контрагента 1С.';

/** Reads the contracts of many buyers in few requests, and with them the buyers themselves and the organizations. */
export const fetchContracts = async (
	session: Session,
	buyers: readonly string[],
): Promise<void> => {
	const { client, contractsOf, shelves } = session;
	const missing = [...new Set(buyers)].filter((buyer) => !contractsOf.has(buyer));
	if (missing.length === 0) return;
	const { set, schema, select, expand } = CONTRACTS;
	const conditions = missing.map((buyer) => `Owner_Key eq ${guid(buyer)}`);
	const read = await client.listAny(set, schema, conditions, { select, expand });
	for (const { told } of read) {
		if (told.currency) keepCurrency(session, told.currency);
		if (told.owner) shelves.counterparties.put([told.owner]);
		if (told.organization) shelves.organizations.put([told.organization]);
	}
	for (const buyer of missing) {
		contractsOf.set(
			buyer,
			read.filter(({ owner, isFolder }) => owner === buyer && !isFolder),
		);
	}
};

/** All contracts of a buyer, marked for deletion too. */
export const contractsOf = async (session: Session, buyer: string): Promise<Contract[]> => {
	await fetchContracts(session, [buyer]);
	return session.contractsOf.get(buyer) ?? [];
};

const named = ({ name, code }: Contract): string => `«${name}» (код ${code})`;

const check = (contract: Contract, { organization, currency, buyer }: ContractWanted): Contract => {
	if (contract.deletionMark) {
		throw new Problem(
			`Contract ${named(contract)} is marked for deletion in 1C.`,
			CHOOSE,
			`Договор ${named(contract)} помечен в 1С на удаление. ${CHOOSE_IN_RUSSIAN}`,
		);
	}
	if (contract.organization !== organization.ref) {
		throw new Problem(
			`Contract ${named(contract)} of «${buyer.name}» is not made with «${organization.name}».`,
			'Choose a contract of this organization, or another organization.',
			`Договор ${named(contract)} контрагента «${buyer.name}» заключен не с «${organization.name}». Выберите договор с этой организацией или другую организацию.`,
		);
	}
	if (contract.currency === currency.ref) return contract;
	throw new Problem(
		`Contract ${named(contract)} of «${buyer.name}» is not kept in ${currency.letters}.`,
		`Choose a contract in ${currency.letters}, or change the currency of the deal.`,
		`Договор ${named(contract)} контрагента «${buyer.name}» ведется не в ${currency.letters}. Выберите договор в этой валюте или измените валюту сделки.`,
	);
};

export const contractFor = async (session: Session, wanted: ContractWanted): Promise<Contract> => {
	const { buyer, organization, currency, chosen } = wanted;
	const all = await contractsOf(session, buyer.ref);
	if (chosen) {
		const contract = all.find(({ ref }) => ref === chosen);
		if (contract) return check(contract, wanted);
		throw new Problem(
			`The contract the deal names is not a contract of «${buyer.name}».`,
			CHOOSE,
			`Договор, указанный в сделке, — не договор контрагента «${buyer.name}». ${CHOOSE_IN_RUSSIAN}`,
		);
	}
	const fitting = all.filter(
		({ deletionMark, kind, organization: side }) =>
			!deletionMark && kind === 'СПокупателем' && side === organization.ref,
	);
	if (fitting.length === 0) {
		throw new Problem(
			`«${buyer.name}» has no contract of the kind «С покупателем» with «${organization.name}».`,
			'Make one in 1C, or choose another organization.',
			`У контрагента «${buyer.name}» нет договора вида «С покупателем» с «${organization.name}». Заведите его в 1С или выберите другую организацию.`,
		);
	}
	const inCurrency = fitting.filter((contract) => contract.currency === currency.ref);
	if (inCurrency.length === 0) return check(fitting[0], wanted);
	const main = inCurrency.find(({ ref }) => ref === buyer.mainContract);
	if (main) return main;
	if (inCurrency.length === 1) return inCurrency[0];
	throw new Problem(
		`«${buyer.name}» has several contracts that fit: ${inCurrency.map(named).join('; ')}.`,
		CHOOSE,
		`У контрагента «${buyer.name}» подходят несколько договоров: ${inCurrency.map(named).join('; ')}. ${CHOOSE_IN_RUSSIAN}`,
	);
};
