/**
 * A problem that has been told, waits for a person, and has been looked into again only lately. A trigger that looks
 * every minute need not say it every minute; whatever cannot go on because of it says it all the same.
 */
import { Problem } from '../exchange/problem';

export class ToldAlready extends Problem {
	override name = 'ToldAlready';

	static of({ message, remedy, russian }: Problem): ToldAlready {
		return new ToldAlready(message, remedy, russian);
	}
}
