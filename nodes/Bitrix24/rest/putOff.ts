/**
 * Commands of a batch that were not carried out because the time of their method was used up, and those that refer to
 * such a command: they go out once more, the others do not.
 */
import type { Command, Reply } from './client';
import { isTimeUsedUp } from './decide';
import { refersTo } from './reference';

export const isPutOff = (reply: Reply): boolean =>
	'problem' in reply && isTimeUsedUp(reply.problem);

/**
 * @param places of commands that went out together, in their order
 * @returns those of them to send again
 */
export const unfinished = (
	places: readonly number[],
	commands: readonly Command[],
	replies: readonly Reply[],
): number[] => {
	const again = new Set<number>();
	for (const place of places) {
		const hangsOn = refersTo(commands[place]).some((one) => again.has(one));
		if (isPutOff(replies[place]) || hangsOn) again.add(place);
	}
	return [...again];
};
