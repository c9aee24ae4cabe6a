/**
 * Funnels and their stages.
 * Imitates: the ENTITY_ID and STATUS_ID forms of reference §2.3; the Russian names of crm-status-list.md.
 * Does not imitate: funnels of contacts and companies beyond the default one.
 */
import { DEAL, isDynamic, LEAD, QUOTE, SMART_INVOICE, typeOfId } from './entityTypes';
import type { Category, Semantics, Status, Store } from './store';

type StageLine = [
	statusId: string,
	name: string,
	color: string,
	semantics?: Semantics,
	system?: boolean,
];

/** «Cчет на предоплату» begins with a Latin C on real portals: a warning against matching by name. */
export const DEAL_STAGES: StageLine[] = [
	['NEW', 'Новая', '#39A8EF', null, true],
	['PREPARATION', 'Подготовка документов', '#2FC6F6'],
	['PREPAYMENT_INVOICE', 'Cчет на предоплату', '#55D0E0'],
	['EXECUTING', 'В работе', '#47E4C2'],
	['FINAL_INVOICE', 'Финальный счет', '#FFA900'],
	['WON', 'Сделка успешна', '#7BD500', 'S', true],
	['LOSE', 'Сделка провалена', '#FF5752', 'F', true],
	['APOLOGY', 'Анализ причины провала', '#FF5752', 'F'],
];
export const LEAD_STAGES: StageLine[] = [
	['NEW', 'Не обработан', '#39A8EF', null, true],
	['IN_PROCESS', 'В работе', '#2FC6F6'],
	['PROCESSED', 'Обработан', '#47E4C2'],
	['CONVERTED', 'Качественный лид', '#7BD500', 'S', true],
	['JUNK', 'Некачественный лид', '#FF5752', 'F', true],
];
export const QUOTE_STAGES: StageLine[] = [
	['DRAFT', 'Черновик', '#39A8EF', null, true],
	['SENT', 'Отправлено клиенту', '#2FC6F6'],
	['APPROVED', 'Принято', '#7BD500', 'S', true],
	['DECLAINED', 'Отклонено', '#FF5752', 'F', true],
];
/** S, P and D come from live portals, not from the documentation (reference §2.3). */
export const INVOICE_STAGES: StageLine[] = [
	['N', 'Новый', '#39A8EF', null, true],
	['S', 'Отправлен', '#2FC6F6'],
	['P', 'Оплачен', '#7BD500', 'S', true],
	['D', 'Не оплачен', '#FF5752', 'F', true],
];

export const SMART_PROCESS_STAGES: StageLine[] = [
	['NEW', 'Начало', '#22B9FF', null, true],
	['PREPARATION', 'Подготовка', '#88B9FF'],
	['CLIENT', 'Согласование', '#10E5FC'],
	['SUCCESS', 'Успех', '#00FF00', 'S', true],
	['FAIL', 'Провал', '#FF0000', 'F', true],
];

/** What the portal puts before the status ids of a funnel's stages. */
export function stagePrefix(entityTypeId: number, categoryId: number): string {
	if (isDynamic(entityTypeId)) return `DT${entityTypeId}_${categoryId}:`;
	if (entityTypeId === DEAL && categoryId > 0) return `C${categoryId}:`;
	return '';
}

export function stageEntityId(entityTypeId: number, categoryId: number): string {
	if (entityTypeId === LEAD) return 'STATUS';
	if (entityTypeId === QUOTE) return 'QUOTE_STATUS';
	if (entityTypeId === SMART_INVOICE) return `SMART_INVOICE_STAGE_${categoryId}`;
	if (isDynamic(entityTypeId)) return `DYNAMIC_${entityTypeId}_STAGE_${categoryId}`;
	return categoryId > 0 ? `DEAL_STAGE_${categoryId}` : 'DEAL_STAGE';
}

/** Books by the names of their fields; the book of a type is named after the card. */
const BOOKS: Record<string, string> = {
	sourceId: 'SOURCE',
	honorific: 'HONORIFIC',
	industry: 'INDUSTRY',
	employees: 'EMPLOYEES',
};

/** `statusType` of a field of the type crm_status: the book its values come from. */
export function bookOf(store: Store, entityTypeId: number, fieldName: string): string {
	if (!/stageId$/i.test(fieldName)) {
		return BOOKS[fieldName] ?? `${typeOfId(store, entityTypeId).name}_TYPE`;
	}
	const [first] = categoriesOf(store, entityTypeId);
	return stageEntityId(entityTypeId, first?.id ?? 0);
}

export function addStages(
	store: Store,
	entityTypeId: number,
	categoryId: number,
	lines: StageLine[],
): void {
	const entityId = stageEntityId(entityTypeId, categoryId);
	const prefix = stagePrefix(entityTypeId, categoryId);
	lines.forEach(([statusId, name, color, semantics = null, system = false], index) => {
		store.statuses.push({
			id: store.nextId('status', 101),
			entityId,
			statusId: prefix + statusId,
			name,
			sort: (index + 1) * 10,
			system,
			semantics,
			color,
			categoryId: prefix === '' ? null : categoryId,
		});
	});
}

/** Every new funnel comes with the standard stages of its type. */
export function addFunnel(
	store: Store,
	entityTypeId: number,
	name: string,
	more: Partial<Pick<Category, 'sort' | 'isDefault'>> = {},
): Category {
	const category: Category = {
		id: store.nextId('category', 1),
		name,
		sort: 200,
		entityTypeId,
		isDefault: 'N',
		...more,
	};
	if (category.isDefault === 'Y') {
		for (const other of categoriesOf(store, entityTypeId)) other.isDefault = 'N';
	}
	store.categories.push(category);
	addStages(store, entityTypeId, category.id, standardStages(entityTypeId));
	return category;
}

function standardStages(entityTypeId: number): StageLine[] {
	if (entityTypeId === DEAL) return DEAL_STAGES;
	return entityTypeId === SMART_INVOICE ? INVOICE_STAGES : SMART_PROCESS_STAGES;
}

export function stagesOf(store: Store, entityId: string): Status[] {
	return store.statuses
		.filter((status) => status.entityId === entityId)
		.sort((a, b) => a.sort - b.sort || a.id - b.id);
}

export function categoriesOf(store: Store, entityTypeId: number): Category[] {
	return store.categories
		.filter((category) => category.entityTypeId === entityTypeId)
		.sort((a, b) => a.sort - b.sort || a.id - b.id);
}

export function defaultCategory(store: Store, entityTypeId: number): number {
	const found = store.categories.find(
		(category) => category.entityTypeId === entityTypeId && category.isDefault === 'Y',
	);
	return found?.id ?? 0;
}

/** `stageSemanticId` of an item: in progress is P there, and null in crm.status.list. */
export function semanticOf(status: Status | undefined): string {
	return status?.semantics ?? 'P';
}
