/** Only the rows that are seen are in the document, however many there are. */
import {
	elementScroll,
	observeElementOffset,
	observeElementRect,
	Virtualizer,
	type VirtualItem,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export interface VirtualRows {
	items: VirtualItem[];
	height: number;
	scrollTo(index: number): void;
}

export const useVirtualRows = (
	frame: RefObject<HTMLDivElement | null>,
	count: number,
	rowHeight: number,
): VirtualRows => {
	const [, render] = useReducer((times: number) => times + 1, 0);
	const kept = useRef<Virtualizer<HTMLElement, Element> | null>(null);
	const options = {
		count,
		getScrollElement: () => frame.current,
		estimateSize: () => rowHeight,
		overscan: 6,
		initialRect: { width: 800, height: 480 },
		observeElementRect,
		observeElementOffset,
		scrollToFn: elementScroll,
		onChange: () => render(0),
	};
	kept.current ??= new Virtualizer<HTMLElement, Element>(options);
	const virtual = kept.current;
	virtual.setOptions(options);
	useEffect(() => virtual._didMount(), []);
	useLayoutEffect(() => virtual._willUpdate());
	return {
		items: virtual.getVirtualItems(),
		height: virtual.getTotalSize(),
		scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
	};
};
