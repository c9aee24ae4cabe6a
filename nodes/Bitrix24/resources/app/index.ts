import type { Resource } from '../../../shared/operation';
import type { Bitrix24Client } from '../../rest/client';
import { applicationNotice } from './fields';
import { bindEvent, getEvents, unbindEvent } from './event';
import { getInfo } from './info';
import { bindPlacement, getPlacements, unbindPlacement } from './placement';

export const app: Resource<Bitrix24Client> = {
	value: 'app',
	name: 'App (Приложение)',
	operations: [
		getInfo,
		bindPlacement,
		unbindPlacement,
		getPlacements,
		bindEvent,
		unbindEvent,
		getEvents,
	].map((operation) => ({
		...operation,
		properties: [applicationNotice, ...operation.properties],
	})),
};
