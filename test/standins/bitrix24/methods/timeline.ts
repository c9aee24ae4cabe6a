/**
 * crm.timeline.comment.*
 * Imitates: crm/timeline/comments/*.md (reference §2.10): ids come back as strings, FILES is a map by the ids of files.
 * The entity type is taken in any letter case and comes back in lower case, and whether the card exists is not checked:
 * its comment gets a number and no person ever sees it (how-to-add-comment-to-spa.md, commit b234fe9 of
 * bitrix-tools/b24-rest-docs; that the list shows it is a guess). Which names smart invoices have, whether a comment
 * without files has FILES and how the list is filtered are switches.
 * Does not imitate: pinning, pictures' sizes, Drive behind the links to files.
 */
import { isoAt } from '../clock';
import type { Call, Desk, Methods } from '../call';
import { classicList, idParam, inAnyCase } from '../classic';
import { SMART_INVOICE, typeOfId } from '../entityTypes';
import { decoded } from '../files';
import { blank, invalidArgument, missing, Refusal } from '../refusal';
import type { ClassicRow, Comment } from '../store';
import { userById } from '../users';
import { asList, asMap, asText, asWhole, phpMap } from '../values';
import type { Fields } from '../values';

const COLUMNS = ['ID', 'ENTITY_ID', 'ENTITY_TYPE', 'CREATED', 'COMMENT', 'AUTHOR_ID'];

const classicMethods: Methods = {
	'crm.timeline.comment.get': (call) => {
		const id = idParam(call);
		const comment = call.store.comments.find((known) => known.id === id);
		if (!comment) throw blank('Not found.');
		return { result: { ...row(call, comment), ...filesOf(call, comment) } };
	},
	'crm.timeline.comment.list': (call) => {
		const filter = asMap(call.params.filter) ?? {};
		const [entityId, entityType] = ['ENTITY_ID', 'ENTITY_TYPE'].map((name) => owner(call, name));
		const entityTypeId = typeOf(call, asText(entityType));
		const comments = call.store.comments
			.filter((known) => known.entityTypeId === entityTypeId)
			.filter((known) => known.entityId === asWhole(entityId))
			.map((comment) => row(call, comment));
		// The rows may call the owner otherwise than the filter, which has done its work here.
		const others = Object.entries(filter).filter(([name]) => !/^=?ENTITY_TYPE$/.test(name));
		const params = { ...call.params, filter: Object.fromEntries(others) };
		const answer = classicList({ ...call, params }, comments, COLUMNS);
		const rows = asList(answer.result) ?? [];
		return { ...answer, result: rows.map((shown) => withFiles(call, asMap(shown) ?? {})) };
	},
};

export const timelineMethods: Methods = {
	...inAnyCase(classicMethods),
	'crm.timeline.comment.add': add,
	'crm.timeline.comment.update': (call) => {
		const comment = ownComment(call);
		const fields = asMap(call.params.fields);
		if (!fields) throw missing('fields');
		const text = asText(fields.COMMENT);
		if (text === '') throw invalidArgument('Empty comment message');
		comment.text = text;
		if ('FILES' in fields) comment.files = attached(call, fields.FILES);
		call.events.fire('ONCRMTIMELINECOMMENTUPDATE', { ID: String(comment.id) }, call.userId);
		return { result: comment.id };
	},
	'crm.timeline.comment.delete': (call) => {
		const comment = ownComment(call);
		call.store.comments = call.store.comments.filter((known) => known !== comment);
		call.events.fire('ONCRMTIMELINECOMMENTDELETE', { ID: String(comment.id) }, call.userId);
		return { result: null };
	},
};

/** Whose comments are asked for; a prefix makes another field of the name, unless the switch says otherwise. */
function owner({ params, switches }: Call, name: string): unknown {
	const filter = asMap(params.filter) ?? {};
	const prefixed = switches.commentFilter === 'prefixed too' ? filter[`=${name}`] : undefined;
	const value = filter[name] ?? prefixed;
	if (value === undefined) throw blank(`Filter field ${name} is required.`);
	return value;
}

function ownComment({ params, store }: Call): Comment {
	if (params.id === undefined) throw missing('id');
	const comment = store.comments.find((known) => known.id === asWhole(params.id));
	if (!comment) throw new Refusal(400, 'NOT_FOUND', 'Not found.');
	return comment;
}

/** Pairs of a name and base64; a pair that is none is left out without a word. */
function attached({ store }: Call, given: unknown): number[] {
	return (asList(given) ?? []).flatMap((pair) => {
		const [name, content] = (asList(pair) ?? []).map(asText);
		const bytes = decoded(content ?? '');
		return bytes === undefined ? [] : [store.files.keep(name, bytes).id];
	});
}

function withFiles(call: Call, shown: Fields): Fields {
	const comment = call.store.comments.find((known) => String(known.id) === shown.ID);
	return { ...shown, ...(comment && filesOf(call, comment)) };
}

function filesOf({ site, store, switches }: Call, comment: Comment): Fields {
	if (comment.files.length === 0)
		return switches.emptyCommentFiles === 'absent' ? {} : { FILES: [] };
	return {
		FILES: phpMap(
			comment.files.map((id): [string, unknown] => {
				const file = store.files.find(id);
				const size = file?.bytes.length ?? 0;
				const shown = {
					id,
					date: comment.created,
					type: file?.type.startsWith('image/') ? 'image' : 'file',
					name: file?.name,
					size,
					authorId: comment.authorId,
					authorName: userById(store, comment.authorId).name,
					urlShow: `${site.origin}/disk/showFile/${id}/`,
					urlDownload: `${site.origin}/disk/downloadFile/${id}/`,
				};
				return [String(id), shown];
			}),
		),
	};
}

function add(call: Call): { result: unknown } {
	const fields = asMap(call.params.fields);
	if (!fields) throw missing('fields');
	for (const name of ['ENTITY_ID', 'ENTITY_TYPE']) {
		if (fields[name] === undefined) throw missing(name);
	}
	const text = asText(fields.COMMENT);
	if (text === '') throw invalidArgument('Empty comment message');
	const entityTypeId = typeOf(call, asText(fields.ENTITY_TYPE));
	if (entityTypeId === undefined) {
		throw new Refusal(400, 'OWNER_NOT_FOUND', 'Owner was not found');
	}
	const entityId = asWhole(fields.ENTITY_ID) ?? 0;
	const files = attached(call, fields.FILES);
	return { result: addComment(call, entityTypeId, entityId, text, call.userId, files) };
}

/** Also the hand of a manager writing into a card. */
export function addComment(
	{ store, items, events, now }: Desk,
	entityTypeId: number,
	entityId: number,
	text: string,
	authorId: number,
	files: number[] = [],
): number {
	const id = store.nextId('comment', 999);
	store.comments.push({ id, entityTypeId, entityId, text, created: isoAt(now()), authorId, files });
	if (store.item(entityTypeId, entityId)) items.commented(entityTypeId, entityId, authorId);
	events.fire('ONCRMTIMELINECOMMENTADD', { ID: String(id) }, authorId);
	return id;
}

/** The names under which cards are found; answers use the first. */
function literals({ store, switches }: Desk, entityTypeId: number): string[] {
	if (entityTypeId !== SMART_INVOICE) return [typeOfId(store, entityTypeId).name.toLowerCase()];
	const only = switches.invoiceCommentEntityType;
	return only === 'any' ? ['smart_invoice', 'dynamic_31', 'si'] : [only];
}

function typeOf(desk: Desk, name: string): number | undefined {
	const inLowerCase = name.toLowerCase();
	return desk.store.types.find((type) => literals(desk, type.id).includes(inLowerCase))?.id;
}

function row(desk: Desk, comment: Comment): ClassicRow {
	return {
		ID: String(comment.id),
		ENTITY_ID: String(comment.entityId),
		ENTITY_TYPE: literals(desk, comment.entityTypeId)[0],
		CREATED: comment.created,
		COMMENT: comment.text,
		AUTHOR_ID: String(comment.authorId),
	};
}
