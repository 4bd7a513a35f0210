/** The looks of the dialog in which a run is tried. */
export const trialStyle = `
.trial { width: min(60rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); border: 1px solid var(--line); border-radius: 8px; background: var(--ground); color: var(--ink); padding: .8rem 1rem; }
.trial::backdrop { background: #0006; }
.trial .top { display: flex; justify-content: space-between; align-items: center; }
.trial p { margin: .5rem 0; }
.trial .of, .trial .said { color: var(--quiet); white-space: pre-line; }
.trial .said { color: var(--ink); font-variant-numeric: tabular-nums; }
.trial .drop { display: block; border: 1.5px dashed var(--line); border-radius: 6px; padding: .7rem; }
.trial progress { width: 100%; }
.trial .figure { position: relative; width: fit-content; max-width: 100%; margin: .6rem auto 0; }
.trial canvas { display: block; max-width: 100%; max-height: 65vh; object-fit: contain; image-rendering: pixelated; }
.trial canvas.mask { position: absolute; inset: 0; width: 100%; height: 100%; max-height: none; }
.trial .figure[hidden], .trial label[hidden] { display: none; }
.trial canvas.heat { position: absolute; inset: 0; width: 100%; height: 100%; max-height: none; }
.trial canvas[hidden], .trial .classes[hidden] { display: none; }
.trial .spot { position: absolute; width: 9px; height: 9px; margin: -5px 0 0 -5px; border: 2px solid #fff; outline: 2px solid #000; border-radius: 50%; pointer-events: none; }
.trial .spot[hidden] { display: none; }
.trial .values { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: center; margin: .5rem 0; }
.trial .beside { display: contents; }
.trial .values select { max-width: min(34rem, 80vw); }
.trial .values p { flex-basis: 100%; margin: 0; white-space: pre-line; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.trial .scale { display: flex; gap: .4rem; align-items: center; font-variant-numeric: tabular-nums; }
.trial .bar { width: 12rem; height: .8rem; border: 1px solid var(--line); border-radius: 3px; }
.trial .classes { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: 0; padding: 0; }
.trial .mark { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-right: .4rem; }
`;
