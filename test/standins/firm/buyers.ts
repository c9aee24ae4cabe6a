/**
 * Who buys: a tree of folders by lines of business, and buyers who stand in more than one of them with one ИНН, which
 * is why a counterparty must be chosen and cannot be guessed.
 */
import type { Portal } from '../bitrix24/portal';
import type { Base } from '../onec/base';
import { innOf } from '../onec/people/multitude';
import { addsBuyer, type Buyer } from './knownToBoth';

const TREE = {
	Опт: ['Москва', 'Регионы', 'Дилеры'],
	Розница: ['Интернет-магазин', 'Салон на Ленинском'],
	Тендеры: ['44-ФЗ', '223-ФЗ'],
} as const;

/** Names and the folders of each; the first folder is where a single card stands. */
const BUYERS: Array<[name: string, ...folders: string[]]> = [
	['ООО «Северный дом»', 'Москва', 'Салон на Ленинском', '223-ФЗ'],
	['ООО «Лютик»', 'Москва'],
	['ООО «Кактус»', 'Интернет-магазин'],
	['АО «Волга-Логистик»', 'Регионы', '223-ФЗ'],
	['ООО «Бизнес-центр «Парус»', 'Москва'],
	['ООО «Медтехника Плюс»', 'Регионы'],
	['ООО «Юридическое бюро «Статут»', 'Салон на Ленинском'],
	['ГБУ «Городская библиотека № 12»', '44-ФЗ'],
	['ООО «Мебельный двор»', 'Дилеры', 'Москва'],
	['ООО «Офис под ключ»', 'Дилеры'],
	['ООО «Аудит-Эксперт»', 'Москва'],
	['АО «Приборостроитель»', '223-ФЗ'],
	['ООО «Пекарня на углу»', 'Интернет-магазин'],
	['ООО «Сибирь-Мебель»', 'Регионы'],
	['МБОУ «Школа № 7»', '44-ФЗ'],
	['ООО «Турбюро «Компас»', 'Салон на Ленинском'],
	['ООО «Строй-Инвест»', 'Москва'],
	['ООО «Ай-Ти Решения»', 'Москва', 'Интернет-магазин'],
];

/** Far from the numbers of a base filled in bulk. */
const FIRST_INN = 11_000_000;

export const fillBuyers = (portal: Portal, base: Base): Buyer[] => {
	const root = base.admin.addsFolder('Контрагенты', 'Покупатели');
	const folders = new Map<string, string>();
	for (const [line, names] of Object.entries(TREE)) {
		const above = base.admin.addsFolder('Контрагенты', line, root);
		for (const name of names) folders.set(name, base.admin.addsFolder('Контрагенты', name, above));
	}
	return BUYERS.map(([name, ...places], index) =>
		addsBuyer(portal, base, {
			name,
			inn: innOf(FIRST_INN + index * 7_919),
			kpp: '781001001',
			phone: `+7495${2_000_100 + index * 317}`,
			email: `zakupki${index + 1}@example.com`,
			folders: places.map((place) => folders.get(place) ?? root),
			// Orders of tenders are paid one by one, the rest on account.
			contract: places[0].endsWith('-ФЗ') ? 'ПоЗаказам' : 'ПоДоговоруВЦелом',
			// Every third company has not been tied yet: its buyer is found by ИНН and КПП.
			linked: places.length === 1 && index % 3 !== 2,
		}),
	);
};
