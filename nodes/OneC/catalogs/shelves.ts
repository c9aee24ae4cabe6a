/** The catalogs that are read object by object, each on its shelf. */
import { COUNTERPARTIES, ORGANIZATIONS, PRODUCTS, REASONS, UNITS, WAREHOUSES } from './catalogs';
import type { OneCClient } from '../odata/client';
import { Shelf } from './shelf';

const refOf = ({ ref }: { ref: string }): string => ref;

/** One per execution of a node: what was read once is not read again. */
export const openShelves = (client: OneCClient) => ({
	counterparties: new Shelf(client, COUNTERPARTIES, refOf),
	organizations: new Shelf(client, ORGANIZATIONS, refOf),
	products: new Shelf(client, PRODUCTS, refOf),
	units: new Shelf(client, UNITS, refOf),
	warehouses: new Shelf(client, WAREHOUSES, refOf),
	reasons: new Shelf(client, REASONS, refOf),
});

export type Shelves = ReturnType<typeof openShelves>;
