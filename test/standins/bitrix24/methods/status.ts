/**
 * crm.status.* and crm.stagehistory.list
 * Imitates: crm/status/*.md, crm-stage-history-list.md (reference §2.3): string rows, the funnel's prefix
 * added by itself, the order of stage groups, history of the current funnel only; EXTRA of stages alone, and what a
 * status made without a colour looks like (recorded by `2BAD/bitrix`).
 * Does not imitate: reference books other than stages and sources, changing and deleting stages.
 */
import type { Call, Methods } from '../call';
import { classicList, fieldsParam } from '../classic';
import { DEAL, entityType, FIRST_SMART_PROCESS, hasFunnels, isDynamic } from '../entityTypes';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { pageOf, pick, selection, sorted } from '../lists';
import { blank, missing, Refusal } from '../refusal';
import { checkAdmin } from '../rights';
import { categoriesOf, stageEntityId, stagePrefix, stagesOf } from '../stages';
import type { Semantics, StageHistoryEntry, Status, Store } from '../store';
import { asList, asMap, asText, asWhole } from '../values';
import type { Fields } from '../values';

const COLUMNS = [
	'ID',
	'ENTITY_ID',
	'STATUS_ID',
	'NAME',
	'NAME_INIT',
	'SORT',
	'SYSTEM',
	'CATEGORY_ID',
	'COLOR',
	'SEMANTICS',
];

const OTHER_BOOKS: Array<[id: string, name: string]> = [
	['SOURCE', 'Источники'],
	['CONTACT_TYPE', 'Тип контакта'],
	['COMPANY_TYPE', 'Тип компании'],
	['EMPLOYEES', 'Количество сотрудников'],
	['INDUSTRY', 'Сфера деятельности'],
	['DEAL_TYPE', 'Тип сделки'],
	['HONORIFIC', 'Обращения'],
];

export const statusMethods: Methods = {
	'crm.status.list': (call) => {
		const answer = classicList(call, call.store.statuses.map(row), COLUMNS);
		const rows = asList(answer.result) ?? [];
		return { ...answer, result: rows.map((shown) => withExtra(call.store, shown)) };
	},
	'crm.status.get': (call) => ({ result: withExtra(call.store, row(statusOf(call))) }),
	'crm.status.add': (call) => {
		checkAdmin(call.user);
		return { result: addStatus(call.store, fieldsParam(call)) };
	},
	'crm.status.update': (call) => {
		checkAdmin(call.user, 'Access denied.');
		const status = statusOf(call);
		const fields = fieldsParam(call);
		const semantics = 'SEMANTICS' in fields ? semanticsOf(fields.SEMANTICS) : status.semantics;
		const sort = asWhole(fields.SORT) ?? status.sort;
		const others = stagesOf(call.store, status.entityId).filter((known) => known !== status);
		if (isStage(call.store, status)) checkOrder(others, semantics, sort);
		Object.assign(status, { semantics, sort });
		if (asText(fields.NAME) !== '') status.name = asText(fields.NAME);
		if (asText(fields.COLOR) !== '') status.color = asText(fields.COLOR);
		return { result: true };
	},
	'crm.status.delete': (call) => {
		checkAdmin(call.user, 'Access denied.');
		const status = statusOf(call);
		const forced = asMap(call.params.params)?.FORCED ?? call.params.FORCED;
		if (status.system && forced !== 'Y') {
			throw prose(
				'CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".',
			);
		}
		if (isTaken(call.store, status)) throw prose('There are active items in this status.');
		call.store.statuses = call.store.statuses.filter((known) => known !== status);
		return { result: true };
	},
	'crm.status.entity.types': ({ store }) => ({
		result: [
			...stageBooks(store).map((book) => described(store, book)),
			...OTHER_BOOKS.map(([ID, NAME]) => ({ ID, NAME })),
		],
	}),
	'crm.stagehistory.list': history,
};

function statusOf(call: Call): Status {
	const id = asWhole(call.params.id ?? call.params.ID);
	if (id === undefined || id <= 0) throw prose('Invalid identifier.');
	const status = call.store.statuses.find((known) => known.id === id);
	if (!status) throw prose('Status is not found.');
	return status;
}

/** These two methods put the text where a code should be (crm-status-update.md). */
function prose(text: string): Refusal {
	return new Refusal(400, text, text);
}

function isStage(store: Store, status: Status): boolean {
	return stageBooks(store).some((book) => book.entityId === status.entityId);
}

function isTaken(store: Store, status: Status): boolean {
	const book = stageBooks(store).find((known) => known.entityId === status.entityId);
	if (!book) return false;
	for (const item of store.table(book.entityTypeId)) {
		const sameFunnel = Number(item.categoryId ?? 0) === book.categoryId;
		if (sameFunnel && item.stageId === status.statusId) return true;
	}
	return false;
}

function row(status: Status): Record<string, string | null> {
	return {
		ID: String(status.id),
		ENTITY_ID: status.entityId,
		STATUS_ID: status.statusId,
		NAME: status.name,
		NAME_INIT: status.system ? status.name : '',
		SORT: String(status.sort),
		SYSTEM: status.system ? 'Y' : 'N',
		CATEGORY_ID: status.categoryId === null ? null : String(status.categoryId),
		COLOR: status.color,
		SEMANTICS: status.semantics,
	};
}

function withExtra(store: Store, shown: unknown): unknown {
	const fields = shown as Fields;
	const status = store.statuses.find((known) => String(known.id) === fields.ID);
	if (!status || !isStage(store, status)) return fields;
	return { ...fields, EXTRA: { SEMANTICS: groupName(status), COLOR: status.color } };
}

function groupName(status: Status): string {
	if (status.semantics === 'S') return 'success';
	if (status.semantics === null) return 'process';
	return status.statusId.endsWith('APOLOGY') ? 'apology' : 'failure';
}

interface StageBook {
	entityId: string;
	entityTypeId: number;
	categoryId: number;
	name: string;
}

function stageBooks(store: Store): StageBook[] {
	return store.types
		.filter((type) => type.hasStages)
		.flatMap((type) => {
			const funnels = hasFunnels(type.id) ? categoriesOf(store, type.id) : undefined;
			if (!funnels) {
				return [
					{
						entityId: stageEntityId(type.id, 0),
						entityTypeId: type.id,
						categoryId: 0,
						name: type.caption,
					},
				];
			}
			return funnels.map((funnel) => ({
				entityId: stageEntityId(type.id, funnel.id),
				entityTypeId: type.id,
				categoryId: funnel.id,
				name: funnel.name,
			}));
		});
}

/** The columns differ by type as they do on crm-status-entity-types.md: a deal's funnel id is text, others' a number. */
function described(store: Store, book: StageBook): Fields {
	const { entityId, entityTypeId, categoryId, name } = book;
	const prefix = stagePrefix(entityTypeId, categoryId).replace(':', '');
	const shown: Fields = {
		ID: entityId,
		NAME: name,
		SEMANTIC_INFO: semanticInfo(store, book),
		ENTITY_TYPE_ID: entityTypeId,
	};
	if (!hasFunnels(entityTypeId)) return shown;
	const scope = prefix === '' ? '' : `category_${categoryId}`;
	Object.assign(shown, { FIELD_ATTRIBUTE_SCOPE: scope, CATEGORY_ID: categoryId });
	if (prefix !== '') shown.PREFIX = prefix;
	if (entityTypeId === DEAL && categoryId > 0) {
		return { ...shown, PARENT_ID: 'DEAL_STAGE', CATEGORY_ID: String(categoryId) };
	}
	if (!isDynamic(entityTypeId)) return shown;
	const enabled = { ...shown, IS_ENABLED: true };
	const funnel = categoriesOf(store, entityTypeId).find((known) => known.id === categoryId);
	if (entityTypeId < FIRST_SMART_PROCESS || !funnel) return enabled;
	return {
		...enabled,
		CATEGORY_NAME: funnel.name,
		CATEGORY_SORT: funnel.sort,
		IS_DEFAULT_CATEGORY: funnel.isDefault === 'Y',
	};
}

function semanticInfo(store: Store, { entityId, entityTypeId }: StageBook): unknown {
	if (isDynamic(entityTypeId)) return [];
	const stages = stagesOf(store, entityId);
	const first = (semantics: Semantics): string | undefined =>
		stages.find((stage) => stage.semantics === semantics)?.statusId;
	return {
		START_FIELD: first(null),
		FINAL_SUCCESS_FIELD: first('S'),
		FINAL_UNSUCCESS_FIELD: first('F'),
		FINAL_SORT: 0,
	};
}

/** Also the hand of the administrator, who meets the same rules. */
export function addStatus(store: Store, fields: Fields): number {
	const entityId = asText(fields.ENTITY_ID);
	const given = asText(fields.STATUS_ID);
	if (entityId === '') throw blank('The field ENTITY_ID is required.');
	if (given === '') throw blank('The field STATUS_ID is required.');
	const book = stageBooks(store).find((known) => known.entityId === entityId);
	if (!book && !OTHER_BOOKS.some(([id]) => id === entityId))
		throw blank('Specified entity type is not supported.');
	if (asText(fields.NAME) === '') throw blank('The field NAME is required.');
	const prefix = book ? stagePrefix(book.entityTypeId, book.categoryId) : '';
	const statusId = given.startsWith(prefix) ? given : prefix + given;
	checkStatusId(entityId, statusId, prefix);
	if (stagesOf(store, entityId).some((known) => known.statusId === statusId)) {
		throw new Refusal(400, 'ERROR_CORE', 'The specified status ID already exists.');
	}
	const semantics = semanticsOf(fields.SEMANTICS);
	const sort = asWhole(fields.SORT) ?? 10;
	if (book) checkOrder(stagesOf(store, entityId), semantics, sort);
	const status: Status = {
		id: store.nextId('status', 101),
		entityId,
		statusId,
		name: asText(fields.NAME),
		sort,
		system: false,
		semantics,
		color: asText(fields.COLOR),
		categoryId: book?.categoryId ?? 0,
	};
	store.statuses.push(status);
	return status.id;
}

function checkStatusId(entityId: string, statusId: string, prefix: string): void {
	const limited =
		entityId === 'STATUS' || entityId === 'QUOTE_STATUS' || entityId.startsWith('DEAL_STAGE');
	const longest = entityId === 'STATUS' ? 21 : limited ? 22 : 50;
	if (statusId.length > longest)
		throw blank(`The field STATUS_ID is longer than ${longest} characters.`);
	if (limited && !/^[A-Za-z0-9_-]+$/.test(statusId.slice(prefix.length))) {
		throw blank('The field STATUS_ID contains invalid characters.');
	}
}

function semanticsOf(raw: unknown): Semantics {
	return raw === 'S' || raw === 'F' ? raw : null;
}

/** Process before success before failure, or the funnel would break (crm-status-add.md). */
function checkOrder(stages: Status[], semantics: Semantics, sort: number): void {
	const success = stages.find((stage) => stage.semantics === 'S');
	if (semantics === 'S' && success) throw blank('The success stage already exists.');
	if (!success) return;
	if (semantics === null && sort >= success.sort) {
		throw blank('Cannot create more stages after the final stage.');
	}
	if (semantics === 'F' && sort <= success.sort) {
		throw blank('Cannot create a failure stage before the final stage.');
	}
}

const HISTORY = new Map<string, Filterable<StageHistoryEntry>>([
	['ID', { kind: 'number', reads: (entry) => entry.id }],
	['TYPE_ID', { kind: 'number', reads: (entry) => entry.typeId }],
	['OWNER_ID', { kind: 'number', reads: (entry) => entry.ownerId }],
	['CREATED_TIME', { kind: 'moment', reads: (entry) => entry.createdTime }],
	['CATEGORY_ID', { kind: 'number', reads: (entry) => entry.categoryId }],
	['STAGE_SEMANTIC_ID', { kind: 'text', reads: (entry) => entry.semantic }],
	['STAGE_ID', { kind: 'text', reads: (entry) => entry.stageId }],
]);

function history({ params, store, switches }: Call): {
	result: unknown;
	total?: number;
	next?: number;
} {
	if (params.entityTypeId === undefined) throw missing('entityTypeId');
	const type = entityType(store, params.entityTypeId);
	if (!type.hasStages) {
		throw new Refusal(
			400,
			'ENTITY_TYPE_NOT_SUPPORTED',
			`Entity type ${type.name} is not supported`,
		);
	}
	const current = store.stageHistory.filter((entry) => {
		if (entry.entityTypeId !== type.id) return false;
		// Only the funnel an item stands in now is told about (issue bitrix24/b24restdocs#8).
		const owner = store.item(type.id, entry.ownerId);
		return owner !== undefined && Number(owner.categoryId ?? 0) === entry.categoryId;
	});
	const found = current.filter(filterOf(params.filter, HISTORY, { strict: true, checked: true }));
	const rows = sorted(found, params.order, HISTORY, true, 'ID');
	const page = pageOf(rows, params.start, switches, 'newer');
	// Strings, as real portals were recorded by fast_bitrix24; the page's sample shows numbers.
	const items = page.rows.map((entry) => {
		const row = [...HISTORY].map(([name, field]) => [name, asText(field.reads(entry))]);
		return pick(Object.fromEntries(row) as Fields, selection(params.select));
	});
	return { result: { items }, total: page.total, next: page.next };
}
