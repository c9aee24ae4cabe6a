/**
 * The staff programmer changes what a base is ready for: adds an exchange plan and its nodes, invents properties of
 * objects (reference 1c-ut103.md §5 "Exchange plans", §4 "ЗначенияСвойствОбъектов").
 */
import { PROPERTIES } from '../ledger';
import { registerType } from '../model/registerTypes';
import type { BaseSwitches } from '../switches';
import { emptyRow, text } from '../values';
import { typed, type Office } from './office';

export type Plan = 'ОбменССайтомЗаказами' | 'ОбменССайтомТоварами' | 'ОбменСБитрикс24';

export interface Node {
	plan: Plan;
	/** Up to three characters. */
	code: string;
	name: string;
}

export interface PropertyValue {
	object: string;
	property: string;
	/** At most 50 characters stay. */
	value: string;
}

export class Programmer {
	constructor(
		private readonly office: Office,
		private readonly switches: BaseSwitches,
	) {}

	/** ОбменСБитрикс24, which no stock base has. */
	addsExchangePlan(): void {
		this.switches.ownExchangePlan = true;
	}

	addsNode({ plan, code, name }: Node): string {
		return this.office.create(`ExchangePlan_${plan}`, { Code: code, Description: name });
	}

	/** Of a backup only this shows here: the node has received less than it once had (reference §5 "Restored backup"). */
	restoresBackup(node: string, receivedNo = 0): void {
		const { row } = this.office.get(node);
		row.ReceivedNo = String(receivedNo);
		row.SentNo = String(receivedNo);
	}

	addsProperty(name: string, of = 'Справочник_Контрагенты'): string {
		const purpose = this.office.predefined(
			'ChartOfCharacteristicTypes_НазначенияСвойствКатегорийОбъектов',
			of,
		);
		return this.office.create('ChartOfCharacteristicTypes_СвойстваОбъектов', {
			Description: name,
			НазначениеСвойства_Key: purpose,
		});
	}

	setsProperty({ object, property, value }: PropertyValue): void {
		const { store, writing } = this.office;
		const type = registerType(PROPERTIES).recordSet;
		const row = emptyRow(type);
		const named = typed('Объект', this.office.get(object));
		writing.fill(row, type, {
			...named,
			Свойство_Key: property,
			Значение: value,
			Значение_Type: 'Edm.String',
		});
		const old = store
			.recordsOf(PROPERTIES)
			.find((one) => one.Объект === text(row, 'Объект') && one.Свойство_Key === property);
		if (old) store.removeRecord(PROPERTIES, old);
		store.addRecord(PROPERTIES, row);
	}
}
