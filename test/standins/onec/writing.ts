/**
 * Writing, posting and deleting: one transaction each, all or nothing. Used by the OData service and by the people of
 * the stand-in alike (reference 1c-ut103.md §2 "Create", "Update", "Delete", "Post").
 *
 * A PATCH of a posted document leaves its movements as they were: the document is written, not re-posted.
 */
import type { Changes } from './changes';
import type { Clock } from './clock';
import { applyBody, type Body, type DecodingRules } from './decode';
import { writeEntries } from './ledger';
import type { ObjectType } from './model/metadata';
import type { RowType } from './model/types';
import { assignNumber, numberIsTaken } from './numbering';
import {
	internalError,
	keyExists,
	lockedByAnother,
	precondition,
	refusedByConfiguration,
	badValue,
} from './odata/errors';
import { orderOfDeal, type PostingContext } from './posting/checks';
import { handlers } from './posting/handlers';
import { postingRefused, writeRefused } from './posting/refusal';
import { present } from './presentation';
import { dataVersion, type Entity, type Store } from './store';
import { copyRow, EMPTY_DATE, EMPTY_REF, emptyRow, GUID, isFilled, text, type Row } from './values';

export interface WriteOptions {
	/** ОбменДанными.Загрузка: no checks before writing, no recalculation, no period lock. */
	loadMode?: boolean;
	ifMatch?: string;
}

export class Writing {
	constructor(
		private readonly store: Store,
		private readonly rules: DecodingRules,
		private readonly clock: Clock,
		private readonly changes: Changes,
	) {}

	create(type: ObjectType, body: Body, options: WriteOptions = {}): Entity {
		const row = emptyRow(type);
		row.Ref_Key = this.refFor(body);
		applyBody(row, type, body, this.rules);
		const entity: Entity = { type, row, version: 0 };
		if (type.kind === 'Document' && row.Date === EMPTY_DATE) this.dateNewDocument(entity);
		this.checkPeriod(entity, options);
		assignNumber(this.store, entity);
		this.beforeWrite(entity, options);
		row.DataVersion = dataVersion(0);
		this.store.put(entity);
		this.changes.register(type.name, text(row, 'Ref_Key'));
		return entity;
	}

	/** Records of independent registers: decoding only, they have neither ref nor handlers. */
	fill(row: Row, type: RowType, body: Body): void {
		applyBody(row, type, body, this.rules);
	}

	private refFor({ Ref_Key: own }: Body): string {
		if (own === undefined || own === null || own === EMPTY_REF) return this.store.newRef();
		if (typeof own === 'object') throw internalError();
		if (typeof own !== 'string' || !GUID.test(own)) throw badValue(own, 'Edm.Guid');
		if (!this.rules.switches.acceptsOwnRefKey) return this.store.newRef();
		if (this.store.find(own)) throw keyExists();
		return own.toLowerCase();
	}

	private dateNewDocument(entity: Entity): void {
		if (this.rules.switches.documentWithoutDate === 'refuse') {
			throw writeRefused(entity, ['Не заполнено значение реквизита "Дата"!'], this.verbose);
		}
		entity.row.Date = this.clock();
	}

	patch(entity: Entity, body: Body, options: WriteOptions = {}): void {
		const draft: Entity = { ...entity, row: copyRow(entity.row) };
		applyBody(draft.row, entity.type, body, this.rules);
		this.checkLock(entity);
		this.checkVersion(entity, options);
		if (draft.row.DeletionMark === true && draft.row.Posted === true) {
			throw refusedByConfiguration(
				`Не удалось записать: "${present(entity)}"! Пометка на удаление проведенного документа невозможна`,
			);
		}
		this.checkPeriod(entity, options);
		this.checkPeriod(draft, options);
		if (numberIsTaken(this.store, draft)) {
			throw writeRefused(draft, ['Номер не уникален!'], this.verbose);
		}
		this.beforeWrite(draft, options);
		entity.row = draft.row;
		this.touch(entity);
	}

	/** Physical: references to it stay and lead nowhere. Of a document its movements go too. */
	remove(entity: Entity, options: WriteOptions = {}): void {
		this.checkLock(entity);
		this.checkVersion(entity, options);
		this.checkPeriod(entity, options);
		const ref = text(entity.row, 'Ref_Key');
		const old = this.store.movementsOf(ref);
		this.store.remove(entity);
		this.changes.register(entity.type.name, ref);
		this.registerMoved(ref, old);
	}

	/** What has just been created has never been: the transaction it belongs to failed later. */
	rollBack(entity: Entity): void {
		this.store.remove(entity);
		this.changes.forget(entity.type.name, text(entity.row, 'Ref_Key'));
	}

	/** Posting writes the document too, so its version grows and its write checks run. */
	post(entity: Entity, operational: boolean): void {
		const draft: Entity = { ...entity, row: copyRow(entity.row) };
		const context = this.contextFor(draft, operational);
		const refuse = (...reasons: string[]) => postingRefused(entity, reasons, this.verbose);
		this.checkLock(entity);
		if (entity.type.posting === 'Deny') throw refuse('Проведение документа запрещено!');
		if (entity.row.DeletionMark === true) throw refuse('Документ помечен на удаление!');
		if (operational && entity.type.realTimePosting === 'Deny') {
			throw refuse('Оперативное проведение документа запрещено!');
		}
		if (this.periodIsClosed(entity)) throw refuse('Период закрыт для редактирования!');
		const old = this.store.movementsOf(text(entity.row, 'Ref_Key'));
		this.store.dropMovements(text(entity.row, 'Ref_Key'));
		const entries = this.runPosting(context);
		if (context.reasons.length > 0) {
			for (const { register, row } of old) this.store.addRecord(register, row);
			throw refuse(...context.reasons);
		}
		writeEntries(this.store, draft, entries);
		entity.row = { ...draft.row, Posted: true };
		this.touch(entity);
		const ref = text(entity.row, 'Ref_Key');
		this.registerMoved(ref, [...old, ...this.store.movementsOf(ref)]);
	}

	private runPosting(context: PostingContext) {
		const { beforeWrite, post } = handlers[context.document.type.object] ?? {};
		beforeWrite?.(context);
		return post?.(context) ?? [];
	}

	unpost(entity: Entity): void {
		this.checkLock(entity);
		if (entity.type.posting === 'Deny' || this.periodIsClosed(entity)) {
			throw refusedByConfiguration(`Не удалось отменить проведение "${present(entity)}"!`);
		}
		const ref = text(entity.row, 'Ref_Key');
		const old = this.store.movementsOf(ref);
		this.store.dropMovements(ref);
		entity.row.Posted = false;
		this.touch(entity);
		this.registerMoved(ref, old);
	}

	/** Records of registers are content of exchange plans as well, and the site hears of orders they name. */
	private registerMoved(recorder: string, movements: Movements): void {
		for (const register of new Set(movements.map((one) => one.register))) {
			this.changes.register(register, recorder);
		}
		for (const order of new Set(movements.map(({ row }) => orderIn(row)))) {
			if (order) this.changes.registerMovedOrder(order);
		}
	}

	private get verbose(): boolean {
		return this.rules.switches.verboseRefusals;
	}

	private contextFor(document: Entity, operational: boolean): PostingContext {
		const { switches } = this.rules;
		const { store } = this;
		return { store, document, row: document.row, operational, switches, reasons: [] };
	}

	private beforeWrite(entity: Entity, { loadMode }: WriteOptions): void {
		if (loadMode) return;
		const context = this.contextFor(entity, false);
		if (entity.type.kind === 'Document') handlers[entity.type.object]?.beforeWrite?.(context);
		if (context.reasons.length > 0) throw writeRefused(entity, context.reasons, this.verbose);
	}

	private checkLock(entity: Entity): void {
		if (this.store.locked.has(text(entity.row, 'Ref_Key'))) throw lockedByAnother();
	}

	private checkVersion(entity: Entity, { ifMatch }: WriteOptions): void {
		if (this.rules.switches.ifMatch === 'ignored' || ifMatch === undefined) return;
		const wanted = ifMatch.replace(/^(W\/)?"?(.*?)"?$/, '$2');
		if (wanted !== '*' && wanted !== entity.row.DataVersion) throw precondition();
	}

	private periodIsClosed({ type, row }: Entity): boolean {
		const { closedUpTo } = this.store;
		if (type.kind !== 'Document' || !isFilled(closedUpTo)) return false;
		return text(row, 'Date').slice(0, 10) <= closedUpTo;
	}

	/** The subscription ПередЗаписьюДокументаДатаЗапретаРедактирования refuses without a word on a server. */
	private checkPeriod(entity: Entity, { loadMode }: WriteOptions): void {
		if (loadMode || !this.periodIsClosed(entity)) return;
		throw writeRefused(entity, ['Период закрыт для редактирования!'], this.verbose);
	}

	private touch(entity: Entity): void {
		entity.version += 1;
		entity.row.DataVersion = dataVersion(entity.version);
		this.store.changed(entity);
		this.changes.register(entity.type.name, text(entity.row, 'Ref_Key'));
	}
}

type Movements = ReturnType<Store['movementsOf']>;

const orderIn = (record: Row): string =>
	isFilled(record.ЗаказПокупателя_Key) ? text(record, 'ЗаказПокупателя_Key') : orderOfDeal(record);
