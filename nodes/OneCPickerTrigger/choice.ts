/** What was chosen on the page goes into the fields of the deal, where the chains take it from. */
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { DEAL } from '../Bitrix24/rest/entityTypes';
import * as fields from '../Bitrix24/setup/fields';
import { writeDifferences } from '../Bitrix24/rest/write';
import { COUNTERPARTY_SET } from '../OneC/catalogs/counterpartySearch';
import { folderTree } from '../OneC/catalogs/folderTree';
import type { Session } from '../OneC/session';
import { readCard, saleContracts } from './dealSide';
import { Denial } from './denial';
import type { AskOf } from './wire';

type Wish = AskOf<'choose'>;

const refuse = (text: string): Denial => new Denial(404, 'gone', text);

/** 1C stores a reference that leads nowhere without a word, so everything is looked at before it is written. */
const checkCounterparty = async ({ shelves }: Session, ref: string): Promise<void> => {
	const found = await shelves.counterparties.get(ref);
	if (!found) throw refuse('Такого контрагента в 1С больше нет.');
	if (found.isFolder) throw refuse(`«${found.name}» — группа, а не контрагент.`);
	if (found.deletionMark) throw refuse(`Контрагент «${found.name}» помечен на удаление в 1С.`);
};

const checkOthers = async (session: Session, wish: Wish): Promise<void> => {
	const { organization, warehouse } = wish;
	if (organization) {
		const known = await session.organizations();
		if (!known.some(({ ref }) => ref === organization)) throw refuse('Такой организации в 1С нет.');
	}
	if (warehouse) {
		const found = await session.shelves.warehouses.get(warehouse);
		if (!found || found.isFolder || found.deletionMark) throw refuse('Такого склада в 1С нет.');
	}
};

/** A contract is made with one organization, so choosing it chooses that one too. */
const contractFields = async (
	session: Session,
	buyer: string | null,
	contract: string,
): Promise<Record<string, string>> => {
	const found = buyer
		? (await saleContracts(session, buyer)).find(({ ref }) => ref === contract)
		: undefined;
	if (!found) throw refuse('Это не договор выбранного контрагента.');
	return {
		[fields.CONTRACT]: contract,
		...(found.organization ? { [fields.ORGANIZATION]: found.organization } : {}),
	};
};

const fieldsFor = async (
	client: Bitrix24Client,
	session: Session,
	deal: number,
	wish: Wish,
): Promise<Record<string, string>> => {
	const { counterparty, contract, organization, warehouse } = wish;
	if (counterparty) await checkCounterparty(session, counterparty);
	await checkOthers(session, wish);
	const buyer = counterparty ?? (contract ? (await readCard(client, deal)).sale.buyer.ref : null);
	return {
		...(counterparty === undefined ? {} : { [fields.COUNTERPARTY]: counterparty ?? '' }),
		/** The contract of another counterparty would stop the chain. */
		...(counterparty !== undefined || contract === null ? { [fields.CONTRACT]: '' } : {}),
		...(organization === undefined ? {} : { [fields.ORGANIZATION]: organization ?? '' }),
		...(warehouse === undefined ? {} : { [fields.WAREHOUSE]: warehouse ?? '' }),
		...(contract ? await contractFields(session, buyer, contract) : {}),
	};
};

/** A counterparty as later nodes are told of it. */
export const describe = async (
	session: Session,
	ref: string,
): Promise<Record<string, string> | null> => {
	const found = await session.shelves.counterparties.get(ref);
	if (!found) return null;
	const { name, inn, kpp, code, folder } = found;
	const tree = await folderTree(session.client, COUNTERPARTY_SET);
	return { ref, name, inn, kpp, code, path: [...tree.pathOf(folder), name].join(' / ') };
};

/**
 * @param visitor writes with the rights of the person who chose
 * @returns the fields that the deal has now, and whether anything had to be written
 */
export const writeChoice = async (
	visitor: Bitrix24Client,
	exchange: Bitrix24Client,
	session: Session,
	deal: number,
	wish: Wish,
): Promise<{ changed: boolean; fields: Record<string, string> }> => {
	const wanted = await fieldsFor(exchange, session, deal, wish);
	const [outcome] = await writeDifferences(visitor, [
		{ entityTypeId: DEAL, id: deal, change: () => wanted },
	]);
	if ('problem' in outcome) throw outcome.problem;
	return { changed: outcome.items[0].json.changed === true, fields: wanted };
};
