/** «Подбор»: type a part of the name, Enter, a quantity, Enter, and on to the next one. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DealJson, OfferJson, ProductJson } from '../wire';
import { change, drop, linesFor, priced, put, sumOf, totalOf, type Basket } from './basket';
import type { Column } from './catalogGrid';
import { CatalogPicker } from './catalogPicker';
import type { Branches } from './folderTree';
import { Denied, textOf, useAnswer, type Asker } from './questions';
import { counted, money, quantity, typedQuantity } from './words';

interface Props {
	asker: Asker;
	deal: DealJson;
	priceType: string | null;
	priceTypeName: string;
	basket: Basket;
	onBasket(basket: Basket): void;
	onClose(): void;
	/** The basket is in the deal. */
	onDone(lines: number): void;
	/** The rows of the deal were changed by somebody else meanwhile. */
	onStale(): void;
}

/** Prices and stock come after the rows themselves, for those that are seen. */
const useOffers = (
	asker: Asker,
	{ deal, priceType }: Pick<Props, 'deal' | 'priceType'>,
): { offers: Record<string, OfferJson>; see(rows: readonly ProductJson[]): void } => {
	const [offers, setOffers] = useState<Record<string, OfferJson>>({});
	const [seen, setSeen] = useState<readonly string[]>([]);
	const missing = seen.filter((ref) => !(ref in offers)).slice(0, 60);
	const warehouse = deal.warehouse?.ref ?? null;
	const { currency } = deal;
	const asked = useAnswer(
		asker,
		missing.length > 0
			? { ask: 'offers', refs: [...missing], priceType, warehouse, currency }
			: null,
		80,
	);
	useEffect(() => {
		if (!asked.value) return;
		const read = Object.fromEntries(asked.value.map((offer) => [offer.ref, offer]));
		setOffers((before) => ({ ...before, ...read }));
	}, [asked.value]);
	return {
		offers,
		see: (rows) => {
			const refs = rows.map(({ ref }) => ref);
			if (refs.some((ref) => !seen.includes(ref))) setSeen(refs);
		},
	};
};

export const ProductPicker = ({
	asker,
	deal,
	priceType,
	priceTypeName,
	basket,
	onBasket,
	onClose,
	onDone,
	onStale,
}: Props) => {
	const { offers, see } = useOffers(asker, { deal, priceType });
	const [asking, setAsking] = useState<{ product: ProductJson; start: string } | null>(null);
	const [focusList, setFocusList] = useState(0);
	const [busy, setBusy] = useState(false);
	const [failed, setFailed] = useState('');
	const [warned, setWarned] = useState(false);
	/** The basket is to go as soon as its prices have come. */
	const [isEager, setIsEager] = useState(false);
	useEffect(() => {
		const now = priced(basket, offers);
		if (now !== basket) onBasket(now);
	}, [offers, basket]);
	const isPriced = basket.every((picked) => picked.isPriced);
	const inBasket = new Map(basket.map((picked) => [picked.product.ref, picked.quantity]));

	const columns = ({
		branches,
		isSearch,
	}: {
		branches: Branches;
		isSearch: boolean;
	}): Array<Column<ProductJson>> => [
		{ title: 'Артикул', width: '104px', cell: (row) => <span class="clip">{row.article}</span> },
		{
			title: 'Наименование',
			width: 'minmax(180px, 1fr)',
			cell: (row) => (
				<div class="two">
					<span class="name clip" title={row.name}>
						{row.name} {row.isService && <span class="badge">услуга</span>}
					</span>
					{isSearch && <span class="path">{branches.pathOf(row.folder).join(' › ')}</span>}
				</div>
			),
		},
		{ title: 'Ед.', width: '48px', cell: ({ ref }) => offers[ref]?.unit ?? '…' },
		{
			title: 'Цена',
			width: '116px',
			align: 'end',
			cell: ({ ref }) => {
				const offer = offers[ref];
				if (!offer) return <span class="muted">…</span>;
				return offer.price === null ? (
					<span class="muted">нет цены</span>
				) : (
					money(offer.price, deal.currency)
				);
			},
		},
		{
			title: 'Свободно',
			width: '84px',
			align: 'end',
			cell: ({ ref }) => {
				const free = offers[ref]?.free;
				if (free === undefined) return <span class="muted">…</span>;
				if (free === null) return '';
				return <span class={free > 0 ? '' : 'short'}>{quantity(free)}</span>;
			},
		},
		{
			title: 'В корзине',
			width: '80px',
			align: 'end',
			cell: ({ ref }) => {
				const picked = inBasket.get(ref);
				return picked === undefined ? '' : <b>{quantity(picked)}</b>;
			},
		},
	];
	const add = (product: ProductJson, count: number): void => {
		onBasket(put(basket, product, offers[product.ref], count));
		setWarned(false);
	};
	const backToList = (): void => {
		setAsking(null);
		setFocusList((times) => times + 1);
	};
	const onKey = (event: KeyboardEvent, row: ProductJson): void => {
		if (event.ctrlKey || event.altKey) return;
		const isDigit = /^[1-9]$/.test(event.key);
		if (!isDigit && !['Insert', 'Delete'].includes(event.key)) return;
		event.preventDefault();
		if (event.key === 'Insert') add(row, 1);
		else if (event.key === 'Delete') onBasket(drop(basket, row.ref));
		else setAsking({ product: row, start: event.key });
	};
	const close = (): void => {
		if (basket.length > 0 && !warned) setWarned(true);
		else onClose();
	};
	const transfer = (): void => {
		if (busy || basket.length === 0) return;
		setIsEager(!isPriced);
		if (!isPriced) return;
		setBusy(true);
		setFailed('');
		asker<'transfer'>({ ask: 'transfer', priceType, lines: linesFor(basket, deal.lines) }).then(
			() => onDone(basket.length),
			(reason: unknown) => {
				setBusy(false);
				setFailed(textOf(reason));
				if (reason instanceof Denied && reason.denial.code === 'changed') onStale();
			},
		);
	};
	useEffect(() => {
		if (isEager && isPriced) transfer();
	}, [isEager, isPriced]);
	const isShort = basket.some(({ free, quantity: count }) => free !== null && count > free);
	return (
		<CatalogPicker<ProductJson>
			asker={asker}
			catalog="products"
			title="Подбор товаров"
			top="Номенклатура"
			placeholder="Название, артикул или код"
			columns={columns}
			onTake={(product) => setAsking({ product, start: '1' })}
			onKey={onKey}
			onSeen={see}
			onShortcut={(event) => {
				if (!event.ctrlKey || event.key !== 'Enter') return false;
				transfer();
				return true;
			}}
			onClose={close}
			focusList={focusList}
			above={
				<p class="terms muted small">
					Цены: {priceTypeName} · {deal.warehouse ? `склад «${deal.warehouse.name}»` : 'все склады'}{' '}
					· Enter — количество, Ins — добавить 1, Del — убрать, Ctrl+Enter — перенести
				</p>
			}
			below={
				<section class="basket" aria-label="Корзина">
					{asking && (
						<QuantityBox
							key={asking.product.ref}
							product={asking.product}
							unit={offers[asking.product.ref]?.unit ?? ''}
							start={asking.start}
							onCount={(count) => {
								add(asking.product, count);
								backToList();
							}}
							onCancel={backToList}
						/>
					)}
					{basket.length > 0 && (
						<div class="picked">
							<table>
								<thead>
									<tr>
										<th>Подобрано</th>
										<th class="end">Кол-во</th>
										<th class="end">Цена</th>
										<th class="end">Сумма</th>
										<th aria-label="Убрать" />
									</tr>
								</thead>
								<tbody>
									{basket.map((picked) => {
										const { product, unit, free } = picked;
										const tooMany = free !== null && picked.quantity > free;
										return (
											<tr key={product.ref}>
												<td class="clip">{product.name}</td>
												<td class="end">
													<Amount
														label={`Количество: ${product.name}`}
														value={picked.quantity}
														isShort={tooMany}
														onChange={(count) =>
															onBasket(change(basket, product.ref, { quantity: count }))
														}
													/>{' '}
													{unit}
												</td>
												<td class="end">
													<Amount
														label={`Цена: ${product.name}`}
														value={picked.price}
														isShort={picked.price === 0}
														onChange={(price) => onBasket(change(basket, product.ref, { price }))}
													/>
												</td>
												<td class="end">{money(sumOf(picked), deal.currency)}</td>
												<td>
													<button
														type="button"
														class="button quiet small"
														aria-label={`Убрать: ${product.name}`}
														onClick={() => onBasket(drop(basket, product.ref))}
													>
														✕
													</button>
												</td>
											</tr>
										);
									})}
								</tbody>
							</table>
						</div>
					)}
					<footer class="actions">
						<span class="total" role="status">
							{basket.length === 0
								? 'Корзина пуста'
								: `${counted(basket.length, 'строка', 'строки', 'строк')} на ${money(totalOf(basket), deal.currency)}`}
						</span>
						{isShort && <span class="badge warn">свободного остатка не хватает</span>}
						{failed && (
							<span class="failure small" role="alert">
								{failed}
							</span>
						)}
						{warned && (
							<span class="badge warn" role="alert">
								Корзина не перенесена. Esc еще раз — закрыть, корзина останется
							</span>
						)}
						<button
							type="button"
							class="button primary"
							disabled={busy || isEager || basket.length === 0}
							onClick={transfer}
						>
							{isEager ? 'Ждем цены…' : busy ? 'Переносим…' : 'Перенести в сделку'}
						</button>
					</footer>
				</section>
			}
		/>
	);
};

interface QuantityBoxProps {
	product: ProductJson;
	unit: string;
	start: string;
	onCount(count: number): void;
	onCancel(): void;
}

const QuantityBox = ({ product, unit, start, onCount, onCancel }: QuantityBoxProps) => {
	const [text, setText] = useState(start);
	const box = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => {
		box.current?.focus();
		if (start === '1') box.current?.select();
	}, []);
	const count = typedQuantity(text);
	const onKeyDown = (event: KeyboardEvent): void => {
		if (event.ctrlKey) return;
		if (event.key === 'Enter' && count !== null) {
			event.preventDefault();
			onCount(count);
		} else if (event.key === 'Escape') {
			event.preventDefault();
			event.stopPropagation();
			onCancel();
		}
	};
	return (
		<div class="quantity">
			<label>
				<span class="clip">{product.name}</span>
				<input
					ref={box}
					class="field amount"
					inputMode="decimal"
					aria-label={`Сколько: ${product.name}`}
					aria-invalid={count === null}
					value={text}
					onInput={({ currentTarget }) => setText(currentTarget.value)}
					onKeyDown={onKeyDown}
				/>
				{unit}
			</label>
			<button
				type="button"
				class="button"
				disabled={count === null}
				onClick={() => count !== null && onCount(count)}
			>
				В корзину
			</button>
		</div>
	);
};

interface AmountProps {
	label: string;
	value: number;
	isShort: boolean;
	onChange(value: number): void;
}

/** What is typed counts as soon as it is a number; anything else is put back when the field is left. */
const Amount = ({ label, value, isShort, onChange }: AmountProps) => {
	const [text, setText] = useState<string | null>(null);
	return (
		<input
			class={`field amount ${isShort ? 'short' : ''}`}
			inputMode="decimal"
			aria-label={label}
			value={text ?? String(value).replace('.', ',')}
			onInput={({ currentTarget }) => {
				setText(currentTarget.value);
				const typed = typedQuantity(currentTarget.value);
				if (typed !== null) onChange(typed);
			}}
			onBlur={() => setText(null)}
		/>
	);
};
