/**
 * Lets only so many through at a time. Every request to 1C opens a session and takes a licence that people need too,
 * so all nodes of one n8n process share one gate per base.
 */
export class Gate {
	private inside = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly size: number) {}

	async through<Result>(work: () => Promise<Result>): Promise<Result> {
		await this.enter();
		try {
			return await work();
		} finally {
			this.leave();
		}
	}

	private async enter(): Promise<void> {
		if (this.inside < this.size) {
			this.inside += 1;
			return;
		}
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** The place goes to the next in line, so nobody who comes later gets it first. */
	private leave(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.inside -= 1;
	}
}

const AT_A_TIME = 2;

const gates = new Map<string, Gate>();

export const gateOf = (base: string): Gate => {
	const gate = gates.get(base) ?? new Gate(AT_A_TIME);
	gates.set(base, gate);
	return gate;
};
