/**
 * The hands of the portal's administrator.
 * Imitates: the settings pages that prepare a portal; what they create obeys the rules of REST.
 * Does not imitate: removing things again.
 */
import type { Desk } from './call';
import { isoAt } from './clock';
import { COMPANY, CONTACT, DEAL, LEAD, SMART_INVOICE, typeOfId } from './entityTypes';
import { addPrice, BASE_PRICE } from './methods/catalog/price';
import { addProduct } from './methods/catalog/product';
import { addSection } from './methods/catalog/section';
import { addRequisite } from './methods/requisite';
import { addSmartProcess } from './methods/smartProcess';
import { addStatus } from './methods/status';
import { addUserField } from './methods/userField';
import type { ApplicationInput } from './oauth/applications';
import type { Tokens } from './oauth/tokens';
import { addPreset, type PresetInput } from './seed';
import { addFunnel, stagesOf } from './stages';
import { ADMINISTRATOR_USER, MANAGER_USER, userById } from './users';
import type { Fields } from './values';

export interface CompanyInput {
	title: string;
	inn?: string;
	kpp?: string;
	phone?: string;
	email?: string;
	originId?: string;
	originatorId?: string;
}

export interface ContactInput {
	name: string;
	lastName?: string;
	phone?: string;
	email?: string;
}

export interface ProductInput {
	name: string;
	xmlId?: string;
	price?: number;
	vat?: number | null;
	measureCode?: number;
	section?: number;
}

export interface SectionInput {
	name: string;
	xmlId?: string;
	parent?: number;
}

/** Ten digits, as organisations have. */
const FIRST_INN = 7_700_000_000;

export interface RegisteredApplication {
	clientId: string;
	clientSecret: string;
	/** Carried by its events and openings. */
	applicationToken: string;
	/** Tokens as a user would get them by authorizing. */
	tokensOf(userId: number): { accessToken: string; refreshToken: string };
	/** Whether it was refused new tokens and has not been let in since. */
	isShutOut(): boolean;
	/** BX24.installFinish() on the installation page: before it no event is sent. */
	finishesInstallation(): void;
}

export interface Admin {
	/** With the standard stages C{N}:NEW … C{N}:APOLOGY. */
	addsPipeline(name: string): number;
	/** Before the success stage; returns the full STATUS_ID, such as C1:INVOICE_1C. */
	addsStage(entityId: string, statusId: string, name: string): string;
	/**
	 * The first of everything on a new portal: the firm's own company with its requisite, and a product. They have the
	 * number 1, and so does whatever PHP makes a number of an array.
	 */
	foundsFirm(title: string): void;
	/** With a requisite when an INN is given. */
	addsCompany(company: CompanyInput): number;
	addsContact(contact: ContactInput): number;
	addsProduct(product: ProductInput): number;
	/** A folder of the catalogue. */
	addsSection(section: SectionInput): number;
	addsUserField(
		entityId: 'CRM_LEAD' | 'CRM_DEAL' | 'CRM_SMART_INVOICE' | 'CRM_COMPANY' | 'CRM_CONTACT',
		fieldName: string,
		userTypeId: string,
		/** Its title in the card, and the values of a list. */
		more?: { title?: string; values?: string[]; multiple?: boolean },
	): void;
	/** «Обязательное» in the settings of a card's field: always, or from a stage on. */
	requires(entityTypeId: number, field: string, from?: string): void;
	/** Takes it back. */
	requiresNoLonger(entityTypeId: number, field: string): void;
	/** A smart process with stages and product rows; returns its entityTypeId. */
	definesSmartProcess(title: string): number;
	/** Throws the requisite presets away and makes others; their external codes are then whatever somebody chose. */
	makesPresetsAnew(presets: PresetInput[]): void;
	/** Turns inventory accounting on: from then on nobody writes quantities of products by hand. */
	keepsInventory(): void;
	/** «Простая CRM» in the settings. */
	turnsToSimpleCrm(): void;
	/** A portal that has stayed with invoices of the old kind. */
	turnsSmartInvoicesOff(): void;
	addsOutgoingWebhook(webhook: { url: string; events: string[] }): void;
	registersApplication(application: ApplicationInput): RegisteredApplication;
	/** A portal in use for years: companies with requisites, each with a deal; returns their ids. */
	importsCompanies(count: number): number[];
}

export function adminOf(desk: Desk, tokens: Tokens): Admin {
	const { store, items, events } = desk;
	const numbered = [COMPANY, CONTACT, LEAD, DEAL, SMART_INVOICE];
	return {
		addsPipeline: (name) => addFunnel(store, DEAL, name).id,
		addsStage: (entityId, statusId, name) => {
			const id = addStatus(store, {
				ENTITY_ID: entityId,
				STATUS_ID: statusId,
				NAME: name,
				SORT: sortBeforeSuccess(desk, entityId),
			});
			return store.statuses.find((status) => status.id === id)?.statusId ?? '';
		},
		foundsFirm: (title) => {
			const cards = numbered.map((id) => typeOfId(store, id).name);
			for (const kind of [...cards, 'requisite', 'product', 'price']) store.counters.set(kind, 0);
			addCompany(desk, { title, inn: '7707083893', kpp: '770701001' });
			addCatalogProduct(desk, { name: 'Первый товар', price: 1 });
			items.add(CONTACT, { name: title }, ADMINISTRATOR_USER);
			items.add(LEAD, { title }, ADMINISTRATOR_USER);
			items.add(DEAL, { title }, ADMINISTRATOR_USER);
			items.add(SMART_INVOICE, { title }, ADMINISTRATOR_USER);
		},
		addsCompany: (company) => addCompany(desk, company),
		addsContact: ({ name, lastName, phone, email }) =>
			items.add(CONTACT, { name, lastName, fm: communications(phone, email) }, ADMINISTRATOR_USER)
				.id,
		addsProduct: (product) => addCatalogProduct(desk, product),
		addsSection: ({ name, xmlId, parent }) =>
			addSection(store, { name, xmlId, iblockSectionId: parent }).id,
		addsUserField: (entityId, fieldName, userTypeId, { title, values = [], multiple } = {}) => {
			addUserField(store, entityId, fieldName, userTypeId, {
				label: title,
				multiple: multiple ? 'Y' : 'N',
				values: values.map((value) => ({ value })),
			});
		},
		requires: (entityTypeId, field, from) => {
			if (!items.fieldsOf(entityTypeId).some(({ name }) => name === field)) {
				throw new Error(`The portal has no field ${field} of the type ${entityTypeId}`);
			}
			store.requirements = [...store.requirements, { entityTypeId, field, from }];
		},
		requiresNoLonger: (entityTypeId, field) => {
			store.requirements = store.requirements.filter(
				(one) => one.entityTypeId !== entityTypeId || one.field !== field,
			);
		},
		definesSmartProcess: (title) =>
			addSmartProcess(
				store,
				{ title, isStagesEnabled: 'Y', isLinkWithProductsEnabled: 'Y', isClientEnabled: 'Y' },
				ADMINISTRATOR_USER,
				desk.now(),
			).id,
		makesPresetsAnew: (presets) => {
			store.presets.length = 0;
			for (const preset of presets) addPreset(store, preset);
		},
		keepsInventory: () => {
			store.takesQuantity = false;
		},
		turnsToSimpleCrm: () => {
			store.isSimple = true;
		},
		turnsSmartInvoicesOff: () => {
			store.types.splice(
				store.types.findIndex(({ id }) => id === SMART_INVOICE),
				1,
			);
		},
		addsOutgoingWebhook: ({ url, events: names }) => events.subscribe(url, names),
		registersApplication: (input) => registerApplication(desk, tokens, input),
		importsCompanies: (count) =>
			Array.from({ length: count }, (_, index) => {
				const inn = String(FIRST_INN + index);
				const title = `Контрагент ${index + 1}`;
				const id = addCompany(desk, { title, inn, originId: `1c-${index + 1}` });
				const deal = { title: `Сделка ${index + 1}`, companyId: id, opportunity: index };
				items.add(DEAL, deal, MANAGER_USER);
				return id;
			}),
	};
}

function registerApplication(
	{ applications, events, store }: Desk,
	tokens: Tokens,
	input: ApplicationInput,
): RegisteredApplication {
	const application = applications.register(input);
	if (application.installed) events.installed(application, ADMINISTRATOR_USER);
	return {
		clientId: application.clientId,
		clientSecret: application.clientSecret,
		applicationToken: application.applicationToken,
		tokensOf: (userId) => tokens.issue(application, userById(store, userId).id),
		isShutOut: () => tokens.isShutOut(application),
		finishesInstallation: () => {
			application.installed = true;
			events.installed(application, ADMINISTRATOR_USER);
		},
	};
}

function sortBeforeSuccess({ store }: Desk, entityId: string): number {
	const stages = stagesOf(store, entityId);
	const success = stages.find((stage) => stage.semantics === 'S')?.sort ?? 1000;
	const last = Math.max(
		0,
		...stages.filter((stage) => stage.semantics === null).map((stage) => stage.sort),
	);
	return Math.min(success - 1, Math.ceil((last + success) / 2));
}

function communications(phone?: string, email?: string): Fields[] {
	const fields: Fields[] = [];
	if (phone) fields.push({ typeId: 'PHONE', valueType: 'WORK', value: phone });
	if (email) fields.push({ typeId: 'EMAIL', valueType: 'WORK', value: email });
	return fields;
}

function addCompany({ store, items, now }: Desk, company: CompanyInput): number {
	const { title, inn, kpp, phone, email, originId, originatorId } = company;
	const given: Fields = { title, fm: communications(phone, email) };
	if (originId !== undefined) given.originId = originId;
	if (originatorId !== undefined) given.originatorId = originatorId;
	const { id } = items.add(COMPANY, given, ADMINISTRATOR_USER);
	if (inn === undefined) return id;
	// A twelve-digit INN belongs to a sole proprietor, whose preset is «ИП».
	const preset = inn.length === 12 ? '2' : '1';
	const requisite: Fields = {
		ENTITY_TYPE_ID: COMPANY,
		ENTITY_ID: id,
		PRESET_ID: preset,
		NAME: 'Реквизиты',
		RQ_COMPANY_NAME: title,
		RQ_INN: inn,
	};
	if (kpp !== undefined) requisite.RQ_KPP = kpp;
	addRequisite(store, requisite, ADMINISTRATOR_USER, isoAt(now()));
	return id;
}

function addCatalogProduct({ store, now }: Desk, given: ProductInput): number {
	const iso = isoAt(now());
	const vat =
		given.vat === undefined ? undefined : store.vats.find((known) => known.rate === given.vat);
	if (given.vat !== undefined && !vat) throw new Error(`The portal has no VAT rate ${given.vat}`);
	const measure = store.measures.find((known) => known.code === (given.measureCode ?? 796));
	if (!measure) throw new Error(`The portal has no measure ${given.measureCode}`);
	const { name, xmlId, section } = given;
	const fields = { name, xmlId, vatId: vat?.id, measure: measure.id, iblockSectionId: section };
	const product = addProduct(store, fields, iso);
	if (given.price !== undefined) {
		const price = { catalogGroupId: BASE_PRICE, price: given.price, currency: 'RUB' };
		addPrice(store, product.id, price, iso);
	}
	return product.id;
}
