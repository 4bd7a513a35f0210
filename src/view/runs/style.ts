/** The looks of the runs in the page, with the colours of the rest. */
export const runsStyle = `
.shown button[aria-pressed="true"] { background: var(--ink); color: var(--ground); border-color: var(--ink); }
.shows-runs > header > :not(h1, .shown, .try) { display: none; }
.shows-runs > .source, .shows-runs > .sight { visibility: hidden; }
.runs { grid-area: 2 / 1 / 3 / 3; overflow: auto; padding: .8rem 1rem 2rem; }
.runs .about { color: var(--quiet); margin: .1rem 0 .5rem; }
.runs h2 { margin-top: 1rem; }
.scores { overflow-x: auto; }
.scores table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
.scores th, .scores td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
.scores :is(th, td):nth-child(-n+3) { text-align: left; }
.scores thead th { padding: .1rem .1rem .3rem; border-bottom-width: 2px; }
.scores thead button { border-color: transparent; background: none; font-weight: 600; color: var(--quiet); padding: .1rem .4rem; }
.scores thead button:hover { border-color: var(--line); }
.scores thead [aria-sort] button { color: var(--ink); }
.scores thead [aria-sort="ascending"] button::after { content: " \\2191"; }
.scores thead [aria-sort="descending"] button::after { content: " \\2193"; }
.scores tbody th { font-weight: 600; position: sticky; left: 0; background: var(--ground); }
.scores tbody tr:hover > * { background: var(--band); }
.notes { margin: .6rem 0 0; padding-left: 1.2rem; max-width: 60rem; }
.notes:empty { display: none; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; margin-top: .5rem; max-width: 73rem; }
@media (min-width: 1700px) { .charts { grid-template-columns: repeat(4, minmax(0, 1fr)); max-width: none; } }
@media (max-width: 640px) { .charts { grid-template-columns: minmax(0, 1fr); } }
.chart { margin: 0; }
.chart svg { width: 100%; max-width: 36rem; height: auto; }
.chart svg text { fill: var(--ink); }
.chart svg .role-axis-grid line { stroke: var(--line); }
.chart .mark-point { fill: var(--ink); stroke: var(--ground); stroke-width: 2; }
.threshold { margin-top: 1rem; }
@media (min-width: 1000px) {
  .below:has(> .threshold[open]) { display: grid; grid-template-columns: minmax(0, 36rem) minmax(0, 1fr); gap: 1.5rem; }
  .below > .threshold[open] { position: sticky; top: -.4rem; align-self: start; }
  .threshold[open] + section .charts { grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); max-width: 73rem; }
}
.threshold > summary { font-weight: 600; }
.threshold .chosen { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; margin: .5rem 0; }
.threshold .chosen label:not([hidden]) { display: flex; gap: .4rem; align-items: center; }
.threshold input[type="range"] { width: 16rem; }
.threshold output, .threshold .counts { font-variant-numeric: tabular-nums; color: var(--ink); }
.threshold canvas[hidden] { display: none; }
.threshold canvas:not([hidden]) { display: block; width: 100%; max-width: 36rem; background: #000; border-radius: 4px; image-rendering: pixelated; }
@media (max-width: 1000px) {
  .shows-runs > .source, .shows-runs > .sight { position: absolute; inset: 0; overflow: hidden; z-index: -1; }
}
`;
