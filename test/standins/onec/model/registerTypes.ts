/**
 * Registers assembled from their sources: records, sets of records by recorder, shapes of virtual tables
 * (reference 1c-ut103.md §2 "Keys", "Functions").
 */
import { objectTypes } from './metadata';
import { accumulationRegisters, informationRegisters } from './registers';
import { rowType } from './rowType';
import { parseAttributes, type RegisterSource, type RowType } from './types';

export interface RegisterType {
	name: string;
	set: string;
	source: RegisterSource;
	accumulation: boolean;
	record: RowType;
	recordSet: RowType;
	/** What Condition of a virtual table may speak of: dimensions alone. */
	condition: RowType;
	balance?: RowType;
	turnover?: RowType;
	balanceAndTurnover?: RowType;
	dimensions: readonly string[];
	resources: readonly string[];
}

function recorderField({ recorders }: RegisterSource): string {
	if (recorders === 'none') return '';
	if (recorders === 'one') return 'Recorder_Key:uuid';
	const documents = [...objectTypes.values()].filter(({ kind }) => kind === 'Document');
	return `Recorder:${documents.map(({ object }) => `#${object}`).join('|')}`;
}

const recorderKey = ({ recorders }: RegisterSource): string[] =>
	recorders === 'several' ? ['Recorder', 'Recorder_Type'] : ['Recorder_Key'];

/**
 * A record of an accumulation register is known by its recorder and line, a record of an information register by its
 * dimensions; with several kinds of recorders the recorder belongs to the key (seen in $metadata of a live base).
 */
function recordKeyOf(source: RegisterSource, accumulation: boolean, dimensions: string[]) {
	const { recorders, periodic } = source;
	const recorder = recorderKey(source);
	if (accumulation) return [...recorder, 'LineNumber'];
	return [
		...(recorders === 'several' ? recorder : []),
		...(periodic ? ['Period'] : []),
		...dimensions,
	];
}

/** Every resource once per ending: `Количество` becomes `КоличествоReceipt`, `КоличествоExpense`… */
const withEndings = (resources: string, ...endings: string[]): string =>
	endings.map((ending) => resources.replace(/(\S+?):/g, `$1${ending}:`)).join(' ');

const TURNOVERS = ['Turnover', 'Receipt', 'Expense'];

function buildRegister(source: RegisterSource, accumulation: boolean): RegisterType {
	const set = `${accumulation ? 'AccumulationRegister' : 'InformationRegister'}_${source.name}`;
	const { dimensions, resources } = source;
	const recorder = recorderField(source);
	const independent = source.recorders === 'none';
	const hasBalance = accumulation && !source.turnovers;
	const fixed = [
		recorder,
		source.periodic ? 'Period:datetime' : '',
		independent ? '' : 'LineNumber:n10.0 Active:bool',
		hasBalance ? 'RecordType:s0' : '',
	].join(' ');
	const condition = rowType(`${set}_Condition`, [], dimensions, '');
	const key = recordKeyOf(source, accumulation, [...condition.properties.keys()]);
	const record = rowType(`${set}_RecordType`, key, fixed, `${dimensions} ${resources}`);
	const rows = { ...record, name: `${set}_RecordSet` };
	const virtual = (name: string, ...endings: string[]) =>
		rowType(`${set}_${name}`, [], dimensions, withEndings(resources, ...endings));
	return {
		name: source.name,
		set,
		source,
		accumulation,
		record,
		recordSet: independent
			? { ...record, name: set }
			: rowType(set, recorderKey(source), recorder, '', [rows]),
		condition,
		balance: hasBalance ? virtual('Balance', 'Balance') : undefined,
		turnover: accumulation
			? virtual('Turnover', ...(source.turnovers ? ['Turnover'] : TURNOVERS))
			: undefined,
		balanceAndTurnover: hasBalance
			? virtual('BalanceAndTurnover', 'OpeningBalance', ...TURNOVERS, 'ClosingBalance')
			: undefined,
		dimensions: parseAttributes(dimensions).map(({ name }) => name),
		resources: parseAttributes(resources).map(({ name }) => name),
	};
}

export const registerTypes: ReadonlyMap<string, RegisterType> = new Map(
	[
		...accumulationRegisters.map((source) => buildRegister(source, true)),
		...informationRegisters.map((source) => buildRegister(source, false)),
	].map((register) => [register.set, register]),
);

export function registerType(set: string): RegisterType {
	const type = registerTypes.get(set);
	if (!type) throw new Error(`The stand-in has no register ${set}`);
	return type;
}
