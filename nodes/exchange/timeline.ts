/** How the texts that the example workflows write into the timeline of a deal begin; the text before the colon is the subject. */
export const COMPLAINT = 'Обмен с 1С не прошел';
export const NEWS = '1С';
