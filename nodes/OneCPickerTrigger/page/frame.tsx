/**
 * Asks the portal to fit its frame to the page. The portal listens only to the address its handler is registered
 * with, so a page that is cut off from its address gets no answer and scrolls by itself. The words are those of the
 * vendor's library [b24jssdk 2.2, frame messages].
 */
import type { VisitJson } from '../wire';

const LOWEST = 640;

export const fitFrame = ({ frame }: VisitJson): (() => void) => {
	if (!frame || !frame.sid || window.parent === window) return () => undefined;
	let asked = 0;
	const fit = (): void => {
		const height = Math.max(LOWEST, document.documentElement.scrollHeight);
		if (height === asked) return;
		asked = height;
		const params = JSON.stringify({ width: '100%', height });
		window.parent.postMessage(`resizeWindow:${params}:fit:${frame.sid}`, frame.origin);
	};
	/** Only a portal that has answered once is asked on every change. */
	let observer: ResizeObserver | undefined;
	const hears = ({ origin, data }: MessageEvent): void => {
		if (origin !== frame.origin || typeof data !== 'string' || !data.startsWith('fit')) return;
		document.documentElement.classList.add('fitted');
		observer ??= new ResizeObserver(fit);
		observer.observe(document.body);
	};
	window.addEventListener('message', hears);
	fit();
	return () => {
		window.removeEventListener('message', hears);
		observer?.disconnect();
	};
};
