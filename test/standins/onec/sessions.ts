/**
 * Sessions of the base: each request opens one and each takes a licence while it lasts (reference 1c-ut103.md §2
 * "Sessions"). With a pool of n licences the request n+1 under way at the same moment gets the licence text. A session
 * kept by the ibsession cookie (switch ibSession) holds its licence between requests until `IBSession: finish`.
 */
import { randomUUID } from 'node:crypto';

export class Sessions {
	licences = Infinity;
	private readonly kept = new Set<string>();
	private lasting = 0;

	/** What ends the session of this request; undefined when no licence is free. */
	opens(cookie: string | undefined): (() => void) | undefined {
		if (cookie !== undefined && this.kept.has(cookie)) return () => undefined;
		if (this.lasting + this.kept.size >= this.licences) return undefined;
		this.lasting += 1;
		return () => {
			this.lasting -= 1;
		};
	}

	/** The session that opened a request stays, under the cookie that is given out. */
	keeps(): string {
		const cookie = randomUUID();
		this.kept.add(cookie);
		return cookie;
	}

	finishes(cookie: string | undefined): void {
		if (cookie !== undefined) this.kept.delete(cookie);
	}
}
