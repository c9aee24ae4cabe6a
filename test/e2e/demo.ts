/** `npm run demo`: a real n8n, both stand-ins and the two chains; then everything stays up for exploring. */
import { once } from 'node:events';
import { prepareN8n } from './n8n';
import { furnish, openShowroom, POSTPAID, PREPAID } from './showroom';
import { tells } from './story';

const EDITOR_PORT = 5678;

const say = (text: string): void => console.log(text);

const main = async (): Promise<void> => {
	const showroom = await openShowroom();
	say('n8n запускается…');
	const n8n = await prepareN8n({ port: Number(process.env.DEMO_PORT ?? EDITOR_PORT) });
	try {
		await furnish(n8n, showroom);
		await n8n.starts();
		await tells(n8n, showroom, say);
		for (const id of [PREPAID, POSTPAID]) await n8n.publishes(id);
		say(`
────────────────────────────────────────────────────────────────────────────────
Обе цепочки пройдены и опубликованы: теперь n8n сам опрашивает системы раз в минуту.

  Редактор n8n:  ${n8n.url}      вход: ${n8n.login.email} / ${n8n.login.password}
  Битрикс24:     ${showroom.portal.webhookUrl}
  1С (OData):    ${showroom.base.url}/odata/standard.odata      ${showroom.base.login} / ${showroom.base.password}

Откройте «Битрикс24 ↔ 1С: по предоплате», узел «Что это значит для сделки»: это таблица аналитика.
Остановить: Ctrl+C.`);
		if (process.env.CI !== 'true')
			await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	} finally {
		say('\nОстанавливаю…');
		await n8n.stops();
		await showroom.closes();
	}
};

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
