/* Calls, chats, requests and letters of CoMagic, newest first. */
const KINDS = { call: 'Звонок', chat: 'Чат', offline_message: 'Заявка', email: 'Письмо' };

const contacts = () => {
	const heads = ['Когда', 'Что', 'Кто', 'Текст', 'Кампания', 'Состояние', ''];
	const rows = [...state.communications].reverse().map((one) =>
		el(
			'tr',
			{},
			cell('number', time(one.at)),
			cell('', KINDS[one.type]),
			cell(
				'name',
				[one.name, one.phone && `+${one.phone}`, one.email].filter(Boolean).join(', ') || '—',
			),
			cell('name', one.text || '—'),
			cell('', one.campaign ?? '—'),
			cell(
				'',
				one.lost ? tag('потерян', 'bad') : null,
				one.waiting ? tag(one.type === 'call' ? 'звонит' : 'ждет ответа', 'warn') : null,
				one.tags.map((name) => tag(name)),
			),
			cell(
				'',
				el(
					'div',
					{ className: 'actions' },
					one.waiting && one.type === 'call'
						? [
								button('Ответить', () => acts({ act: 'employee.answers', call: one.id })),
								button('Пропустить', () => acts({ act: 'employee.misses', call: one.id })),
							]
						: null,
				),
			),
		),
	);
	$('contacts').replaceChildren(
		...table('Обращения', true, heads, rows, 'Обращений нет').childNodes,
	);
};
