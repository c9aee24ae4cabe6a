/** Resources and operations as data: the runner and the editor's selectors are made from them. */
import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** What an n8n item carries. */
export type Json = IDataObject;

/** What became of one input item: output items, each for one of the node's outputs, or a problem. */
export type Outcome = { items: OutputItem[] } | { problem: Error };

export interface OutputItem {
	json: Json;
	/** Files that leave with it. */
	binary?: IBinaryKeyData;
	/** Index of the node's output, 0 when there is only one. */
	output?: number;
}

interface Described {
	/** Stored in users' workflows. Never rename once published. */
	value: string;
	name: string;
	action: string;
	description: string;
	/** Shown only for this operation; `displayOptions` is added when the node is described. */
	properties: INodeProperties[];
}

/** An operation that takes one item at a time. */
export interface ItemOperation<Client> extends Described {
	forEach(client: Client, item: ItemParameters): Promise<IDataObject | IDataObject[]>;
}

/** An operation that takes all items together, because the system can be asked about many at once. */
export interface ListOperation<Client> extends Described {
	forAll(client: Client, items: ItemParameters[]): Promise<Outcome[]>;
}

export type Operation<Client> = ItemOperation<Client> | ListOperation<Client>;

export interface Resource<Client> {
	/** Stored in users' workflows. Never rename once published. */
	value: string;
	name: string;
	operations: Array<Operation<Client>>;
}

const shownFor = (
	resource: string,
	operation: string,
	property: INodeProperties,
): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] },
	},
});

const resourceSelector: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

const operationSelector: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

/** The Resource and Operation selectors and every operation's own fields. */
export const propertiesOf = <Client>(resources: Array<Resource<Client>>): INodeProperties[] => [
	{
		...resourceSelector,
		options: [...resources].sort(byName).map(({ name, value }) => ({ name, value })),
		default: resources[0].value,
	},
	...resources.map(
		(resource): INodeProperties => ({
			...operationSelector,
			displayOptions: { show: { resource: [resource.value] } },
			options: [...resource.operations]
				.sort(byName)
				.map(({ name, value, action, description }) => ({ name, value, action, description })),
			default: resource.operations[0].value,
		}),
	),
	...resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			operation.properties.map((property) => shownFor(resource.value, operation.value, property)),
		),
	),
];

export const findOperation = <Client>(
	resources: Array<Resource<Client>>,
	resource: string,
	operation: string,
): Operation<Client> | undefined =>
	resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
