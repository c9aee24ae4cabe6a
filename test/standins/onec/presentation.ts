/** How 1C shows things to a person: documents by number and date, items of catalogs by name, references by what they lead to. */
import { presentDate } from './clock';
import { PRESENTATION, PRESENTATION_OF } from './odata/select';
import type { RowType } from './model/types';
import type { Entity, Store } from './store';
import { EMPTY_DATE, text, type Row } from './values';

export const present = ({ type, row }: Entity): string =>
	type.kind === 'Document'
		? `${type.title} ${text(row, 'Number')} от ${presentDate(text(row, 'Date'))}`
		: text(row, 'Description');

/** The value of `X____Presentation`, or of `Presentation` for the row itself. */
export function presentValue(store: Store, row: Row, type: RowType, name: string): string {
	if (name === PRESENTATION) return presentRef(store, text(row, 'Ref_Key'));
	const field = name.slice(0, -PRESENTATION_OF.length);
	if (type.navigation.has(field)) return presentRef(store, text(row, `${field}_Key`));
	const property = type.properties.get(field);
	const value = row[field];
	if (property?.edm === 'Edm.Boolean') return value === true ? 'Да' : 'Нет';
	if (property?.edm === 'Edm.DateTime')
		return value === EMPTY_DATE ? '' : presentDate(text(row, field));
	if (property?.type.kind === 'composite' && store.find(text(row, field))) {
		return presentRef(store, text(row, field));
	}
	return text(row, field);
}

function presentRef(store: Store, ref: string): string {
	const entity = store.find(ref);
	return entity ? present(entity) : '';
}
