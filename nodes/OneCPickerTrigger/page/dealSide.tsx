/** How the deal stands towards 1C: buyer, contract, organization, warehouse, goods and documents. */
import { useState } from 'preact/hooks';
import type { AskOf, DealJson, Named } from '../wire';
import { sumOf, totalOf } from './basket';
import { Badges, Path } from './counterpartyPicker';
import { Failure, Nothing, Waiting } from './notices';
import { textOf, useAnswer, type Asker } from './questions';
import { day, money, quantity } from './words';

interface Props {
	asker: Asker;
	deal: DealJson;
	priceType: Named | null;
	onPriceType(priceType: Named | null): void;
	onBuyer(): void;
	onGoods(): void;
	onChanged(): void;
	basketSize: number;
}

export const DealSide = (props: Props) => (
	<>
		<BuyerCard {...props} />
		<GoodsCard {...props} />
		<DocumentsCard asker={props.asker} />
	</>
);

const BuyerCard = ({ asker, deal, priceType, onPriceType, onBuyer, onChanged }: Props) => {
	const { counterparty, path, isChosen, contract } = deal;
	const [failed, setFailed] = useState('');
	const [busy, setBusy] = useState(false);
	const choices = useAnswer(asker, { ask: 'choices' });
	const details = useAnswer(
		asker,
		counterparty ? { ask: 'counterparty', ref: counterparty.ref } : null,
	);
	const choose = (wish: Omit<AskOf<'choose'>, 'ask'>): void => {
		setBusy(true);
		setFailed('');
		asker<'choose'>({ ask: 'choose', ...wish }).then(
			() => {
				setBusy(false);
				onChanged();
			},
			(reason: unknown) => {
				setBusy(false);
				setFailed(textOf(reason));
			},
		);
	};
	const { organizations = [], warehouses = [], priceTypes = [] } = choices.value ?? {};
	return (
		<section class="card" aria-labelledby="buyer-title">
			<header>
				<h2 id="buyer-title">Контрагент 1С</h2>
				<button type="button" class="button primary" onClick={onBuyer}>
					{counterparty ? 'Изменить' : 'Выбрать контрагента'}
				</button>
			</header>
			{counterparty ? (
				<div class="buyer">
					<p class="name big">
						{counterparty.name} <Badges row={counterparty} />
						{!isChosen && (
							<span class="badge" title="В сделке контрагент не выбран, он следует из ее компании">
								по компании
							</span>
						)}
					</p>
					<p>
						<Path names={path} />
					</p>
					<p class="marks muted">
						<span>Код {counterparty.code}</span>
						{counterparty.inn && <span>ИНН {counterparty.inn}</span>}
						{counterparty.kpp && <span>КПП {counterparty.kpp}</span>}
					</p>
				</div>
			) : (
				<Nothing>
					{deal.buyer.name
						? `Покупатель сделки «${deal.buyer.name}»${deal.buyer.inn ? `, ИНН ${deal.buyer.inn}` : ''}: в 1С его надо выбрать.`
						: 'В сделке нет покупателя. Выберите контрагента 1С.'}
				</Nothing>
			)}
			<div class="choices" aria-busy={busy}>
				<Choice
					label="Договор"
					value={contract}
					options={(details.value?.contracts ?? []).map(({ ref, name, code }) => ({
						ref,
						name: `${name} (${code})`,
					}))}
					none="Основной"
					onChange={(ref) => choose({ contract: ref })}
				/>
				<Choice
					label="Организация"
					value={deal.organization}
					options={organizations}
					none="По умолчанию"
					onChange={(ref) => choose({ organization: ref })}
				/>
				<Choice
					label="Склад"
					value={deal.warehouse}
					options={warehouses}
					none="Не задан"
					onChange={(ref) => choose({ warehouse: ref })}
				/>
				<Choice
					label="Тип цен"
					value={priceType}
					options={priceTypes}
					none="Без цен"
					onChange={(ref) => onPriceType(priceTypes.find((one) => one.ref === ref) ?? null)}
				/>
			</div>
			{choices.error && <Failure denial={choices.error} again={choices.again} />}
			{failed && (
				<p class="failure" role="alert">
					{failed}
				</p>
			)}
		</section>
	);
};

interface ChoiceProps {
	label: string;
	value: Named | null;
	options: readonly Named[];
	none: string;
	onChange(ref: string | null): void;
}

const Choice = ({ label, value, options, none, onChange }: ChoiceProps) => {
	/** What is chosen is shown even before the list has come, or when it is not in the list any more. */
	const all =
		value && !options.some(({ ref }) => ref === value.ref) ? [value, ...options] : options;
	return (
		<label class="choice">
			<span class="muted small">{label}</span>
			<select
				class="field"
				value={value?.ref ?? ''}
				onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
			>
				<option value="">{none}</option>
				{all.map(({ ref, name }) => (
					<option key={ref} value={ref}>
						{name}
					</option>
				))}
			</select>
		</label>
	);
};

const GoodsCard = ({ deal, onGoods, basketSize }: Props) => {
	return (
		<section class="card" aria-labelledby="goods-title">
			<header>
				<h2 id="goods-title">Товары</h2>
				<button type="button" class="button" onClick={onGoods}>
					Подбор товаров{basketSize > 0 ? ` (в корзине ${basketSize})` : ''}
				</button>
			</header>
			{deal.lines.length === 0 ? (
				<Nothing>В сделке нет товаров.</Nothing>
			) : (
				<table class="goods">
					<thead>
						<tr>
							<th>Наименование</th>
							<th class="end">Кол-во</th>
							<th class="end">Цена</th>
							<th class="end">Сумма</th>
						</tr>
					</thead>
					<tbody>
						{deal.lines.map((line) => (
							<tr key={line.row}>
								<td>
									{line.name}{' '}
									{line.product === null && <span class="badge warn">не связан с 1С</span>}
								</td>
								<td class="end">{quantity(line.quantity)}</td>
								<td class="end">{money(line.price, deal.currency)}</td>
								<td class="end">{money(sumOf(line), deal.currency)}</td>
							</tr>
						))}
					</tbody>
					<tfoot>
						<tr>
							<td colSpan={3}>Итого</td>
							<td class="end">{money(totalOf(deal.lines), deal.currency)}</td>
						</tr>
					</tfoot>
				</table>
			)}
		</section>
	);
};

const KINDS = { invoice: 'Счет на оплату', order: 'Заказ покупателя' };

const DocumentsCard = ({ asker }: { asker: Asker }) => {
	const { value, error, loading, again } = useAnswer(asker, { ask: 'documents' });
	return (
		<section class="card" aria-labelledby="documents-title" aria-busy={loading}>
			<header>
				<h2 id="documents-title">Документы 1С</h2>
				<button type="button" class="button quiet" onClick={again} disabled={loading}>
					Обновить
				</button>
			</header>
			{loading && !value && <Waiting what="Спрашиваем 1С…" />}
			{error && <Failure denial={error} again={again} />}
			{value && value.documents.length === 0 && (
				<Nothing>Документов по этой сделке в 1С пока нет.</Nothing>
			)}
			{value && value.documents.length > 0 && (
				<>
					<ul class="documents">
						{value.documents.map(({ kind, number, date, amount, states, tone }) => (
							<li key={`${kind} ${number}`}>
								<span class="name">
									{KINDS[kind]} № {number}
								</span>
								<span class="muted">от {day(date)}</span>
								<span>{money(amount, 'RUB')}</span>
								{states.map((state) => (
									<span key={state} class={`badge ${tone}`}>
										{state}
									</span>
								))}
							</li>
						))}
					</ul>
					<p class="muted small">{value.summary}</p>
				</>
			)}
		</section>
	);
};
