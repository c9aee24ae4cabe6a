/**
 * A call of the base itself: «something has happened». Only a wake-up: whoever calls is asked for its token, what it
 * says is not believed, and the trigger looks for itself.
 */
import { isSameSecret } from '../shared/secret';

/** @param header «Bearer …» */
export const isGenuine = (header: string | undefined, token: string): boolean =>
	isSameSecret(/^Bearer\s+(.+)$/i.exec(header ?? '')?.[1] ?? '', token);

const underWay = new Map<string, { again: boolean }>();

/**
 * A base that writes a hundred documents calls a hundred times. Calls that come during a look are all answered by one
 * more look after it.
 * @param trigger whose looks they are
 * @returns null when a look that is under way will see to it
 */
export const lookOnce = async <News>(
	trigger: string,
	look: () => Promise<News[]>,
): Promise<News[] | null> => {
	const known = underWay.get(trigger);
	if (known) {
		known.again = true;
		return null;
	}
	const own = { again: true };
	underWay.set(trigger, own);
	const news: News[] = [];
	try {
		while (own.again) {
			own.again = false;
			news.push(...(await look()));
		}
		return news;
	} finally {
		underWay.delete(trigger);
	}
};
