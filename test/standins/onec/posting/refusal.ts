/**
 * Refusals as the client sees them. СообщитьОбОшибке sets Отказ and calls Сообщить(), on a server the text is lost and
 * only «Не удалось провести…» remains (reference 1c-ut103.md §0.5, samples/errors.json). The switch
 * verboseRefusals shows the reasons, as an HTTP service of the customer's own could.
 */
import { refusedByConfiguration, type ODataError } from '../odata/errors';
import { present } from '../presentation';
import type { Entity } from '../store';

const withReasons = (head: string, reasons: string[], verbose: boolean): string =>
	verbose && reasons.length > 0 ? [head, ...reasons].join('\n') : head;

export const postingRefused = (document: Entity, reasons: string[], verbose: boolean): ODataError =>
	refusedByConfiguration(
		withReasons(`Не удалось провести "${present(document)}"!`, reasons, verbose),
	);

export const writeRefused = (entity: Entity, reasons: string[], verbose: boolean): ODataError =>
	refusedByConfiguration(
		withReasons(`Не удалось записать: ${entity.type.title}!`, reasons, verbose),
	);
