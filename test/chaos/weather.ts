/** What goes wrong around n8n in one minute: networks, limits and locks, by chance. Everything that strikes lasts a request or two. */
import type { Dice } from './dice';
import { documentsOf, refOf, type Firm } from './firm';
import type { Bargain } from './people';

/** Outages end so many times as readily as they begin. */
const OUTAGES_END = 5;

export interface Weather {
	/** Counts of what was sent against the two systems, by name. */
	readonly struck: Record<string, number>;
	minute(firm: Firm, bargains: Bargain[]): void;
	/** Clears the sky: everything works again. */
	clears(firm: Firm): void;
}

/** @param percent how likely each trouble is in a minute */
export const weatherOf = (dice: Dice, percent: number): Weather => {
	const struck: Record<string, number> = {};
	const locked = new Set<string>();
	const strikes = (name: string, work: () => void, times = 1): void => {
		if (!dice.happens(percent * times)) return;
		struck[name] = (struck[name] ?? 0) + 1;
		work();
	};
	return {
		struck,
		minute({ portal, base }, bargains) {
			const firm = { portal, base } as Firm;
			strikes('answer of the portal lost', () => portal.levers.losesNextAnswer());
			strikes('answer to an addition lost', () => portal.levers.losesNextAnswer('crm.item.add'));
			strikes('answer to an update lost', () => portal.levers.losesNextAnswer('crm.item.update'));
			strikes('portal failed', () =>
				portal.levers.failsNext(undefined, 500, 'INTERNAL_SERVER_ERROR', 'Internal server error'),
			);
			strikes('bucket empty', () => portal.levers.emptiesBucket());
			strikes('answer of 1C lost', () => base.levers.losesNextAnswer());
			strikes('502 after the write', () => base.levers.answers502AfterTheWrite());
			strikes('1C failed', () => base.levers.failsNext(500));
			strikes('no licence', () => base.levers.exhaustsLicences(1));
			strikes('document locked', () => {
				const [order] = documentsOf(firm, 'ЗаказПокупателя', dice.oneOf(bargains).deal);
				if (!order) return;
				locked.add(refOf(order));
				base.levers.locks(refOf(order));
			});
			strikes('lock let go', () => {
				for (const ref of locked) base.levers.unlocks(ref);
				locked.clear();
			});
			strikes('portal down', () => portal.levers.goesDown());
			strikes('portal back', () => portal.levers.comesBack(), OUTAGES_END);
			strikes('1C down', () => base.levers.goesDown());
			strikes('1C back', () => base.levers.comesBack(), OUTAGES_END);
		},
		clears({ portal, base }) {
			for (const ref of locked) base.levers.unlocks(ref);
			portal.levers.comesBack();
			base.levers.comesBack();
		},
	};
};
