/** What is to stand in a card: its fields, and its phones and e-mails, which are written in a way of their own. */
import { harmless } from '../rest/harmless';
import { valuesFor, type CardFields } from './cardFields';
import { typesIn, type TypeOf } from './fieldTypes';
import { communicationsIn, isCommunication, type Communication } from './communications';

export interface CardValues {
	entityTypeId: number;
	/** What a person calls the card. */
	card: string;
	/** As Bitrix24 takes them. */
	fields: Record<string, unknown>;
	communications: Communication[];
	/** What the fields of such cards hold on this portal. */
	typeOf: TypeOf;
}

/** @param given values as they were typed or came from elsewhere, by the names of fields */
export const toCardValues = (
	entityTypeId: number,
	card: string,
	known: CardFields,
	given: Record<string, unknown>,
): CardValues => {
	const names = Object.keys(given);
	return {
		entityTypeId,
		card,
		fields: harmless(
			valuesFor(
				known,
				Object.fromEntries(
					names.filter((name) => !isCommunication(name)).map((name) => [name, given[name]]),
				),
				card,
			),
		),
		communications: names
			.filter(isCommunication)
			.flatMap((name) => communicationsIn(name, given[name])),
		typeOf: typesIn(known),
	};
};
