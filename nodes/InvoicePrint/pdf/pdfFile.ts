/** A page description as a PDF file, with PT Sans inside (ParaType, SIL Open Font License 1.1). */
import regular from '@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf';
import bold from '@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf';
import PdfPrinter from 'pdfmake/js/Printer';

const FONTS: Record<string, () => Buffer> = {
	regular: () => Buffer.from(regular, 'base64'),
	bold: () => Buffer.from(bold, 'base64'),
};

export const FONT = 'PTSans';

/** Fonts come from the code of the node, so a page can reach neither files nor addresses. */
const printer = (): PdfPrinter =>
	new PdfPrinter(
		{ [FONT]: { normal: 'regular', bold: 'bold', italics: 'regular', bolditalics: 'bold' } },
		{ existsSync: (name) => name in FONTS, readFileSync: (name) => FONTS[name]() },
		{ resolve: () => undefined, resolved: async () => await Promise.resolve() },
		() => false,
	);

export const pdfFile = async (page: object): Promise<Buffer> => {
	const stream = await printer().createPdfKitDocument(page);
	const chunks: Uint8Array[] = [];
	return await new Promise((resolve, reject) => {
		stream.on('data', (chunk) => chunks.push(chunk));
		stream.on('error', reject);
		stream.on('end', () => resolve(Buffer.concat(chunks)));
		stream.end();
	});
};
