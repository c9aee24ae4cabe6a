/** Which document has which handlers: «ПередЗаписью» and «ОбработкаПроведения» of the configuration. */
import type { Entry } from '../ledger';
import type { PostingContext } from './checks';
import { postClosing } from './closings';
import {
	beforeCorrectionWrite,
	beforeInvoiceWrite,
	beforeOrderWrite,
	postCorrection,
	postOrder,
} from './orders';
import { postPayment } from './payments';
import { postPrices } from './prices';
import { beforeReturnWrite, beforeShipmentWrite, postReturn, postShipment } from './shipments';

export interface Handlers {
	/** Skipped in data load mode, together with the recalculation of СуммаДокумента it does. */
	beforeWrite?: (context: PostingContext) => void;
	post?: (context: PostingContext) => Entry[];
}

export const handlers: Readonly<Record<string, Handlers>> = {
	СчетНаОплатуПокупателю: { beforeWrite: beforeInvoiceWrite },
	ЗаказПокупателя: { beforeWrite: beforeOrderWrite, post: postOrder },
	КорректировкаЗаказаПокупателя: { beforeWrite: beforeCorrectionWrite, post: postCorrection },
	РеализацияТоваровУслуг: { beforeWrite: beforeShipmentWrite, post: postShipment },
	ВозвратТоваровОтПокупателя: { beforeWrite: beforeReturnWrite, post: postReturn },
	ПлатежноеПоручениеВходящее: { post: postPayment },
	ПлатежныйОрдерПоступлениеДенежныхСредств: { post: postPayment },
	ПриходныйКассовыйОрдер: { post: postPayment },
	ОплатаОтПокупателяПлатежнойКартой: { post: postPayment },
	УстановкаЦенНоменклатуры: { post: postPrices },
	ЗакрытиеЗаказовПокупателей: { post: postClosing },
};
