/** The states in which there is nothing else to show. */
import type { ComponentChildren } from 'preact';
import type { DenialJson } from '../wire';

export const Waiting = ({ what }: { what: string }) => (
	<p class="notice" role="status">
		<span class="spinner" aria-hidden="true" /> {what}
	</p>
);

export const Nothing = ({ children }: { children: ComponentChildren }) => (
	<p class="notice muted">{children}</p>
);

export const Failure = ({ denial, again }: { denial: DenialJson; again?: () => void }) => (
	<div class="failure" role="alert">
		<p>{denial.text}</p>
		{denial.details && <p class="muted small">{denial.details}</p>}
		{again && (
			<button type="button" class="button" onClick={again}>
				Повторить
			</button>
		)}
	</div>
);
