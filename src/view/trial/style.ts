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
.trial .classes { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: 0; padding: 0; }
.trial .mark { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-right: .4rem; }
`;
