/** Whatever an expression may give to a parameter of the 1C node: it is told with the field and the remedy, and goes nowhere. */
import { OneC } from '../nodes/OneC/OneC.node';
import { endsPretending, pretendsTime } from './support/clock';
import { Credentials } from './support/credentials';
import { complaints } from './support/hostileTrial';
import { OneCOffice } from './support/onecOffice';
import { oneCCredential } from './support/oneCCredential';

/** Many requests, on a machine that may be busy. */
jest.setTimeout(300_000);
let office: OneCOffice;

beforeEach(async () => {
	pretendsTime();
	office = await OneCOffice.open({ now: () => Date.now() });
});
afterEach(async () => {
	await office.base.close();
	endsPretending();
});

test('no operation of 1C chokes on a wrong value, or passes it on', async () => {
	const { base } = office;
	let seen = 0;
	const found = await complaints({
		description: new OneC().description,
		type: 'oneC',
		credentials: new Credentials({
			oneCApi: oneCCredential(base),
		}),
		filled: {
			ref: office.buyer,
			counterparty: office.buyer,
			product: office.table,
			order: office.buyer,
			entity: 'Catalog_Контрагенты',
			register: 'AccumulationRegister_ТоварыНаСкладах',
			inn: '7707083893',
			name: 'ООО «Лютик»',
			node: 'ExchangePlan_Полный/7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
		},
		json: { dealId: 123, sale: office.sale() as never },
		sent: () => {
			const text = JSON.stringify(base.requests.slice(seen));
			seen = base.requests.length;
			return text;
		},
	});
	expect(found).toEqual([]);
});
