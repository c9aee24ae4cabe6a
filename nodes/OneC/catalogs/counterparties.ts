/**
 * Who the buyer is in 1C. The reference chosen in the CRM decides; ИНН and КПП only find the one that cannot be
 * mistaken. One buyer may stand in several folders, one per line of business, so several matches are normal and are
 * never guessed at.
 */
import { isInn } from '../../exchange/identity';
import { Problem } from '../../exchange/problem';
import type { Sale } from '../../exchange/sale';
import { COUNTERPARTIES, type Counterparty } from './catalogs';
import { quoted } from '../odata/odata';
import type { Session } from '../session';

const CHOOSE = 'Choose the counterparty in the deal field UF_CRM_1C_COUNTERPARTY';
const CHOOSE_IN_RUSSIAN = 'Выберите контрагента на вкладке «1С» сделки или в поле «1С: контрагент»';

/** Deep enough for any catalog that people keep in order, and an end for a broken one. */
const DEEPEST = 12;

/** Reads in few requests what the sales of one execution will ask for. */
export const fetchBuyers = async (session: Session, sales: readonly Sale[]): Promise<void> => {
	await session.shelves.counterparties.fetch(sales.map(({ buyer }) => buyer.ref));
	const inns = sales.flatMap(({ buyer }) => (!buyer.ref && isInn(buyer.inn) ? [buyer.inn] : []));
	await fetchByInn(session, inns);
};

const fetchByInn = async ({ client, byInn }: Session, inns: readonly string[]): Promise<void> => {
	const missing = inns.filter((inn) => !byInn.has(inn));
	if (missing.length === 0) return;
	const { set, schema, select } = COUNTERPARTIES;
	const conditions = missing.map((inn) => `ИНН eq ${quoted(inn)}`);
	const found = await client.listAny(set, schema, conditions, {
		filter: 'DeletionMark eq false and IsFolder eq false',
		select,
	});
	for (const inn of missing)
		byInn.set(
			inn,
			found.filter((one) => one.inn === inn),
		);
};

/** Items that are not marked for deletion; those with the very КПП when there are any. */
export const findByInn = async (
	session: Session,
	inn: string,
	kpp: string,
): Promise<Counterparty[]> => {
	await fetchByInn(session, [inn]);
	const found = session.byInn.get(inn) ?? [];
	const exact = kpp ? found.filter((one) => one.kpp === kpp) : [];
	return exact.length > 0 ? exact : found;
};

/** «Покупатели / Опт / ООО Ромашка (код 000000012)». */
export const folderPath = async (
	{ shelves }: Session,
	{ name, code, folder }: Counterparty,
): Promise<string> => {
	const names = [name];
	for (let above = folder; above && names.length < DEEPEST; ) {
		const parent: Counterparty | null = await shelves.counterparties.get(above);
		if (!parent) break;
		names.unshift(parent.name);
		above = parent.folder;
	}
	return `${names.join(' / ')} (код ${code})`;
};

const chosen = async ({ shelves }: Session, ref: string): Promise<Counterparty> => {
	const counterparty = await shelves.counterparties.get(ref);
	if (!counterparty) {
		throw new Problem(
			`1C has no counterparty ${ref}, which the deal names.`,
			`${CHOOSE} again.`,
			`Контрагента, который указан в сделке, в 1С нет. ${CHOOSE_IN_RUSSIAN} заново.`,
		);
	}
	const { name, isFolder, deletionMark } = counterparty;
	if (isFolder) {
		throw new Problem(
			`«${name}» is a folder of counterparties.`,
			`${CHOOSE}.`,
			`«${name}» — это папка контрагентов. ${CHOOSE_IN_RUSSIAN}.`,
		);
	}
	if (!deletionMark) return counterparty;
	throw new Problem(
		`Counterparty «${name}» is marked for deletion in 1C.`,
		`${CHOOSE} again.`,
		`Контрагент «${name}» помечен в 1С на удаление. ${CHOOSE_IN_RUSSIAN} заново.`,
	);
};

const severalFit = async (
	session: Session,
	said: string,
	russian: string,
	found: readonly Counterparty[],
): Promise<Problem> => {
	const paths: string[] = [];
	for (const one of found) paths.push(await folderPath(session, one));
	const listed = paths.join('; ');
	return new Problem(
		`${said}: ${listed}.`,
		`${CHOOSE}.`,
		`${russian}: ${listed}. ${CHOOSE_IN_RUSSIAN}.`,
	);
};

const severalLinked = async (
	session: Session,
	name: string,
	refs: readonly string[],
): Promise<Problem> => {
	const { counterparties } = session.shelves;
	await counterparties.fetch(refs);
	const known: Counterparty[] = [];
	for (const ref of refs) {
		const one = await counterparties.get(ref);
		if (one) known.push(one);
	}
	return await severalFit(
		session,
		`The buyer «${name}» is several counterparties of 1C`,
		`Покупатель «${name}» — это несколько контрагентов 1С`,
		known,
	);
};

export const buyerOf = async (session: Session, { buyer }: Sale): Promise<Counterparty> => {
	const { ref, choices, name, inn, kpp } = buyer;
	if (ref) return await chosen(session, ref);
	if (choices.length > 0) throw await severalLinked(session, name, choices);
	if (!inn) {
		throw new Problem(
			`The buyer «${name}» has no ИНН and no 1C counterparty is chosen.`,
			`${CHOOSE}, or fill the ИНН in the requisites of the buyer.`,
			`У покупателя «${name}» нет ИНН, и контрагент 1С не выбран. Заполните ИНН в реквизитах или выберите контрагента на вкладке «1С».`,
		);
	}
	if (!isInn(inn)) {
		throw new Problem(
			`The buyer «${name}» has a wrong ИНН: ${inn}.`,
			'Correct it in the requisites of the buyer.',
			`У покупателя «${name}» неверный ИНН: ${inn}. Исправьте его в реквизитах.`,
		);
	}
	const found = await findByInn(session, inn, kpp);
	if (found.length === 1) return found[0];
	const said = kpp ? `ИНН ${inn} and КПП ${kpp}` : `ИНН ${inn}`;
	const inRussian = kpp ? `ИНН ${inn} и КПП ${kpp}` : `ИНН ${inn}`;
	if (found.length === 0) {
		throw new Problem(
			`1C has no counterparty with ${said}.`,
			`Create it (1C UT → Counterparty → Create), or choose it in the deal field UF_CRM_1C_COUNTERPARTY.`,
			`В 1С нет контрагента с ${inRussian}. Заведите его в 1С или выберите другого на вкладке «1С».`,
		);
	}
	throw await severalFit(
		session,
		`1C has ${found.length} counterparties with ${said}`,
		`В 1С несколько контрагентов (${found.length}) с ${inRussian}`,
		found,
	);
};
