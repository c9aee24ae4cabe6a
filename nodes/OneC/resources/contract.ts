import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { Contract } from '../catalogs/catalogs';
import { contractsOf } from '../catalogs/contracts';
import { currencyOf } from '../catalogs/currencies';
import { makeContract } from '../catalogs/makeContract';
import { organizationOf } from '../documents/saleContext';
import type { Session } from '../session';
import { located, locator, required } from './locators';

const asJson = (contract: Contract): IDataObject => ({
	ref: contract.ref,
	code: contract.code,
	name: contract.name,
	counterparty: contract.owner,
	organization: contract.organization,
	kind: contract.kind,
	settlement: contract.settlement,
	currency: contract.currency,
	priceType: contract.priceType,
	deletionMark: contract.deletionMark,
});

const getMany: ItemOperation<Session> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many contracts',
	description: 'All contracts of a counterparty',
	properties: [
		locator('counterparty', { required: true }),
		{
			displayName: 'Include Marked for Deletion',
			name: 'withDeleted',
			type: 'boolean',
			default: false,
			description: 'Whether to return contracts that are marked for deletion too',
		},
	],
	forEach: async (session, item) => {
		const all = await contractsOf(session, await required(session, item, 'counterparty'));
		const withDeleted = item.read('withDeleted', 'Include Marked for Deletion', z.boolean());
		return all.filter(({ deletionMark }) => withDeleted || !deletionMark).map(asJson);
	},
};

const create: ItemOperation<Session> = {
	value: 'create',
	name: 'Create',
	action: 'Create a contract',
	description:
		'A contract of the same kind, organization, settlement and currency is returned instead of a new one',
	properties: [
		locator('counterparty', { required: true }),
		locator('organization', { hint: 'May be left out when 1C has only one' }),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: 'Основной договор',
			required: true,
		},
		{
			displayName: 'Kind (Вид договора)',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'With Buyer (С покупателем)', value: 'СПокупателем' },
				{ name: 'With Supplier (С поставщиком)', value: 'СПоставщиком' },
			],
			default: 'СПокупателем',
		},
		{
			displayName: 'Settlement (Ведение взаиморасчетов)',
			name: 'settlement',
			type: 'options',
			options: [
				{ name: 'By Contract as a Whole (По договору в целом)', value: 'ПоДоговоруВЦелом' },
				{ name: 'By Orders (По заказам)', value: 'ПоЗаказам' },
				{ name: 'By Invoices (По счетам)', value: 'ПоСчетам' },
			],
			default: 'ПоДоговоруВЦелом',
			description:
				'By orders, every payment must name its order, so that it is known what was paid for',
		},
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: 'RUB',
			description: 'Letters of ISO 4217',
		},
	],
	forEach: async (session, item) => {
		const chosen = await located(session, item, 'organization');
		const currency = item.read('currency', 'Currency', z.string().trim().toUpperCase());
		const { contract, outcome } = await makeContract(session, {
			counterparty: await required(session, item, 'counterparty'),
			organization: (await organizationOf(session, chosen)).ref,
			currency: await currencyOf(session, currency),
			name: item.read('name', 'Name', z.string().trim().min(1, 'is empty')),
			kind: item.read('kind', 'Kind', z.string()),
			settlement: item.read('settlement', 'Settlement', z.string()),
		});
		return { ...asJson(contract), outcome };
	},
};

export const contract: Resource<Session> = {
	value: 'contract',
	name: 'Contract (Договор)',
	operations: [create, getMany],
};
