/** The fields of requisites and bank details as the resource mapper shows them. */
import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { z } from 'zod';
import { connect } from '../../rest/connect';

const fieldsSchema = z.record(
	z.object({
		type: z.string(),
		title: z.string().nullish(),
		isReadOnly: z.boolean().catch(false),
		isImmutable: z.boolean().catch(false),
	}),
);

const presetsSchema = z.array(z.object({ ID: z.coerce.number(), NAME: z.string() }));

/** The owner is chosen apart. */
const ELSEWHERE = ['ENTITY_TYPE_ID', 'ENTITY_ID', 'PRESET_ID'];

const MATCHING = ['XML_ID', 'RQ_INN', 'RQ_KPP', 'RQ_ACC_NUM', 'RQ_BIK', 'NAME', 'CODE'];

/** A portal may give no titles here; then the name has to do. */
const field = (
	id: string,
	{ title, type }: z.output<typeof fieldsSchema>[string],
): ResourceMapperField => ({
	id,
	displayName: title && title !== id ? `${title} (${id})` : id,
	required: false,
	defaultMatch: id === 'XML_ID',
	canBeUsedToMatch: MATCHING.includes(id),
	display: true,
	type: type === 'integer' || type === 'double' ? 'number' : 'string',
});

export async function getRequisiteMapping(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const isBankDetail = this.getCurrentNodeParameter('resource') === 'bankDetail';
	const client = await connect(this);
	const method = isBankDetail ? 'crm.requisite.bankdetail.fields' : 'crm.requisite.fields';
	const known = fieldsSchema.parse(await client.call({ method }));
	const fields = Object.entries(known)
		.filter(([name, { isReadOnly }]) => !isReadOnly && !ELSEWHERE.includes(name))
		.map(([name, description]) => field(name, description));
	if (isBankDetail) return { fields };
	const presets = presetsSchema.parse(
		await client.call({ method: 'crm.requisite.preset.list', params: { order: { ID: 'ASC' } } }),
	);
	const preset: ResourceMapperField = {
		id: 'PRESET_ID',
		displayName: 'Шаблон (PRESET_ID)',
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'options',
		options: presets.map(({ ID, NAME }) => ({ name: NAME, value: ID })),
	};
	return { fields: [...fields, preset] };
}
