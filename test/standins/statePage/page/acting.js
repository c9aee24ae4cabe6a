/* What the page knows, and how a person acts on it: by a button, or by a dialog that asks for more. */
let state;

let shown = '';

let pipeline = 0;

const says = (text, bad = false) => {
	const line = el('p', { className: bad ? 'bad' : '' }, text);
	$('said').append(line);
	while ($('said').childElementCount > 3) $('said').firstElementChild.remove();
	setTimeout(() => line.remove(), bad ? 9000 : 4500);
};

/* A refusal belongs where the person is looking: in the open dialog, or else in the corner. */
const refuses = (text) => {
	const place = $('dialog').open ? $('dialog').querySelector('.bad') : null;
	if (place) place.textContent = text;
	else says(text, true);
};

const acts = async (act) => {
	try {
		const answer = await fetch('/api/acts', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(act),
		});
		const { done, error } = await answer.json();
		if (answer.ok) says(done);
		else refuses(error);
		await looks();
		return answer.ok;
	} catch {
		refuses('Сервер не отвечает');
		return false;
	}
};

/* fields: [{ name, label, type, value, options, optional, step }] */
const asks = (title, fields, then) => {
	const form = el('form', { method: 'dialog' });
	const inputs = fields.map(
		({ name, label, type = 'text', value = '', options, optional, step, max }) => {
			const input = options
				? el(
						'select',
						{ name },
						options.map(([key, text]) =>
							el('option', { value: key, selected: String(key) === String(value) }, text),
						),
					)
				: el(type === 'long' ? 'textarea' : 'input', {
						name,
						value,
						required: !optional,
						...(type === 'number' ? { type, step: step ?? 'any', ...(max ? { max } : {}) } : {}),
					});
			form.append(el('label', {}, label, input));
			return { name, input, type, optional };
		},
	);
	form.onsubmit = async (event) => {
		event.preventDefault();
		const values = {};
		for (const { name, input, type, optional } of inputs) {
			if (optional && input.value === '') continue;
			values[name] = type === 'number' ? Number(input.value) : input.value;
		}
		if (await then(values)) $('dialog').close();
	};
	form.append(
		el('p', { className: 'bad', role: 'alert' }),
		el(
			'footer',
			{},
			button('Отмена', () => $('dialog').close()),
			el('button', { className: 'main' }, 'Готово'),
		),
	);
	$('dialog').replaceChildren(el('h3', {}, title), form);
	$('dialog').showModal();
};
