/** What a run says on the canvas: a line a page, whatever needs a person, and the counts. Nothing of it grows with the catalog. */
import { countOf, noCounts, sumOf, type Counts, type Outcome } from '../exchange/syncReport';
import type { Json, OutputItem } from '../shared/operation';

export const OUTPUTS = ['Pages', 'In Doubt', 'Failed', 'Notices', 'Summary'];

const [PAGES, IN_DOUBT, FAILED, NOTICES, SUMMARY] = OUTPUTS.keys();

const asJson = (outcome: Outcome): Json =>
	JSON.parse(JSON.stringify({ ...outcome, isOwnCard: undefined })) as Json;

export class Report {
	private readonly items: OutputItem[] = [];
	private counts: Counts = noCounts();
	private pages = 0;
	private cutLinks = 0;
	private readonly more: Json = {};

	constructor(
		private readonly what: string,
		private readonly dryRun: boolean,
	) {}

	page(outcomes: readonly Outcome[]): void {
		this.pages += 1;
		const counts = countOf(outcomes);
		this.counts = sumOf(this.counts, counts);
		const last = outcomes[outcomes.length - 1];
		this.put(PAGES, { what: this.what, page: this.pages, ...counts, upTo: last?.code ?? '' });
		this.tell(outcomes);
	}

	/** Cards whose object has gone from 1C. */
	gone(outcomes: readonly Outcome[]): void {
		this.cutLinks += outcomes.filter(({ fate }) => fate === 'updated').length;
		this.tell(outcomes);
	}

	sections({ created, updated }: { created: number; updated: number }): void {
		Object.assign(this.more, { sectionsCreated: created, sectionsUpdated: updated });
	}

	/** How far the run came, for the words of a failure. */
	get soFar(): string {
		return `${this.pages} pages, ${this.counts.read} read`;
	}

	all(): OutputItem[] {
		const { what, dryRun, pages, counts, cutLinks: gone } = this;
		const summary = { what, dryRun, pages, ...counts, gone, ...this.more };
		return [...this.items, { json: summary, output: SUMMARY }];
	}

	private tell(outcomes: readonly Outcome[]): void {
		for (const outcome of outcomes) {
			if (outcome.fate === 'inDoubt') this.put(IN_DOUBT, asJson(outcome));
			else if (outcome.fate === 'failed') this.put(FAILED, asJson(outcome));
			else if (outcome.notices) this.put(NOTICES, asJson(outcome));
		}
	}

	private put(output: number, json: Json): void {
		this.items.push({ json: { ...json }, output });
	}
}
