/** A user field that a setup makes. */
export interface CardField {
	name: string;
	type: 'string' | 'double' | 'url';
	/** What managers see in the card. */
	title: string;
	multiple?: boolean;
}

export const text = (name: string, title: string): CardField => ({ name, type: 'string', title });

export const texts = (name: string, title: string): CardField => ({
	...text(name, title),
	multiple: true,
});

export const number = (name: string, title: string): CardField => ({ name, type: 'double', title });

export const link = (name: string, title: string): CardField => ({ name, type: 'url', title });
