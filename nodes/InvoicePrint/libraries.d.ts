/** As much of libraries without types as the print node uses. */
declare module 'pdfmake/js/Printer' {
	interface PdfStream {
		on(event: 'data', heard: (chunk: Uint8Array) => void): this;
		on(event: 'end', heard: () => void): this;
		on(event: 'error', heard: (error: Error) => void): this;
		end(): void;
	}

	interface Files {
		existsSync(name: string): boolean;
		readFileSync(name: string): Buffer;
	}

	interface Addresses {
		resolve(address: string): void;
		resolved(): Promise<void>;
	}

	export default class PdfPrinter {
		constructor(
			fonts: Record<string, Record<string, string>>,
			files: Files,
			addresses: Addresses,
			mayReadFile: (path: string) => boolean,
		);

		createPdfKitDocument(definition: object): Promise<PdfStream>;
	}
}

/** The build puts fonts into the bundle as base64. */
declare module '*.ttf' {
	const base64: string;
	export default base64;
}

declare module 'pako' {
	export class Inflate {
		constructor(options?: { raw?: boolean });
		push(data: Uint8Array, isLast: boolean): boolean;
		onData: (chunk: Uint8Array) => void;
		err: number;
	}
	export const deflate: (data: Uint8Array) => Uint8Array;
	export const inflate: (data: Uint8Array) => Uint8Array;
}
