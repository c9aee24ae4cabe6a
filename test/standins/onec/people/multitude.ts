/**
 * A base that has been filled for years: counterparties in a tree of folders, some of one ИНН in several folders, each
 * with a contract; products with articles, units and prices. Rows go into the store as a restored backup would, past
 * checks and registration, so that a hundred thousand of them take seconds.
 */
import { writeEntries, PRICES } from '../ledger';
import { objectType, type ObjectType } from '../model/metadata';
import { nextCode } from '../numbering';
import { dataVersion, type Entity } from '../store';
import { emptyRow, text, type Row } from '../values';
import { contactFiller } from './contactBook';
import { typed, type Office, type Seed } from './office';

/** Every so many counterparties share the ИНН of the one before, in a folder of their own. */
const SHARED_EVERY = 10;
const FOLDERS = 20;
const SUBFOLDERS = 10;

const JUST_CREATED = dataVersion(0);

class Filler {
	private readonly templates = new Map<string, Row>();

	constructor(private readonly office: Office) {}

	puts(set: string, fields: Row): Entity {
		const { store } = this.office;
		const type = objectType(set);
		const template = this.templates.get(set) ?? emptyRow(type);
		this.templates.set(set, template);
		const row: Row = {
			...template,
			Ref_Key: store.newRef(),
			DataVersion: JUST_CREATED,
			...this.code(type),
			...fields,
		};
		const entity: Entity = { type, row, version: 0 };
		store.put(entity);
		return entity;
	}

	private code(type: ObjectType): Row {
		return type.kind === 'Catalog' ? { Code: nextCode(this.office.store, type) } : {};
	}

	/** Folders in two levels; what is put into them goes round all of the lower ones. */
	folders(set: string, name: string): string[] {
		const lower: string[] = [];
		for (let top = 1; top <= FOLDERS; top += 1) {
			const parent = this.puts(set, { Description: `${name} ${top}`, IsFolder: true });
			for (let sub = 1; sub <= SUBFOLDERS; sub += 1) {
				const fields = {
					Description: `${name} ${top}.${sub}`,
					IsFolder: true,
					Parent_Key: parent.row.Ref_Key,
				};
				lower.push(text(this.puts(set, fields).row, 'Ref_Key'));
			}
		}
		return lower;
	}
}

/** Ten digits with a right control digit. */
export function innOf(serial: number): string {
	const digits = [...String(770_000_000 + serial)].map(Number);
	const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
	const control = (digits.reduce((sum, digit, index) => sum + digit * weights[index], 0) % 11) % 10;
	return [...digits, control].join('');
}

/** Twenty digits, the ninth of which makes account and bank fit each other. */
function accountOf(bik: string, serial: number): string {
	const [head, tail] = ['40702810', String(serial).padStart(11, '0')];
	const keys = [...'0123456789'].map((key) => `${head}${key}${tail}`);
	const fits = (account: string): boolean => {
		const digits = [...`${bik.slice(-3)}${account}`].map(Number);
		const sum = digits.reduce((all, digit, index) => all + digit * [7, 1, 3][index % 3], 0);
		return sum % 10 === 0;
	};
	return keys.find(fits) ?? keys[0];
}

/** Counterparties of a firm have their accounts in a handful of banks. */
const BANKS = 20;

export interface FillOptions {
	/** A telephone, a legal address and a bank account each. */
	details?: boolean;
}

type GivesDetails = (counterparty: Entity, index: number) => void;

function detailsFrom(filler: Filler, office: Office, seed: Seed): GivesDetails {
	const banks = Array.from({ length: BANKS }, (_, index) => {
		const bik = `0445250${10 + index}`;
		const fields = { Code: bik, Description: `Банк ${index + 1}` };
		return { bik, ref: filler.puts('Catalog_Банки', fields).row.Ref_Key };
	});
	const contact = contactFiller(office);
	return (counterparty, index) => {
		const owner = typed('Owner', counterparty);
		const bank = banks[index % BANKS];
		filler.puts('Catalog_БанковскиеСчета', {
			...owner,
			Description: 'Расчетный',
			НомерСчета: accountOf(bank.bik, index + 1),
			Банк_Key: bank.ref,
			ВидСчета: 'Расчетный',
			ВалютаДенежныхСредств_Key: seed.currency,
		});
		contact(counterparty, 'Телефон', `+7 495 ${String(1_000_000 + index)}`);
		contact(counterparty, 'Адрес', `101000, Москва г, Мясницкая ул, дом № ${index + 1}`);
	};
}

/** Refs of the counterparties, folders not counted. */
export function fillCounterparties(
	office: Office,
	seed: Seed,
	count: number,
	{ details = false }: FillOptions = {},
): string[] {
	const filler = new Filler(office);
	const givesDetails = details ? detailsFrom(filler, office, seed) : undefined;
	const folders = filler.folders('Catalog_Контрагенты', 'Направление');
	const refs: string[] = [];
	for (let index = 0; index < count; index += 1) {
		const serial = index % SHARED_EVERY === SHARED_EVERY - 1 ? index - 1 : index;
		const counterparty = filler.puts('Catalog_Контрагенты', {
			Description: `ООО «Покупатель ${serial + 1}»`,
			НаименованиеПолное: `Общество с ограниченной ответственностью «Покупатель ${serial + 1}»`,
			ИНН: innOf(serial),
			КПП: '770101001',
			ЮрФизЛицо: 'ЮрЛицо',
			Покупатель: true,
			Parent_Key: folders[index % folders.length],
		});
		const { row } = counterparty;
		row.ГоловнойКонтрагент_Key = row.Ref_Key;
		const contract = filler.puts('Catalog_ДоговорыКонтрагентов', {
			Owner_Key: row.Ref_Key,
			Description: 'Основной договор',
			ВидДоговора: 'СПокупателем',
			ВедениеВзаиморасчетов: 'ПоДоговоруВЦелом',
			ВидУсловийДоговора: 'БезДополнительныхУсловий',
			Организация_Key: seed.organization,
			ВалютаВзаиморасчетов_Key: seed.currency,
		});
		row.ОсновнойДоговорКонтрагента_Key = contract.row.Ref_Key;
		givesDetails?.(counterparty, index);
		refs.push(text(row, 'Ref_Key'));
	}
	return refs;
}

/** Refs of the products; one document sets all their prices. */
export function fillProducts(office: Office, seed: Seed, count: number): string[] {
	const filler = new Filler(office);
	const folders = filler.folders('Catalog_Номенклатура', 'Группа');
	const vat = office.hasVatRate('НДС22') ? 'НДС22' : 'НДС20';
	const refs: string[] = [];
	const prices: Row[] = [];
	for (let index = 0; index < count; index += 1) {
		const { row } = filler.puts('Catalog_Номенклатура', {
			Description: `Товар ${index + 1}`,
			НаименованиеПолное: `Товар ${index + 1}`,
			Артикул: `A-${String(index + 1).padStart(5, '0')}`,
			СтавкаНДС: vat,
			БазоваяЕдиницаИзмерения_Key: seed.unit,
			Parent_Key: folders[index % folders.length],
		});
		const unit = filler.puts('Catalog_ЕдиницыИзмерения', {
			Owner: row.Ref_Key,
			Owner_Type: 'StandardODATA.Catalog_Номенклатура',
			Description: 'шт',
			ЕдиницаПоКлассификатору_Key: seed.unit,
			Коэффициент: 1,
		});
		row.ЕдиницаХраненияОстатков_Key = unit.row.Ref_Key;
		row.ЕдиницаДляОтчетов_Key = unit.row.Ref_Key;
		prices.push({
			ТипЦен_Key: seed.priceType,
			Номенклатура_Key: row.Ref_Key,
			Валюта_Key: seed.currency,
			ЕдиницаИзмерения_Key: unit.row.Ref_Key,
			Цена: 100 + (index % 900),
		});
		refs.push(text(row, 'Ref_Key'));
	}
	const document = filler.puts('Document_УстановкаЦенНоменклатуры', {
		Date: office.clock(),
		Number: nextCode(office.store, objectType('Document_УстановкаЦенНоменклатуры')),
		Posted: true,
	});
	writeEntries(
		office.store,
		document,
		prices.map((fields) => ({ register: PRICES, fields })),
	);
	return refs;
}
