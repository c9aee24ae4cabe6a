/** The page inside the deal card. It knows its deal from the visit that came along, and asks the server for the rest. */
import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DenialJson, Named, VisitJson } from '../wire';
import type { Basket } from './basket';
import { CounterpartyPicker } from './counterpartyPicker';
import { DealSide } from './dealSide';
import { fitFrame } from './frame';
import { Failure, Waiting } from './notices';
import { ProductPicker } from './productPicker';
import { askerFor, useAnswer, type Asker } from './questions';
import { counted } from './words';

const Page = ({ visit }: { visit: VisitJson }) => {
	const [ended, setEnded] = useState<DenialJson | null>(null);
	const asker = useMemo(() => askerFor(visit, setEnded), [visit]);
	useEffect(() => fitFrame(visit), [visit]);
	if (ended) return <Ended denial={ended} by={visit.by} />;
	return <Deal asker={asker} />;
};

const Ended = ({ denial, by }: { denial: DenialJson; by: VisitJson['by'] }) => (
	<main class="door">
		<h1>1С</h1>
		<p role="alert">{denial.text}</p>
		{by === 'link' && (
			<button type="button" class="button primary" onClick={() => location.reload()}>
				Открыть снова
			</button>
		)}
	</main>
);

const Deal = ({ asker }: { asker: Asker }) => {
	const { value: deal, error, again } = useAnswer(asker, { ask: 'deal' });
	const [open, setOpen] = useState<'buyer' | 'goods' | null>(null);
	const [own, setOwn] = useState<{ priceType: Named | null } | null>(null);
	const [basket, setBasket] = useState<Basket>([]);
	const [said, setSaid] = useState('');
	if (error && !deal) return <Failure denial={error} again={again} />;
	if (!deal) return <Waiting what="Читаем сделку и 1С…" />;
	const priceType = own ? own.priceType : deal.priceType;
	const done = (words: string): void => {
		setOpen(null);
		setSaid(words);
		again();
	};
	return (
		<>
			<main inert={open !== null}>
				<p class="said" role="status">
					{said}
				</p>
				<DealSide
					asker={asker}
					deal={deal}
					priceType={priceType}
					onPriceType={(chosen) => setOwn({ priceType: chosen })}
					onBuyer={() => setOpen('buyer')}
					onGoods={() => setOpen('goods')}
					onChanged={again}
					basketSize={basket.length}
				/>
			</main>
			{open === 'buyer' && (
				<CounterpartyPicker
					asker={asker}
					onClose={() => setOpen(null)}
					onDone={(name) => done(`Выбран контрагент «${name}».`)}
				/>
			)}
			{open === 'goods' && (
				<ProductPicker
					key={priceType?.ref ?? ''}
					asker={asker}
					deal={deal}
					priceType={priceType?.ref ?? null}
					priceTypeName={priceType?.name ?? 'не выбраны'}
					basket={basket}
					onBasket={setBasket}
					onClose={() => setOpen(null)}
					onDone={(lines) => {
						setBasket([]);
						done(`В сделку перенесено: ${counted(lines, 'строка', 'строки', 'строк')}.`);
					}}
					onStale={again}
				/>
			)}
		</>
	);
};

const place = document.getElementById('page');
const data = document.getElementById('visit')?.textContent;
if (place && data) render(<Page visit={JSON.parse(data) as VisitJson} />, place);
