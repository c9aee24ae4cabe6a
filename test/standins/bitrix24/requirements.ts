/**
 * Fields a card must not lack.
 * Imitates: fields that are always required, user fields made MANDATORY among them, and fields required from a stage on.
 * An addition is checked as a whole; a change is checked when it moves the card within its funnel
 * (crm/universal/crm-item-{add,update}.md), and when it empties such a field (the tutorial on edit forms of contacts).
 * The refusal is CRM_FIELD_ERROR_REQUIRED with the title of the field (import/crm-item-batch-import.md).
 * Guesses: the first lacking field is named alone; a stage of failure asks only for what was required from it by name.
 * Does not imitate: the checks that crm.item.import leaves out, requirements of one funnel or group of people.
 */
import { typeOfId } from './entityTypes';
import type { ItemField } from './itemFields';
import { required } from './refusal';
import { stageEntityId, stagesOf } from './stages';
import type { Item, Store } from './store';
import type { Fields } from './values';
import { isEmpty } from './values';

export interface Requirement {
	entityTypeId: number;
	/** As crm.item.* spells it. */
	field: string;
	/** From this stage on; always where there is none. */
	from?: string;
}

export class Requirements {
	constructor(private readonly store: Store) {}

	/** @throws a refusal that names the first field a new or moved card lacks */
	checkCard(entityTypeId: number, known: ItemField[], item: Item): void {
		for (const { field, from } of this.of(entityTypeId)) {
			if (from !== undefined && !this.hasReached(entityTypeId, item, from)) continue;
			if (isLacking(item[field])) throw required(titleOf(known, field));
		}
	}

	/** @throws a refusal when a field that is always required would be emptied */
	checkEmptied(entityTypeId: number, known: ItemField[], written: Fields, next: Item): void {
		for (const { field, from } of this.of(entityTypeId)) {
			const isEmptied = from === undefined && field in written && isLacking(next[field]);
			if (isEmptied) throw required(titleOf(known, field));
		}
	}

	/** Names of the fields that are required at any stage. */
	always(entityTypeId: number): string[] {
		return this.of(entityTypeId).flatMap(({ field, from }) => (from === undefined ? [field] : []));
	}

	private of(entityTypeId: number): Requirement[] {
		const { requirements, userFields } = this.store;
		const { userFieldEntity } = typeOfId(this.store, entityTypeId);
		return [
			...requirements.filter((one) => one.entityTypeId === entityTypeId),
			...userFields
				.filter(({ entityId, mandatory }) => entityId === userFieldEntity && mandatory === 'Y')
				.map(({ fieldName }) => ({ entityTypeId, field: fieldName })),
		];
	}

	private hasReached(entityTypeId: number, item: Item, from: string): boolean {
		if (item.stageId === from) return true;
		const list = stageEntityId(entityTypeId, Number(item.categoryId ?? 0));
		const stages = stagesOf(this.store, list);
		const [first, now] = [from, item.stageId].map((id) =>
			stages.findIndex((stage) => stage.statusId === id),
		);
		return first >= 0 && now > first && stages[now].semantics !== 'F';
	}
}

function titleOf(known: ItemField[], name: string): string {
	return known.find((field) => field.name === name)?.title ?? name;
}

/** A link to nothing is shown as 0, a multiple field without values as an empty list. */
function isLacking(value: unknown): boolean {
	return isEmpty(value) || value === 0 || (Array.isArray(value) && value.length === 0);
}
