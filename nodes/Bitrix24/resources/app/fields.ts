import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { forWebhook } from '../../rest/connect';

/** Bitrix24 refuses these methods to inbound webhooks, and the lists stay empty. */
export const applicationNotice: INodeProperties = {
	displayName:
		'Only an application can do this: choose a credential of the kind Bitrix24 OAuth2 above.',
	name: 'applicationNotice',
	type: 'notice',
	default: '',
	displayOptions: forWebhook,
};

export const placementField: INodeProperties = {
	displayName: 'Placement Name or ID',
	name: 'placement',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getPlacements' },
	default: 'CRM_DEAL_DETAIL_TAB',
	description:
		'CRM_DEAL_DETAIL_TAB is a tab of the deal card. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const eventField: INodeProperties = {
	displayName: 'Event Name or ID',
	name: 'event',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getEvents' },
	default: 'ONCRMDEALUPDATE',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const handlerField: INodeProperties = {
	displayName: 'Address',
	name: 'handler',
	type: 'string',
	default: '',
	placeholder: 'https://n8n.company.ru/webhook/…',
	description:
		'What the portal opens or calls. It must be reachable from Bitrix24, on the same host as the handler path of the application.',
};

export const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to only say what would be changed',
};

export const codeSchema = z
	.string()
	.trim()
	.min(1, 'is empty')
	.transform((code) => code.toUpperCase());

export const addressSchema = z
	.string()
	.trim()
	.url('must be an address, such as https://n8n.company.ru/webhook/…');
