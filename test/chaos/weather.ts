/**
 * What goes wrong around n8n by chance. Networks strike single requests, so many of a hundred; limits, locks, closed
 * periods and outages come and go by the moment, which is a minute or a second, as whoever plays it likes.
 */
import type { Misfortune } from '../standins/bitrix24/levers';
import type { Dice } from './dice';
import { documentsOf, refOf, type Firm } from './firm';
import type { Bargain } from './people';

export interface Climate {
	/** Percent of requests whose answer is lost after the work was done. */
	lost: number;
	/** Percent of requests that fail with a 5xx, nothing done. */
	failing: number;
	/** Percent of requests that are done and never answered; each costs n8n its whole patience. */
	silent: number;
	/** Percent, of each trouble that lasts, in a moment. */
	troubles: number;
	/** Milliseconds that a late event is late; null where nobody delivers events. */
	latest: number | null;
}

/** Troubles that last are over so many times as readily as they begin. */
const OVER = 5;

/** Methods that live on the portal's operating time. */
const METHODS = [
	'crm.item.list',
	'crm.item.update',
	'crm.item.add',
	'crm.item.productrow.list',
	'crm.timeline.comment.add',
];

const FOREVER = '2099-12-31';

/** What befalls one request, by dice that nothing else throws. */
const fates = (
	dice: Dice,
	{ lost, failing, silent }: Climate,
	happened: (name: string) => void,
): (() => Misfortune | undefined) => {
	const often: Array<[Misfortune, number]> = [
		['lost answer', lost],
		['failure', failing],
		['silence', silent],
	];
	return () => {
		const [met] = often.find(([, percent]) => dice.happens(percent)) ?? [];
		if (met) happened(met);
		return met;
	};
};

/** Of ten events one never comes, one comes twice, two are late and so out of order. */
const posts = (dice: Dice, latest: number, happened: (name: string) => void): (() => number[]) => {
	const late = (): number => dice.between(1000, latest);
	const ways: Array<[string, () => number[]]> = [
		['event lost', () => []],
		['event twice', () => [0, late()]],
		['event late', () => [late()]],
		['event late', () => [late()]],
	];
	return () => {
		const [name, arrivals] = ways[dice.between(0, 9)] ?? [];
		if (!name || !arrivals) return [0];
		happened(name);
		return arrivals();
	};
};

export class Weather {
	/** Counts of what was sent against the two systems, by name. */
	readonly struck: Record<string, number> = {};
	private readonly locked = new Set<string>();
	private readonly dice;

	constructor(
		seed: Dice,
		private readonly climate: Climate,
	) {
		this.dice = seed.branch(-1);
	}

	/** From now on requests and events meet their fate. */
	begins({ portal, base }: Firm): void {
		const named = (system: string) => (name: string) => this.counts(`${system}: ${name}`);
		portal.levers.meets(fates(this.dice.branch(1), this.climate, named('portal')));
		base.levers.meets(fates(this.dice.branch(2), this.climate, named('1C')));
		const { latest } = this.climate;
		if (latest !== null) {
			portal.levers.mails(posts(this.dice.branch(3), latest, named('portal')));
		}
	}

	/** The troubles that last: each may begin now, or be over. */
	moment(firm: Firm, bargains: Bargain[]): void {
		const { portal, base } = firm;
		const { dice } = this;
		this.strikes('portal: bucket empty', () => portal.levers.emptiesBucket());
		this.strikes('portal: operating time used up', () =>
			portal.levers.exhaustsOperatingTime(dice.oneOf(METHODS)),
		);
		this.ends(() => portal.levers.renewsOperatingTime());
		this.strikes('portal: tokens expired', () => portal.levers.expiresTokens());
		this.strikes('1C: no licence', () => base.levers.exhaustsLicences(dice.between(1, 8)));
		this.strikes('1C: locks met', () => base.levers.conflictsOnWrites(dice.between(1, 3)));
		this.strikes('1C: 502 after the write', () => base.levers.answers502AfterTheWrite());
		this.strikes('1C: document open in a client', () => this.opensDocument(firm, bargains));
		this.ends(() => this.closesDocuments(firm));
		this.strikes('1C: period closed', () => base.levers.closesPeriod(FOREVER));
		this.ends(() => base.levers.closesPeriod(''));
		this.strikes('portal: down', () => portal.levers.goesDown());
		this.ends(() => portal.levers.comesBack());
		this.strikes('1C: down', () => base.levers.goesDown());
		this.ends(() => base.levers.comesBack());
	}

	/** Everything works again. */
	clears(firm: Firm): void {
		const { portal, base } = firm;
		this.closesDocuments(firm);
		base.levers.closesPeriod('');
		base.levers.exhaustsLicences(0);
		base.levers.conflictsOnWrites(0);
		base.levers.meets(undefined);
		base.levers.comesBack();
		portal.levers.renewsOperatingTime();
		portal.levers.meets(undefined);
		portal.levers.mails(undefined);
		portal.levers.comesBack();
	}

	private opensDocument(firm: Firm, bargains: Bargain[]): void {
		if (bargains.length === 0) return;
		const [order] = documentsOf(firm, 'ЗаказПокупателя', this.dice.oneOf(bargains).deal);
		if (!order) return;
		this.locked.add(refOf(order));
		firm.base.levers.locks(refOf(order));
	}

	private closesDocuments({ base }: Firm): void {
		for (const ref of this.locked) base.levers.unlocks(ref);
		this.locked.clear();
	}

	private strikes(name: string, work: () => void): void {
		if (!this.dice.happens(this.climate.troubles)) return;
		this.counts(name);
		work();
	}

	private ends(work: () => void): void {
		if (this.dice.happens(this.climate.troubles * OVER)) work();
	}

	private counts(name: string): void {
		this.struck[name] = (this.struck[name] ?? 0) + 1;
	}
}
