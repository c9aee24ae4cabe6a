/** The administrator fills the catalogs, contacts, prices and rates; what a fresh base has is in seed.ts. */
import { RATES } from '../ledger';
import { registerType } from '../model/registerTypes';
import { emptyRow, text, type Row } from '../values';
import { addContact, removeContact, removeContactsOf, type Contact } from './contactBook';
import { fillCounterparties, fillProducts, type FillOptions } from './multitude';
import { typed, type Office, type Seed } from './office';

export type Settlement = 'ПоДоговоруВЦелом' | 'ПоЗаказам' | 'ПоСчетам';

export interface Counterparty {
	name: string;
	inn?: string;
	kpp?: string;
	folder?: string;
	contract?: Settlement | 'none';
	person?: boolean;
	fullName?: string;
	phone?: string;
	email?: string;
	legalAddress?: string;
	address?: string;
	bankAccount?: { number: string; bik: string; bank?: string };
}

export interface BankAccount {
	/** A counterparty or an organisation. */
	owner: string;
	/** Twenty digits. */
	number: string;
	bik: string;
	bank?: string;
	main?: boolean;
}

export interface Price {
	product: string;
	price: number;
	/** The base's own price type when absent. */
	priceType?: string;
	/** Today when absent. */
	date?: string;
}

export interface Rate {
	currency: string;
	rate: number;
	multiplicity?: number;
	date: string;
}

export interface Contract {
	counterparty: string;
	name: string;
	settlement: Settlement;
	organization?: string;
	main?: boolean;
	currency?: string;
}

export interface Product {
	name: string;
	article?: string;
	vat?: string;
	folder?: string;
	price?: number;
	service?: boolean;
}

export interface Organization {
	name: string;
	prefix: string;
	inn: string;
	kpp?: string;
}

export class Admin {
	constructor(
		private readonly office: Office,
		private readonly seed: Seed,
	) {}

	addsFolder(catalog: 'Контрагенты' | 'Номенклатура', name: string, parent?: string): string {
		return this.office.create(`Catalog_${catalog}`, {
			Description: name,
			IsFolder: true,
			...(parent ? { Parent_Key: parent } : {}),
		});
	}

	addsCounterparty(c: Counterparty): string {
		const ref = this.office.create('Catalog_Контрагенты', {
			Description: c.name,
			НаименованиеПолное: c.fullName ?? c.name,
			ИНН: c.inn ?? '',
			КПП: c.kpp ?? '',
			ЮрФизЛицо: c.person ? 'ФизЛицо' : 'ЮрЛицо',
			Покупатель: true,
			...(c.folder ? { Parent_Key: c.folder } : {}),
		});
		this.office.patches(ref, { ГоловнойКонтрагент_Key: ref });
		const settlement = c.contract ?? 'ПоДоговоруВЦелом';
		if (settlement !== 'none') {
			this.addsContract({ counterparty: ref, name: 'Основной договор', settlement, main: true });
		}
		if (c.bankAccount) this.addsBankAccount({ owner: ref, main: true, ...c.bankAccount });
		this.addsContactsOf(ref, c);
		return ref;
	}

	private addsContactsOf(owner: string, c: Counterparty): void {
		const add = (kind: Contact['kind'], value: string | undefined, title?: string) => {
			if (value) this.addsContact({ owner, kind, value, title });
		};
		add('Телефон', c.phone);
		add('АдресЭлектроннойПочты', c.email);
		add('Адрес', c.legalAddress);
		add('Адрес', c.address, 'ФактАдресКонтрагента');
	}

	/** Banks are told apart by БИК, which is their code. */
	addsBankAccount({ owner, number, bik, bank, main }: BankAccount): string {
		const { store } = this.office;
		const known = store.in('Catalog_Банки').find(({ row }) => row.Code === bik);
		const bankRef = known
			? text(known.row, 'Ref_Key')
			: this.office.create('Catalog_Банки', { Code: bik, Description: bank ?? `Банк ${bik}` });
		const account = this.office.create('Catalog_БанковскиеСчета', {
			...typed('Owner', this.office.get(owner)),
			Description: `Счет ${number}`,
			НомерСчета: number,
			Банк_Key: bankRef,
			ВидСчета: 'Расчетный',
			ВалютаДенежныхСредств_Key: this.seed.currency,
		});
		if (main) this.office.patches(owner, { ОсновнойБанковскийСчет_Key: account });
		return account;
	}

	addsContract(c: Contract): string {
		const ref = this.office.create('Catalog_ДоговорыКонтрагентов', {
			Owner_Key: c.counterparty,
			Description: c.name,
			ВидДоговора: 'СПокупателем',
			ВедениеВзаиморасчетов: c.settlement,
			ВидУсловийДоговора: 'БезДополнительныхУсловий',
			Организация_Key: c.organization ?? this.seed.organization,
			ВалютаВзаиморасчетов_Key: c.currency ?? this.seed.currency,
			ТипЦен: this.seed.priceType,
			ТипЦен_Type: 'StandardODATA.Catalog_ТипыЦенНоменклатуры',
		});
		if (c.main) this.office.patches(c.counterparty, { ОсновнойДоговорКонтрагента_Key: ref });
		return ref;
	}

	addsProduct(p: Product): string {
		const ref = this.office.create('Catalog_Номенклатура', {
			Description: p.name,
			НаименованиеПолное: p.name,
			Артикул: p.article ?? '',
			СтавкаНДС: p.vat ?? this.defaultVat(),
			Услуга: p.service ?? false,
			БазоваяЕдиницаИзмерения_Key: this.seed.unit,
			...(p.folder ? { Parent_Key: p.folder } : {}),
		});
		const unit = this.office.create('Catalog_ЕдиницыИзмерения', {
			Owner: ref,
			Owner_Type: 'StandardODATA.Catalog_Номенклатура',
			Description: 'шт',
			ЕдиницаПоКлассификатору_Key: this.seed.unit,
			Коэффициент: 1,
		});
		const own = { ЕдиницаХраненияОстатков_Key: unit, ЕдиницаДляОтчетов_Key: unit };
		this.office.patches(ref, own);
		if (p.price !== undefined) this.setsPrice({ product: ref, price: p.price });
		return ref;
	}

	/** 22 % where the base has it, 20 % where it does not. */
	private defaultVat(): string {
		return this.office.hasVatRate('НДС22') ? 'НДС22' : 'НДС20';
	}

	addsPriceType(name: string, includesVat = true): string {
		return this.office.create('Catalog_ТипыЦенНоменклатуры', {
			Description: name,
			ВалютаЦены_Key: this.seed.currency,
			ЦенаВключаетНДС: includesVat,
		});
	}

	setsPrice({ product, price, priceType, date }: Price): string {
		const line: Row = {
			LineNumber: '1',
			Номенклатура_Key: product,
			ТипЦен_Key: priceType ?? this.seed.priceType,
			Валюта_Key: this.seed.currency,
			ЕдиницаИзмерения_Key: this.office.row(product).ЕдиницаХраненияОстатков_Key,
			Цена: price,
		};
		return this.office.document(
			'УстановкаЦенНоменклатуры',
			{},
			{
				...(date ? { Date: date } : {}),
				Товары: [line],
			},
		);
	}

	setsRate({ currency, rate, multiplicity = 1, date }: Rate): void {
		this.office.store.addRecord(RATES, {
			...emptyRow(registerType(RATES).recordSet),
			Period: `${date.slice(0, 10)}T00:00:00`,
			Валюта_Key: currency,
			Курс: rate,
			Кратность: String(multiplicity),
		});
	}

	addsCurrency(code: string, name: string): string {
		return this.office.create('Catalog_Валюты', { Code: code, Description: name });
	}

	addsOrganization(o: Organization): string {
		const ref = this.office.create('Catalog_Организации', {
			Description: o.name,
			НаименованиеПолное: o.name,
			Префикс: o.prefix,
			ИНН: o.inn,
			КПП: o.kpp ?? '',
			ЮрФизЛицо: o.inn.length === 12 ? 'ФизЛицо' : 'ЮрЛицо',
		});
		return ref;
	}

	addsContact(contact: Contact): void {
		addContact(this.office, contact);
	}

	/** So many counterparties with contracts in a tree of folders, some of one ИНН; refs of all of them. */
	fillsCounterparties(count: number, options?: FillOptions): string[] {
		return fillCounterparties(this.office, this.seed, count, options);
	}

	/** So many products with articles, units and prices in a tree of folders. */
	fillsProducts(count: number): string[] {
		return fillProducts(this.office, this.seed, count);
	}

	/** Fields of an object, typed over in its form. */
	corrects(ref: string, fields: Row): void {
		this.office.patches(ref, fields);
	}

	removesContact(contact: Omit<Contact, 'value'>): void {
		removeContact(this.office, contact);
	}

	/** «Удаление помеченных объектов»: the object is gone for good, with its contacts. */
	deletesForGood(ref: string): void {
		removeContactsOf(this.office, ref);
		this.office.writing.remove(this.office.get(ref));
	}

	marksForDeletion(ref: string): void {
		this.office.marksForDeletion(ref);
	}
}
