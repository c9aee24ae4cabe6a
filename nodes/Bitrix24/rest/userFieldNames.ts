/**
 * The names of user fields at the border to the portal. The nodes use original names (`UF_CRM_…`) and ask for them with
 * useOriginalUfNames=Y. Two kinds of commands go out in camelCase (`ufCrm_…`) instead, and their answers are translated
 * back: all of a self-hosted portal before CRM 25.0.0, which ignores the parameter
 * [github.com/bitrix-tools/b24-rest-docs, crm/universal/index.md], and lists that name user fields in nested groups of a
 * filter, where every portal mangles prefixed original names and refuses them.
 *
 * No rule turns camelCase back, so both names of each field come from crm.item.fields. Whether the portal knows the
 * parameter is learned from answers; it is asked only before a command that names a user field and finds it unknown.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { settled } from '../../shared/settled';
import type { Command } from './client';

type Fields = Record<string, unknown>;

/** Carries out a command as it is and gives its result. */
type Ask = (command: Command) => Promise<unknown>;

/** The names of one type of cards in both directions. */
interface NameTable {
	camelCase: ReadonlyMap<string, string>;
	original: ReadonlyMap<string, string>;
}

export interface Translation {
	/** The commands as this portal takes them. */
	commands: Command[];
	/** The result of the command at this position, with original names. */
	restore(position: number, result: unknown): Promise<unknown>;
}

const METHODS = /^crm\.item\.(list|get|add|update|fields)$/i;

const PREFIXED = /^([^\w]*)(.*)$/s;

export const isUserField = (name: string): boolean => name.startsWith('UF_');

const isCamelCase = (name: string): boolean => /^uf[A-Z]/.test(name);

const isMap = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const asMap = (value: unknown): Fields =>
	typeof value === 'object' && value !== null ? (value as Fields) : {};

const nameIn = (key: string): string => (PREFIXED.exec(key) ?? [])[2] ?? key;

/** Conditions of a filter may stand in groups, whose keys are numbers. */
const groupsIn = (filter: Fields): unknown[] =>
	Object.entries(filter)
		.filter(([key, inner]) => /^\d+$/.test(key) && typeof inner === 'object')
		.map(([, inner]) => inner);

/** The user fields that a filter, an order or the fields of a card name, groups included. */
export const userFieldsIn = (named: unknown): string[] => {
	const map = asMap(named);
	return [
		...Object.keys(map).map(nameIn).filter(isUserField),
		...groupsIn(map).flatMap(userFieldsIn),
	];
};

const usesOriginalNames = ({ method, params }: Command): boolean =>
	METHODS.test(method) && params?.useOriginalUfNames === 'Y';

const userFieldsOf = ({ params = {} }: Command): string[] =>
	[params.fields, params.filter, params.order].flatMap(userFieldsIn);

const nestsUserFields = ({ params }: Command): boolean =>
	groupsIn(asMap(params?.filter)).flatMap(userFieldsIn).length > 0;

const typeOf = ({ params }: Command): string => String(params?.entityTypeId ?? '');

const renamed = (map: Fields, names: ReadonlyMap<string, string>): Fields =>
	Object.fromEntries(Object.entries(map).map(([name, value]) => [names.get(name) ?? name, value]));

const renamedFilter = (filter: unknown, names: ReadonlyMap<string, string>): unknown => {
	if (Array.isArray(filter)) return filter.map((group) => renamedFilter(group, names));
	if (!isMap(filter)) return filter;
	return Object.fromEntries(
		Object.entries(filter).map(([key, value]) => {
			if (/^\d+$/.test(key)) return [key, renamedFilter(value, names)];
			const [, prefix = '', name = key] = PREFIXED.exec(key) ?? [];
			return [`${prefix}${names.get(name) ?? name}`, value];
		}),
	);
};

/** `UF_*` selects nothing in camelCase, and `*` selects everything. */
const renamedSelect = (select: unknown, names: ReadonlyMap<string, string>): unknown =>
	Array.isArray(select)
		? select.filter((name) => name !== 'UF_*').map((name) => names.get(String(name)) ?? name)
		: select;

const inCamelCase = (command: Command, { camelCase: names }: NameTable): Command => {
	const { fields, filter, order, select, ...others } = command.params ?? {};
	return {
		...command,
		params: {
			...others,
			useOriginalUfNames: 'N',
			...(fields === undefined ? {} : { fields: isMap(fields) ? renamed(fields, names) : fields }),
			...(filter === undefined ? {} : { filter: renamedFilter(filter, names) }),
			...(order === undefined ? {} : { order: isMap(order) ? renamed(order, names) : order }),
			...(select === undefined ? {} : { select: renamedSelect(select, names) }),
		},
	};
};

/** The maps of a result whose keys are names of fields. */
const cardsIn = (result: unknown): Fields[] => {
	const { item, items, fields } = asMap(result);
	return [item, fields, ...(Array.isArray(items) ? items : [])].filter(isMap);
};

const namesIn = (result: unknown): string[] => [
	...new Set(cardsIn(result).flatMap((card) => Object.keys(card))),
];

const restored = (result: unknown, { original: names }: NameTable): unknown => {
	const map = asMap(result);
	const rename = (card: unknown): unknown => (isMap(card) ? renamed(card, names) : card);
	return {
		...map,
		...('item' in map ? { item: rename(map.item) } : {}),
		...('fields' in map ? { fields: rename(map.fields) } : {}),
		...(Array.isArray(map.items) ? { items: map.items.map(rename) } : {}),
	};
};

const fieldsSchema = z.object({ fields: z.record(z.object({ upperName: z.string() })) });

const tableOf = (result: unknown): NameTable => {
	const { fields } = fieldsSchema.parse(result);
	const pairs = Object.entries(fields)
		.map(([name, { upperName }]): [string, string] => [upperName, name])
		.filter(([upperName]) => isUserField(upperName));
	return {
		camelCase: new Map(pairs),
		original: new Map(pairs.map(([upperName, name]) => [name, upperName])),
	};
};

class UserFieldNames {
	private readonly tables = new Map<string, NameTable>();
	private isKnown: boolean | undefined;
	/** Types whose cards showed no user field: nothing of theirs can be named, and nothing is learned from them. */
	private readonly bare = new Set<string>();

	/** Whether the portal knows useOriginalUfNames; undefined until an answer with user fields has shown it. */
	get knowsOriginalNames(): boolean | undefined {
		return this.isKnown;
	}

	async translate(commands: Command[], ask: Ask): Promise<Translation> {
		await this.learnBefore(commands, ask);
		const sent = await this.translated(commands, ask);
		return {
			commands: sent,
			restore: async (position, result) => {
				if (!usesOriginalNames(commands[position])) return result;
				if (usesOriginalNames(sent[position])) this.learn(typeOf(commands[position]), result);
				const names = namesIn(result).filter(isCamelCase);
				if (names.length === 0) return result;
				return restored(result, await this.table(typeOf(commands[position]), names, ask));
			},
		};
	}

	/** A portal that cannot be asked gets the command as it is, and says itself what it does not like. */
	private async learnBefore(commands: Command[], ask: Ask): Promise<void> {
		if (this.isKnown !== undefined) return;
		const naming = commands.find(
			(one) =>
				usesOriginalNames(one) && userFieldsOf(one).length > 0 && !this.bare.has(typeOf(one)),
		);
		if (!naming) return;
		const params = { entityTypeId: typeOf(naming), useOriginalUfNames: 'Y' };
		const { value, error } = await settled(
			async () => await ask({ method: 'crm.item.fields', params }),
		);
		if (error && !(error instanceof Problem)) throw error;
		if (!error) this.learn(typeOf(naming), value);
	}

	private learn(entityTypeId: string, result: unknown): void {
		const names = namesIn(result);
		if (names.some(isCamelCase)) this.isKnown = false;
		else if (names.some(isUserField)) this.isKnown = true;
		else if (names.length > 0) this.bare.add(entityTypeId);
	}

	private async translated(commands: Command[], ask: Ask): Promise<Command[]> {
		const sent: Command[] = [];
		for (const command of commands) {
			const isTranslated =
				usesOriginalNames(command) && (this.isKnown === false || nestsUserFields(command));
			sent.push(
				isTranslated
					? inCamelCase(command, await this.table(typeOf(command), userFieldsOf(command), ask))
					: command,
			);
		}
		return sent;
	}

	/** Read again when it lacks a name: somebody may have added the field since. */
	private async table(entityTypeId: string, names: string[], ask: Ask): Promise<NameTable> {
		const known = this.tables.get(entityTypeId);
		const isComplete = names.every(
			(name) => known?.camelCase.has(name) || known?.original.has(name),
		);
		if (known && isComplete) return known;
		const table = tableOf(await ask({ method: 'crm.item.fields', params: { entityTypeId } }));
		this.tables.set(entityTypeId, table);
		return table;
	}
}

/** All nodes of one n8n process share what is known of a portal. */
const portals = new Map<string, UserFieldNames>();

export const userFieldNamesOf = (portal: string): UserFieldNames => {
	const existing = portals.get(portal);
	if (existing) return existing;
	const names = new UserFieldNames();
	portals.set(portal, names);
	return names;
};
