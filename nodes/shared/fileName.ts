/** The name of a received file: the header's own spelling for names beyond Latin letters, or the plain one. */
export const fileNameIn = (disposition: string): string | undefined => {
	const [, encoded] = /filename\*=utf-8''([^;]+)/i.exec(disposition) ?? [];
	if (encoded) return decodeURIComponent(encoded);
	return /filename="?([^";]+)"?/i.exec(disposition)?.[1];
};
