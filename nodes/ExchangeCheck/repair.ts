/** Writes back what one side lost of a link and the other side still knows. */
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { DEAL } from '../Bitrix24/rest/entityTypes';
import { writeDifferences } from '../Bitrix24/rest/write';
import { INVOICE, INVOICE_NUMBER, ORDER, ORDER_NUMBER } from '../Bitrix24/setup/fields';
import { markDocument } from '../OneC/documents/namedDocuments';
import type { Session } from '../OneC/session';
import type { Finding, Repair } from '../exchange/check';
import { inRussian } from '../exchange/problem';
import { settled } from '../shared/settled';
import type { Looked } from './look';

const FIELDS = {
	invoice: { ref: INVOICE, number: INVOICE_NUMBER },
	order: { ref: ORDER, number: ORDER_NUMBER },
};

export interface Repaired {
	mended: Finding[];
	/** What could not be written says why, and stays. */
	left: Finding[];
}

const carryOut = async (
	client: Bitrix24Client,
	session: Session,
	stored: Looked['stored'],
	repair: Repair,
): Promise<void> => {
	const { kind, dealId, ref } = repair;
	if (repair.write === 'document') {
		const found = stored.get(ref);
		if (found) await markDocument(session.client, found.kind, found.document, dealId);
		return;
	}
	const names = FIELDS[kind];
	const fields = { [names.ref]: ref, [names.number]: repair.number };
	const [outcome] = await writeDifferences(client, [
		{ entityTypeId: DEAL, id: dealId, change: () => fields },
	]);
	if ('problem' in outcome) throw outcome.problem;
};

/** A lost link is mended in ones, because there are few of them and each may fail by itself. */
export const repairAll = async (
	client: Bitrix24Client,
	session: Session,
	stored: Looked['stored'],
	findings: readonly Finding[],
): Promise<Repaired> => {
	const repaired: Repaired = { mended: [], left: [] };
	for (const finding of findings) {
		const { repair } = finding;
		if (!repair) {
			repaired.left.push(finding);
			continue;
		}
		const { error } = await settled(async () => await carryOut(client, session, stored, repair));
		if (!error) repaired.mended.push(finding);
		else {
			const text = `${finding.text} Восстановить не вышло: ${inRussian(error)}`;
			repaired.left.push({ ...finding, kind: 'brokenLink', text });
		}
	}
	return repaired;
};
