/** «Счет на оплату покупателю» as far as it is printed [УТ 10.3.88.3 sources]. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../../exchange/reference';
import { money, number, setName, string } from '../../odata/fields';

const row = {
	Номенклатура_Key: optionalRefSchema,
	Количество: number,
	Цена: money,
	Сумма: money,
	СтавкаНДС: string,
	СуммаНДС: money,
	ПроцентСкидкиНаценки: number.catch(0),
	ПроцентАвтоматическихСкидок: number.catch(0),
};

const common = (raw: z.output<z.ZodObject<typeof row>>) => ({
	product: raw.Номенклатура_Key,
	quantity: raw.Количество,
	price: raw.Цена,
	amount: raw.Сумма,
	rate: raw.СтавкаНДС,
	vat: raw.СуммаНДС,
	isDiscounted: raw.ПроцентСкидкиНаценки !== 0 || raw.ПроцентАвтоматическихСкидок !== 0,
});

const goodsRow = z
	.object({
		...row,
		ЕдиницаИзмерения_Key: optionalRefSchema,
		ХарактеристикаНоменклатуры_Key: optionalRefSchema,
	})
	.transform((raw) => ({
		...common(raw),
		unit: raw.ЕдиницаИзмерения_Key,
		feature: raw.ХарактеристикаНоменклатуры_Key,
		content: '',
	}));

const serviceRow = z
	.object({ ...row, Содержание: string })
	.transform((raw) => ({ ...common(raw), unit: null, feature: null, content: raw.Содержание }));

export const printedDocumentSchema = z
	.object({
		Ref_Key: guidSchema,
		Number: string,
		Date: z.string(),
		СуммаДокумента: money,
		УчитыватьНДС: z.boolean().catch(true),
		СуммаВключаетНДС: z.boolean().catch(true),
		Организация_Key: optionalRefSchema,
		Контрагент: string,
		Контрагент_Type: setName,
		ДоговорКонтрагента_Key: optionalRefSchema,
		ВалютаДокумента_Key: optionalRefSchema,
		СтруктурнаяЕдиница: string,
		СтруктурнаяЕдиница_Type: setName,
		Грузоотправитель_Key: optionalRefSchema,
		Грузополучатель_Key: optionalRefSchema,
		Ответственный_Key: optionalRefSchema,
		ДатаОплаты: string,
		Товары: z.array(goodsRow).default([]),
		Услуги: z.array(serviceRow).default([]),
	})
	.transform((raw) => ({
		number: raw.Number,
		/** Wall time of the 1C server. */
		date: raw.Date,
		amount: raw.СуммаДокумента,
		isTaxed: raw.УчитыватьНДС,
		includesVat: raw.СуммаВключаетНДС,
		organization: raw.Организация_Key,
		/** The buyer of an invoice may be a mere name. */
		buyer: raw.Контрагент_Type === 'Catalog_Контрагенты' ? raw.Контрагент.toLowerCase() : null,
		buyerName: raw.Контрагент_Type === 'Catalog_Контрагенты' ? '' : raw.Контрагент,
		contract: raw.ДоговорКонтрагента_Key,
		currency: raw.ВалютаДокумента_Key,
		/** A cash desk has no requisites to print. */
		account:
			raw.СтруктурнаяЕдиница_Type === 'Catalog_БанковскиеСчета' ? raw.СтруктурнаяЕдиница : null,
		consignor: raw.Грузоотправитель_Key,
		consignee: raw.Грузополучатель_Key,
		manager: raw.Ответственный_Key,
		/** An empty date of 1C is the first day of the first year. */
		payUntil: raw.ДатаОплаты.startsWith('0001') ? '' : raw.ДатаОплаты,
		rows: [...raw.Товары, ...raw.Услуги],
	}));

export type PrintedDocument = z.output<typeof printedDocumentSchema>;
export type PrintedRow = PrintedDocument['rows'][number];
