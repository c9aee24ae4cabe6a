import { guidSchema } from '../../../exchange/reference';
import type { ItemOperation } from '../../../shared/operation';
import { COMPANY_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { linkCompany, readCompany } from '../../buyers/companyLink';
import { cardField, readCard } from '../card/cardFields';
import { cardResource } from '../card/cardResource';

const getFor1C: ItemOperation<Bitrix24Client> = {
	value: 'getFor1C',
	name: 'Get for 1C',
	action: 'Get what 1C needs of a company',
	description: 'Name, ИНН, КПП and kind, from which 1C UT can create the counterparty',
	properties: [cardField(COMPANY_CARD)],
	forEach: async (client, item) => ({
		...(await readCompany(client, readCard(COMPANY_CARD, item))),
	}),
};

const link: ItemOperation<Bitrix24Client> = {
	value: 'link',
	name: 'Link to 1C',
	action: 'Link a company to a counterparty',
	description: 'Remember in the company which counterparty of 1C it is; further ones are added',
	properties: [
		cardField(COMPANY_CARD),
		{
			displayName: 'Counterparty GUID',
			name: 'counterparty',
			type: 'string',
			default: '',
			required: true,
			placeholder: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
			description: 'Reference of the 1C counterparty',
		},
	],
	forEach: async (client, item) => ({
		...(await linkCompany(
			client,
			readCard(COMPANY_CARD, item),
			item.read('counterparty', 'Counterparty GUID', guidSchema),
		)),
	}),
};

export const company = cardResource(COMPANY_CARD, [getFor1C, link]);
