/** The administrator of the cabinet: references, notifications, keys, who is allowed in. */
import type { Access } from '../access';
import type { Desk } from '../desk';
import type { Subscription } from '../notifications';
import { digitsOf } from '../phone';

export interface Admin {
	addsCampaign(name: string): number;
	addsEmployee(employee: { lastName: string; firstName: string; phone: string }): number;
	addsTag(name: string): number;
	addsVirtualNumber(number: { phone: string; name: string; campaign?: number }): number;
	/** The placeholders of the template stand without quotes: {"id":{{communication_id}}}. */
	addsNotification(subscription: Subscription): void;
	addsLeadStage(extId: string): void;
	addsFunnel(funnel: { extId: string; stages: string[] }): void;
	/** A key until a moment, or for ever. */
	issuesKey(until?: number): string;
	blocksKey(key: string): void;
	/** 0.0.0.0/0 is anybody. */
	allowsAddress(address: string): void;
	deniesAddress(address: string): void;
	/** Options the client pays for, as the documentation names them. */
	enablesComponent(name: string): void;
	disablesComponent(name: string): void;
}

export const adminOf = (desk: Desk, access: Access, components: Set<string>): Admin => {
	const { store, notifications } = desk;
	return {
		addsCampaign: (name) => {
			const id = store.nextId('campaign', 310_771);
			store.campaigns.push({ id, name, type: 'basic', engine: null, siteId: store.sites[0].id });
			return id;
		},
		addsEmployee: (employee) => {
			const id = store.nextId('employee', 87_501);
			store.employees.push({ ...employee, id });
			return id;
		},
		addsTag: (name) => {
			const id = store.nextId('tag', 5_201);
			store.tags.push({ id, name, isSystem: false });
			return id;
		},
		addsVirtualNumber: ({ phone, name, campaign }) => {
			const id = store.nextId('number', 66_001);
			store.virtualNumbers.push({
				id,
				phone: digitsOf(phone),
				name,
				campaignId: campaign ?? null,
			});
			return id;
		},
		addsNotification: (subscription) => notifications.subscribe(subscription),
		addsLeadStage: (extId) => {
			store.leadStages.push(extId);
		},
		addsFunnel: (funnel) => {
			store.funnels.push(funnel);
		},
		issuesKey: (until) => access.issueKey(until),
		blocksKey: (key) => access.blockKey(key),
		allowsAddress: (address) => {
			access.allowedAddresses.add(address);
		},
		deniesAddress: (address) => {
			access.allowedAddresses.delete(address);
		},
		enablesComponent: (name) => {
			components.add(name);
		},
		disablesComponent: (name) => {
			if (!components.delete(name)) throw new Error(`The account has no component ${name}`);
		},
	};
};
