/**
 * Fields the portal requires and the exchange does not fill: without them the portal refuses new cards and moves to
 * other stages. Requirements from a stage on are not shown by REST, those of all stages are.
 */
import type { Finding, Probe } from '../../exchange/connectionReport';
import type { Chain } from '../../exchange/presets';
import { probed } from '../../shared/probing';
import { readCardFields, type CardField } from '../cards/cardFields';
import type { Bitrix24Client } from '../rest/client';
import { COMPANY, CONTACT, DEAL, LEAD, SMART_INVOICE } from '../rest/entityTypes';
import { BUYER_FIELDS, DEAL_FIELDS, PICKER } from '../setup/fields';
import { LEAD_FIELDS } from '../setup/leadFields';
import type { CardField as OwnField } from '../setup/cardField';
import { explainPortal } from './portalRefusal';

/** Told as required, or with a value of the portal's own in every new card [Bitrix24 docs, crm.item.add]. */
const BY_THE_PORTAL = [
	...['id', 'title', 'name', 'lastName', 'secondName', 'opened', 'assignedById', 'stageId'],
	...['categoryId', 'typeId', 'currencyId', 'isManualOpportunity', 'begindate', 'closedate'],
];

interface Kind {
	entityTypeId: number;
	/** Such as «сделка». */
	name: string;
	/** What the exchange gives a card it makes, or makes sure of before it moves it. */
	filled: string[];
	/** Whether the exchange makes such cards itself. */
	isMade: boolean;
}

const namesOf = (fields: OwnField[]): string[] => fields.map(({ name }) => name);

const ORIGIN = ['originatorId', 'originId'];
const INVOICE_FIELDS = [
	'xmlId',
	'parentId2',
	'mycompanyId',
	'companyId',
	'contactId',
	'contactIds',
];

const kindsFor = (chain: Chain, leadIntake: boolean): Kind[] => [
	{
		entityTypeId: DEAL,
		name: 'сделка',
		filled: namesOf(DEAL_FIELDS).filter((name) => name !== PICKER),
		isMade: leadIntake,
	},
	...(chain === 'prepaid'
		? [{ entityTypeId: SMART_INVOICE, name: 'смарт-счет', filled: INVOICE_FIELDS, isMade: true }]
		: []),
	...[
		{ entityTypeId: COMPANY, name: 'компания' },
		{ entityTypeId: CONTACT, name: 'контакт' },
	].map((kind) => ({
		...kind,
		filled: [...ORIGIN, 'originVersion', ...namesOf(BUYER_FIELDS)],
		isMade: true,
	})),
	...(leadIntake
		? [
				{
					entityTypeId: LEAD,
					name: 'лид',
					filled: [...ORIGIN, 'fm', 'sourceId', 'sourceDescription', ...namesOf(LEAD_FIELDS)],
					isMade: true,
				},
			]
		: []),
];

interface Lacking {
	card: string;
	name: string;
	title: string;
	isMade: boolean;
}

const isLacking = ({ filled }: Kind, name: string, field: CardField): boolean =>
	field.isRequired && !field.isReadOnly && ![...BY_THE_PORTAL, ...filled].includes(name);

const lackingOf = async (client: Bitrix24Client, kind: Kind): Promise<Lacking[]> => {
	const fields = await readCardFields(client, kind.entityTypeId);
	return [...fields]
		.filter(([name, field]) => isLacking(kind, name, field))
		.map(([name, { title }]) => ({
			card: kind.name,
			name,
			title: title ?? name,
			isMade: kind.isMade,
		}));
};

const findingOf = (lacking: Lacking[]): Finding => {
	const facts = { required: lacking.map(({ card, name, title }) => ({ card, name, title })) };
	if (lacking.length === 0) {
		return { state: 'ok', found: 'всех обязательных полей обмену хватает', facts };
	}
	const list = lacking.map(({ card, title }) => `${card}: «${title}»`).join(', ');
	return {
		state: 'warning',
		found: `обмен не заполняет обязательные поля: ${list}`,
		cause: lacking.some(({ isMade }) => isMade)
			? 'Портал откажет в новой карточке без этих полей, а сделку не даст перевести на другую стадию'
			: 'Портал не даст перевести сделку на другую стадию, пока поле не заполнено',
		remedy:
			'Снимите обязательность в настройках карточки, задайте полю значение по умолчанию или заполняйте его в узле; в сделке поле может заполнить менеджер',
		facts,
	};
};

export const requiredFieldsProbe = async (
	client: Bitrix24Client,
	{ chain, leadIntake }: { chain: Chain; leadIntake: boolean },
): Promise<Probe> =>
	await probed(
		'requiredFields',
		'Обязательные поля карточек',
		async () => {
			const lacking: Lacking[] = [];
			for (const kind of kindsFor(chain, leadIntake)) {
				lacking.push(...(await lackingOf(client, kind)));
			}
			return findingOf(lacking);
		},
		explainPortal,
	);
