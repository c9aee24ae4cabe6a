/** Both tables as sentences that a client can sign: what happens when, row by row, in the order in which rows decide. */
import { capital } from './capital';
import type { Stage } from './stage';
import { ANY_STAGE, type StageMap, type StageRow } from './stageMap';
import { COMMENT, NOTHING, SUCCESS, type StatusRow } from './statusMap';
import type { TableIssue } from './tableIssue';

const DEMANDED: Record<StageRow['document'], string> = {
	invoice: 'в 1С создается «Счет на оплату покупателю»; его номер и сумма появляются в сделке',
	order: 'в 1С создается «Заказ покупателя»; если по сделке есть счет, заказ ссылается на него',
	cancel:
		'документы 1С не трогаются; если они уже есть, в ленту сделки пишется просьба разобраться с ними',
	nothing: 'в 1С ничего не создается',
};

const PAID: Record<StatusRow['paid'], string> = {
	any: '',
	none: 'ничего не оплачено',
	some: 'оплачено полностью или частично',
	part: 'оплачена часть',
	full: 'оплачено полностью',
};

const SHIPPED: Record<StatusRow['shipped'], string> = {
	any: '',
	none: 'ничего не отгружено',
	some: 'отгружено полностью или частично',
	part: 'отгружена часть',
	full: 'отгружено полностью',
};

const CLOSED: Record<StatusRow['closed'], string> = {
	any: '',
	open: 'заказ в 1С открыт',
	closed:
		'заказ в 1С закрыт окончательно: отгружен весь или закрыт документом «Закрытие заказов покупателей»',
	fulfilled: 'заказ в 1С отгружен весь',
	byDocument: 'заказ в 1С закрыт документом «Закрытие заказов покупателей»',
};

const nameOf = (stages: Stage[], id: string): string =>
	`«${stages.find((stage) => stage.id === id)?.name ?? id}»`;

const stageRow = ({ stage, document }: StageRow, stages: Stage[]): string =>
	stage === ANY_STAGE
		? `Сделка в любой другой стадии: ${DEMANDED[document]}.`
		: `Сделка в стадии ${nameOf(stages, stage)}: ${DEMANDED[document]}.`;

const successOf = (stages: Stage[]): string =>
	`«${stages.find(({ semantics }) => semantics === 'success')?.name ?? 'успешная'}»`;

const outcome = ({ stage, back }: StatusRow, card: string, stages: Stage[]): string => {
	if (stage === NOTHING) return 'ничего не меняется';
	if (stage === COMMENT) return 'стадия не меняется, в ленту сделки пишется, что решать человеку';
	const to = stage === SUCCESS ? successOf(stages) : nameOf(stages, stage);
	return `${card} переходит в стадию ${to}${back ? ', даже если это шаг назад' : ''}`;
};

const statusRow = (row: StatusRow, card: string, stages: Stage[]): string => {
	const facts = [CLOSED[row.closed], SHIPPED[row.shipped], PAID[row.paid]].filter(Boolean);
	const when = facts.length > 0 ? capital(facts.join('; ')) : 'Что бы ни сказала 1С';
	return `${when} → ${outcome(row, card, stages)}.`;
};

export interface Mapping {
	pipeline: string;
	stageMaps: StageMap[];
	invoiceRows: StatusRow[];
	dealRows: StatusRow[];
	dealStages: Stage[];
	invoiceStages: Stage[];
}

export interface MappingSection {
	title: string;
	/** One sentence a row, numbered from 1 as in the table. */
	rows: string[];
}

/** What holds whatever the rows say. */
export const ALWAYS = [
	'В каждой таблице решает первая подходящая строка.',
	'Законченные сделки и счета (успешные и проваленные) не открываются заново.',
	'Назад по воронке сделка и счет не переходят, если в строке не сказано обратное.',
	'Оплата и отгрузка, полная или по частям, видны в полях и ленте сделки при любых строках.',
	'Обмен не останавливается на оплате: он следит за заказом, пока 1С не закроет его.',
];

export const inWords = (mapping: Mapping): MappingSection[] =>
	[
		{
			title: 'Что нужно от 1С',
			rows: mapping.stageMaps.flatMap(({ rows }) =>
				rows.map((row) => stageRow(row, mapping.dealStages)),
			),
		},
		{
			title: 'Счет в Битрикс24 по фактам 1С',
			rows: mapping.invoiceRows.map((row) => statusRow(row, 'счет', mapping.invoiceStages)),
		},
		{
			title: 'Сделка по фактам 1С',
			rows: mapping.dealRows.map((row) => statusRow(row, 'сделка', mapping.dealStages)),
		},
	].filter(({ rows }) => rows.length > 0);

const asksForOrder = ({ closed, shipped, stage }: StatusRow): boolean =>
	(closed !== 'any' || shipped !== 'any') && stage !== NOTHING;

/** What each table alone cannot know: whether the documents the second one waits for are ever demanded by the first. */
export const missingWays = ({ stageMaps, invoiceRows, dealRows }: Mapping): TableIssue[] => {
	const demanded = new Set(stageMaps.flatMap(({ rows }) => rows.map(({ document }) => document)));
	const issues: TableIssue[] = [];
	if (!demanded.has('order') && dealRows.some(asksForOrder)) {
		issues.push({
			row: null,
			what: 'the deal waits for the end of an order, but no stage demands an order',
			remedy: 'Add a row to Deal Stage Map.',
			inRussian:
				'Сделка ждет закрытия заказа, но ни одна стадия не требует «Заказ покупателя»: добавьте строку в Deal Stage Map.',
		});
	}
	if (!demanded.has('invoice') && invoiceRows.length > 0) {
		issues.push({
			row: null,
			what: 'there are rows for invoices, but no stage demands an invoice',
			remedy: 'Add a row to Deal Stage Map, or delete the invoice rows.',
			inRussian:
				'Есть строки для счета, но ни одна стадия не требует «Счет на оплату»: добавьте строку в Deal Stage Map или удалите строки счета.',
		});
	}
	return issues;
};
