/**
 * Who may call: sessions of one hour, keys, the list of allowed addresses.
 * Imitates: reference §1.1; access is closed until an address is allowed, which openAccount does for the loopback.
 * Does not imitate: rights of a user inside the cabinet, agents with their `user_id`.
 */
import { randomBytes } from 'node:crypto';
import { Refusal, type Mnemonic } from './refusal';
import type { AccountSwitches } from './switches';

const HOUR_MS = 3_600_000;
const EVERYBODY = '0.0.0.0/0';

interface Key {
	blocked: boolean;
	/** Milliseconds; a permanent key has none. */
	until?: number;
}

export class Access {
	readonly allowedAddresses = new Set<string>();
	private readonly keys = new Map<string, Key>();
	private readonly sessions = new Map<string, number>();

	constructor(
		readonly login: string,
		readonly password: string,
		private readonly switches: AccountSwitches,
		private readonly now: () => number,
	) {}

	issueKey(until?: number): string {
		const key = randomBytes(20).toString('hex');
		this.keys.set(key, { blocked: false, until });
		return key;
	}

	blockKey(key: string): void {
		const known = this.keys.get(key);
		if (!known) throw new Error('The account has no such key');
		known.blocked = true;
	}

	/** Seconds of the epoch at which the session ends come with its token. */
	logIn(login: string, password: string): { token: string; endsAt: number } {
		if (login !== this.login || password !== this.password) throw new Refusal('auth_error');
		const token = randomBytes(16).toString('hex');
		const end = this.now() + HOUR_MS;
		this.sessions.set(token, end);
		return { token, endsAt: Math.floor(end / 1000) };
	}

	logOut(token: string): void {
		this.sessions.delete(token);
	}

	endSessions(): void {
		for (const token of this.sessions.keys()) this.sessions.set(token, this.now());
	}

	checkAddress(address: string): void {
		const ip = address.replace(/^::ffff:/, '');
		if (this.allowedAddresses.has(EVERYBODY) || this.allowedAddresses.has(ip)) return;
		throw new Refusal('ip_not_whitelisted', { params: { ip } });
	}

	checkToken(token: string): void {
		const problem = this.problemOf(token);
		if (problem) throw new Refusal(problem, { field: 'access_token', value: token });
	}

	private problemOf(token: string): Mnemonic | undefined {
		const key = this.keys.get(token);
		if (key?.blocked) return 'access_token_blocked';
		if (key)
			return key.until !== undefined && key.until <= this.now()
				? 'access_token_expired'
				: undefined;
		const end = this.sessions.get(token);
		if (end === undefined) return 'access_token_invalid';
		return end <= this.now() ? this.switches.expiredSession : undefined;
	}
}
