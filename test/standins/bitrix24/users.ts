/**
 * Employees of the portal.
 * Imitates: administrators, a manager who sees every card and a salesman who sees only his own.
 * Does not imitate: departments, roles set up in detail, extranet users.
 */
import type { Store } from './store';

export interface User {
	id: number;
	admin: boolean;
	/** Which cards the CRM role shows: everybody's or those the user is responsible for. */
	cards: 'all' | 'own';
	name: string;
	lastName: string;
	email: string;
	position: string;
}

export const INTEGRATION_USER = 1;
export const ADMINISTRATOR_USER = 3;
export const MANAGER_USER = 7;
export const SALESMAN_USER = 9;

export const USERS: User[] = [
	{
		id: INTEGRATION_USER,
		admin: true,
		cards: 'all',
		name: 'Интеграция',
		lastName: '',
		email: 'integration@example.test',
		position: '',
	},
	{
		id: ADMINISTRATOR_USER,
		admin: true,
		cards: 'all',
		name: 'Анна',
		lastName: 'Админова',
		email: 'admin@example.test',
		position: 'Администратор',
	},
	{
		id: MANAGER_USER,
		admin: false,
		cards: 'all',
		name: 'Михаил',
		lastName: 'Менеджеров',
		email: 'manager@example.test',
		position: 'Руководитель отдела продаж',
	},
	{
		id: SALESMAN_USER,
		admin: false,
		cards: 'own',
		name: 'Петр',
		lastName: 'Продавцов',
		email: 'salesman@example.test',
		position: 'Менеджер по продажам',
	},
];

export function userById(store: Store, id: number): User {
	const found = store.users.find((user) => user.id === id);
	if (!found) throw new Error(`The portal has no user ${id}`);
	return found;
}
