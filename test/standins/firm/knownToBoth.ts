/**
 * What a portal and a 1C base both know: products and buyers, tied by the GUID of 1C as the exchange ties them
 * (`XML_ID` of a product; `ORIGINATOR_ID` «1C» and `ORIGIN_ID` of a company).
 */
import type { Portal } from '../bitrix24/portal';
import type { Base } from '../onec/base';

export interface Good {
	name: string;
	/** Zero where the price is kept in 1C only. */
	price: number;
	/** Bitrix24 product. */
	product: number;
	/** 1C product. */
	ref: string;
}

export interface NewGood {
	name: string;
	price: number;
	article?: string;
	folder?: string;
	/** Percent. */
	vat?: number;
}

export interface Buyer {
	name: string;
	/** Bitrix24 company. */
	company: number;
	/** 1C counterparties: more than one when several lines of business keep a card of their own. */
	counterparties: string[];
}

export interface NewBuyer {
	name: string;
	inn: string;
	kpp?: string;
	phone?: string;
	email?: string;
	/** 1C folders; a card in each. */
	folders: string[];
	contract?: 'ПоДоговоруВЦелом' | 'ПоЗаказам';
	/** Whether the company of the portal names its counterparty; left out, it is looked for by ИНН. */
	linked?: boolean;
}

export const VAT = 22;

export const addsGood = (portal: Portal, base: Base, good: NewGood): Good => {
	const { name, price, article, folder, vat = VAT } = good;
	const ref = base.admin.addsProduct({ name, price, article, folder, vat: `НДС${vat}` });
	return { name, price, ref, product: portal.admin.addsProduct({ name, price, vat, xmlId: ref }) };
};

export const addsBuyer = (portal: Portal, base: Base, buyer: NewBuyer): Buyer => {
	const { name, inn, kpp, phone, email, folders, contract, linked } = buyer;
	const counterparties = folders.map((folder) =>
		base.admin.addsCounterparty({ name, inn, kpp, phone, email, folder, contract }),
	);
	const origin = linked ? { originatorId: '1C', originId: counterparties[0] } : {};
	const company = portal.admin.addsCompany({ title: name, inn, kpp, phone, email, ...origin });
	return { name, company, counterparties };
};
