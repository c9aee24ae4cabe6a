/**
 * Wrong values for every parameter a node has, made from its own description, so that whatever is added is tried too.
 * Each parameter becomes an expression, and each input item brings another value for it.
 */
import type {
	IDataObject,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

/** Stands in values that make no sense where a text, a number or a choice is wanted: no request may carry it. */
export const NONSENSE = 'nonsense';

const LONG = 'Ж'.repeat(20_000);

/** What an expression may give by mistake, or by somebody's intent. */
export const WRONG: unknown[] = [
	null,
	'',
	-1,
	1.5,
	1e21,
	true,
	['x'],
	{ [NONSENSE]: { deep: [1] } },
	'undefined',
	"' or 1 eq 1 or '",
	'{"a":',
	'[url=javascript:alert(1)]x[/url]<script>\u0000',
	LONG,
];

export interface Case {
	/** Which operation and which parameter, for the reader. */
	title: string;
	/** What the editor calls the field. */
	label: string;
	/** Whether any JSON makes sense there. */
	takesJson: boolean;
	parameters: IDataObject;
}

const WRONG_VALUE = '={{ $json.wrong }}';

const isShown = (property: INodeProperties, parameters: IDataObject): boolean =>
	Object.entries(property.displayOptions?.show ?? {}).every(([name, values]) =>
		(values as unknown[]).some((value) => {
			const given = parameters[name.replace(/^\//, '')];
			return value === given || (typeof value === 'object' && given !== undefined);
		}),
	) &&
	!Object.entries(property.displayOptions?.hide ?? {}).some(([name, values]) =>
		(values as unknown[]).includes(parameters[name.replace(/^\//, '')]),
	);

/** The operations of a node, or the node itself where it has none. */
const operationsOf = ({ properties }: INodeTypeDescription): IDataObject[] => {
	const selectors = properties.filter(({ name }) => name === 'operation');
	if (selectors.length === 0) return [{}];
	return selectors.flatMap(({ displayOptions, options = [] }) =>
		(displayOptions?.show?.resource ?? ['']).flatMap((resource) =>
			(options as INodePropertyOptions[]).map(({ value }) => ({
				resource: resource as string,
				operation: value as string,
			})),
		),
	);
};

/** Every choice of the selectors that show other fields, such as Find By. */
const variantsOf = (
	shown: INodeProperties[],
	all: INodeProperties[],
	parameters: IDataObject,
): IDataObject[] => {
	const steering = shown.find(
		({ name, type, options }) =>
			(type === 'options' || type === 'boolean') &&
			(type === 'boolean' || (options?.length ?? 0) > 0) &&
			!(name in parameters) &&
			all.some(({ displayOptions }) => name in (displayOptions?.show ?? {})),
	);
	if (!steering) return [parameters];
	const choices =
		steering.type === 'boolean'
			? [true, false]
			: (steering.options as INodePropertyOptions[]).map(({ value }) => value);
	return choices.flatMap((choice) => {
		const chosen = { ...parameters, [steering.name]: choice };
		return variantsOf(
			all.filter((one) => isShown(one, chosen)),
			all,
			chosen,
		);
	});
};

const usual = ({ default: value }: INodeProperties): unknown => value;

/** What a person would have filled in. */
const usually = (property: INodeProperties, filled: IDataObject): unknown => {
	const value = filled[property.name];
	if (value === undefined) return usual(property);
	if (property.type !== 'resourceLocator') return value;
	const mode = property.modes?.find(({ name }) => name !== 'list')?.name;
	return { __rl: true, mode, value };
};

/** A property of a parameter, or of one that lies within it. */
const placesIn = (
	property: INodeProperties,
): Array<{ label: string; takesJson: boolean; value: unknown }> => {
	const { displayName, type, options = [], typeOptions } = property;
	const whole = { label: displayName, takesJson: type === 'json', value: WRONG_VALUE };
	if (type === 'collection') {
		return [
			whole,
			...(options as INodeProperties[]).flatMap((inner) =>
				placesIn(inner).map(({ value, ...rest }) => ({ ...rest, value: { [inner.name]: value } })),
			),
		];
	}
	if (type === 'fixedCollection') {
		return [
			whole,
			...(options as INodePropertyCollection[]).flatMap(({ name, values }) =>
				values.flatMap((inner) =>
					placesIn(inner).map(({ value, ...rest }) => {
						const others = Object.fromEntries(values.map((one) => [one.name, usual(one)]));
						const row = { ...others, [inner.name]: value };
						return { ...rest, value: { [name]: typeOptions?.multipleValues ? [row] : row } };
					}),
				),
			),
		];
	}
	if (type === 'resourceLocator') {
		return (property.modes ?? []).map(({ name }) => ({
			...whole,
			value: { __rl: true, mode: name, value: WRONG_VALUE },
		}));
	}
	if (type === 'resourceMapper') {
		return [
			whole,
			{
				...whole,
				value: {
					mappingMode: 'defineBelow',
					value: { title: WRONG_VALUE },
					matchingColumns: ['title'],
					schema: [],
				},
			},
		];
	}
	return [whole];
};

/**
 * @param filled what the other parameters hold where their own defaults would not do, by name
 */
export const casesOf = (description: INodeTypeDescription, filled: IDataObject): Case[] =>
	operationsOf(description).flatMap((operation) => {
		const mine = description.properties.filter(
			(property) =>
				property.type !== 'notice' &&
				!['resource', 'operation', 'authentication'].includes(property.name) &&
				['resource', 'operation'].every(
					(name) =>
						!property.displayOptions?.show?.[name] ||
						property.displayOptions.show[name].includes(operation[name] as string),
				),
		);
		const seen = new Set<string>();
		return variantsOf(
			mine.filter((one) => isShown(one, operation)),
			mine,
			operation,
		).flatMap((variant) => {
			const shown = mine.filter((one) => isShown(one, variant));
			const others = Object.fromEntries(shown.map((one) => [one.name, usually(one, filled)]));
			return shown.flatMap((property) =>
				placesIn(property).flatMap(({ label, takesJson, value }) => {
					const title = [operation.resource, operation.operation, property.name]
						.filter(Boolean)
						.join(' ');
					const key = `${title} ${JSON.stringify(value)}`;
					if (seen.has(key)) return [];
					seen.add(key);
					const parameters = { ...others, ...variant, [property.name]: value } as IDataObject;
					return [{ title, label, takesJson, parameters }];
				}),
			);
		});
	});
