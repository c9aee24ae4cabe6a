/** Which requisite preset each kind of buyer has: by the external codes a Russian portal comes with, never by numbers. */
import { z } from 'zod';
import type { PartyKind } from '../../exchange/party';
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client } from '../rest/client';

const presetsSchema = z.array(
	z.object({
		ID: z.coerce.number(),
		COUNTRY_ID: z.coerce.number(),
		XML_ID: z.string().nullish(),
	}),
);

const RUSSIA = 1;

const CODES: Record<PartyKind, RegExp> = {
	legal: /_COMPANY#?$/,
	entrepreneur: /_INDIVIDUAL#?$/,
	person: /_PERSON#?$/,
};

export type Presets = Record<PartyKind, number>;

export const readPresets = async (client: Bitrix24Client): Promise<Presets> => {
	const all = presetsSchema.parse(
		await client.call({
			method: 'crm.requisite.preset.list',
			params: { order: { ID: 'ASC' }, select: ['ID', 'COUNTRY_ID', 'XML_ID'] },
		}),
	);
	const russian = all.filter(({ COUNTRY_ID }) => COUNTRY_ID === RUSSIA);
	const idOf = (kind: PartyKind): number => {
		const found = russian.find(({ XML_ID }) => CODES[kind].test(XML_ID ?? '')) ?? russian[0];
		if (found) return found.ID;
		throw new Problem(
			'The portal has no requisite preset for Russia.',
			'Restore the presets in the CRM settings (CRM → Settings → Requisites).',
		);
	};
	return { legal: idOf('legal'), entrepreneur: idOf('entrepreneur'), person: idOf('person') };
};
