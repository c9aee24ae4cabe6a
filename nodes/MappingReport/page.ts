/** The report as one page to print and sign. Names of stages come from the portal, so everything is escaped. */
import { ALWAYS, type MappingSection } from '../exchange/mappingInWords';
import { escaped } from '../shared/html';

export interface Report {
	workflow: string;
	pipeline: string;
	/** Moment of the report, as a person reads it. */
	date: string;
	sections: MappingSection[];
	issues: string[];
}

const TITLE = 'Как связаны сделки Битрикс24 и документы 1С';

const STYLE = `
body { font: 15px/1.5 "PT Sans", "Segoe UI", Roboto, sans-serif; color: #1d2433; max-width: 46em; margin: 3em auto; padding: 0 1.5em; }
h1 { font-size: 1.5em; line-height: 1.25; margin: 0 0 .2em; }
h2 { font-size: 1.1em; margin: 1.8em 0 .5em; border-bottom: 1px solid #ccd3df; padding-bottom: .3em; }
p.what { color: #5a6478; margin: 0; }
ol, ul { margin: 0; padding-left: 1.6em; }
li { margin: .35em 0; }
.issues { border: 1px solid #e0a3a3; background: #fdf3f3; border-radius: 6px; padding: .8em 1em; margin-top: 1.5em; }
.issues h2 { border: 0; margin: 0 0 .4em; padding: 0; color: #a02c2c; }
table { width: 100%; margin-top: 3em; border-spacing: 2em 0; border-collapse: separate; margin-left: -2em; }
td { border-top: 1px solid #1d2433; padding-top: .3em; color: #5a6478; font-size: .85em; width: 50%; }
@media print { body { margin: 0 auto; font-size: 12.5px; } li, .issues { break-inside: avoid; } }
`;

const list = (tag: 'ol' | 'ul', rows: string[]): string =>
	`<${tag}>${rows.map((row) => `<li>${escaped(row)}</li>`).join('')}</${tag}>`;

export const reportPage = ({
	workflow,
	pipeline,
	date,
	sections,
	issues,
}: Report): string => `<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>${escaped(TITLE)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(TITLE)}</h1>
<p class="what">Воронка «${escaped(pipeline)}», сценарий «${escaped(workflow)}», ${escaped(date)}</p>
${issues.length > 0 ? `<div class="issues"><h2>Исправьте до запуска</h2>${list('ul', issues)}</div>` : ''}
${sections.map(({ title, rows }) => `<h2>${escaped(title)}</h2>${list('ol', rows)}`).join('\n')}
<h2>Всегда</h2>
${list('ul', ALWAYS)}
<table><tr><td>Заказчик: подпись, фамилия, дата</td><td>Исполнитель: подпись, фамилия, дата</td></tr></table>
</body></html>
`;

/** The same for a messenger or a letter. */
export const reportText = ({ workflow, pipeline, date, sections, issues }: Report): string =>
	[
		`# ${TITLE}`,
		`Воронка «${pipeline}», сценарий «${workflow}», ${date}`,
		...(issues.length > 0
			? ['## Исправьте до запуска', issues.map((issue) => `- ${issue}`).join('\n')]
			: []),
		...sections.flatMap(({ title, rows }) => [
			`## ${title}`,
			rows.map((row, index) => `${index + 1}. ${row}`).join('\n'),
		]),
		'## Всегда',
		ALWAYS.map((row) => `- ${row}`).join('\n'),
	].join('\n\n');
