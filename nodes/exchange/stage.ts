/** Stages of deals and invoices, as both tables need them. */

/** A stage as the CRM lists it. */
export interface Stage {
	id: string;
	name: string;
	sort: number;
	semantics: 'process' | 'success' | 'failure';
}
