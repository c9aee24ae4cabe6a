/* Deals of a pipeline by stages, with what 1C says of each. */
const paidTag = ({ amount, paid }) => {
	if (paid <= 0) return tag('не оплачен');
	if (paid > amount) return tag('переплата', 'bad');
	if (paid === amount) return tag('оплачен', 'good');
	return tag(`оплачен на ${Math.floor((paid / amount) * 100)} %`, 'warn');
};

const shippedTag = ({ shipped }) =>
	({
		none: tag('не отгружен'),
		part: tag('отгружен частично', 'warn'),
		full: tag('отгружен', 'good'),
	})[shipped];

const dealCard = (deal, stages) => {
	const ofDeal = (list) => list.filter((one) => one.deal === deal.id);
	const invoices = ofDeal(state.invoices);
	const orders = ofDeal(state.orders);
	const select = el(
		'select',
		{
			'aria-label': `Стадия сделки ${deal.id}`,
			onchange: () => acts({ act: 'manager.moves', deal: deal.id, stage: select.value }),
		},
		stages.map(({ id, name }) => el('option', { value: id, selected: id === deal.stage }, name)),
	);
	return el(
		'article',
		{ className: 'card deal' },
		el('b', {}, deal.title),
		el('span', { className: 'dim' }, `№ ${deal.id} · ${deal.buyer}`),
		el('span', {}, money(deal.amount)),
		deal.invoices.map(({ title, stage }) => el('span', { className: 'dim' }, `${title}: ${stage}`)),
		invoices.map((one) => el('span', {}, `Счет ${one.number} `, paidTag(one))),
		orders.map((one) =>
			el(
				'span',
				{},
				`Заказ ${one.number} `,
				shippedTag(one),
				one.closed ? tag('закрыт', 'good') : null,
			),
		),
		deal.news ? el('div', { className: 'news', title: deal.news }, deal.news) : null,
		select,
		el(
			'div',
			{ className: 'actions' },
			invoices.length === 0 && orders.length === 0
				? button('+ счет', () => acts({ act: 'salesman.writesInvoice', deal: deal.id }))
				: null,
			orders.length === 0
				? button('+ заказ', () => acts({ act: 'salesman.writesOrder', deal: deal.id }))
				: null,
		),
	);
};

const board = () => {
	const chosen = state.pipelines.find(({ id }) => id === pipeline) ?? state.pipelines[0];
	const deals = state.deals.filter((deal) => deal.pipeline === chosen.id);
	$('tabs').replaceChildren(
		...state.pipelines.map(({ id, name }) =>
			el(
				'button',
				{
					type: 'button',
					'aria-pressed': String(id === chosen.id),
					onclick: () => {
						pipeline = id;
						renders();
					},
				},
				`${name} `,
				el('span', {}, String(state.deals.filter((deal) => deal.pipeline === id).length)),
			),
		),
	);
	$('board').replaceChildren(
		...chosen.stages.map((stage) => {
			const here = deals.filter((deal) => deal.stage === stage.id);
			const end = { S: ' won', F: ' lost' }[stage.semantics] ?? '';
			return el(
				'div',
				{ className: `column${end}` },
				el('b', {}, stage.name, el('span', {}, String(here.length))),
				here.map((deal) => dealCard(deal, chosen.stages)),
			);
		}),
	);
};
