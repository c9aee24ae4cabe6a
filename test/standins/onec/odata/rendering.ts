/** What both representations, atom and JSON, need to know of the base to write a row. */
import type { RowType } from '../model/types';
import type { Row } from '../values';

export interface Rendering {
	/** Address of the service, with a slash at the end. */
	root: string;
	/** Moment of the answer in the server's time. */
	updated: string;
	rowOf(set: string, ref: string): Row | undefined;
	typeOf(set: string): RowType | undefined;
	/** Integers of few digits are Int64 too, so they are strings in JSON. */
	wideIntegers: boolean;
	/** What a person would see: the value of `X____Presentation`. */
	present(row: Row, type: RowType, name: string): string;
}
