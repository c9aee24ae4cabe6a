/**
 * Which requisite preset each kind of buyer has: by the external codes a Russian portal comes with, never by numbers or
 * titles. Where somebody has made the presets anew, their codes are anything, and a preset is known by its fields. One
 * that cannot be told is a problem of the buyers that need it, and of no others.
 */
import { z } from 'zod';
import type { PartyKind } from '../../exchange/party';
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client, Reply } from '../rest/client';
import { readPages } from '../rest/pages';
import { replies } from '../rest/replies';
import { optional } from '../rest/reply';

const presetSchema = z.object({
	ID: z.coerce.number(),
	NAME: z.string().catch(''),
	COUNTRY_ID: z.coerce.number(),
	XML_ID: z.string().nullish(),
	ACTIVE: z.string().nullish(),
});

type Preset = z.output<typeof presetSchema>;

const fieldsSchema = z.array(z.object({ FIELD_NAME: z.string() }));

const RUSSIA = 1;

const CODES: Record<PartyKind, RegExp> = {
	legal: /_COMPANY#?$/,
	entrepreneur: /_INDIVIDUAL#?$/,
	person: /_PERSON#?$/,
};

/** Only organisations have a КПП, only entrepreneurs an ОГРНИП; a person has neither, but a surname. */
const FITS: Record<PartyKind, (has: (field: string) => boolean) => boolean> = {
	legal: (has) => has('RQ_KPP') && has('RQ_COMPANY_NAME') && !has('RQ_OGRNIP'),
	entrepreneur: (has) => has('RQ_OGRNIP') && !has('RQ_KPP'),
	person: (has) => has('RQ_LAST_NAME') && !has('RQ_KPP') && !has('RQ_OGRNIP'),
};

const KIND_NAMES: Record<PartyKind, [english: string, russian: string]> = {
	legal: ['organisations', 'организаций'],
	entrepreneur: ['entrepreneurs', 'предпринимателей'],
	person: ['people', 'физических лиц'],
};

export interface Presets {
	/**
	 * The number of the preset for a kind of buyer.
	 * @throws Problem when no preset, or more than one, can be meant
	 */
	of(kind: PartyKind): number;
	/**
	 * Bitrix24 makes a requisite with a number of no preset, and people see none of its fields
	 * [https://github.com/bitrix-tools/b24-rest-docs/commit/9888d80db0eaff9b39d30903679787b3ef7519ad].
	 * @throws Problem when the portal has no preset of this number
	 */
	chosen(id: unknown): number;
}

const listed = (presets: readonly Preset[]): string =>
	presets.map(({ ID, NAME }) => `«${NAME}» (ID ${ID})`).join(', ');

const undecided = (kind: PartyKind, fitting: readonly Preset[]): Problem => {
	const [english, russian] = KIND_NAMES[kind];
	const [which, inRussian] =
		fitting.length === 0
			? ['none has the fields of theirs', 'ни у одного нет нужных полей']
			: [`several could be meant: ${listed(fitting)}`, `подходят несколько: ${listed(fitting)}`];
	return new Problem(
		`The portal has no requisite preset that is clearly the one for ${english}: ${which}.`,
		'Restore the default preset in the CRM settings (CRM → Settings → Requisites), or switch the others off there; the resource Requisite also takes a chosen PRESET_ID.',
		`Непонятно, какой шаблон реквизитов для ${russian}: ${inRussian}. Верните стандартный шаблон в настройках CRM или отключите лишние.`,
	);
};

const fieldsOf = (reply: Reply): Set<string> =>
	new Set((optional(reply, fieldsSchema) ?? []).map(({ FIELD_NAME }) => FIELD_NAME));

export const readPresets = async (client: Bitrix24Client): Promise<Presets> => {
	const all = await readPages(
		client,
		{
			method: 'crm.requisite.preset.list',
			params: {
				order: { ID: 'ASC' },
				select: ['ID', 'NAME', 'COUNTRY_ID', 'XML_ID', 'ACTIVE'],
			},
		},
		({ result }) => z.array(presetSchema).parse(result),
	);
	const russian = all.filter(({ COUNTRY_ID }) => COUNTRY_ID === RUSSIA);
	const byCode = (kind: PartyKind): Preset | undefined =>
		russian.find(({ XML_ID }) => CODES[kind].test(XML_ID ?? ''));
	const kinds: PartyKind[] = ['legal', 'entrepreneur', 'person'];
	const isKnown = kinds.every((kind) => byCode(kind) !== undefined);
	const open = isKnown ? [] : russian.filter(({ ACTIVE }) => ACTIVE !== 'N');
	const read = await replies(
		client,
		open.map(({ ID }) => ({
			method: 'crm.requisite.preset.field.list',
			params: { preset: { ID } },
		})),
	);
	const fields = read.map(fieldsOf);
	const of = (kind: PartyKind): number => {
		const coded = byCode(kind);
		if (coded) return coded.ID;
		const fitting = open.filter((_, index) => FITS[kind]((field) => fields[index].has(field)));
		if (fitting.length === 1) return fitting[0].ID;
		throw undecided(kind, fitting);
	};
	const chosen = (id: unknown): number => {
		const preset = all.find(({ ID }) => String(ID) === String(id).trim());
		if (preset) return preset.ID;
		throw new Problem(
			`The portal has no requisite preset ${String(id)}. Its presets: ${listed(all)}.`,
			'Choose the preset under Fields: presets differ from portal to portal.',
		);
	};
	return { of, chosen };
};
