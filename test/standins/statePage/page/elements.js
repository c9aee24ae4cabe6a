/* Everything that comes from the systems becomes text nodes, never markup. */
const $ = (id) => document.getElementById(id);

const el = (tag, properties, ...children) => {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(properties ?? {})) {
		if (name in node && !name.startsWith('aria-')) node[name] = value;
		else node.setAttribute(name, value);
	}
	node.append(...children.flat().filter((child) => child !== null && child !== undefined));
	return node;
};

const money = (sum) =>
	new Intl.NumberFormat('ru-RU', {
		style: 'currency',
		currency: 'RUB',
		maximumFractionDigits: sum % 1 ? 2 : 0,
	}).format(sum);

const amountOf = (quantity) => new Intl.NumberFormat('ru-RU').format(quantity);

const time = (at) =>
	new Date(at).toLocaleString('ru-RU', {
		day: '2-digit',
		month: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
	});

const tag = (text, kind = '') => el('span', { className: `tag ${kind}` }, text);

const button = (text, onclick, className = '') =>
	el('button', { type: 'button', className, onclick }, text);
