/**
 * How crm.item.* spells user fields when `useOriginalUfNames` is not Y.
 * Imitates: the rules of `crm/universal/index.md` (reference §2.2).
 * Does not imitate: the clash rule (two names that shorten to one keep their originals).
 */
export function camelUserField(original: string): string {
	const typed = /^UF_CRM_(\d+)_(.+)$/.exec(original);
	if (!typed) return `ufCrm_${original.replace(/^UF_CRM_/, '')}`;
	const [, typeNumber, rest] = typed;
	if (/^\d+$/.test(rest)) return `ufCrm${typeNumber}_${rest}`;
	if (/^[A-Z_]+$/.test(rest)) return `ufCrm${typeNumber}${pascal(rest)}`;
	return `ufCrm_${typeNumber}_${rest}`;
}

function pascal(snake: string): string {
	return snake
		.split('_')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join('');
}
