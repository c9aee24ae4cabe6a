/** What both pickers are: the tree on the left, the list on the right, one search box above. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CatalogName, PageJson } from '../wire';
import { CatalogGrid, nextLine, type Column, type Line } from './catalogGrid';
import { branchesOf, FolderTree, type Branches } from './folderTree';
import { Failure, Nothing, Waiting } from './notices';
import { useAnswer, type Asker } from './questions';

/** A person types faster than 1C searches; this long after the last key the search goes out. */
const TYPING = 250;
const SHORTEST = 2;

interface Common {
	ref: string;
	name: string;
	folder: string | null;
}

export interface PickerProps<Row extends Common> {
	asker: Asker;
	catalog: CatalogName;
	title: string;
	/** What the root of the tree is called. */
	top: string;
	placeholder: string;
	columns(around: { branches: Branches; isSearch: boolean }): Array<Column<Row>>;
	/** What is shown before anything is searched or opened. */
	first?: Array<Line<Row>>;
	rowClass?(row: Row): string;
	onTake(row: Row): void;
	onKey?(event: KeyboardEvent, row: Row): void;
	onSeen?(rows: Row[]): void;
	/** Keys that mean the same wherever the focus is. */
	onShortcut?(event: KeyboardEvent): boolean;
	onClose(): void;
	/** Between the search box and the list. */
	above?: ComponentChildren;
	below?: ComponentChildren;
	/** Something stands before the picker and has the keys. */
	isBehind?: boolean;
	/** Grows when the list is to get the focus back. */
	focusList: number;
}

interface Pages<Row> {
	rows: Row[];
	more: boolean;
}

/** A folder page by page: the next page comes when the end of the last one is near. */
const useFolder = <Row extends Common>(
	asker: Asker,
	catalog: CatalogName,
	folder: string | null,
): { pages: Pages<Row>; loading: boolean; error?: string; more(): void; again(): void } => {
	const [pages, setPages] = useState<Pages<Row>>({ rows: [], more: false });
	const [skip, setSkip] = useState(0);
	const place = useRef(folder);
	if (place.current !== folder) {
		place.current = folder;
		setSkip(0);
		setPages({ rows: [], more: false });
	}
	const { value, error, loading, again } = useAnswer(asker, { ask: 'list', catalog, folder, skip });
	useEffect(() => {
		if (!value) return;
		const page = value as unknown as PageJson<Row>;
		setPages((before) => ({
			rows: [...before.rows.slice(0, skip), ...page.rows],
			more: page.more,
		}));
	}, [value]);
	return {
		pages,
		loading,
		error: error?.text,
		again,
		more: () => {
			if (pages.more && !loading && pages.rows.length > skip) setSkip(pages.rows.length);
		},
	};
};

export const CatalogPicker = <Row extends Common>({
	asker,
	catalog,
	title,
	top,
	placeholder,
	columns,
	first,
	rowClass,
	onTake,
	onKey,
	onSeen,
	onShortcut,
	onClose,
	above,
	below,
	isBehind = false,
	focusList,
}: PickerProps<Row>) => {
	const [text, setText] = useState('');
	const [isHere, setIsHere] = useState(false);
	const [folder, setFolder] = useState<string | null>(null);
	const [active, setActive] = useState(0);
	const search = useRef<HTMLInputElement>(null);
	const grid = useRef<HTMLDivElement>(null);
	const panel = useRef<HTMLDivElement>(null);

	const tree = useAnswer(asker, { ask: 'folders', catalog });
	const branches = useMemo(() => branchesOf(tree.value ?? []), [tree.value]);
	const typed = text.trim();
	const isSearch = typed.length >= SHORTEST;
	const here = isHere ? folder : null;
	const listed = useFolder<Row>(asker, catalog, folder);
	const found = useAnswer(
		asker,
		isSearch ? { ask: 'find', catalog, text: typed, folder: here } : null,
		TYPING,
	);

	const lines = useMemo((): Array<Line<Row>> => {
		const asLines = (rows: Row[]): Array<Line<Row>> =>
			rows.map((row) => ({ kind: 'row', key: row.ref, row }));
		if (isSearch) return asLines((found.value?.rows as unknown as Row[] | undefined) ?? []);
		const folders = (branches.below.get(folder ?? '') ?? []).map(
			({ ref, name }): Line<Row> => ({ kind: 'folder', key: ref, ref, name }),
		);
		const before = folder === null ? (first ?? []) : [];
		const own = [...folders, ...asLines(listed.pages.rows)];
		if (before.length === 0) return own;
		return [...before, { kind: 'heading', key: 'all', text: top }, ...own];
	}, [isSearch, found.value, branches, folder, listed.pages, first, top]);

	useEffect(() => setActive(nextLine(lines, 0, 1)), [isSearch, typed, folder, here, found.value]);
	useEffect(() => {
		if (lines[active]?.kind === 'heading') setActive(nextLine(lines, active, 1));
	}, [lines]);
	useLayoutEffect(() => search.current?.focus(), []);
	useLayoutEffect(() => {
		if (focusList > 0) grid.current?.focus();
	}, [focusList]);

	const goUp = (): void => {
		if (text) setText('');
		else setFolder(branches.byRef.get(folder ?? '')?.parent ?? null);
	};
	const onAnyKey = (event: KeyboardEvent): void => {
		if (onShortcut?.(event)) {
			event.preventDefault();
			return;
		}
		const isTyping = event.target === search.current;
		const wantsSearch =
			(event.key === '/' && !isTyping && !(event.target instanceof HTMLInputElement)) ||
			(event.ctrlKey && event.code === 'KeyF');
		if (wantsSearch) {
			event.preventDefault();
			search.current?.focus();
			search.current?.select();
		} else if (event.key === 'Escape') {
			event.preventDefault();
			if (text) setText('');
			else onClose();
		} else if (event.ctrlKey && event.key === 'ArrowUp') {
			event.preventDefault();
			goUp();
		} else if (event.key === 'Tab') {
			keepInside(event, panel.current);
		}
	};
	/** Whoever has typed enough to find only one presses Enter before the answer is there. */
	const isHasty = useRef(false);
	const goToList = (): void => {
		grid.current?.focus();
		const [only, ...others] = lines;
		if (isSearch && others.length === 0 && only?.kind === 'row') onTake(only.row);
	};
	useEffect(() => {
		if (isHasty.current && found.value) goToList();
		isHasty.current = false;
	}, [found.value]);
	const onSearchKey = (event: KeyboardEvent): void => {
		isHasty.current = false;
		if (event.ctrlKey || !['ArrowDown', 'Enter'].includes(event.key)) return;
		event.preventDefault();
		if (event.key === 'ArrowDown') grid.current?.focus();
		else if (isSearch && found.loading) isHasty.current = true;
		else goToList();
	};
	const onGridKey = (event: KeyboardEvent, row: Row | null): void => {
		if (event.key === 'Backspace') goUp();
		else if (event.key === 'ArrowLeft') panel.current?.querySelector<HTMLElement>('.tree')?.focus();
		else if (row) onKey?.(event, row);
	};
	const seen = (from: number, to: number): void => {
		onSeen?.(lines.slice(from, to + 1).flatMap((line) => (line.kind === 'row' ? [line.row] : [])));
		if (!isSearch && to >= lines.length - 20) listed.more();
	};

	const failure = isSearch ? found.error?.text : listed.error;
	const isBusy = isSearch ? found.loading : listed.loading;
	return (
		<div class="veil" inert={isBehind}>
			<div
				class="picker"
				role="dialog"
				aria-modal="true"
				aria-label={title}
				ref={panel}
				onKeyDown={onAnyKey}
			>
				<header class="bar">
					<h2>{title}</h2>
					<input
						ref={search}
						class="field search"
						type="search"
						aria-label="Поиск"
						placeholder={placeholder}
						value={text}
						onInput={({ currentTarget }) => setText(currentTarget.value)}
						onKeyDown={onSearchKey}
						autocomplete="off"
						spellcheck={false}
					/>
					<label class="check" title={folder ? undefined : 'Сначала выберите группу слева'}>
						<input
							type="checkbox"
							checked={isHere}
							disabled={folder === null}
							onChange={({ currentTarget }) => setIsHere(currentTarget.checked)}
						/>
						в текущей группе
					</label>
					<button type="button" class="button quiet" aria-label="Закрыть" onClick={onClose}>
						✕
					</button>
				</header>
				{above}
				<div class="panes">
					{tree.error ? (
						<Failure denial={tree.error} again={tree.again} />
					) : (
						<FolderTree
							branches={branches}
							top={top}
							folder={folder}
							onFolder={(next) => {
								setFolder(next);
								if (isSearch && !isHere) setText('');
							}}
							onLeave={() => grid.current?.focus()}
						/>
					)}
					<div class="list">
						<p class="crumbs" aria-live="polite">
							{isSearch
								? `Найдено по «${typed}»${here ? ` в группе «${branches.byRef.get(here)?.name}»` : ' во всех группах'}${found.value ? `: ${found.value.rows.length}${found.value.more ? '+, уточните запрос' : ''}` : ''}`
								: [top, ...branches.pathOf(folder)].join(' › ')}
						</p>
						{failure && (
							<Failure
								denial={{ code: 'failed', text: failure }}
								again={isSearch ? found.again : listed.again}
							/>
						)}
						<CatalogGrid<Row>
							label={isSearch ? 'Найденное' : 'Содержимое группы'}
							lines={lines}
							columns={columns({ branches, isSearch })}
							active={active}
							isBusy={isBusy}
							rowClass={rowClass}
							onActive={setActive}
							onOpen={(ref) => {
								setFolder(ref);
								setActive(0);
							}}
							onTake={onTake}
							onKey={onGridKey}
							onSeen={seen}
							gridRef={grid}
						/>
						{isBusy && lines.length === 0 && (
							<div class="over">
								<Waiting what={isSearch ? 'Ищем в 1С…' : 'Читаем из 1С…'} />
							</div>
						)}
						{!isBusy && !failure && lines.length === 0 && (
							<div class="over">
								<Nothing>
									{isSearch
										? 'Ничего не нашлось. Попробуйте другое слово, ИНН или код.'
										: 'В этой группе ничего нет.'}
								</Nothing>
							</div>
						)}
					</div>
				</div>
				{below}
			</div>
		</div>
	);
};

/** The focus does not leave a dialog by Tab. */
export const keepInside = (event: KeyboardEvent, panel: HTMLElement | null): void => {
	const stops = [
		...(panel?.querySelectorAll<HTMLElement>(
			'button:not(:disabled),input:not(:disabled),select:not(:disabled),[tabindex="0"]',
		) ?? []),
	].filter((stop) => stop.offsetParent !== null);
	const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
	if (document.activeElement !== edge) return;
	event.preventDefault();
	(event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
};
