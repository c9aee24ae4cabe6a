/** The list on the right: one active row that the keys move, however far it has been scrolled. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useVirtualRows } from './virtualRows';

export interface Column<Row> {
	title: string;
	width: string;
	align?: 'end';
	cell(row: Row): ComponentChildren;
}

/** What stands in a line of the grid: a heading, a folder to open, or an object to take. */
export type Line<Row> =
	| { kind: 'heading'; key: string; text: string }
	| { kind: 'folder'; key: string; ref: string; name: string }
	| { kind: 'row'; key: string; row: Row };

interface GridProps<Row> {
	label: string;
	lines: Array<Line<Row>>;
	columns: Array<Column<Row>>;
	active: number;
	isBusy: boolean;
	rowClass?(row: Row): string;
	onActive(index: number): void;
	onOpen(folder: string): void;
	onTake(row: Row): void;
	/** Keys the grid itself knows nothing of. */
	onKey(event: KeyboardEvent, row: Row | null): void;
	/** The lines that are seen now. */
	onSeen(first: number, last: number): void;
	gridRef: { current: HTMLDivElement | null };
}

const ROW = 44;

/** Headings are passed over. */
export const nextLine = <Row,>(
	lines: ReadonlyArray<Line<Row>>,
	from: number,
	step: number,
): number => {
	let index = Math.min(lines.length - 1, Math.max(0, from));
	const direction = step < 0 ? -1 : 1;
	while (lines[index]?.kind === 'heading' && lines[index + direction]) index += direction;
	if (lines[index]?.kind === 'heading') {
		return lines.findIndex(({ kind }) => kind !== 'heading');
	}
	return index;
};

export const CatalogGrid = <Row,>({
	label,
	lines,
	columns,
	active,
	isBusy,
	rowClass,
	onActive,
	onOpen,
	onTake,
	onKey,
	onSeen,
	gridRef,
}: GridProps<Row>) => {
	const frame = useRef<HTMLDivElement>(null);
	const { items, height, scrollTo } = useVirtualRows(frame, lines.length, ROW);
	const first = items[0]?.index ?? 0;
	const last = items[items.length - 1]?.index ?? 0;
	useEffect(() => onSeen(first, last), [first, last, lines]);
	useEffect(() => {
		if (active >= 0) scrollTo(active);
	}, [active, lines.length]);

	const take = (index: number): void => {
		const line = lines[index];
		if (line?.kind === 'folder') onOpen(line.ref);
		if (line?.kind === 'row') onTake(line.row);
	};
	const move = (step: number): void => onActive(nextLine(lines, active + step, step));
	const onKeyDown = (event: KeyboardEvent): void => {
		const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? ROW) / ROW) - 1);
		const keys: Record<string, () => void> = {
			ArrowDown: () => move(1),
			ArrowUp: () => move(-1),
			PageDown: () => move(page),
			PageUp: () => move(-page),
			Home: () => onActive(nextLine(lines, 0, 1)),
			End: () => onActive(nextLine(lines, lines.length - 1, -1)),
			Enter: () => take(active),
		};
		if (!event.ctrlKey && !event.altKey && keys[event.key]) {
			event.preventDefault();
			keys[event.key]();
			return;
		}
		const line = lines[active];
		onKey(event, line?.kind === 'row' ? line.row : null);
	};
	const template = columns.map(({ width }) => width).join(' ');
	return (
		<div
			class="grid"
			role="grid"
			aria-label={label}
			aria-rowcount={lines.length + 1}
			aria-colcount={columns.length}
			aria-busy={isBusy}
			tabIndex={0}
			ref={gridRef}
			aria-activedescendant={active >= 0 && lines.length > 0 ? `line-${active}` : undefined}
			onKeyDown={onKeyDown}
		>
			<div class="heads" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
				{columns.map(({ title, align }) => (
					<div key={title} role="columnheader" class={align ?? ''}>
						{title}
					</div>
				))}
			</div>
			<div class="scroll" ref={frame} role="presentation">
				<div class="rows" role="presentation" style={{ height: `${height}px` }}>
					{items.map(({ index, start }) => {
						const line = lines[index];
						if (!line) return null;
						const own = line.kind === 'row' ? (rowClass?.(line.row) ?? '') : line.kind;
						return (
							<div
								key={line.key}
								id={`line-${index}`}
								role="row"
								aria-rowindex={index + 2}
								aria-selected={index === active}
								class={`line ${own} ${index === active ? 'current' : ''}`}
								style={{
									transform: `translateY(${start}px)`,
									height: `${ROW}px`,
									gridTemplateColumns: line.kind === 'row' ? template : '1fr',
								}}
								onClick={() => line.kind !== 'heading' && onActive(index)}
								onDblClick={() => take(index)}
							>
								{line.kind === 'row' ? (
									columns.map(({ title, align, cell }) => (
										<div key={title} role="gridcell" class={`cell ${align ?? ''}`}>
											{cell(line.row)}
										</div>
									))
								) : (
									<div role="gridcell" class="cell">
										{line.kind === 'folder' ? (
											<span class="name">
												<span class="folder" aria-hidden="true" /> {line.name}
											</span>
										) : (
											line.text
										)}
									</div>
								)}
							</div>
						);
					})}
				</div>
			</div>
		</div>
	);
};
