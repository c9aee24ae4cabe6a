/** The tree of folders, with the keys of a tree: up and down, right opens, left closes or goes to the folder above. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FolderJson } from '../wire';
import { useVirtualRows } from './virtualRows';

export interface Branches {
	byRef: ReadonlyMap<string, FolderJson>;
	/** Folders by the folder they stand in; the top ones under the empty string. */
	below: ReadonlyMap<string, FolderJson[]>;
	pathOf(folder: string | null): string[];
}

export const branchesOf = (folders: readonly FolderJson[]): Branches => {
	const byRef = new Map(folders.map((folder) => [folder.ref, folder]));
	const below = new Map<string, FolderJson[]>();
	for (const folder of folders) {
		const above = folder.parent && byRef.has(folder.parent) ? folder.parent : '';
		below.set(above, [...(below.get(above) ?? []), folder]);
	}
	const pathOf = (folder: string | null): string[] => {
		const names: string[] = [];
		for (let ref = folder; ref && names.length < 12; ) {
			const found = byRef.get(ref);
			if (!found) break;
			names.unshift(found.name);
			ref = found.parent;
		}
		return names;
	};
	return { byRef, below, pathOf };
};

interface Twig {
	ref: string | null;
	name: string;
	level: number;
	place: number;
	siblings: number;
	isOpen: boolean | undefined;
}

const twigsOf = ({ below }: Branches, open: ReadonlySet<string>, top: string): Twig[] => {
	const twigs: Twig[] = [{ ref: null, name: top, level: 1, place: 1, siblings: 1, isOpen: true }];
	const grow = (above: string, level: number): void => {
		const folders = below.get(above) ?? [];
		folders.forEach(({ ref, name }, index) => {
			const isOpen = below.has(ref) ? open.has(ref) && level < 14 : undefined;
			twigs.push({ ref, name, level, place: index + 1, siblings: folders.length, isOpen });
			if (isOpen) grow(ref, level + 1);
		});
	};
	grow('', 2);
	return twigs;
};

const ROW = 30;

interface TreeProps {
	branches: Branches;
	/** What the root is called. */
	top: string;
	folder: string | null;
	onFolder(folder: string | null): void;
	/** The person wants to go on in the list. */
	onLeave(): void;
}

export const FolderTree = ({ branches, top, folder, onFolder, onLeave }: TreeProps) => {
	const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
	const frame = useRef<HTMLDivElement>(null);
	const twigs = useMemo(() => twigsOf(branches, open, top), [branches, open, top]);
	const at = Math.max(
		0,
		twigs.findIndex(({ ref }) => ref === folder),
	);
	const { items, height, scrollTo } = useVirtualRows(frame, twigs.length, ROW);

	/** A folder that was opened in the list is shown in the tree too. */
	useEffect(() => {
		const above: string[] = [];
		for (let ref = folder && branches.byRef.get(folder)?.parent; ref && above.length < 12; ) {
			above.push(ref);
			ref = branches.byRef.get(ref)?.parent ?? null;
		}
		if (above.some((ref) => !open.has(ref))) setOpen(new Set([...open, ...above]));
	}, [folder, branches]);
	useEffect(() => scrollTo(at), [at]);

	const turn = (ref: string | null, isOpen: boolean): void => {
		if (ref === null) return;
		const next = new Set(open);
		if (isOpen) next.add(ref);
		else next.delete(ref);
		setOpen(next);
	};
	const move = (index: number): void => {
		const twig = twigs[Math.min(twigs.length - 1, Math.max(0, index))];
		onFolder(twig.ref);
	};
	const onKeyDown = (event: KeyboardEvent): void => {
		const twig = twigs[at];
		const keys: Record<string, () => void> = {
			ArrowDown: () => move(at + 1),
			ArrowUp: () => move(at - 1),
			Home: () => move(0),
			End: () => move(twigs.length - 1),
			ArrowRight: () => (twig.isOpen === false ? turn(twig.ref, true) : onLeave()),
			ArrowLeft: () => {
				if (twig.isOpen && twig.ref !== null) turn(twig.ref, false);
				else onFolder(branches.byRef.get(twig.ref ?? '')?.parent ?? null);
			},
			Enter: onLeave,
		};
		if (event.ctrlKey || event.altKey || !keys[event.key]) return;
		event.preventDefault();
		keys[event.key]();
	};
	return (
		<div
			class="tree"
			role="tree"
			aria-label="Группы"
			tabIndex={0}
			ref={frame}
			aria-activedescendant={`twig-${at}`}
			onKeyDown={onKeyDown}
		>
			<div class="rows" role="presentation" style={{ height: `${height}px` }}>
				{items.map(({ index, start }) => {
					const { ref, name, level, place, siblings, isOpen } = twigs[index];
					return (
						<div
							key={ref ?? ''}
							id={`twig-${index}`}
							class={`twig ${index === at ? 'current' : ''}`}
							role="treeitem"
							aria-level={level}
							aria-posinset={place}
							aria-setsize={siblings}
							aria-expanded={isOpen}
							aria-selected={index === at}
							title={name}
							style={{
								transform: `translateY(${start}px)`,
								height: `${ROW}px`,
								paddingLeft: `${(level - 1) * 14 + 6}px`,
							}}
							onClick={() => onFolder(ref)}
						>
							<span
								class={`twist ${isOpen === undefined ? 'leaf' : isOpen ? 'open' : ''}`}
								aria-hidden="true"
								onClick={(event) => {
									if (isOpen === undefined || ref === null) return;
									event.stopPropagation();
									turn(ref, !isOpen);
								}}
							/>
							<span class="folder" aria-hidden="true" />
							<span class="clip">{name}</span>
						</div>
					);
				})}
			</div>
		</div>
	);
};
