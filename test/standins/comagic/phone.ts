/** Phones as the account keeps them: E.164 digits without the plus, 79161234567 (reference §1.4 shows such). */
import type { AccountSwitches } from './switches';

export const digitsOf = (phone: string): string =>
	phone.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '7');

export const isE164 = (phone: string): boolean => /^\+?[1-9]\d{6,14}$/.test(phone);

export const phoneColumn = (
	{ visitorPhone }: AccountSwitches,
	phone: string | null,
): string | number | null => {
	if (phone === null) return null;
	return visitorPhone === 'number' ? Number(phone) : phone;
};
