/**
 * What visitors, buyers and other systems have written goes into timelines, where Bitrix24 takes [url=…], [img] and
 * [user=…] for its own markup. Their bracket becomes one that only looks the same.
 */
export const plainText = (text: string): string => text.replace(/\[(?=\/?[a-z*])/gi, '［');

/** A pattern such as /x+$/ would go back and forth over a long text; whoever sends one could stop n8n with it. */
export const withoutEnding = (text: string, signs: string): string => {
	let end = text.length;
	while (end > 0 && signs.includes(text[end - 1])) end -= 1;
	return text.slice(0, end);
};

/** What a system said, so that a sentence may go on after it. */
export const withoutFullStop = (text: string): string => withoutEnding(text.trim(), '.! \t\r\n');
