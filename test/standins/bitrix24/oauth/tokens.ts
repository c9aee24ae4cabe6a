/**
 * Codes and tokens of OAuth 2.0.
 * Imitates: b24restdocs settings/oauth/{index,auto-renewal}.md (reference §1.3): a code lives 30 seconds and
 * works once, an access token lives an hour, a refresh token 180 days and is replaced by every renewal. What the tokens
 * before it are worth then, is a switch (reference §1.3, and course 169 lesson 20134 of training.bitrix24.com).
 * Does not imitate: the block of applications that renew too often.
 */
import { randomBytes } from 'node:crypto';
import { Refusal } from '../refusal';
import type { PortalSwitches } from '../switches';
import type { Application } from './applications';

const CODE_MS = 30_000;
export const ACCESS_SECONDS = 3600;
const ACCESS_MS = ACCESS_SECONDS * 1000;
const REFRESH_MS = 180 * 24 * 60 * 60 * 1000;

export interface Grant {
	application: Application;
	userId: number;
	accessToken: string;
	refreshToken: string;
	/** Milliseconds of the portal's clock. */
	accessUntil: number;
	refreshUntil: number;
}

interface Code {
	application: Application;
	userId: number;
	until: number;
}

export class Tokens {
	private readonly codes = new Map<string, Code>();
	private readonly byAccess = new Map<string, Grant>();
	private readonly byRefresh = new Map<string, Grant>();
	/** Applications that were refused new tokens and have not been let in since. */
	private readonly shutOut = new Set<Application>();

	constructor(
		private readonly switches: PortalSwitches,
		private readonly now: () => number,
	) {}

	code(application: Application, userId: number): string {
		const code = secret();
		this.codes.set(code, { application, userId, until: this.now() + CODE_MS });
		return code;
	}

	issue(application: Application, userId: number): Grant {
		const now = this.now();
		const grant: Grant = {
			application,
			userId,
			accessToken: secret(),
			refreshToken: secret(),
			accessUntil: now + ACCESS_MS,
			refreshUntil: now + REFRESH_MS,
		};
		this.byAccess.set(grant.accessToken, grant);
		this.byRefresh.set(grant.refreshToken, grant);
		return grant;
	}

	exchange(application: Application, code: string): Grant | undefined {
		const known = this.codes.get(code);
		this.codes.delete(code);
		if (known?.application !== application || known.until <= this.now()) return undefined;
		return this.issue(application, known.userId);
	}

	/** Where the token that was used is worth nothing afterwards, two workers renewing at once race. */
	renew(application: Application, refreshToken: string): Grant | undefined {
		const known = this.byRefresh.get(refreshToken);
		if (known?.application !== application || known.refreshUntil <= this.now()) {
			this.shutOut.add(application);
			return undefined;
		}
		if (this.switches.usedRefreshToken === 'worthless') this.byRefresh.delete(refreshToken);
		if (this.switches.accessAfterRenewal === 'ends') this.byAccess.delete(known.accessToken);
		return this.issue(application, known.userId);
	}

	holder(accessToken: string): Grant {
		const grant = this.byAccess.get(accessToken);
		if (!grant) {
			throw new Refusal(401, this.switches.unknownToken, 'Wrong authorization data');
		}
		if (grant.accessUntil <= this.now()) {
			throw new Refusal(401, 'expired_token', 'The access token provided has expired.');
		}
		this.shutOut.delete(grant.application);
		return grant;
	}

	isShutOut(application: Application): boolean {
		return this.shutOut.has(application);
	}

	/** One access token, or every one there is. */
	expireAccess(accessToken?: string): void {
		for (const grant of this.byAccess.values()) {
			if (accessToken === undefined || grant.accessToken === accessToken) grant.accessUntil = 0;
		}
	}

	expireRefresh(): void {
		for (const grant of this.byRefresh.values()) grant.refreshUntil = 0;
	}
}

function secret(): string {
	return randomBytes(32).toString('hex');
}
