/**
 * crm.type.*
 * Imitates: crm/universal/user-defined-object-types/*.md: administrators define smart processes, whose items, stages,
 * user fields and product rows then work under an entityTypeId of their own.
 * Does not imitate: automated solutions, changing a type after it was made; relations are shown but not set, and parents
 * are deals and, by a setting, the client's cards only.
 */
import { isoAt } from '../clock';
import type { Call, Methods } from '../call';
import { COMPANY, CONTACT, DEAL, FIRST_SMART_PROCESS } from '../entityTypes';
import type { EntityType, SmartProcess } from '../entityTypes';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { listPage } from '../lists';
import { missing, Refusal } from '../refusal';
import { checkAdmin } from '../rights';
import { addFunnel } from '../stages';
import type { Store } from '../store';
import { asFlag, asMap, asText, asWhole } from '../values';
import type { Fields } from '../values';

const FIRST_FREE = 1030;
/** Settings of a type; those that change what its items have are marked with the type's own fields. */
const FLAGS = [
	'isCategoriesEnabled',
	'isStagesEnabled',
	'isBeginCloseDatesEnabled',
	'isClientEnabled',
	'isUseInUserfieldEnabled',
	'isLinkWithProductsEnabled',
	'isMycompanyEnabled',
	'isDocumentsEnabled',
	'isSourceEnabled',
	'isObserversEnabled',
	'isRecyclebinEnabled',
	'isAutomationEnabled',
	'isBizProcEnabled',
	'isSetOpenPermissions',
	'isPaymentsEnabled',
	'isCountersEnabled',
];

const COLUMNS = new Map<string, Filterable<EntityType>>([
	['id', { kind: 'number', reads: (type) => type.smartProcess?.id }],
	['title', { kind: 'text', reads: (type) => type.caption }],
	['entityTypeId', { kind: 'number', reads: (type) => type.id }],
]);

export const smartProcessMethods: Methods = {
	'crm.type.add': (call) => {
		const fields = asMap(call.params.fields);
		if (!fields) throw missing('fields');
		checkAdmin(call.user, 'ACCESS_DENIED', 'Access denied');
		return {
			result: { type: whole(addSmartProcess(call.store, fields, call.userId, call.now())) },
		};
	},
	'crm.type.list': (call) => {
		for (const name of Object.keys(asMap(call.params.order) ?? {})) {
			if (COLUMNS.has(name)) continue;
			/** Names in capitals too, letter by letter (issue 196 of leshchenko1979/fast_bitrix24). */
			const mangled = name.replace(/(?<=.)[A-Z]/g, '_$&').toUpperCase();
			throw new Refusal(400, 100, `Unknown field definition \`${mangled}\``);
		}
		const page = listPage(call.params, call.switches, {
			candidates: smartProcesses(call.store),
			matches: filterOf(call.params.filter, COLUMNS, { strict: true, checked: true }),
			fields: COLUMNS,
			idName: 'id',
			strict: true,
			paging: 'newer',
		});
		return { result: { types: page.rows.map(shown) }, total: page.total, next: page.next };
	},
	'crm.type.get': (call) => ({
		result: {
			type: whole(found(call, (type) => type.smartProcess?.id === asWhole(call.params.id))),
		},
	}),
	'crm.type.getByEntityTypeId': (call) => ({
		result: { type: whole(found(call, (type) => type.id === asWhole(call.params.entityTypeId))) },
	}),
};

function smartProcesses(store: Store): EntityType[] {
	return store.types.filter((type) => type.smartProcess !== undefined);
}

function found({ store }: Call, matches: (type: EntityType) => boolean): EntityType {
	const type = smartProcesses(store).find(matches);
	if (!type) throw new Refusal(400, 'NOT_FOUND', 'Smart process not found');
	return type;
}

/** Also the hand of the administrator in the settings. */
export function addSmartProcess(
	store: Store,
	fields: Fields,
	userId: number,
	nowMs: number,
): EntityType {
	const title = asText(fields.title);
	if (title === '') throw new Refusal(400, 'CRM_FIELD_ERROR_REQUIRED', 'Field "title" is required');
	const id = 'entityTypeId' in fields ? asWhole(fields.entityTypeId) : freeId(store);
	if (id === undefined || !isAllowed(id) || store.types.some((type) => type.id === id)) {
		throw new Refusal(400, 'INVALID_ARG_VALUE', 'entityTypeId is out of allowed range');
	}
	const flags = Object.fromEntries(FLAGS.map((name) => [name, asFlag(fields[name]) ?? 'N']));
	const smartProcess: SmartProcess = {
		id: store.nextId('smartProcess', 16),
		flags,
		createdBy: userId,
		createdTime: isoAt(nowMs),
	};
	const type: EntityType = {
		id,
		name: `DYNAMIC_${id}`,
		abbreviation: `T${id.toString(16)}`,
		userFieldEntity: `CRM_${smartProcess.id}`,
		caption: title,
		hasRows: flags.isLinkWithProductsEnabled === 'Y',
		hasStages: flags.isStagesEnabled === 'Y',
		smartProcess,
	};
	store.addType(type);
	addFunnel(store, id, 'Общее', { sort: 500, isDefault: 'Y' });
	return type;
}

/** The range of crm-type-add.md: 128 to 192, or even numbers from 1030 on. */
function isAllowed(id: number): boolean {
	return (id >= FIRST_SMART_PROCESS && id <= 192) || (id >= FIRST_FREE && id % 2 === 0);
}

function freeId(store: Store): number {
	return store.nextId('freeEntityTypeId', FIRST_FREE / 2) * 2;
}

/** One type is shown with its relations; a list leaves them out (crm-type-get.md, crm-type-list.md). */
function whole(type: EntityType): Fields {
	const hasClient = type.smartProcess?.flags.isClientEnabled === 'Y';
	const parents = [...(hasClient ? [CONTACT, COMPANY] : []), DEAL];
	return {
		...shown(type),
		relations: {
			parent: parents.map((entityTypeId) => ({
				entityTypeId,
				isChildrenListEnabled: 'Y',
				isPredefined: entityTypeId === DEAL ? 'N' : 'Y',
			})),
			child: [],
		},
		linkedUserFields: {
			'CALENDAR_EVENT|UF_CRM_CAL_EVENT': 'N',
			'TASKS_TASK|UF_CRM_TASK': 'N',
			'TASKS_TASK_TEMPLATE|UF_CRM_TASK': 'N',
		},
		customSections: [],
	};
}

function shown({ id, caption, smartProcess }: EntityType): Fields {
	return {
		id: smartProcess?.id,
		title: caption,
		code: '',
		createdBy: smartProcess?.createdBy,
		entityTypeId: id,
		customSectionId: null,
		...smartProcess?.flags,
		createdTime: smartProcess?.createdTime,
		updatedTime: smartProcess?.createdTime,
		updatedBy: smartProcess?.createdBy,
	};
}
