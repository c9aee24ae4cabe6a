/** A client that nobody here wrote, what it is made to do with a stand-in, and the verdict on each of these scenarios. */

export interface Scenario<World> {
	name: string;
	/**
	 * What the stand-in leaves out on purpose. The client must then fail with this refusal: a scenario that passes, or
	 * fails with anything else, differs.
	 */
	leftOut?: { because: string; refusal: RegExp };
	/** Rejects when the client gets something else than a real system would give it. */
	run(world: World): Promise<void>;
}

export interface OutsideClient<World> {
	/** Package and version. */
	name: string;
	/** Every scenario gets a stand-in of its own. */
	opens(): Promise<World>;
	closes(world: World): Promise<void>;
	scenarios: ReadonlyArray<Scenario<World>>;
}

export interface Verdict {
	client: string;
	scenario: string;
	result: 'passed' | 'not imitated by design' | 'differs';
	/** Why it is not imitated, or what was expected and what came. */
	detail: string;
}

/** Milliseconds, pauses of the clients included. */
const PATIENCE = 60_000;

export async function judges<World>(client: OutsideClient<World>): Promise<Verdict[]> {
	const verdicts: Verdict[] = [];
	for (const scenario of client.scenarios) {
		const world = await client.opens();
		const failure = await failureOf(scenario, world);
		await client.closes(world);
		verdicts.push({ client: client.name, scenario: scenario.name, ...resultOf(scenario, failure) });
	}
	return verdicts;
}

async function failureOf<World>(scenario: Scenario<World>, world: World): Promise<string | null> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE} ms`)), PATIENCE);
	});
	try {
		await Promise.race([scenario.run(world), late]);
		return null;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	} finally {
		clearTimeout(timer);
	}
}

function resultOf<World>(
	{ leftOut }: Scenario<World>,
	failure: string | null,
): Pick<Verdict, 'result' | 'detail'> {
	if (!leftOut) {
		return failure === null
			? { result: 'passed', detail: '' }
			: { result: 'differs', detail: failure };
	}
	if (failure !== null && leftOut.refusal.test(failure)) {
		return { result: 'not imitated by design', detail: leftOut.because };
	}
	const got = failure === null ? 'the scenario passed' : `the client got: ${failure}`;
	return { result: 'differs', detail: `expected ${String(leftOut.refusal)}, but ${got}` };
}
