import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation } from '../../shared/operation';
import { objectSchema } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';
import { columnsFor, FIELD_SETS, type Report } from '../columns';
import { readReport } from '../rows';
import { periodFields, readPeriod } from './fields';

/** Get Many of a report: rows as CoMagic has them. */
export const reportOperation = (
	report: Report,
	plural: string,
	description: string,
): ItemOperation<CoMagicClient> => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${plural}`,
	description,
	properties: [
		...periodFields,
		...limitFields,
		{
			displayName: 'Fields',
			name: 'fieldSet',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'Every column the documentation knows' },
				{ name: 'Custom', value: 'custom', description: 'Only the ones you name' },
				{ name: 'Default', value: 'default', description: 'What CoMagic sends by itself' },
				{
					name: 'With Attribution',
					value: 'attribution',
					description: 'The default ones, and where the contact came from: labels, campaign, tags',
				},
			],
			default: 'attribution',
		},
		{
			displayName: 'Field Names',
			name: 'fields',
			type: 'string',
			default: '',
			placeholder: 'communication_id, utm_source',
			displayOptions: { show: { fieldSet: ['custom'] } },
			description: 'Columns of the report, separated by commas',
		},
		{
			displayName: 'Filter',
			name: 'filter',
			type: 'json',
			default: '{}',
			description:
				'One condition, such as {"field": "site_id", "operator": "=", "value": 24101}, or a tree: {"condition": "and", "filters": […]}',
		},
	],
	async forEach(client, item) {
		const set = item.read('fieldSet', 'Fields', z.enum(FIELD_SETS));
		const custom =
			set === 'custom'
				? item.read('fields', 'Field Names', z.string().trim().min(1, 'is empty'))
				: '';
		const rows = await readReport(
			client,
			{
				method: report.method,
				fields: columnsFor(report, set, custom.split(/[\s,]+/).filter(Boolean)),
				filter: item.read('filter', 'Filter', objectSchema),
				sort: report.sort,
			},
			await readPeriod(client, item),
			readLimit(item),
		);
		return rows as IDataObject[];
	},
});
