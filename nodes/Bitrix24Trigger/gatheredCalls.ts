/**
 * Calls about many deals at once, such as a manager moving a hundred of them in the list. The portal allows two requests
 * a second, so calls that come while a look is under way are looked into together by the next one, and start the
 * workflow once. What n8n does not live to look into, the next poll finds.
 */
export class GatheredCalls {
	private next: Set<number> | null = null;
	private last: Promise<unknown> = Promise.resolve();

	/** @returns what the look has found, to the call that leads it; null to those that came along */
	async lookInto<Found>(
		deal: number,
		look: (deals: number[]) => Promise<Found>,
	): Promise<Found | null> {
		if (this.next) {
			this.next.add(deal);
			return null;
		}
		const deals = new Set([deal]);
		this.next = deals;
		const turn = this.last.then(async () => {
			this.next = null;
			return await look([...deals]);
		});
		this.last = turn.catch(() => undefined);
		return await turn;
	}
}

const byTrigger = new Map<string, GatheredCalls>();

/** Those of one trigger in this process; workflows with tables of their own look for themselves. */
export const callsOf = (trigger: string): GatheredCalls => {
	const existing = byTrigger.get(trigger);
	if (existing) return existing;
	const calls = new GatheredCalls();
	byTrigger.set(trigger, calls);
	return calls;
};
