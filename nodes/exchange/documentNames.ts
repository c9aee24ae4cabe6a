/** The two documents a deal may have in 1C: what the editor calls them, and what people do. */
export const SALE_DOCUMENTS = ['invoice', 'order'] as const;

export type SaleDocumentKind = (typeof SALE_DOCUMENTS)[number];

export const DOCUMENT_NAMES: Record<SaleDocumentKind, { title: string; russian: string }> = {
	invoice: { title: 'Customer Invoice (Счет на оплату)', russian: 'Счет на оплату' },
	order: { title: 'Customer Order (Заказ покупателя)', russian: 'Заказ покупателя' },
};
