/** A QR code as a picture. */
import qrcode from 'qrcode-generator';
import { blackAndWhite } from './blackAndWhite';
import type { Picture } from './picture';

/** ГОСТ Р 56042-2014 leaves the level open; M survives a fold and a coffee stain. */
const LEVEL = 'M';

/** Empty modules around the code, so that cameras find it [ISO/IEC 18004]. */
const QUIET = 4;

/** Pixels a module: even scaled by a viewer its edges stay sharp. */
const SCALE = 8;

export const qrPicture = (text: string): Picture => {
	const code = qrcode(0, LEVEL);
	/** The library writes bytes of its strings as they are, so UTF-8 goes in as one character a byte. */
	code.addData(Buffer.from(text, 'utf8').toString('latin1'), 'Byte');
	code.make();
	const count = code.getModuleCount();
	const side = (count + 2 * QUIET) * SCALE;
	const moduleAt = (pixel: number): number => Math.floor(pixel / SCALE) - QUIET;
	const isInside = (at: number): boolean => at >= 0 && at < count;
	return blackAndWhite({ width: side, height: side }, (x, y) => {
		const [column, row] = [moduleAt(x), moduleAt(y)];
		return isInside(row) && isInside(column) && code.isDark(row, column);
	});
};
