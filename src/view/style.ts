import { trialStyle } from './trial/style.js';

/** The looks of the page, light and dark by the reader's setting; one column below 1000 pixels. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #1c2128; --quiet: #59636e; --line: #d5dae0; --ground: #ffffff; --band: #f5f7f9; --link: #0b5cad;
  --keyword: #8250df; --number: #0a5a9c; --string: #0a6640; --class: #953800; --good: #1a7f37; --bad: #c0262d; --other: #b35900;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e8ec; --quiet: #9aa5b1; --line: #3a424b; --ground: #15191e; --band: #1d232a; --link: #7db7f5;
    --keyword: #d2a8ff; --number: #79c0ff; --string: #7ee2a8; --class: #ffb77c; --good: #56d364; --bad: #ff8080; --other: #f0b060;
  }
}
* { box-sizing: border-box; }
html, body, #app { height: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; }
#app { display: grid; grid-template: auto minmax(0, 1fr) / minmax(20rem, 2fr) minmax(0, 3fr); grid-template-areas: "head head" "source sight"; }
header { grid-area: head; display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; padding: .5rem .8rem; border-bottom: 1px solid var(--line); background: var(--band); }
h1 { font-size: 1rem; margin: 0; }
h2 { font-size: .95rem; margin: 0; }
label { color: var(--quiet); }
button, select, input[type="number"] { font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: 5px; padding: .15rem .5rem; }
button { cursor: pointer; }
header [role="group"] { display: flex; gap: .2rem; align-items: center; }
header input[type="number"] { width: 3.6rem; }
select { max-width: 11rem; }
button:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
.source { grid-area: source; min-height: 0; overflow: hidden; border-right: 1px solid var(--line); display: flex; flex-direction: column; }
.source > .cm-editor { flex: 1; min-height: 0; }
.sight { grid-area: sight; min-height: 0; display: flex; flex-direction: column; }
.drawings { flex: 1; min-height: 0; display: grid; grid-auto-flow: row; grid-auto-rows: minmax(0, 1fr); }
.drawing { overflow: auto; padding: .5rem; min-width: 0; }
.drawing + .drawing { border-top: 1px solid var(--line); }
@media (min-width: 1700px) {
  .drawings { grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
  .drawing + .drawing { border-top: 0; border-left: 1px solid var(--line); }
}
.drawing.stale { opacity: .55; }
.drawing svg { display: block; }
.drawing svg .title > text, .drawing svg .frame > text { fill: var(--ink); }
.drawing svg .frame > text { opacity: .8; }
.drawing svg .line path[stroke] { stroke: var(--quiet); }
.drawing svg .line path:not([stroke]) { fill: var(--quiet); }
.drawing svg g[data-box] { cursor: pointer; }
.drawing svg g.current > rect:first-of-type { stroke: var(--link); stroke-width: 3; }
.drawing svg g.leaf:hover > rect { filter: brightness(.95); }
.drawing svg .frame > rect { pointer-events: all; }
.drawing svg g.added > rect:first-of-type { stroke: #1a7f37; stroke-width: 3.5; }
.drawing svg g.removed > rect:first-of-type { stroke: #c0262d; stroke-width: 3.5; }
.drawing svg g.changed > rect:first-of-type { stroke: #d9730d; stroke-width: 3.5; }
@media (prefers-color-scheme: dark) {
  .drawing svg .skip path[stroke] { stroke: #6cb2f0; }
  .drawing svg .skip path:not([stroke]) { fill: #6cb2f0; }
  .drawing svg .back path[stroke] { stroke: #ff8c94; }
  .drawing svg .back path:not([stroke]) { fill: #ff8c94; }
}
.foot { border-top: 1px solid var(--line); padding: .5rem .8rem; display: grid; gap: .5rem; max-height: 45%; overflow: auto; background: var(--band); }
.costs { margin: 0; font-variant-numeric: tabular-nums; white-space: pre-wrap; }
.controls { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: center; }
.controls legend { float: left; padding: 0; font-weight: 600; margin-right: .4rem; }
.controls label { display: flex; align-items: center; gap: .4rem; }
.controls input[type="range"] { width: 7rem; }
.controls output { min-width: 2.2rem; font-variant-numeric: tabular-nums; color: var(--ink); }
.problem, .saved { color: var(--bad); white-space: pre-wrap; margin: 0; }
details > summary { cursor: pointer; }
.outline ul { margin: .2rem 0; padding-left: 1.2rem; }
.entry { border: 0; background: none; padding: 0; color: var(--link); text-align: left; }
pre { margin: .3rem 0; overflow: auto; font: 12px/1.4 ui-monospace, monospace; }
.tip { position: fixed; z-index: 10; pointer-events: none; max-width: 24rem; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); box-shadow: 0 4px 14px #0003; }
.tip dl { display: grid; grid-template-columns: auto auto; gap: 0 .7rem; margin: .2rem 0 0; }
.tip dt { color: var(--quiet); }
.tip dd { margin: 0; font-variant-numeric: tabular-nums; }
.cm-editor { background: var(--ground); color: var(--ink); height: 100%; }
.cm-editor .cm-scroller { font: 13px/1.5 ui-monospace, monospace; }
.cm-editor .cm-gutters { background: var(--band); color: var(--quiet); border-right: 1px solid var(--line); }
.cm-editor .cm-content { caret-color: var(--ink); }
.cm-editor .cm-cursor { border-left-color: var(--ink); }
.cm-editor .cm-activeLine { background: color-mix(in srgb, var(--link) 8%, transparent); }
.cm-editor .cm-selectionBackground, .cm-editor.cm-focused .cm-selectionBackground { background: color-mix(in srgb, var(--link) 25%, transparent) !important; }
.cm-tooltip { background: var(--ground) !important; color: var(--ink); border: 1px solid var(--line) !important; border-radius: 6px; max-width: 36rem; }
.cm-tooltip .hover { padding: .3rem .6rem; }
.cm-tooltip .hover p, .cm-tooltip .hover ul { margin: .2rem 0; }
.cm-diagnostic { white-space: pre-wrap; }
.cm-diagnosticAction { background: var(--link) !important; color: var(--ground) !important; }
.word-keyword { color: var(--keyword); }
.word-number { color: var(--number); }
.word-string { color: var(--string); }
.word-class { color: var(--class); }
.word-function, .word-type { color: var(--link); }
.word-operator { color: var(--quiet); }
.word-property { font-style: italic; }
@media (max-width: 1000px) {
  html, body, #app { height: auto; }
  #app { display: block; }
  .source { height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  .sight { display: block; }
  .drawings { height: 60vh; }
  .foot { max-height: none; }
}
${trialStyle}`;
