/**
 * Stand-in of a 1C:Управление торговлей 10.3 base published with the standard OData interface. Where every behaviour
 * comes from, and what is not imitated, is in README.md beside this file. It runs in memory on the loopback address
 * and must never import from `nodes/`.
 */
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { Changes } from './changes';
import { clockOf } from './clock';
import { NO_COSTS, type Costs } from './costs';
import { vatRatesOf } from './decode';
import { createFront, PUBLICATION, type RequestEntry } from './http';
import { Faults, type Levers } from './levers';
import { Accountant } from './people/accountant';
import { Admin } from './people/admin';
import { Office, type Seed } from './people/office';
import { Programmer } from './people/programmer';
import { Salesman } from './people/salesman';
import { seedBase } from './people/seed';
import { Sees } from './people/sees';
import { Storekeeper } from './people/storekeeper';
import { Service } from './service';
import { Store } from './store';
import { defaultSwitches, type BaseSwitches } from './switches';
import { Writing } from './writing';

export type { BaseSwitches, Levers, RequestEntry, Seed };

export interface BaseOptions {
	port?: number;
	/** Milliseconds since the epoch. */
	now?: () => number;
	/** The server's zone, Europe/Moscow by default: dates of 1C carry none. */
	timeZone?: string;
	/** Values of СтавкиНДС; give a list without НДС22 for a base that has not been updated. */
	vatRates?: string[];
	switches?: Partial<BaseSwitches>;
	/** What requests cost; nothing by default, `LIVE_BASE` of costs.ts is what was seen. */
	costs?: Partial<Costs>;
	/** How the base lets time pass while it works; a pretended clock may be put forward instead. */
	waits?: (milliseconds: number) => Promise<unknown>;
}

export interface Base {
	/** Publication address, http://127.0.0.1:PORT/ut */
	url: string;
	login: string;
	password: string;
	requests: RequestEntry[];
	admin: Admin;
	accountant: Accountant;
	storekeeper: Storekeeper;
	salesman: Salesman;
	programmer: Programmer;
	sees: Sees;
	levers: Levers;
	switches: BaseSwitches;
	seed: Seed;
	close(): Promise<void>;
}

export async function openBase(options: BaseOptions = {}): Promise<Base> {
	const now = options.now ?? Date.now;
	const switches: BaseSwitches = { ...defaultSwitches, ...options.switches };
	const clock = clockOf(now, options.timeZone ?? 'Europe/Moscow');
	const rules = { switches, vatRates: vatRatesOf(options.vatRates) };
	const store = new Store();
	const changes = new Changes(store, switches);
	const writing = new Writing(store, rules, clock, changes);
	const office = new Office(store, writing, clock, rules);
	const seed = seedBase(office);
	const faults = new Faults(store);
	const credentials = { login: 'Обмен', password: 'Пароль-1' };
	const requests: RequestEntry[] = [];
	const service = new Service({ store, writing, changes, rules, clock });
	const server = createFront({
		service,
		faults,
		switches,
		credentials,
		requests,
		costs: { ...NO_COSTS, ...options.costs },
		now,
		waits: options.waits ?? ((milliseconds) => setTimeout(milliseconds)),
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}${PUBLICATION}`,
		...credentials,
		requests,
		admin: new Admin(office, seed),
		accountant: new Accountant(office, seed),
		storekeeper: new Storekeeper(office, seed),
		salesman: new Salesman(office),
		programmer: new Programmer(office, switches),
		sees: new Sees(office),
		levers: faults,
		switches,
		seed,
		close: () =>
			new Promise((resolve, reject) => {
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			}),
	};
}
