/** A piece of work that may fail, as a value: whoever asked looks at the failure and decides, instead of catching. */
export type Settled<T> = { value: T; error?: undefined } | { value?: undefined; error: Error };

export const settled = async <T>(work: () => Promise<T> | T): Promise<Settled<T>> => {
	try {
		return { value: await work() };
	} catch (error) {
		return { error: error instanceof Error ? error : new Error(String(error)) };
	}
};
