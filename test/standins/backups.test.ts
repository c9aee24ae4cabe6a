/** Both systems go back to a copy of themselves, with what that means for numbers, versions and ids. */
import { openPortal } from './bitrix24/portal';
import { Caller, castOf, orderBody, type Row } from './onecCaller';

it('a base: younger documents are gone, numbers and versions are given out again, refs are not', async () => {
	const caller = await Caller.open();
	const { base } = caller;
	const who = castOf(base);
	const created = async (): Promise<Row> =>
		(await caller.post('Document_ЗаказПокупателя', orderBody(base, who))).data as Row;
	const kept = await created();
	const backup = base.levers.takesBackup();
	base.admin.corrects(String(kept.Ref_Key), { Комментарий: 'потом' });
	const lost = await created();
	base.levers.restoresBackup(backup);
	expect(base.sees.document(String(kept.Ref_Key))).toMatchObject({
		Комментарий: '',
		DataVersion: kept.DataVersion,
	});
	expect(() => base.sees.document(String(lost.Ref_Key))).toThrow('no object');
	const next = await created();
	expect(next.Number).toBe(lost.Number);
	expect(next.Ref_Key).not.toBe(lost.Ref_Key);
	await caller.close();
});

it('a portal: younger cards and comments are gone, and their ids are given out again', async () => {
	const portal = await openPortal();
	const company = portal.admin.addsCompany({ title: 'ООО «Лютик»' });
	const kept = portal.manager.createsDeal({ title: 'Прежняя', company });
	const backup = portal.levers.takesBackup();
	portal.manager.writes(kept, { title: 'Потом' });
	portal.manager.comments(kept, 'потом');
	const lost = portal.manager.createsDeal({ title: 'Новая', company });
	portal.levers.restoresBackup(backup);
	expect(portal.sees.deals()).toMatchObject([{ id: kept, title: 'Прежняя' }]);
	expect(portal.sees.timeline('deal', kept)).toEqual([]);
	expect(portal.manager.createsDeal({ title: 'Другая', company })).toBe(lost);
	await portal.close();
});
