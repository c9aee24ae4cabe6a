/* Looks every two seconds and draws anew what has changed. */
const newThings = () => [
	button(
		'Новая сделка',
		() =>
			asks(
				'Менеджер создает сделку',
				[
					{ name: 'title', label: 'Название', value: 'Мебель в новый офис' },
					{
						name: 'pipeline',
						label: 'Воронка',
						type: 'number',
						value: pipeline,
						options: state.pipelines.map(({ id, name }) => [id, name]),
					},
					{
						name: 'company',
						label: 'Покупатель',
						type: 'number',
						options: state.buyers.map(({ company, name }) => [company, name]),
					},
					{
						name: 'product',
						label: 'Товар',
						type: 'number',
						options: state.goods.map(({ product, name, price }) => [
							product,
							`${name} — ${money(price)}`,
						]),
					},
					{ name: 'quantity', label: 'Количество', type: 'number', value: 10 },
				],
				(values) => acts({ act: 'manager.createsDeal', ...values }),
			),
		'main',
	),
	button('Звонок', () =>
		asks(
			'Посетитель звонит',
			[
				{ name: 'phone', label: 'Телефон', value: '+7 916 555-44-33' },
				{ name: 'name', label: 'Имя', optional: true },
			],
			(values) => acts({ act: 'visitor.calls', ...values }),
		),
	),
	button('Заявка с сайта', () =>
		asks(
			'Посетитель оставляет заявку',
			[
				{ name: 'phone', label: 'Телефон', value: '+7 916 555-44-33' },
				{ name: 'name', label: 'Имя', optional: true },
				{ name: 'text', label: 'Текст', type: 'long', value: 'Нужно двадцать столов' },
			],
			(values) => acts({ act: 'visitor.sendsRequest', ...values }),
		),
	),
];

const renders = () => {
	board();
	papers();
	contacts();
};

/* An open list of stages would close under the hand if the board were drawn anew. */
const isChoosing = () =>
	document.activeElement?.tagName === 'SELECT' && $('board').contains(document.activeElement);

const looks = async () => {
	const text = await (await fetch('/api/state')).text();
	if (text === shown) return;
	state = JSON.parse(text);
	shown = text;
	for (const [id, address] of Object.entries(state.addresses))
		$(id).querySelector('code').textContent = address;
	renders();
};

$('new').append(...newThings());

looks();

setInterval(() => {
	if (!document.hidden && !isChoosing()) looks().catch(() => undefined);
}, 2000);
