/** What Bitrix24 says of an event, whichever way it comes: what kind of thing, which one, and when. */
import { z } from 'zod';
import { SMART_INVOICE } from '../Bitrix24/rest/entityTypes';

export type CrmEvent = {
	event: string;
	/** Such as deal, company or invoice. */
	entity: string;
	/** Such as add, update, delete. */
	action: string;
	id: number | null;
	/** ISO 8601. */
	time: string;
	/** Only for smart processes and smart invoices. */
	entityTypeId?: number;
	/** Only for deals, so that later nodes find them as they do after every other mode. */
	dealId?: number;
	/** Who acted, where the portal tells. */
	userId?: number;
};

const idSchema = z.coerce.number().int().positive();

/** Pages of requisites spell ID as a number and the event in mixed case; everything else is text and upper case. */
const fieldsSchema = z.object({
	FIELDS: z.object({
		ID: idSchema.optional().catch(undefined),
		ENTITY_TYPE_ID: idSchema.optional().catch(undefined),
	}),
});

const NAME = /^(?:ON)?(?:CRM)?(.+?)\.?(?:ON\.)?(ADD|UPDATE|DELETE|MOVETOCATEGORY)(?:_(\d+))?$/;

/** @param data what the portal keeps under `data`, or under `EVENT_DATA` in its queue */
export const toCrmEvent = (name: string, data: unknown, at: Date): CrmEvent => {
	const event = name.toUpperCase();
	const [, what = event, action = '', suffix] = NAME.exec(event) ?? [];
	const parsed = fieldsSchema.safeParse(data);
	const { ID: id, ENTITY_TYPE_ID: told } = parsed.success
		? parsed.data.FIELDS
		: { ID: undefined, ENTITY_TYPE_ID: undefined };
	const entityTypeId = told ?? (suffix ? Number(suffix) : undefined);
	const entity = entityTypeId === SMART_INVOICE ? 'invoice' : what.toLowerCase();
	return {
		event,
		entity,
		action: action.toLowerCase(),
		id: id ?? null,
		time: at.toISOString(),
		...(entityTypeId === undefined ? {} : { entityTypeId }),
		...(entity === 'deal' && id !== undefined ? { dealId: id } : {}),
	};
};
