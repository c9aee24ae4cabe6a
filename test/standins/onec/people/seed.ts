/**
 * What a fresh base has: predefined items of the configuration, the base's own node in every exchange plan, one
 * organisation with its bank account, one warehouse, a cash desk, roubles, a price type and the unit «шт». Nothing else,
 * so a client that needs euros or a second organisation finds them missing.
 */
import { objectTypes } from '../model/metadata';
import type { Office, Seed } from './office';

/** Only the platform itself makes these: what a client sends as Predefined or ThisNode is not read. */
function seedConfiguration(office: Office): void {
	for (const { name, kind, predefined } of objectTypes.values()) {
		for (const { code, description, fields, name: item } of predefined) {
			const ref = office.create(name, { Code: code, Description: description, ...fields });
			Object.assign(office.row(ref), { Predefined: true, PredefinedDataName: item });
		}
		if (kind !== 'ExchangePlan') continue;
		const own = office.create(name, { Code: 'ЦБ', Description: 'Центральная база' });
		office.row(own).ThisNode = true;
	}
}

export function seedBase(office: Office): Seed {
	seedConfiguration(office);
	const currency = office.create('Catalog_Валюты', {
		Code: '643',
		Description: 'руб.',
		НаименованиеПолное: 'Российский рубль',
	});
	const organization = office.create('Catalog_Организации', {
		Description: 'ООО «Ромашка»',
		НаименованиеПолное: 'Общество с ограниченной ответственностью «Ромашка»',
		Префикс: 'РТ',
		ИНН: '7701234560',
		КПП: '770101001',
		ОГРН: '1037700123450',
		ЮрФизЛицо: 'ЮрЛицо',
		ОтражатьВРегламентированномУчете: true,
	});
	const bankAccount = bankAccountOf(office, organization, currency);
	office.patches(organization, { ОсновнойБанковскийСчет_Key: bankAccount });
	return {
		organization,
		currency,
		bankAccount,
		warehouse: office.create('Catalog_Склады', {
			Description: 'Основной склад',
			ВидСклада: 'Оптовый',
		}),
		cashDesk: office.create('Catalog_Кассы', {
			Description: 'Основная касса',
			Owner_Key: organization,
			ВалютаДенежныхСредств_Key: currency,
		}),
		priceType: office.create('Catalog_ТипыЦенНоменклатуры', {
			Description: 'Розничная',
			ВалютаЦены_Key: currency,
			ЦенаВключаетНДС: true,
		}),
		unit: office.create('Catalog_КлассификаторЕдиницИзмерения', {
			Code: '796',
			Description: 'шт',
			НаименованиеПолное: 'Штука',
			МеждународноеСокращение: 'PCE',
		}),
	};
}

/** The code of a bank is its БИК. */
function bankAccountOf(office: Office, organization: string, currency: string): string {
	const bank = office.create('Catalog_Банки', {
		Code: '044525225',
		Description: 'ПАО Сбербанк',
		КоррСчет: '30101810400000000225',
		Город: 'г. Москва',
	});
	return office.create('Catalog_БанковскиеСчета', {
		Owner: organization,
		Owner_Type: 'StandardODATA.Catalog_Организации',
		Description: 'Основной расчетный счет',
		НомерСчета: '40702810938000000001',
		Банк_Key: bank,
		ВидСчета: 'Расчетный',
		ВалютаДенежныхСредств_Key: currency,
	});
}
