/**
 * A company of the CRM and its counterparty in 1C, the other way round: what 1C needs to make one, and the link back
 * when it is made or found.
 */
import { z } from 'zod';
import { isInn } from '../../exchange/identity';
import { Problem } from '../../exchange/problem';
import { readCards } from './buyerCards';
import type { Bitrix24Client } from '../rest/client';
import { COMPANY } from '../rest/entityTypes';
import { itemUpdate } from '../rest/items';
import * as fields from '../setup/fields';

const text = z
	.string()
	.nullish()
	.transform((value) => (value ?? '').trim());

const requisitesSchema = z.array(
	z.object({
		ENTITY_ID: z.coerce.number(),
		RQ_INN: text,
		RQ_KPP: text,
		RQ_COMPANY_FULL_NAME: text,
	}),
);

export interface CompanyFacts {
	companyId: number;
	name: string;
	fullName: string;
	inn: string;
	kpp: string;
	/** As 1C calls it: a twelve-digit ИНН is a person's. */
	kind: 'ЮрЛицо' | 'ФизЛицо';
	/** Counterparties the company is linked to already. */
	counterparties: string[];
}

const companyOf = async (client: Bitrix24Client, companyId: number) => {
	const [card] = await readCards(client, 'company', [companyId]);
	if (card) return card;
	throw new Problem(`The portal has no company ${companyId}.`, 'Check the number of the company.');
};

export const readCompany = async (
	client: Bitrix24Client,
	companyId: number,
): Promise<CompanyFacts> => {
	const card = await companyOf(client, companyId);
	const requisites = requisitesSchema
		.parse(
			await client.call({
				method: 'crm.requisite.list',
				params: {
					filter: { ENTITY_TYPE_ID: COMPANY, ENTITY_ID: companyId },
					select: ['ENTITY_ID', 'RQ_INN', 'RQ_KPP', 'RQ_COMPANY_FULL_NAME'],
					order: { ID: 'ASC' },
				},
			}),
		)
		.filter(({ ENTITY_ID }) => ENTITY_ID === companyId);
	const keys = new Set(requisites.map(({ RQ_INN, RQ_KPP }) => `${RQ_INN} ${RQ_KPP}`));
	if (keys.size > 1) {
		throw new Problem(
			`Company ${companyId} «${card.title}» has several requisites.`,
			'Leave one of them, or create the counterparty in 1C by hand.',
		);
	}
	const [requisite] = requisites;
	const inn = requisite?.RQ_INN ?? '';
	if (!isInn(inn)) {
		throw new Problem(
			`Company ${companyId} «${card.title}» has no right ИНН${inn ? ` (${inn})` : ''}.`,
			'Fill it in the requisites: 1C looks by it whether the buyer is there already.',
		);
	}
	return {
		companyId,
		name: card.title,
		fullName: requisite.RQ_COMPANY_FULL_NAME,
		inn,
		kpp: requisite.RQ_KPP,
		kind: inn.length === 12 ? 'ФизЛицо' : 'ЮрЛицо',
		counterparties: [...new Set([card.ref, ...card.further])].filter(Boolean),
	};
};

/** The first counterparty becomes the one the company comes from, later ones stand beside it. */
export const linkCompany = async (
	client: Bitrix24Client,
	companyId: number,
	ref: string,
): Promise<{ companyId: number; counterparty: string; outcome: 'linked' | 'unchanged' }> => {
	const card = await companyOf(client, companyId);
	const linked = { companyId, counterparty: ref };
	if (card.ref === ref || card.further.includes(ref)) return { ...linked, outcome: 'unchanged' };
	const written =
		card.ref === ''
			? { originatorId: fields.ORIGINATOR, originId: ref }
			: { [fields.COUNTERPARTIES]: [...card.further, ref] };
	await client.call(itemUpdate({ entityTypeId: COMPANY, id: companyId }, written));
	return { ...linked, outcome: 'linked' };
};
