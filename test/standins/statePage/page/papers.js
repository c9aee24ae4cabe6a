/* Orders, invoices and payments of 1C. */
const lineOptions = (lines) =>
	lines.map(({ product, name, quantity }) => [product, `${name} — ${amountOf(quantity)}`]);

const pays = (document, what) =>
	asks(
		`Бухгалтер проводит оплату: ${what} ${document.number}`,
		[
			{
				name: 'amount',
				label: `Сумма (осталось ${money(Math.max(0, document.amount - document.paid))})`,
				type: 'number',
				step: '0.01',
				value: Math.max(0, Math.round((document.amount - document.paid) * 100) / 100),
			},
		],
		(values) => acts({ act: 'accountant.receives', document: document.ref, ...values }),
	);

const orderActions = (order) => [
	order.paid < order.amount ? button('Оплата', () => pays(order, 'заказ')) : null,
	order.posted && order.left > 0
		? button('Отгрузить все', () => acts({ act: 'storekeeper.ships', order: order.ref }))
		: null,
	order.posted && order.left > 0
		? button('Часть…', () =>
				asks(
					`Кладовщик отгружает часть: заказ ${order.number}`,
					[
						{ name: 'product', label: 'Товар', options: lineOptions(order.lines) },
						{ name: 'quantity', label: 'Количество', type: 'number', value: 1 },
					],
					(values) => acts({ act: 'storekeeper.ships', order: order.ref, ...values }),
				),
			)
		: null,
	order.shipments.length > 0
		? button('Возврат…', () =>
				asks(
					`Возврат: заказ ${order.number}`,
					[
						{
							name: 'line',
							label: 'Что возвращают',
							options: order.shipments.flatMap(({ ref, number, lines }) =>
								lines.map(({ product, name, quantity }) => [
									`${ref} ${product}`,
									`${name} — ${amountOf(quantity)}, реализация ${number}`,
								]),
							),
						},
						{ name: 'quantity', label: 'Количество', type: 'number', value: 1 },
					],
					({ line, quantity }) => {
						const [shipment, product] = line.split(' ');
						return acts({ act: 'storekeeper.acceptsReturn', shipment, product, quantity });
					},
				),
			)
		: null,
	order.posted && !order.closed
		? button('Исправить…', () =>
				asks(
					`Продавец исправляет заказ ${order.number}`,
					[
						{ name: 'product', label: 'Товар', options: lineOptions(order.lines) },
						{
							name: 'quantity',
							label: 'На сколько больше или меньше',
							type: 'number',
							value: -1,
						},
					],
					(values) => acts({ act: 'salesman.corrects', order: order.ref, ...values }),
				),
			)
		: null,
	order.posted && !order.closed
		? button('Закрыть…', () =>
				asks(
					`Продавец закрывает заказ ${order.number}`,
					[
						{
							name: 'reason',
							label: 'Причина',
							value: order.left > 0 ? 'Покупатель отказался от остатка' : 'Выполнен',
							optional: true,
						},
					],
					(values) => acts({ act: 'salesman.closes', order: order.ref, ...values }),
				),
			)
		: null,
];

const table = (title, wide, heads, rows, nothing) =>
	el(
		'div',
		{ className: `card${wide ? ' wide' : ''}` },
		el('h3', {}, `${title} `, el('span', {}, String(rows.length))),
		rows.length === 0
			? el('p', { className: 'empty' }, nothing)
			: el(
					'div',
					{ className: 'scroll' },
					el(
						'table',
						{},
						el(
							'thead',
							{},
							el(
								'tr',
								{},
								heads.map((head) =>
									el('th', { className: head.startsWith('Сумма') ? 'sum' : '' }, head),
								),
							),
						),
						el('tbody', {}, rows),
					),
				),
	);

const cell = (className, ...children) => el('td', { className }, ...children);

const dealOf = ({ deal }) => cell('', deal === null ? '—' : String(deal));

const papers = () =>
	$('papers').replaceChildren(
		table(
			'Заказы покупателей',
			true,
			['Номер', 'Сделка', 'Покупатель', 'Сумма', 'Состояние', ''],
			state.orders.map((order) =>
				el(
					'tr',
					{},
					cell('number', order.number),
					dealOf(order),
					cell('name', order.buyer),
					cell('sum', money(order.amount)),
					cell(
						'',
						order.posted ? null : tag('не проведен', 'bad'),
						paidTag(order),
						shippedTag(order),
						order.left > 0 && order.shipped !== 'none'
							? tag(`осталось ${amountOf(order.left)}`)
							: null,
						order.closed ? tag('закрыт', 'good') : null,
					),
					cell('', el('div', { className: 'actions' }, orderActions(order))),
				),
			),
			'Заказов нет: их создает обмен или продавец кнопкой на карточке сделки',
		),
		table(
			'Счета на оплату',
			false,
			['Номер', 'Сделка', 'Покупатель', 'Сумма', 'Состояние', ''],
			state.invoices.map((invoice) =>
				el(
					'tr',
					{},
					cell('number', invoice.number),
					dealOf(invoice),
					cell('name', invoice.buyer),
					cell('sum', money(invoice.amount)),
					cell('', paidTag(invoice)),
					cell(
						'',
						el(
							'div',
							{ className: 'actions' },
							invoice.paid < invoice.amount ? button('Оплата', () => pays(invoice, 'счет')) : null,
						),
					),
				),
			),
			'Счетов нет',
		),
		table(
			'Оплаты',
			false,
			['Номер', 'Документ', 'Покупатель', 'Сумма', 'За что'],
			state.payments.map((payment) =>
				el(
					'tr',
					{},
					cell('number', payment.number),
					cell('name', payment.kind, payment.posted ? null : tag('не проведен', 'bad')),
					cell('name', payment.buyer),
					cell('sum', money(payment.amount)),
					cell('number', payment.for.join(', ') || '—'),
				),
			),
			'Оплат нет',
		),
	);
