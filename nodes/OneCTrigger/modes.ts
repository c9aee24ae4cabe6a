/** What the trigger starts on, as the editor shows it. */
import type { INodeProperties } from 'n8n-workflow';
import { entityLocator } from '../OneC/resources/entityLocator';
import { exchangeNode, withObjects } from '../OneC/resources/exchangePlan';

export const PROGRESS = 'progress';
export const PLAN = 'planChanges';
export const SCAN = 'scan';
export const PUSH = 'push';

const shownFor = (...events: string[]) => ({ show: { event: events } });

export const modeFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Call of the Base (Push)',
				value: PUSH,
				description: 'Look at the progress as soon as 1C calls; use it beside a polling trigger',
			},
			{
				name: 'Changes by Exchange Plan',
				value: PLAN,
				description: 'What 1C has registered for a node; acknowledged once the workflow has it',
			},
			{
				name: 'New or Changed Objects by Scan',
				value: SCAN,
				description: 'For a base without such a plan; sees what is inside of the window only',
			},
			{
				name: 'Progress of Linked Documents',
				value: PROGRESS,
				description: 'What is paid, shipped and closed of the documents of deals',
			},
		],
		default: PROGRESS,
	},
	{
		displayName:
			'Let 1C send a POST to the URL above with the header «Authorization: Bearer» and the push token of the credential, after its transaction has ended. A call may get lost, so keep a polling trigger beside this one. Poll Times mean nothing here.',
		name: 'pushNotice',
		type: 'notice',
		default: '',
		displayOptions: shownFor(PUSH),
	},
	{ ...exchangeNode, displayOptions: shownFor(PLAN) },
	entityLocator({ displayOptions: shownFor(SCAN) }),
	{
		displayName: 'Watch Documents of the Last Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 180,
		displayOptions: shownFor(PROGRESS, PUSH, SCAN),
		description: 'How long after its date a document is watched',
	},
	{
		displayName: 'Filter',
		name: 'filter',
		type: 'string',
		default: '',
		placeholder: 'Posted eq true',
		displayOptions: shownFor(SCAN),
		description: 'A further condition in the language of OData v3',
	},
	{ ...withObjects, displayOptions: shownFor(PLAN, SCAN) },
];
