/** Numbers and letters by which Bitrix24 tells its CRM types apart [Bitrix24 docs, CRM data types]. */
export const LEAD = 1;
export const DEAL = 2;
export const CONTACT = 3;
export const COMPANY = 4;
export const QUOTE = 7;
export const REQUISITE = 8;
export const SMART_INVOICE = 31;
/** Types of people's own, the smart processes, are numbered from here on. */
export const FIRST_PROCESS = 128;

/** `ownerType` of product rows. */
export const LEAD_ROWS = 'L';
export const DEAL_ROWS = 'D';
export const SMART_INVOICE_ROWS = 'SI';
