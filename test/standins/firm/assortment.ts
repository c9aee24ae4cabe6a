/** What the firm sells: office furniture in a tree of folders, so many articles that a list must be looked through. */
import type { Portal } from '../bitrix24/portal';
import type { Base } from '../onec/base';
import { addsGood, VAT, type Good } from './knownToBoth';

interface Kind {
	group: string;
	name: string;
	/** Price of the smallest and plainest, roubles. */
	from: number;
	sizes: string[];
}

const KINDS: Kind[] = [
	{ group: 'Столы', name: 'Стол письменный', from: 9_800, sizes: ['120×60', '140×70', '160×80'] },
	{ group: 'Столы', name: 'Стол переговорный', from: 24_500, sizes: ['180×90', '240×120'] },
	{ group: 'Столы', name: 'Стол эргономичный', from: 14_200, sizes: ['140×90', '160×90'] },
	{ group: 'Столы', name: 'Стол приставной', from: 5_400, sizes: ['80×60', '100×60'] },
	{ group: 'Стулья и кресла', name: 'Стул офисный', from: 2_440, sizes: ['«Изо»', '«Самба»'] },
	{
		group: 'Стулья и кресла',
		name: 'Кресло оператора',
		from: 6_900,
		sizes: ['«Престиж»', '«Чарли»'],
	},
	{
		group: 'Стулья и кресла',
		name: 'Кресло руководителя',
		from: 18_300,
		sizes: ['«Босс»', '«Орион»'],
	},
	{ group: 'Шкафы', name: 'Шкаф для документов', from: 11_600, sizes: ['80×200', '90×200'] },
	{ group: 'Шкафы', name: 'Шкаф для одежды', from: 12_900, sizes: ['60×200', '80×200'] },
	{ group: 'Стеллажи', name: 'Стеллаж открытый', from: 4_700, sizes: ['80×120', '80×200'] },
	{ group: 'Стеллажи', name: 'Стеллаж архивный', from: 7_300, sizes: ['100×50×200', '120×50×200'] },
	{ group: 'Тумбы', name: 'Тумба подкатная', from: 5_900, sizes: ['3 ящика', '4 ящика'] },
	{ group: 'Тумбы', name: 'Тумба приставная', from: 6_400, sizes: ['4 ящика', 'с дверью'] },
	{ group: 'Перегородки', name: 'Экран настольный', from: 3_100, sizes: ['120×45', '160×45'] },
	{
		group: 'Перегородки',
		name: 'Перегородка мобильная',
		from: 9_200,
		sizes: ['80×160', '120×160'],
	},
	{ group: 'Аксессуары', name: 'Кабель-канал', from: 450, sizes: ['60 мм', '80 мм'] },
	{
		group: 'Аксессуары',
		name: 'Лоток для бумаг',
		from: 320,
		sizes: ['горизонтальный', 'вертикальный'],
	},
];
const COLOURS = [
	'орех',
	'бук',
	'дуб сонома',
	'венге',
	'белый',
	'серый',
	'ясень',
	'вишня',
	'графит',
];
const SERIES = ['Старт', 'Практика', 'Лофт', 'Профи', 'Премьер', 'Скандия'];

/** So many have names; the rest of a large assortment is filled in bulk, as a restored backup. */
const NAMED = 850;

/** A product of each kind first, so that a short list has a bit of everything. */
export const fillAssortment = (portal: Portal, base: Base, count: number): Good[] => {
	const shelf = shelfOf(base);
	const named = Array.from({ length: Math.min(count, NAMED) }, (_, index) => {
		const { group, name, from, sizes } = KINDS[index % KINDS.length];
		const variant = Math.floor(index / KINDS.length);
		const size = variant % sizes.length;
		const colour = Math.floor(variant / sizes.length) % COLOURS.length;
		const series = Math.floor(variant / (sizes.length * COLOURS.length));
		return addsGood(portal, base, {
			name: `${name} ${SERIES[series]} ${sizes[size]}, ${COLOURS[colour]}`,
			price: Math.round(from * (1 + size * 0.15 + series * 0.04)),
			article: `М-${String(index + 1).padStart(5, '0')}`,
			folder: shelf(group, name),
		});
	});
	return [...named, ...fillRest(portal, base, count - named.length)];
};

/** Folders in two levels, each made when the first product comes into it. */
const shelfOf = (base: Base): ((group: string, name: string) => string) => {
	const root = base.admin.addsFolder('Номенклатура', 'Мебель для офиса');
	const folders = new Map<string, string>();
	const folder = (title: string, above: string): string => {
		const known = folders.get(title) ?? base.admin.addsFolder('Номенклатура', title, above);
		folders.set(title, known);
		return known;
	};
	return (group, name) => folder(`${name} — все`, folder(group, root));
};

/** Their prices are kept in 1C only. */
const fillRest = (portal: Portal, base: Base, count: number): Good[] => {
	if (count <= 0) return [];
	return base.admin.fillsProducts(count).map((ref) => {
		const name = String(base.sees.document(ref).Description);
		return {
			name,
			ref,
			price: 0,
			product: portal.admin.addsProduct({ name, vat: VAT, xmlId: ref }),
		};
	});
};

/** The warehouse has some of most, and none of every ninth. */
export const fillWarehouse = (base: Base, goods: Good[]): void => {
	for (const [index, { ref }] of goods.entries()) {
		const quantity = index % 9 === 8 ? 0 : 5 + ((index * 7) % 60);
		if (quantity > 0) base.storekeeper.receivesGoods({ product: ref, quantity });
	}
};
