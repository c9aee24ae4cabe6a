/**
 * `npm run standins`: the three stand-ins filled with a firm's data on fixed loopback ports, and a page to look at them
 * and act. `npm run standins -- --counterparties 100000` makes the base a large one.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openFirm, PRODUCTS, type Firm } from './firm/firm';
import { openStatePage, type StatePage } from './statePage/statePage';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const settings = z.object({
	PORTAL_PORT: port(8524),
	BASE_PORT: port(8583),
	ACCOUNT_PORT: port(8590),
	PAGE_PORT: port(8500),
});

const scale = z.object({
	products: z.coerce.number().int().min(20).max(20_000).default(PRODUCTS),
	counterparties: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

const say = (text: string): void => console.log(text);

const tellsWhere = ({ portal, base, account }: Firm, page: StatePage): void =>
	say(`
Битрикс24   вебхук:   ${portal.webhookUrl}
            токен исходящих вебхуков: ${portal.applicationToken}
1С:УТ 10.3  OData:    ${base.url}/odata/standard.odata
            вход:     ${base.login} / ${base.password}
CoMagic     Data API: ${account.dataApiUrl}
            ключ:     ${account.apiKey}
            вход:     ${account.login} / ${account.password}

Посмотреть и поработать за людей: ${page.url}

Все в памяти: после остановки ничего не остается. Остановить: Ctrl+C.`);

const main = async (): Promise<void> => {
	const { values } = parseArgs({
		options: { products: { type: 'string' }, counterparties: { type: 'string' } },
	});
	const { products, counterparties } = scale.parse(values);
	const env = settings.parse(process.env);
	const started = Date.now();
	say('Заполняю портал, базу и кабинет…');
	const firm = await openFirm({
		ports: { portal: env.PORTAL_PORT, base: env.BASE_PORT, account: env.ACCOUNT_PORT },
		products,
		counterparties,
	});
	try {
		const page = await openStatePage(firm, env.PAGE_PORT);
		try {
			const buyers = counterparties > 0 ? `, еще ${counterparties} контрагентов` : '';
			const seconds = ((Date.now() - started) / 1000).toFixed(1);
			say(`Готово за ${seconds} с: ${products} товаров${buyers}.`);
			tellsWhere(firm, page);
			await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
			say('\nОстанавливаю…');
		} finally {
			await page.closes();
		}
	} finally {
		await firm.closes();
	}
};

/** What went wrong in words, where it is something a person can mend. */
const wordsOf = (error: unknown): unknown => {
	if (error instanceof z.ZodError)
		return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
	if (isTaken(error))
		return `Порт ${error.port} занят. Другой можно задать в окружении: PORTAL_PORT, BASE_PORT, ACCOUNT_PORT, PAGE_PORT.`;
	return error;
};

const isTaken = (error: unknown): error is Error & { port: number } =>
	error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

main().catch((error: unknown) => {
	console.error(wordsOf(error));
	process.exitCode = 1;
});
