/** Choosing the counterparty: look-alikes are told apart by their folders and marks, and a second look is offered. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ContractJson, CounterpartyJson } from '../wire';
import type { Column, Line } from './catalogGrid';
import { CatalogPicker, keepInside } from './catalogPicker';
import type { Branches } from './folderTree';
import { Failure, Waiting } from './notices';
import { textOf, useAnswer, type Asker } from './questions';
import { counted } from './words';

export const Path = ({ names }: { names: readonly string[] }) => (
	<span class="path">{names.length > 0 ? names.join(' › ') : 'Вне групп'}</span>
);

export const Badges = ({ row, twins }: { row: CounterpartyJson; twins?: number }) => (
	<>
		{row.deletionMark && <span class="badge bad">помечен на удаление</span>}
		{!row.isBuyer && <span class="badge">не покупатель</span>}
		{twins !== undefined && twins > 1 && (
			<span class="badge warn" title="Столько контрагентов 1С имеют этот ИНН">
				дубль ИНН ({twins})
			</span>
		)}
	</>
);

interface Props {
	asker: Asker;
	onClose(): void;
	/** The choice is in the deal. */
	onDone(name: string): void;
}

export const CounterpartyPicker = ({ asker, onClose, onDone }: Props) => {
	const [looked, setLooked] = useState<CounterpartyJson | null>(null);
	const [focusList, setFocusList] = useState(0);
	const [seen, setSeen] = useState<readonly string[]>([]);
	const [twins, setTwins] = useState<Record<string, number>>({});
	const near = useAnswer(asker, { ask: 'near' });
	const unknown = seen.filter((inn) => !(inn in twins));
	const counts = useAnswer(
		asker,
		unknown.length > 0 ? { ask: 'twins', inns: [...unknown] } : null,
		120,
	);
	useEffect(() => {
		if (!counts.value) return;
		const none = Object.fromEntries(unknown.map((inn) => [inn, 0]));
		setTwins((before) => ({ ...none, ...before, ...counts.value }));
	}, [counts.value]);

	const first = useMemo((): Array<Line<CounterpartyJson>> => {
		const section = (
			text: string,
			rows: readonly CounterpartyJson[],
		): Array<Line<CounterpartyJson>> =>
			rows.length === 0
				? []
				: [
						{ kind: 'heading', key: text, text },
						...rows.map(
							(row): Line<CounterpartyJson> => ({
								kind: 'row',
								key: `${text} ${row.ref}`,
								row,
							}),
						),
					];
		const { linked = [], recent = [] } = near.value ?? {};
		return [...section('Связаны с этой компанией', linked), ...section('Недавние', recent)];
	}, [near.value]);

	const columns = ({ branches }: { branches: Branches }): Array<Column<CounterpartyJson>> => [
		{
			title: 'Наименование',
			width: 'minmax(200px, 1fr)',
			cell: (row) => (
				<div class="two">
					<span class="name clip" title={row.name}>
						{row.name} <Badges row={row} twins={twins[row.inn]} />
					</span>
					<Path names={branches.pathOf(row.folder)} />
				</div>
			),
		},
		{ title: 'ИНН', width: '112px', cell: (row) => row.inn },
		{ title: 'КПП', width: '92px', cell: (row) => row.kpp },
		{ title: 'Код', width: '92px', cell: (row) => row.code },
	];
	const see = (rows: CounterpartyJson[]): void => {
		const inns = [...new Set(rows.map(({ inn }) => inn).filter((inn) => /^\d{10,12}$/.test(inn)))];
		if (inns.some((inn) => !seen.includes(inn))) setSeen(inns);
	};
	return (
		<>
			<CatalogPicker<CounterpartyJson>
				asker={asker}
				catalog="counterparties"
				title="Выбор контрагента"
				top="Контрагенты"
				placeholder="Название, ИНН, КПП, код или телефон"
				columns={columns}
				first={first}
				rowClass={(row) => (row.deletionMark ? 'gone' : '')}
				onTake={setLooked}
				onSeen={see}
				onClose={onClose}
				isBehind={looked !== null}
				focusList={focusList}
			/>
			{looked && (
				<Confirmation
					asker={asker}
					row={looked}
					onOther={setLooked}
					onDone={onDone}
					onCancel={() => {
						setLooked(null);
						setFocusList((times) => times + 1);
					}}
				/>
			)}
		</>
	);
};

interface ConfirmationProps {
	asker: Asker;
	row: CounterpartyJson;
	onOther(row: CounterpartyJson): void;
	onDone(name: string): void;
	onCancel(): void;
}

const usual = (contracts: readonly ContractJson[]): string | null =>
	(contracts.find(({ isMain }) => isMain) ?? (contracts.length === 1 ? contracts[0] : undefined))
		?.ref ?? null;

const Confirmation = ({ asker, row, onOther, onDone, onCancel }: ConfirmationProps) => {
	const { value, error, loading, again } = useAnswer(asker, { ask: 'counterparty', ref: row.ref });
	const folders = useAnswer(asker, { ask: 'folders', catalog: 'counterparties' });
	const pathOf = useMemo(() => {
		const byRef = new Map((folders.value ?? []).map((folder) => [folder.ref, folder]));
		return (folder: string | null): string[] => {
			const names: string[] = [];
			for (let ref = folder; ref && names.length < 12; ref = byRef.get(ref)?.parent ?? null) {
				names.unshift(byRef.get(ref)?.name ?? '…');
			}
			return names;
		};
	}, [folders.value]);
	const [contract, setContract] = useState<string | null>(null);
	const [failed, setFailed] = useState('');
	const [busy, setBusy] = useState(false);
	const panel = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (!value) return;
		setContract(usual(value.contracts));
		button.current?.focus();
	}, [value]);
	useLayoutEffect(() => panel.current?.focus(), [row.ref]);

	const choose = (): void => {
		if (busy || !value) return;
		setBusy(true);
		setFailed('');
		const wish = contract ? { contract } : {};
		asker<'choose'>({ ask: 'choose', counterparty: row.ref, ...wish }).then(
			() => onDone(row.name),
			(reason: unknown) => {
				setBusy(false);
				setFailed(textOf(reason));
			},
		);
	};
	const onKeyDown = (event: KeyboardEvent): void => {
		if (event.key === 'Escape') {
			event.stopPropagation();
			onCancel();
		} else if (
			event.key === 'Enter' &&
			(event.ctrlKey || event.target instanceof HTMLInputElement)
		) {
			event.preventDefault();
			choose();
		} else if (event.key === 'Tab') {
			keepInside(event, panel.current);
		}
	};
	return (
		<div class="veil dim">
			<div
				class="dialog"
				role="dialog"
				aria-modal="true"
				aria-labelledby="confirm-title"
				tabIndex={-1}
				ref={panel}
				onKeyDown={onKeyDown}
			>
				<h2 id="confirm-title">{row.name}</h2>
				<p class="muted">
					<Path names={pathOf(row.folder)} />
				</p>
				<p class="marks">
					<span>Код {row.code}</span>
					{row.inn && <span>ИНН {row.inn}</span>}
					{row.kpp && <span>КПП {row.kpp}</span>}
					<Badges row={row} />
				</p>
				{loading && !value && <Waiting what="Читаем договоры…" />}
				{error && <Failure denial={error} again={again} />}
				{value && value.twins.length > 0 && (
					<section class="twins" aria-label="Похожие контрагенты">
						<p>
							Этот же ИНН есть еще у{' '}
							{counted(value.twins.length, 'контрагента', 'контрагентов', 'контрагентов')}.
							Проверьте, что группа та:
						</p>
						<ul>
							{value.twins.map((twin) => (
								<li key={twin.ref}>
									<button type="button" class="link" onClick={() => onOther(twin)}>
										{twin.name}
									</button>{' '}
									<Path names={pathOf(twin.folder)} />
									<span class="muted">
										{' '}
										· код {twin.code}
										{twin.kpp ? ` · КПП ${twin.kpp}` : ''}
									</span>
								</li>
							))}
						</ul>
					</section>
				)}
				{value && value.contracts.length > 0 && (
					<fieldset class="contracts">
						<legend>Договор</legend>
						{value.contracts.map(({ ref, name, code, isMain }) => (
							<label key={ref}>
								<input
									type="radio"
									name="contract"
									checked={contract === ref}
									onChange={() => setContract(ref)}
								/>
								{name} <span class="muted">код {code}</span>
								{isMain && <span class="badge">основной</span>}
							</label>
						))}
					</fieldset>
				)}
				{value && value.contracts.length === 0 && (
					<p class="failure small">
						У контрагента нет договора «С покупателем»: документ по нему создать нельзя, пока
						договор не появится в 1С.
					</p>
				)}
				{failed && (
					<p class="failure" role="alert">
						{failed}
					</p>
				)}
				<footer class="actions">
					<button
						type="button"
						class="button primary"
						ref={button}
						disabled={!value || busy || row.deletionMark}
						onClick={choose}
					>
						{busy ? 'Записываем…' : 'Выбрать'}
					</button>
					<button type="button" class="button" onClick={onCancel}>
						Назад
					</button>
				</footer>
			</div>
		</div>
	);
};
