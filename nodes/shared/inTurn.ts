/**
 * Pieces of work about the same thing, one after another within this n8n process: two executions that look first and
 * write then would both find nothing. Between processes only looking again helps.
 */
const turns = new Map<string, Promise<unknown>>();

export const inTurn = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
	const before = turns.get(key) ?? Promise.resolve();
	const mine = before.then(work, work);
	turns.set(key, mine);
	try {
		return await mine;
	} finally {
		if (turns.get(key) === mine) turns.delete(key);
	}
};
