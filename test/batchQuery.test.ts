/** A command means the same whether it goes in a batch or alone. */
import { DateTime } from 'luxon';
import { Bitrix24Client, type Command } from '../nodes/Bitrix24/rest/client';
import { gather } from '../nodes/Bitrix24/rest/gather';
import { listItems } from '../nodes/Bitrix24/rest/itemList';
import { replies } from '../nodes/Bitrix24/rest/replies';
import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';

const DEAL = 2;

let portal: Portal;
let client: Bitrix24Client;

beforeEach(async () => {
	const clock = standingClock();
	portal = await openPortal({ now: clock.now, bucket: 'off' });
	const bucket = new LeakyBucket(1e9, 1e9, clock);
	client = new Bitrix24Client(portal.domain, axiosHttp(portal.webhookUrl), clock, bucket);
	portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_TAGS', 'string', { multiple: true });
});
afterEach(async () => await portal.close());

const valueOf = (reply: Awaited<ReturnType<typeof replies>>[number]): unknown => {
	if ('problem' in reply) throw reply.problem;
	return reply.value;
};

/** Every way in which the nodes send several commands. */
const WAYS: Array<[string, (command: Command) => Promise<unknown>]> = [
	['alone', async (command) => await client.call(command)],
	[
		'in a batch',
		async (command) => valueOf((await client.batch([command, { method: 'profile' }]))[0]),
	],
	['among replies', async (command) => valueOf((await replies(client, [command]))[0])],
	[
		'gathered',
		async (command) => {
			const [{ value, error }] = await gather(client, [
				async (caller) => await caller.call(command),
				async (caller) => await caller.call({ method: 'profile' }),
			]);
			if (error) throw error;
			return value;
		},
	],
];

const MOMENT = '2026-12-31T12:00:00.000+03:00';

const WRITTEN: Array<[string, Record<string, unknown>, Record<string, unknown>]> = [
	['an empty list', { UF_CRM_TAGS: [] }, { UF_CRM_TAGS: [] }],
	['nothing', { comments: null }, { comments: '' }],
	['a flag that is on', { opened: true }, { opened: 'Y' }],
	['a flag that is off', { opened: false }, { opened: 'N' }],
	[
		'words like a reference',
		{ title: '$result[c0][item][id] и другие' },
		{ title: '$result[c0][item][id] и другие' },
	],
	['a moment of JavaScript', { closedate: new Date(MOMENT) }, { closedate: '2026-12-31' }],
	[
		'a moment of n8n',
		{ closedate: DateTime.fromISO(MOMENT, { setZone: true }) },
		{ closedate: '2026-12-31' },
	],
];

describe.each(WAYS)('%s', (_, send) => {
	test.each(WRITTEN)('%s is written', async (_what, fields, stored) => {
		const before = {
			UF_CRM_TAGS: ['опт'],
			comments: 'Старое',
			opened: fields.opened === true ? 'N' : 'Y',
		};
		const id = portal.manager.createsDeal({ title: 'Столы', fields: before });
		await send({
			method: 'crm.item.update',
			params: { entityTypeId: DEAL, id, fields, useOriginalUfNames: 'Y' },
		});
		const deal = portal.sees.deal(id);
		for (const [name, value] of Object.entries(stored)) {
			const seen = deal[name] ?? '';
			const text = typeof seen === 'string' ? seen.replaceAll('＄', '$') : seen;
			if (name === 'closedate') expect(text).toContain(value);
			else expect(text).toEqual(value);
		}
	});

	test.each([
		['nothing', { leadId: null }],
		['a flag', { opened: false }],
	])('a filter by %s finds what it means', async (_what, filter) => {
		const lead = portal.manager.createsLead({ title: 'Стол' });
		portal.manager.createsDeal({ title: 'Из лида', fields: { leadId: lead, opened: 'Y' } });
		const id = portal.manager.createsDeal({ title: 'Другая', fields: { opened: 'N' } });
		const found = await send({ method: 'crm.item.list', params: { entityTypeId: DEAL, filter } });
		expect(found).toMatchObject({ items: [{ id }] });
	});
});

test.each([
	['nothing', { leadId: null }],
	['a flag', { opened: false }],
])('a long list by %s is the same on each of its pages', async (_, filter) => {
	const lead = portal.manager.createsLead({ title: 'Стол' });
	const ids: number[] = [];
	for (let number = 0; number < 130; number += 1) {
		portal.manager.createsDeal({ title: 'Из лида', fields: { leadId: lead, opened: 'Y' } });
		ids.push(portal.manager.createsDeal({ title: 'Другая', fields: { opened: 'N' } }));
	}
	const listed = await listItems(client, { entityTypeId: DEAL, filter });
	expect(listed.map(({ id }) => id)).toEqual(ids);
});
