/**
 * A portal and a base in a process of their own, so that what the nodes hold in memory can be told from what the
 * stand-ins hold. `openSystemsApart` forks this very file.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openPortal } from '../standins/bitrix24/portal';
import { openBase } from '../standins/onec/base';

interface Addresses {
	webhookUrl: string;
	applicationToken: string;
	url: string;
	login: string;
	password: string;
}

/** What has become of the systems so far. */
export interface Standing {
	portalRequests: number;
	companies: number;
}

export class SystemsApart {
	private constructor(
		private readonly child: ChildProcess,
		readonly addresses: Addresses,
	) {}

	/** The base has so many counterparties with telephones, addresses and accounts; the portal has no limits. */
	static async open(counterparties: number): Promise<SystemsApart> {
		const child = fork(__filename, [String(counterparties)], { execArgv: ['--import', 'tsx'] });
		const [addresses] = (await once(child, 'message')) as [Addresses];
		return new SystemsApart(child, addresses);
	}

	async stands(): Promise<Standing> {
		this.child.send('How do you stand?');
		const [standing] = (await once(this.child, 'message')) as [Standing];
		return standing;
	}

	async close(): Promise<void> {
		const ended = once(this.child, 'exit');
		this.child.disconnect();
		await ended;
	}
}

const serves = async (counterparties: number): Promise<void> => {
	const [portal, base] = await Promise.all([openPortal({ bucket: 'off' }), openBase()]);
	base.admin.fillsCounterparties(counterparties, { details: true });
	process.on('message', () => {
		const standing: Standing = {
			portalRequests: portal.requests.length,
			companies: portal.sees.companies().length,
		};
		process.send?.(standing);
	});
	process.on('disconnect', () => process.exit());
	const { webhookUrl, applicationToken } = portal;
	const { url, login, password } = base;
	const addresses: Addresses = { webhookUrl, applicationToken, url, login, password };
	process.send?.(addresses);
};

if (process.send && process.argv[1] === __filename) void serves(Number(process.argv[2]));
