/**
 * crm.category.list, crm.category.add
 * Imitates: crm/universal/category/crm-category-list.md: the default deal funnel is 0 and has no origin keys,
 * the smart invoice's only one has a real id (reference §2.3).
 * Does not imitate: changing and deleting funnels by REST; contacts and companies show one default funnel.
 */
import type { Methods } from '../call';
import { entityType, hasFunnels, LEAD, QUOTE } from '../entityTypes';
import { missing, Refusal } from '../refusal';
import { checkAdmin } from '../rights';
import { addFunnel, categoriesOf } from '../stages';
import { asFlag, asMap, asText, asWhole } from '../values';

export const categoryMethods: Methods = {
	'crm.category.list': ({ params, store }) => {
		if (params.entityTypeId === undefined) throw missing('entityTypeId');
		const type = entityType(store, params.entityTypeId);
		if (type.id === LEAD || type.id === QUOTE) {
			throw new Refusal(
				400,
				'ENTITY_TYPE_NOT_SUPPORTED',
				`Entity type ${type.name} is not supported`,
			);
		}
		const categories = categoriesOf(store, type.id).map((category) => ({
			...category,
			...(category.id === 0 ? {} : { originId: '', originatorId: '' }),
		}));
		return { result: { categories }, total: categories.length };
	},
	'crm.category.add': (call) => {
		const { params, store, user } = call;
		if (params.entityTypeId === undefined) throw missing('entityTypeId');
		const type = entityType(store, params.entityTypeId);
		const fields = asMap(params.fields);
		if (!fields) throw missing('fields');
		checkAdmin(user, 'ACCESS_DENIED', 'Access denied');
		if (!hasFunnels(type.id)) {
			throw new Refusal(
				400,
				'ENTITY_TYPE_NOT_SUPPORTED',
				`Entity type ${type.name} is not supported`,
			);
		}
		const name = asText(fields.name);
		if (name === '') throw new Refusal(400, 0, "Field 'NAME' is required");
		const category = addFunnel(store, type.id, name, {
			sort: asWhole(fields.sort) ?? 500,
			isDefault: asFlag(fields.isDefault) ?? 'N',
		});
		return { result: { category } };
	},
};
