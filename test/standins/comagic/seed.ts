/**
 * A small account in use: one site, the system campaign and an advertised one, two employees, a few tags and numbers.
 * Ids are long, as in the cabinet, so that nobody hard-codes them.
 */
import type { Store } from './store';

export const COMPONENTS = [
	'Data API',
	'Загрузка офлайн-заявок из внешней системы',
	'Емейл-трекинг',
	'API Базовый',
];

export const seed = (store: Store): void => {
	const site = store.nextId('site', 24_101);
	store.sites.push({
		id: site,
		domain: 'romashka.example',
		name: 'Мебель «Ромашка»',
		phone: '74951230001',
	});
	store.campaigns.push(
		{
			id: store.nextId('campaign', 310_771),
			name: 'Посетители без рекламной кампании',
			type: 'system',
			engine: null,
			siteId: site,
		},
		{
			id: store.nextId('campaign', 310_771),
			name: 'Яндекс.Директ: офисная мебель',
			type: 'integrated',
			engine: 'yandex.direct',
			siteId: site,
		},
	);
	for (const [lastName, firstName] of [
		['Смирнова', 'Ольга'],
		['Кузнецов', 'Павел'],
	]) {
		const id = store.nextId('employee', 87_501);
		store.employees.push({ id, lastName, firstName, phone: `749512301${id % 100}` });
	}
	for (const name of ['Целевой', 'Спам', 'Перезвонить'])
		store.tags.push({ id: store.nextId('tag', 5_201), name, isSystem: false });
	store.virtualNumbers.push(
		{ id: store.nextId('number', 66_001), phone: '74951230002', name: 'Сайт', campaignId: 310_771 },
		{
			id: store.nextId('number', 66_001),
			phone: '74951230003',
			name: 'Директ',
			campaignId: 310_772,
		},
	);
};
