/** Plain-language ways out of the errors that OData of 1C numbers, 0 to 21 and -1 [1C OData doc 17.4.10]. */

export const HINTS: Record<string, string> = {
	'0': 'This 1C does not support the request; check the name and the platform version.',
	'1': 'A value has a wrong form: a reference is a GUID, a time is YYYY-MM-DDTHH:MM:SS.',
	'2': 'The request is malformed; check the JSON.',
	'3': 'This form of answer is not supported.',
	'4': 'A field was given a value it cannot hold.',
	'5': 'A required value is missing.',
	'6': 'Check the names of fields: they are written as in the Configurator.',
	'7': 'A part of the key is missing.',
	'8': 'Check the name of the object and that its kind is published in OData of this base.',
	'9': 'The object does not exist: it was deleted, or the reference is of another base.',
	'10': 'Check the name of the field: it is written as in the Configurator, references end in _Key.',
	'11': 'The object has no such method.',
	'12': 'A parameter of the method is missing.',
	'13': 'Rows are written together with their document, never apart.',
	'14': "Check the filter: GUIDs as guid'…', dates as datetime'…', composite fields need cast().",
	'15': 'An object with this key already exists.',
	'16': 'This field cannot be written.',
	'17': 'The object does not support loading of data.',
	'18': 'The OData service of the base could not start; see the technological journal of 1C.',
	'19': 'The object does not allow this kind of request.',
	'20': 'Give the 1C user of the exchange a role with rights on this object.',
	'21': 'The function does not exist or got wrong arguments.',
	'-1': 'The configuration refused it. It tells the reason only to people: repeat it in 1C under the user of the exchange and read the messages.',
};

/**
 * What a read is refused for with code -1: the query language cannot compare such fields, and $metadata does not tell
 * text of unlimited length from other text [recorded answers of live bases].
 */
const UNCOMPARABLE =
	'1C can neither compare nor order text of unlimited length (comments, full names, contacts): use Contains or Starts With. A field of several types is compared by cast(), references are not above or below each other.';

export const hintFor = (code: string, { writes }: { writes: boolean }): string | undefined =>
	code === '-1' && !writes ? UNCOMPARABLE : HINTS[code];
