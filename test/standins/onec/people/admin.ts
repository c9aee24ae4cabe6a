/** The administrator fills the catalogs; what a fresh base has is in seed.ts. */
import { CONTACTS, PRICES } from '../ledger';
import { registerType } from '../model/metadata';
import { emptyRow, text } from '../values';
import type { Office, Seed } from './office';

export type Settlement = 'ПоДоговоруВЦелом' | 'ПоЗаказам' | 'ПоСчетам';

export interface Counterparty {
	name: string;
	inn?: string;
	kpp?: string;
	folder?: string;
	contract?: Settlement | 'none';
	person?: boolean;
	fullName?: string;
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

export interface Contact {
	owner: string;
	kind: 'Телефон' | 'Адрес' | 'АдресЭлектроннойПочты';
	value: string;
	/** Predefined kinds are not in the stand-in, so the kind is a string, which 1C allows. */
	title?: string;
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
		return ref;
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
		if (p.price !== undefined) this.setsPrice(ref, unit, p.price);
		return ref;
	}

	/** 22 % where the base has it, 20 % where it does not. */
	private defaultVat(): string {
		return this.office.hasVatRate('НДС22') ? 'НДС22' : 'НДС20';
	}

	/** Prices are recorded by УстановкаЦенНоменклатуры, a document the stand-in has no set for. */
	private setsPrice(product: string, unit: string, price: number): void {
		this.office.store.addRecord(PRICES, {
			...emptyRow(registerType(PRICES).record),
			Recorder_Key: this.office.store.newRef(),
			Period: `${this.office.clock().slice(0, 10)}T00:00:00`,
			LineNumber: '1',
			Active: true,
			ТипЦен_Key: this.seed.priceType,
			Номенклатура_Key: product,
			Валюта_Key: this.seed.currency,
			ЕдиницаИзмерения_Key: unit,
			Цена: price,
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

	addsContact(c: Contact): void {
		const owner = this.office.get(c.owner);
		this.office.store.addRecord(CONTACTS, {
			...emptyRow(registerType(CONTACTS).recordSet),
			Объект: text(owner.row, 'Ref_Key'),
			Объект_Type: `StandardODATA.${owner.type.name}`,
			Тип: c.kind,
			Вид: c.title ?? c.kind,
			Вид_Type: 'Edm.String',
			Представление: c.value,
		});
	}

	marksForDeletion(ref: string): void {
		this.office.marksForDeletion(ref);
	}
}
