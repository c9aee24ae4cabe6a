import type { INodeProperties } from 'n8n-workflow';
import { guidSchema } from '../../../exchange/reference';
import type { ItemOperation } from '../../../shared/operation';
import { idSchema } from '../../../shared/valueSchemas';
import { COMPANY_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { linkCompany, readCompany } from '../../buyers/companyLink';
import { cardResource } from '../card/cardResource';

const companyId: INodeProperties = {
	displayName: 'Company ID',
	name: 'companyId',
	type: 'string',
	default: '={{ $json.companyId }}',
	required: true,
	description: 'Number of the company, as in its address',
};

const getFor1C: ItemOperation<Bitrix24Client> = {
	value: 'getFor1C',
	name: 'Get for 1C',
	action: 'Get what 1C needs of a company',
	description: 'Name, ИНН, КПП and kind, from which 1C UT can create the counterparty',
	properties: [companyId],
	forEach: async (client, item) => ({
		...(await readCompany(client, item.read('companyId', 'Company ID', idSchema))),
	}),
};

const link: ItemOperation<Bitrix24Client> = {
	value: 'link',
	name: 'Link to 1C',
	action: 'Link a company to a counterparty',
	description: 'Remember in the company which counterparty of 1C it is; further ones are added',
	properties: [
		companyId,
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
			item.read('companyId', 'Company ID', idSchema),
			item.read('counterparty', 'Counterparty GUID', guidSchema),
		)),
	}),
};

export const company = cardResource(COMPANY_CARD, [getFor1C, link]);
