/**
 * The life of CRM items: adding, changing, deleting.
 * Imitates: crm.item.add/update/delete (reference §2.2): unknown and read-only keys are dropped silently,
 * a change without effect is not saved and announces nothing, sums follow the product rows.
 * Does not imitate: permissions, robots, the recycle bin.
 */
import { dateField, dayAt, isoAt } from './clock';
import { COMPANY, CONTACT, DEAL, isDynamic, LEAD, SMART_INVOICE, typeOfId } from './entityTypes';
import type { EntityType } from './entityTypes';
import type { Events } from './events';
import { standardFields } from './itemFields';
import type { ItemField } from './itemFields';
import { emptyValue, mergedMultiFields, storedValue } from './itemValues';
import { Movement } from './movement';
import { invalidField, Refusal } from './refusal';
import { Requirements } from './requirements';
import type { Requirement } from './requirements';
import { owedFor, taxIn } from './rows';
import type { Item, MultiField, Store, UserField } from './store';
import type { PortalSwitches } from './switches';
import { isEmpty } from './values';
import type { Fields } from './values';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

interface KnownType {
	userFields: UserField[];
	requirements: Requirement[];
	accountNumberWritable: boolean;
	fields: ItemField[];
	/** What every new card begins as. */
	blank: Item;
}

export class Items {
	private readonly movement: Movement;
	private readonly requirements: Requirements;
	private readonly known = new Map<number, KnownType>();

	constructor(
		private readonly store: Store,
		private readonly events: Events,
		private readonly switches: PortalSwitches,
		private readonly now: () => number,
	) {
		this.movement = new Movement(store);
		this.requirements = new Requirements(store);
	}

	/** Kept until somebody adds or removes a user field or turns the switch: cards are made by the thousand. */
	fieldsOf(entityTypeId: number): ItemField[] {
		return this.typeOf(entityTypeId).fields;
	}

	private typeOf(entityTypeId: number): KnownType {
		const { userFields, requirements } = this.store;
		const { accountNumberWritable } = this.switches;
		const before = this.known.get(entityTypeId);
		const current =
			before?.userFields === userFields &&
			before.requirements === requirements &&
			before.accountNumberWritable === accountNumberWritable;
		if (before && current) return before;
		const fields = this.describe(entityTypeId);
		const empty = fields.map((field) => [field.name, emptyValue(field)]);
		// Parsed from text it is an object V8 copies five times quicker than one grown key by key.
		const text = JSON.stringify({ ...Object.fromEntries(empty), id: 0 });
		const blank = JSON.parse(text) as Item;
		const found = { userFields, requirements, accountNumberWritable, fields, blank };
		this.known.set(entityTypeId, found);
		return found;
	}

	private describe(entityTypeId: number): ItemField[] {
		const type = typeOfId(this.store, entityTypeId);
		const own = this.store.userFields.filter((field) => field.entityId === type.userFieldEntity);
		const standard = standardFields(type).map((field) =>
			field.name === 'accountNumber'
				? { ...field, readOnly: !this.switches.accountNumberWritable }
				: field,
		);
		const userFields = own.map((field) => ({
			name: field.fieldName,
			type: field.type,
			title: field.label ?? field.fieldName,
			upperName: field.fieldName,
			readOnly: false,
			multiple: field.multiple === 'Y',
			disabled: false,
			required: false,
			userField: true,
		}));
		const always = this.requirements.always(entityTypeId);
		return [...standard, ...userFields].map((field) =>
			always.includes(field.name) ? { ...field, required: true } : field,
		);
	}

	/** Names of the list fields an update pretends to empty. */
	keptFull(entityTypeId: number, fields: Fields): string[] {
		return this.fieldsOf(entityTypeId)
			.filter(
				(field) => field.name in fields && isKeptFull(field, fields[field.name], this.switches),
			)
			.map(({ name }) => name);
	}

	find(entityTypeId: number, id: number): Item {
		const item = this.store.item(entityTypeId, id);
		if (!item) throw new Refusal(400, 'NOT_FOUND', 'Element not found');
		return item;
	}

	add(entityTypeId: number, fields: Fields, actor: number): Item {
		const type = typeOfId(this.store, entityTypeId);
		const written = this.writes(entityTypeId, fields, undefined);
		const iso = isoAt(this.now());
		if (entityTypeId === LEAD && this.switches.leadStageOnAdd === 'ignored') delete written.stageId;
		const item = Object.assign(this.blank(type, actor, iso), written);
		if (type.hasStages) this.movement.settle(type.id, item);
		this.requirements.checkCard(type.id, this.fieldsOf(type.id), item);
		item.id = this.store.nextId(type.name, isDynamic(entityTypeId) ? 301 : 401);
		this.name(type, item, written);
		this.store.table(type.id).put(item);
		if (type.hasStages) this.movement.remember(type.id, item, 1, iso);
		this.announce('ADD', type, item, actor);
		return item;
	}

	/** Returns false when nothing would change; then nothing is saved (reference §2.2). */
	change(entityTypeId: number, id: number, fields: Fields, actor: number): boolean {
		const type = typeOfId(this.store, entityTypeId);
		const item = this.find(entityTypeId, id);
		const written = this.writes(entityTypeId, fields, item);
		const next: Item = { ...item, ...written };
		const movedTo = type.hasStages ? this.movement.moved(type.id, item, next) : undefined;
		const known = this.fieldsOf(type.id);
		this.requirements.checkEmptied(type.id, known, written, next);
		if (movedTo === 2 || movedTo === 3) this.requirements.checkCard(type.id, known, next);
		if (type.hasRows && next.isManualOpportunity === 'N') this.sumUp(type, next);
		if (JSON.stringify(next) === JSON.stringify(item)) return false;
		const iso = isoAt(this.now());
		Object.assign(next, { updatedTime: iso, updatedBy: actor });
		if (movedTo) Object.assign(next, { movedTime: iso, movedBy: actor });
		Object.assign(item, next);
		this.store.table(type.id).put(item);
		if (movedTo) this.movement.remember(type.id, item, movedTo, iso);
		this.announce(
			movedTo === 5 && type.id === DEAL ? 'MOVETOCATEGORY' : 'UPDATE',
			type,
			item,
			actor,
		);
		return true;
	}

	remove(entityTypeId: number, id: number, actor: number): void {
		const type = typeOfId(this.store, entityTypeId);
		const item = this.find(entityTypeId, id);
		this.store.table(entityTypeId).remove(id);
		for (const row of this.store.rowsOf(type.abbreviation, id)) this.store.rows.remove(row.id);
		this.announce('DELETE', type, item, actor);
	}

	/** After product rows changed: totals follow, and the owner counts as updated (reference §3.2). */
	rowsChanged(entityTypeId: number, id: number, actor: number): void {
		const type = typeOfId(this.store, entityTypeId);
		const item = this.find(entityTypeId, id);
		const rows = this.store.rowsOf(type.abbreviation, id);
		if (item.isManualOpportunity === 'N') item.opportunity = 0;
		this.sumUp(type, item);
		item.taxValue = taxIn(rows);
		Object.assign(item, { updatedTime: isoAt(this.now()), updatedBy: actor });
		if (this.switches.rowsFireOwnerUpdate) this.announce('UPDATE', type, item, actor);
	}

	commented(entityTypeId: number, id: number, actor: number): void {
		Object.assign(this.find(entityTypeId, id), {
			lastActivityBy: actor,
			lastActivityTime: isoAt(this.now()),
		});
	}

	private sumUp(type: EntityType, item: Item): void {
		const rows = this.store.rowsOf(type.abbreviation, item.id);
		if (item.isManualOpportunity === 'Y' || rows.length === 0) return;
		item.opportunity = owedFor(rows);
	}

	private writes(entityTypeId: number, fields: Fields, current: Item | undefined): Fields {
		const written: Fields = {};
		for (const field of this.fieldsOf(entityTypeId)) {
			if (field.readOnly || field.disabled || !(field.name in fields)) continue;
			if (isPlace(field.name) && isEmpty(fields[field.name])) continue;
			if (field.name === 'fm') {
				written.fm = mergedMultiFields(this.store, (current?.fm ?? []) as MultiField[], fields.fm);
				continue;
			}
			if (isKeptFull(field, fields[field.name], this.switches)) continue;
			const value = storedValue(this.store, field, fields[field.name]);
			const isDate = ['date', 'datetime'].includes(field.type);
			if (value === undefined && isDate && this.switches.invalidDates === 'refused') {
				throw invalidField(field.name);
			}
			if (value !== undefined) written[field.name] = value;
		}
		return withContacts(entityTypeId, written);
	}

	private blank(type: EntityType, actor: number, iso: string): Item {
		const blank = { ...this.typeOf(type.id).blank };
		const byWhom = {
			createdBy: actor,
			updatedBy: actor,
			assignedById: actor,
			lastActivityBy: actor,
		};
		const when = { createdTime: iso, updatedTime: iso, lastActivityTime: iso };
		Object.assign(blank, byWhom, when, { opened: 'Y', webformId: 0 });
		if (type.hasStages && 'movedBy' in blank)
			Object.assign(blank, { movedBy: actor, movedTime: iso });
		if (type.hasRows) {
			Object.assign(blank, { opportunity: 0, isManualOpportunity: 'N', currencyId: 'RUB' });
			if ('taxValue' in blank) blank.taxValue = 0;
		}
		if ('begindate' in blank) {
			blank.begindate = dateField(dayAt(this.now()));
			blank.closedate = dateField(dayAt(this.now() + WEEK_MS));
		}
		if (type.id === COMPANY) Object.assign(blank, { isMyCompany: 'N', currencyId: 'RUB' });
		if (type.id === COMPANY || type.id === CONTACT) blank.categoryId = 0;
		if (type.id === DEAL) {
			Object.assign(blank, { isNew: 'Y', isRecurring: 'N', isRepeatedApproach: 'N' });
		}
		if (type.id === LEAD) blank.hasImol = 'N';
		if (type.id === DEAL || type.id === LEAD) blank.isReturnCustomer = 'N';
		return blank;
	}

	private name(type: EntityType, item: Item, written: Fields): void {
		if ('title' in item && !written.title) item.title = `${type.caption} #${item.id}`;
		if (type.id === SMART_INVOICE && !written.accountNumber) item.accountNumber = String(item.id);
	}

	private announce(action: string, type: EntityType, item: Item, actor: number): void {
		const dynamic = isDynamic(type.id);
		const fields: Record<string, string> = { ID: String(item.id) };
		if (dynamic) fields.ENTITY_TYPE_ID = String(type.id);
		if (action === 'MOVETOCATEGORY') {
			Object.assign(fields, { CATEGORY_ID: String(item.categoryId), STAGE_ID: item.stageId });
		}
		this.events.fire(`ONCRM${dynamic ? 'DYNAMICITEM' : type.name}${action}`, fields, actor);
	}
}

/** Emptying a list field by crm.item.update: answered as done, yet nothing is done (issue 269, see the switch). */
function isKeptFull(field: ItemField, raw: unknown, { emptiedListField }: PortalSwitches): boolean {
	const isListField = field.userField && field.multiple && field.type === 'enumeration';
	if (!isListField || emptiedListField === 'emptied') return false;
	return isEmpty(raw) || (Array.isArray(raw) && raw.every(isEmpty));
}

/** An item always stands somewhere: an empty stage or funnel does not move it. */
function isPlace(name: string): boolean {
	return name === 'stageId' || name === 'categoryId';
}

/** `contactId` is the first of `contactIds`; writing either settles both. */
function withContacts(entityTypeId: number, written: Fields): Fields {
	if (entityTypeId === COMPANY || entityTypeId === CONTACT) return written;
	if (Array.isArray(written.contactIds))
		return { ...written, contactId: written.contactIds[0] ?? 0 };
	if (!('contactId' in written)) return written;
	return { ...written, contactIds: written.contactId ? [written.contactId] : [] };
}
