/**
 * What the people of the stand-in share: they write through the same transactions as OData does, with the checks of
 * the configuration, and a refusal reaches them with its reasons, as it would in the client application.
 */
import type { Clock } from '../clock';
import type { Body, DecodingRules } from '../decode';
import { objectType } from '../model/metadata';
import type { Entity, Store } from '../store';
import { text, type Row } from '../values';
import type { Writing } from '../writing';

export interface Seed {
	organization: string;
	bankAccount: string;
	warehouse: string;
	currency: string;
	priceType: string;
	unit: string;
	cashDesk: string;
}

export class Office {
	constructor(
		readonly store: Store,
		readonly writing: Writing,
		readonly clock: Clock,
		private readonly rules: DecodingRules,
	) {}

	/** A person sees the reasons of a refusal on the screen, whatever OData would have said. */
	private aloud<T>(action: () => T): T {
		const { switches } = this.rules;
		const { verboseRefusals } = switches;
		switches.verboseRefusals = true;
		try {
			return action();
		} finally {
			switches.verboseRefusals = verboseRefusals;
		}
	}

	create(set: string, body: Body): string {
		const entity = this.aloud(() => this.writing.create(objectType(set), body));
		return text(entity.row, 'Ref_Key');
	}

	/** Written and posted in one transaction, as the client application does. Nobody ships or pays before the order, so a document is never dated earlier than what it follows. */
	document(name: string, after: Row, body: Body): string {
		const now = this.clock();
		const date = text(after, 'Date') > now ? after.Date : now;
		const ref = this.create(`Document_${name}`, { Date: date, ...body });
		try {
			this.posts(ref);
		} catch (error) {
			this.writing.rollBack(this.store.get(ref));
			throw error;
		}
		return ref;
	}

	posts(ref: string): void {
		const entity = this.store.get(ref);
		this.aloud(() => this.writing.post(entity, entity.type.realTimePosting === 'Allow'));
	}

	unposts(ref: string): void {
		this.aloud(() => this.writing.unpost(this.store.get(ref)));
	}

	/** The client application unposts a document before it marks it. */
	marksForDeletion(ref: string): void {
		const entity = this.store.get(ref);
		if (entity.row.Posted === true) this.unposts(ref);
		this.patches(ref, { DeletionMark: true });
	}

	patches(ref: string, body: Body): void {
		this.aloud(() => this.writing.patch(this.store.get(ref), body));
	}

	/** The item the configuration itself declares. */
	predefined(set: string, name: string): string {
		const item = this.store.in(set).find(({ row }) => row.PredefinedDataName === name);
		if (!item) throw new Error(`${set} has no predefined item ${name}`);
		return text(item.row, 'Ref_Key');
	}

	hasVatRate(rate: string): boolean {
		return this.rules.vatRates.includes(rate);
	}

	get(ref: string): Entity {
		return this.store.get(ref);
	}

	row(ref: string): Row {
		return this.store.get(ref).row;
	}
}

export const contractRow = ({ store }: Office, row: Row): Row =>
	store.row('Catalog_ДоговорыКонтрагентов', text(row, 'ДоговорКонтрагента_Key')) ?? {};

export const typed = (name: string, { type, row }: Entity): Row => ({
	[name]: row.Ref_Key,
	[`${name}_Type`]: `StandardODATA.${type.name}`,
});

/** Header fields a later document takes over from an order or an invoice. */
export function inherited(row: Row): Row {
	const names = [
		'Организация_Key',
		'ДоговорКонтрагента_Key',
		'ВалютаДокумента_Key',
		'УчитыватьНДС',
		'СуммаВключаетНДС',
		'ТипЦен_Key',
		'КурсВзаиморасчетов',
		'КратностьВзаиморасчетов',
	];
	const fields: Row = {};
	for (const name of names) if (row[name] !== undefined) fields[name] = row[name];
	return { ...fields, Контрагент_Key: row.Контрагент_Key ?? row.Контрагент };
}
