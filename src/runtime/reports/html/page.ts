import type { Cell, ReportTable } from '../ablation/cells.js';
import { escapeXml } from '../charts/render-chart.js';
import { linkOf } from '../link.js';

/** A whole page that asks for nothing: no script, no font, no picture from elsewhere. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

const style = `
:root { color-scheme: light dark; --ink: #1c2128; --quiet: #59636e; --line: #d5dae0; --ground: #fff; --band: #f5f7f9; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ec; --quiet: #9aa5b1; --line: #3a424b; --ground: #15191e; --band: #1d232a; --link: #7db7f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 84rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; max-width: 60rem; }
.note { color: var(--quiet); font-size: .875rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .45rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
.wide table { font-size: .7rem; }
.wide th, .wide td { padding: .3rem .2rem; }
thead th { color: var(--quiet); font-weight: 600; border-bottom-width: 2px; }
tbody th { font-weight: 600; position: sticky; left: 0; background: var(--ground); }
tbody tr:hover > * { background: var(--band); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
.charts svg { width: 100%; max-width: 34rem; height: auto; }
svg text { fill: var(--ink); }
svg .role-axis-grid line { stroke: var(--line); }
.overlays { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .75rem; max-width: 52rem; }
.examples { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; }
figure { margin: 0; }
figure img { display: block; width: 100%; height: auto; border-radius: 4px; background: #000; }
figcaption { font-size: .8rem; color: var(--quiet); padding-top: .25rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
pre { overflow-x: auto; background: var(--band); padding: .75rem; border-radius: 4px; font-size: .8rem; }
`;

export const section = (title: string, content: string, id?: string): string =>
  `<section${id ? ` id="${escapeXml(id)}"` : ''}>\n<h2>${escapeXml(title)}</h2>\n${content}\n</section>`;

export const notes = (texts: readonly string[]): string =>
  texts.map((text) => `<p class="note">${escapeXml(text)}</p>`).join('\n');

/** More columns than this are set smaller, so that a usual window holds them. */
const manyColumns = 11;

export function htmlTable({ title, header, rows }: Omit<ReportTable, 'notes'>): string {
  const head = header.map((text) => `<th scope="col">${escapeXml(text)}</th>`).join('');
  const line = ([name, ...cells]: readonly Cell[]): string =>
    `<tr><th scope="row">${linked(name!)}</th>${cells.map((cell) => `<td>${linked(cell)}</td>`).join('')}</tr>`;
  const kind = header.length > manyColumns ? 'scroll wide' : 'scroll';
  return `<div class="${kind}" tabindex="0" role="region" aria-label="${escapeXml(title)}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map(line).join('\n')}
</tbody>
</table></div>`;
}

function linked({ text, link, isBest }: Cell): string {
  const content =
    link === undefined ? escapeXml(text) : `<a href="${hrefOf(link)}">${escapeXml(text)}</a>`;
  return isBest ? `<strong>${content}</strong>` : content;
}

/** A place in the page, or a path from it. */
const hrefOf = (link: string): string => (link.startsWith('#') ? escapeXml(link) : linkOf(link));

export const chartFigures = (svgs: readonly string[]): string =>
  `<div class="charts">\n${svgs.map((svg) => `<figure>${svg}</figure>`).join('\n')}\n</div>`;
