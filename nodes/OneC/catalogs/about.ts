/**
 * What other sets know about the objects of one page: contacts, bank accounts, prices, stock.
 *
 * A path that leads from their rows to the objects («Номенклатура/Code ge …») asks about a whole page in one request.
 * Paths are documented, but nobody has seen every one of them on a base of 10.3, and other conditions that 1C does not
 * understand match nothing without a word. So a path is trusted once it has brought a row; until then its silence is
 * checked against the rows of single objects, and a path that is refused or wrong is not used again.
 */
import type { CatalogPage } from './catalogPages';
import { Refusal } from '../odata/answers';
import { settled } from '../../shared/settled';
import { packed } from '../odata/odata';

export interface Question<Row> {
	/** From a row to the object, such as «Номенклатура/». */
	path: string;
	/** The condition for one object. */
	one(ref: string): string;
	ask(condition: string): Promise<Row[]>;
	objectOf(row: Row): string;
}

type Trust = 'unproven' | 'proven' | 'broken';

/** Stands for the rest of the address when conditions are packed into it. */
const REST = { select: ['x'.repeat(600)] };

export class About<Row> {
	private trust: Trust = 'unproven';

	constructor(private readonly question: Question<Row>) {}

	/** Rows by the object they are about. */
	async read(page: CatalogPage<{ ref: string }>): Promise<Map<string, Row[]>> {
		const rows = this.trust === 'broken' ? null : await this.byPath(page);
		const byObject = new Map(page.rows.map(({ ref }) => [ref, [] as Row[]] as const));
		for (const row of rows ?? (await this.oneByOne(page))) {
			byObject.get(this.question.objectOf(row).toLowerCase())?.push(row);
		}
		return byObject;
	}

	private async byPath(page: CatalogPage<{ ref: string }>): Promise<Row[] | null> {
		const { path, ask } = this.question;
		const { value, error } = await settled(async () => await ask(page.within(path)));
		if (error && !(error instanceof Refusal)) throw error;
		if (value && value.length > 0) this.trust = 'proven';
		if (value && (this.trust === 'proven' || (await this.isSilenceTrue(page)))) return value;
		this.trust = 'broken';
		return null;
	}

	/** A dozen objects from all over the page, asked about by themselves. */
	private async isSilenceTrue({ rows }: CatalogPage<{ ref: string }>): Promise<boolean> {
		const step = Math.ceil(rows.length / 12);
		const some = rows.filter((_, index) => index % step === 0);
		return (await this.oneByOne({ rows: some })).length === 0;
	}

	private async oneByOne({ rows }: Pick<CatalogPage<{ ref: string }>, 'rows'>): Promise<Row[]> {
		const { one, ask } = this.question;
		const found: Row[] = [];
		for (const { filter } of packed(
			rows.map(({ ref }) => one(ref)),
			REST,
		)) {
			found.push(...(await ask(filter ?? '')));
		}
		return found;
	}
}
