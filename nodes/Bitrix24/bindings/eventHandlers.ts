/** Handlers of events: an address the portal calls, or the application's queue of offline events. */
import { z } from 'zod';
import type { BindingKind } from './bindings';

export type EventHandler = {
	event: string;
	/** Empty for the queue. */
	handler: string;
	offline: boolean;
};

const listSchema = z.array(
	z.object({
		event: z.string(),
		handler: z.string().nullish(),
		offline: z.union([z.number(), z.string(), z.boolean()]).nullish(),
	}),
);

const namesSchema = z.array(z.string());

/** Which events there are; `events` lists those of the application's scopes and of everybody. */
export const readEventNames = (listed: unknown): string[] => namesSchema.parse(listed).sort();

const params = ({ event, handler, offline }: EventHandler): Record<string, unknown> =>
	offline ? { event, event_type: 'offline' } : { event, handler };

export const eventHandlers: BindingKind<EventHandler> = {
	name: 'event handler',
	list: { method: 'event.get' },
	/** [Bitrix24 docs, event.get; https://github.com/bitrix-tools/b24-rest-docs/issues/343] */
	hidesOthers: true,
	read: (listed) =>
		listSchema.parse(listed).map(({ event, handler, offline }) => {
			const queued = Boolean(Number(offline ?? 0));
			return {
				event: event.toUpperCase(),
				handler: queued ? '' : (handler ?? ''),
				offline: queued,
			};
		}),
	isSame: (one, other) =>
		one.event === other.event && one.offline === other.offline && one.handler === other.handler,
	bind: (wanted) => ({ method: 'event.bind', params: params(wanted) }),
	unbind: (bound) => ({ method: 'event.unbind', params: params(bound) }),
};
