/** Virtual tables of registers: what 1C itself counts with. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import { bodySchema } from '../documents/createOnce';
import { Refusal } from '../odata/answers';
import { isName, type Query } from '../odata/odata';
import type { Session } from '../session';
import { entityLocator, entitySchema } from './entityLocator';
import { filterFields, readConditions } from './filterBuilder';
import { momentSchema } from './moments';

const registerLocator = (search: string, placeholder: string): INodeProperties =>
	entityLocator({
		displayName: 'Register',
		name: 'register',
		description: 'Name of the register, as in OData of 1C',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder },
		],
	});

const dimensions: INodeProperties = {
	displayName: 'Dimensions',
	name: 'dimensions',
	type: 'string',
	default: '',
	placeholder: 'Номенклатура,Склад',
	description:
		'Comma-separated names to group by, as in the Configurator, without _Key; all when empty',
};

const moment = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

const rawCondition: INodeProperties = {
	displayName: 'Condition Text',
	name: 'condition',
	type: 'string',
	default: '',
	placeholder: "Склад_Key eq guid'7c9d1f2e-3b4a-11ef-9c11-00155d01c802'",
	description: 'A further condition on dimensions in the language of OData v3',
	hint: 'A large register without any condition may take half a minute',
};

const text = z.string().trim();

const namesSchema = z
	.string()
	.transform((value) =>
		value
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean),
	)
	.refine((names) => names.every(isName), 'must be names with commas between them');

/** Conditions are on fields of the records, which a register written by documents keeps apart. */
const recordsOf = (register: string): string =>
	register.endsWith('_RecordType') || register.startsWith('InformationRegister_')
		? register
		: `${register}_RecordType`;

const conditionOf = async (
	session: Session,
	item: ItemParameters,
	register: string,
): Promise<string | undefined> => {
	const own = item.read('condition', 'Condition Text', text);
	const built = await readConditions(session, item, recordsOf(register));
	const all = [own && `(${own})`, built].filter(Boolean);
	return all.length > 0 ? all.join(' and ') : undefined;
};

type TableQuery = Query & Required<Pick<Query, 'table'>>;

/** The slice of a register that documents write is taken of its records, and people seldom know which one it is. */
const read = async (
	{ client }: Session,
	register: string,
	query: TableQuery,
): Promise<IDataObject[]> => {
	const asked = async (set: string): Promise<IDataObject[]> =>
		(await client.table(set, bodySchema, query)) as IDataObject[];
	const { value, error } = await settled(async () => await asked(register));
	if (value) return value;
	const isNoMethod = error instanceof Refusal && ['6', '11'].includes(error.code);
	if (isNoMethod && query.table === 'SliceLast' && !register.endsWith('_RecordType')) {
		return await asked(`${register}_RecordType`);
	}
	throw error;
};

const balance: ItemOperation<Session> = {
	value: 'balance',
	name: 'Get Balance',
	action: 'Get the balance of a register',
	description: 'What an accumulation register has left, by its dimensions (Остатки)',
	properties: [
		registerLocator('searchBalances', 'AccumulationRegister_ТоварыНаСкладах'),
		...filterFields('register'),
		dimensions,
		moment('Moment', 'period', 'The balance as of this moment; now when empty'),
		rawCondition,
	],
	forEach: async (session, item) => {
		const register = item.read('register', 'Register', entitySchema);
		const { timeZone } = session.client.base;
		return await read(session, register, {
			table: 'Balance',
			condition: await conditionOf(session, item, register),
			dimensions: item.read('dimensions', 'Dimensions', namesSchema),
			period: item.read('period', 'Moment', momentSchema(timeZone)) ?? undefined,
		});
	},
};

const turnovers: ItemOperation<Session> = {
	value: 'turnovers',
	name: 'Get Turnovers',
	action: 'Get the turnovers of a register',
	description: 'What came into and went out of an accumulation register (Обороты)',
	properties: [
		registerLocator('searchTurnovers', 'AccumulationRegister_Продажи'),
		...filterFields('register'),
		dimensions,
		moment('From', 'startPeriod', 'The beginning of the time that is counted'),
		moment('To', 'endPeriod', 'The end of the time that is counted'),
		rawCondition,
	],
	forEach: async (session, item) => {
		const register = item.read('register', 'Register', entitySchema);
		const { timeZone } = session.client.base;
		return await read(session, register, {
			table: 'Turnovers',
			condition: await conditionOf(session, item, register),
			dimensions: item.read('dimensions', 'Dimensions', namesSchema),
			startPeriod: item.read('startPeriod', 'From', momentSchema(timeZone)) ?? undefined,
			endPeriod: item.read('endPeriod', 'To', momentSchema(timeZone)) ?? undefined,
		});
	},
};

const sliceLast: ItemOperation<Session> = {
	value: 'sliceLast',
	name: 'Get Latest Records',
	action: 'Get the latest records of a register',
	description:
		'The last record of each combination of dimensions in an information register (Срез последних)',
	properties: [
		registerLocator('searchSlices', 'InformationRegister_ЦеныНоменклатуры_RecordType'),
		...filterFields('register'),
		moment('Moment', 'period', 'What was valid at this moment; now when empty'),
		rawCondition,
	],
	forEach: async (session, item) => {
		const register = item.read('register', 'Register', entitySchema);
		const { timeZone } = session.client.base;
		return await read(session, register, {
			table: 'SliceLast',
			condition: await conditionOf(session, item, register),
			period: item.read('period', 'Moment', momentSchema(timeZone)) ?? undefined,
		});
	},
};

export const register: Resource<Session> = {
	value: 'register',
	name: 'Register (Регистр)',
	operations: [balance, turnovers, sliceLast],
};
