/**
 * crm.category.list
 * Imitates: crm/universal/category/crm-category-list.md: the default deal funnel is 0 and has no origin keys,
 * the smart invoice's only one has a real id (reference §2.3).
 * Does not imitate: adding and changing funnels by REST; contacts and companies show one default funnel.
 */
import type { Methods } from '../call';
import { entityType, LEAD, QUOTE } from '../entityTypes';
import { missing, Refusal } from '../refusal';
import { categoriesOf } from '../stages';

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
};
