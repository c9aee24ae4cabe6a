/**
 * Stages of an item: which are allowed, and the trail a move leaves.
 * Imitates: reference §2.3: a stage must belong to the item's funnel; another funnel without a stage
 * means its first stage; crm.stagehistory.list keeps creation, moves and funnel changes.
 * Does not imitate: the closing date a final stage may set.
 */
import { hasFunnels } from './entityTypes';
import { invalidField } from './refusal';
import { defaultCategory, semanticOf, stageEntityId, stagesOf } from './stages';
import type { Item, Status, Store } from './store';

/** TYPE_ID of crm-stage-history-list.md. */
export type Trail = 1 | 2 | 3 | 5;

export class Movement {
	constructor(private readonly store: Store) {}

	/** Gives a new item its funnel and stage, or refuses those it was given. */
	settle(entityTypeId: number, item: Item): void {
		if (hasFunnels(entityTypeId)) item.categoryId = this.category(entityTypeId, item.categoryId);
		const stages = this.stages(entityTypeId, item);
		const stage = item.stageId
			? stages.find((known) => known.statusId === item.stageId)
			: stages[0];
		if (!stage) throw invalidField('stageId');
		this.apply(entityTypeId, item, stage);
	}

	/** Checks and completes a change; tells what kind of trail it leaves, if any. */
	moved(entityTypeId: number, before: Item, next: Item): Trail | undefined {
		const otherFunnel = hasFunnels(entityTypeId) && next.categoryId !== before.categoryId;
		if (otherFunnel && next.stageId === before.stageId) next.stageId = null;
		if (!otherFunnel && next.stageId === before.stageId) return undefined;
		this.settle(entityTypeId, next);
		if ('previousStageId' in next) next.previousStageId = before.stageId;
		if (otherFunnel) return 5;
		const stage = this.stages(entityTypeId, next).find((known) => known.statusId === next.stageId);
		return semanticOf(stage) === 'P' ? 2 : 3;
	}

	remember(entityTypeId: number, item: Item, typeId: Trail, createdTime: string): void {
		const stage = this.stages(entityTypeId, item).find((known) => known.statusId === item.stageId);
		this.store.stageHistory.push({
			id: this.store.nextId('stageHistory', 35),
			typeId,
			entityTypeId,
			ownerId: item.id,
			createdTime,
			categoryId: Number(item.categoryId ?? 0),
			semantic: semanticOf(stage),
			stageId: String(item.stageId),
		});
	}

	private apply(entityTypeId: number, item: Item, stage: Status): void {
		const semantic = semanticOf(stage);
		item.stageId = stage.statusId;
		if ('stageSemanticId' in item) item.stageSemanticId = semantic;
		if ('closed' in item) item.closed = semantic === 'P' ? 'N' : 'Y';
		if ('isNew' in item) {
			item.isNew = stage.statusId === this.stages(entityTypeId, item)[0]?.statusId ? 'Y' : 'N';
		}
	}

	private stages(entityTypeId: number, item: Item): Status[] {
		return stagesOf(this.store, stageEntityId(entityTypeId, Number(item.categoryId ?? 0)));
	}

	private category(entityTypeId: number, wanted: unknown): number {
		if (wanted === null || wanted === undefined) return defaultCategory(this.store, entityTypeId);
		const known = this.store.categories.find(
			(category) => category.entityTypeId === entityTypeId && category.id === wanted,
		);
		if (!known) throw invalidField('categoryId');
		return known.id;
	}
}
