/** Pages of the application inside the portal, such as a tab of the deal card. */
import { z } from 'zod';
import type { BindingKind } from './bindings';

export type Placement = {
	placement: string;
	/** Address of the page. */
	handler: string;
	/** What the tab or the menu item is called; empty for the name of the application. */
	title: string;
};

const listSchema = z.array(
	z.object({
		placement: z.string(),
		handler: z.string(),
		title: z
			.string()
			.nullish()
			.transform((title) => title ?? ''),
	}),
);

export const placements: BindingKind<Placement> = {
	name: 'placement',
	hidesOthers: false,
	list: { method: 'placement.get' },
	read: (listed) => listSchema.parse(listed),
	isSame: (one, other) =>
		one.placement === other.placement &&
		one.handler === other.handler &&
		(one.title === other.title || one.title === '' || other.title === ''),
	bind: ({ placement, handler, title }) => ({
		method: 'placement.bind',
		params: {
			PLACEMENT: placement,
			HANDLER: handler,
			TITLE: title,
			...(title === '' ? {} : { LANG_ALL: { ru: { TITLE: title }, en: { TITLE: title } } }),
		},
	}),
	unbind: ({ placement, handler }) => ({
		method: 'placement.unbind',
		params: { PLACEMENT: placement, HANDLER: handler },
	}),
};
