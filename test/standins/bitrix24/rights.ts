/**
 * Who may see and change what.
 * Imitates: administrators may everything; a CRM role of «свои» shows a user his own cards only: lists leave the
 * others out, everything else is refused with 400 and not 403 (reference §1.9).
 * Does not imitate: roles set up per funnel, stage or action.
 */
import { Refusal } from './refusal';
import type { Item } from './store';
import type { User } from './users';

export function maySee(user: User, item: Item): boolean {
	return user.cards === 'all' || item.assignedById === user.id;
}

export function checkCard(user: User, item: Item): Item {
	if (!maySee(user, item)) throw new Refusal(400, 'ACCESS_DENIED', 'Access denied');
	return item;
}

/** The classic generation leaves the code blank. */
export function checkAdmin(user: User, code: string | number = '', text = 'Access denied.'): void {
	if (!user.admin) throw new Refusal(400, code, text);
}
