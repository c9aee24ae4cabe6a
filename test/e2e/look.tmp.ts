import { openEditor } from './editor';
import { prepareN8n } from './n8n';
import { furnish, openShowroom, PREPAID } from './showroom';
const main = async () => {
	const showroom = await openShowroom();
	const n8n = await prepareN8n();
	try {
		await furnish(n8n, showroom);
		await n8n.starts();
		const editor = await openEditor(n8n);
		await editor.opensWorkflow(PREPAID);
		for (const name of ['Какой документ нужен', 'Что это значит для сделки']) {
			await editor.opensNode(name);
			await editor.page.waitForTimeout(4000);
			await (editor.page as any).setViewportSize({ width: 1440, height: 1700 });
			await editor.page.waitForTimeout(500);
			console.log(await editor.screenshot(`look-${name.replaceAll(' ', '-')}`));
			await editor.closesNode();
		}
		console.log(editor.pageErrors);
		await editor.closes();
	} finally { await n8n.stops(); await showroom.closes(); }
};
void main();
